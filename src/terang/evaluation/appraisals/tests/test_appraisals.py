"""The official evaluation from the organisation's predicate to the end of an objection."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import NOW

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.models import (
    Appraisal,
    AppraisalState,
    CarryOver,
    Objection,
    OrganisationPredicate,
    Predicate,
    RatingWindow,
)
from terang.evaluation.appraisals.selectors import Group, desk_of
from terang.evaluation.appraisals.services import (
    Days,
    Decision,
    Marks,
    accept_appraisal,
    answer_carry,
    answer_objection,
    decide_appraisal,
    decide_objection,
    file_objection,
    hand_over,
    handing,
    move_window,
    open_window,
    receive_appraisal,
    reopen_appraisal,
    save_appraisal,
    set_organisations,
    settle_silence,
)
from terang.evaluation.appraisals.states import MOVES, TOLD
from terang.evaluation.models import Period
from terang.web.errors import NotAllowed, NotNow, Stale

NO_OBJECTION = ("diterima", "selesai")


# ---------------------------------------------------------------- windows and organisations
def test_a_window_is_opened_once_by_the_personnel_agency_alone(city):
    assert city.open() == city.window
    assert JournalEntry.objects.filter(verb="appraisals.window_opened").count() == 1
    for name in ("hendra", "andi", "mayor", "agus", "tono"):
        with pytest.raises(NotAllowed):
            open_window(actor=city.viewer(name), kind="year", day=city.day, days=Days(city.day, city.day, "SK"))


def test_days_must_make_sense_and_a_year_ends_by_january(city):
    maya, year = city.viewer("maya"), date(2026, 1, 1)
    for days, field in (
        (Days(date(2027, 1, 5), date(2027, 1, 4), "SK"), "closes_on"),
        (Days(date(2027, 1, 5), date(2027, 2, 1), "SK"), "closes_on"),
        (Days(date(2025, 12, 31), date(2027, 1, 4), "SK"), "opens_on"),
        (Days(date(2026, 11, 30), date(2027, 1, 4), "SK"), "opens_on"),
        (Days(date(2026, 12, 1), date(2026, 12, 30), "SK"), "closes_on"),
    ):
        with pytest.raises(ValidationError) as refused:
            open_window(actor=maya, kind="year", day=year, days=days)
        assert list(refused.value.message_dict) == [field]
    early = Days(date(2026, 12, 10), date(2026, 12, 30), "SK")
    with pytest.raises(ValidationError):
        open_window(actor=maya, kind="month", day=date(2026, 12, 5), days=early)
    made = open_window(actor=maya, kind="year", day=year, days=Days(date(2026, 12, 1), date(2027, 1, 31), "SK"))
    assert (made.period.kind, made.period.name) == ("year", "Tahun 2026")


def test_moving_a_window_asks_for_the_page_of_now(city):
    days = Days(city.window.opens_on, date(2026, 12, 5), "SK 14/2026")
    moved = move_window(actor=city.viewer("maya"), window=city.window, days=days, version=0)
    assert moved.closes_on == date(2026, 12, 5)
    with pytest.raises(Stale):
        move_window(actor=city.viewer("maya"), window=city.window, days=days, version=0)


def test_organisations_are_set_with_a_basis_and_each_change_is_told(city):
    register = city.cast.units["register"]
    city.measure(register="istimewa")
    assert OrganisationPredicate.objects.get(unit=register).predicate == "istimewa"
    told = JournalEntry.objects.filter(verb="appraisals.organisation_set", unit_id=register.pk)
    assert [each.changes["predicate"] for each in told.order_by("id")] == [["", "baik"], ["baik", "istimewa"]]
    with pytest.raises(ValidationError):
        set_organisations(actor=city.viewer("mayor"), window=city.window, words={register.pk: "kurang"}, basis=" ")
    with pytest.raises(NotAllowed):
        set_organisations(actor=city.viewer("sri"), window=city.window, words={register.pk: "kurang"}, basis="SK")


# ---------------------------------------------------------------- rating
def test_the_predicate_follows_from_the_quadrant_with_everything_to_repeat_it(city):
    city.suggest("andi", "meets", "meets")
    done = city.decide("hendra", "andi")
    assert (done.predicate, done.organisation, done.state) == (Predicate.GOOD, "baik", AppraisalState.DECIDED)
    assert (done.unit, done.home) == (city.cast.units["register"], city.cast.units["register"])
    assert done.frozen["input_digest"] == "d" * 64
    assert done.rule_set == "permenpanrb-6-2022/kuadran"


def test_who_heads_a_unit_is_rated_in_the_pattern_of_the_unit_above(city):
    assert city.decide("sri", "hendra").unit == city.cast.units["dukcapil"]


def test_the_organisation_comes_first(city):
    OrganisationPredicate.objects.filter(unit=city.cast.units["register"]).delete()
    with pytest.raises(NotNow, match="belum ditetapkan"):
        city.decide("hendra", "andi")
    assert Appraisal.objects.get().state == AppraisalState.DRAFT, "the draft is kept"


def test_only_the_appraiser_rates_in_the_days(city):
    for name in ("sri", "rina", "andi", "maya", "agus", "mayor", "tono", "joko"):
        with pytest.raises(NotAllowed):
            city.keep(name, "andi")
    city.day = date(2026, 11, 19)
    with pytest.raises(NotNow):
        city.keep("hendra", "andi")


def test_after_the_days_the_superior_rates_whom_the_appraiser_left_and_it_is_final(city):
    city.day = date(2026, 12, 1)
    with pytest.raises(NotAllowed):
        city.keep("hendra", "andi")
    done = city.give("sri", "andi")
    assert (done.instead, done.final_code, done.unit) == (True, "superior_after_silence", city.cast.units["register"])
    assert city.receive("andi").state == AppraisalState.FINAL
    row = Appraisal.objects.get()
    with pytest.raises(NotNow):
        file_objection(actor=city.viewer("andi"), appraisal=row, text="Tidak", form_key=uuid4(), version=row.version)


def test_what_the_regional_head_decides_about_a_leader_is_final(city):
    assert city.give("mayor", "sri").final_code == "jpt_region_by_head"


@pytest.mark.parametrize(
    ("suggested", "given", "due"),
    [
        (("meets", "meets"), ("meets", "meets"), False),
        (("above", "meets"), ("meets", "meets"), True),
        (("meets", "below"), ("meets", "meets"), True),
        (("none", "none"), ("meets", "meets"), False),
        (("above", "above"), ("above", "above"), True),
        (("below", "below"), ("below", "below"), True),
    ],
)
def test_a_reason_is_due_where_the_suggestion_is_left_and_for_extremes(city, suggested, given, due):
    city.suggest("andi", *suggested)
    if due:
        with pytest.raises(ValidationError) as refused:
            city.decide("hendra", "andi", *given)
        assert list(refused.value.message_dict) == ["reason"]
    assert city.decide("hendra", "andi", *given, reason="Memimpin perbaikan antrean").predicate


def test_both_ratings_are_needed_and_nothing_is_half_done(city):
    with pytest.raises(ValidationError) as refused:
        city.decide("hendra", "andi", "", "meets")
    assert list(refused.value.message_dict) == ["work_result"]
    assert Appraisal.objects.get().predicate == ""


def test_a_study_leave_not_finished_is_the_one_case_outside_the_quadrant(city):
    with pytest.raises(ValidationError) as refused:
        city.decide("hendra", "andi", reason="Tidak lulus", unfinished_study="kurang")
    assert "Tidak ada tugas belajar" in refused.value.message_dict["unfinished_study"][0]
    city.send_to_study("andi")
    done = city.decide("hendra", "andi", reason="Tidak lulus", unfinished_study="kurang")
    assert done.predicate == Predicate.POOR


def test_the_sheet_of_who_studies_shows_letter_and_exception_and_of_nobody_else(city, sign_in):
    city.send_to_study("andi")
    client = sign_in("hendra")
    studying = client.get(reverse("appraisals:rate", args=[city.window.pk, city.cast.andi.pk])).content.decode()
    assert "ST 1/2026" in studying
    assert "Tugas belajar tidak selesai" in studying
    working = client.get(reverse("appraisals:rate", args=[city.window.pk, city.cast.rina.pk])).content.decode()
    assert "Tugas belajar" not in working


def test_an_old_page_is_refused_and_the_own_page_may_save_again(city):
    key, said = uuid4(), {"window": city.window, "employee": city.cast.andi, "marks": Marks("meets")}
    first = save_appraisal(actor=city.viewer("hendra"), form_key=key, version=0, **said)
    again = save_appraisal(actor=city.viewer("hendra"), form_key=key, version=0, **said)
    assert (first.pk, again.version) == (again.pk, 2)
    with pytest.raises(Stale):
        save_appraisal(actor=city.viewer("hendra"), form_key=uuid4(), version=1, **said)
    with pytest.raises(Stale):
        decide_appraisal(actor=city.viewer("hendra"), appraisal=first, version=1)


def test_reopening_is_for_what_was_not_handed_over(city):
    done = city.decide("hendra", "andi")
    back = reopen_appraisal(actor=city.viewer("hendra"), appraisal=done, reason="Salah pilih", version=done.version)
    assert (back.state, back.predicate) == (AppraisalState.DRAFT, "")
    handed = city.give("hendra", "andi")
    with pytest.raises(NotNow):
        reopen_appraisal(actor=city.viewer("hendra"), appraisal=handed, reason="x", version=handed.version)


def test_the_journal_tells_the_person_nothing_before_it_is_handed_over(city):
    city.decide("hendra", "andi")
    mine = JournalEntry.objects.filter(verb__startswith="appraisals.", subject_employee_id=city.cast.andi.pk)
    assert not mine.exists()
    row = Appraisal.objects.get()
    hand_over(actor=city.viewer("hendra"), window=city.window, unit=row.unit, chosen=[row.pk])
    assert [each.verb for each in mine] == ["appraisals.handed_over"]


def test_a_closed_period_takes_nothing_more(city):
    row, draft = city.decide("hendra", "andi"), city.keep("hendra", "rina")
    Period.objects.update(closed_at=NOW)
    window = city.window = RatingWindow.objects.select_related("period__agency").get()
    row, draft = Appraisal.objects.get(pk=row.pk), Appraisal.objects.get(pk=draft.pk)
    hendra, days = city.viewer("hendra"), Days(window.opens_on, date(2026, 12, 5), "SK 14/2026")
    for act in (
        lambda: city.keep("hendra", "rina"),
        lambda: decide_appraisal(actor=hendra, appraisal=draft, version=draft.version),
        lambda: reopen_appraisal(actor=hendra, appraisal=row, reason="x", version=row.version),
        lambda: hand_over(actor=hendra, window=window, unit=row.unit, chosen=[row.pk]),
        lambda: city.measure(register="istimewa"),
        lambda: move_window(actor=city.viewer("maya"), window=window, days=days, version=window.version),
    ):
        with pytest.raises(NotNow, match="sudah ditutup"):
            act()
    assert set(Appraisal.objects.values_list("state", flat=True)) == {AppraisalState.DECIDED, AppraisalState.DRAFT}


def test_saving_locks_the_persons_row_and_not_the_window_of_everybody(city, monkeypatch):
    city.keep("hendra", "andi")
    locked, lock = [], QuerySet.select_for_update
    monkeypatch.setattr(
        QuerySet, "select_for_update", lambda rows, **said: locked.append(rows.model) or lock(rows, **said)
    )
    city.keep("hendra", "andi")
    assert Appraisal in locked
    assert RatingWindow not in locked


def test_a_second_press_never_writes_a_draft_over_what_was_decided(city, monkeypatch):
    """Another request decides between the reading and the lock."""
    kept = city.keep("hendra", "andi")
    lock = QuerySet.select_for_update

    def late(rows, **said):
        monkeypatch.setattr(QuerySet, "select_for_update", lock)
        decide_appraisal(actor=city.viewer("hendra"), appraisal=kept, version=kept.version)
        return lock(rows, **said)

    monkeypatch.setattr(QuerySet, "select_for_update", late)
    with pytest.raises(NotNow):
        city.keep("hendra", "andi")


# ---------------------------------------------------------------- spread
def test_a_spread_off_the_pattern_asks_for_a_reason_once_all_are_decided(city):
    city.open(least_people=2)
    city.window.least_people = 2
    city.window.save()
    first = city.decide("hendra", "andi", "above", "above", reason="Teladan")
    unit = first.unit
    hand_over(actor=city.viewer("hendra"), window=city.window, unit=unit, chosen=[first.pk])
    second = city.decide("hendra", "rina", "above", "above", reason="Teladan")
    asked = {"actor": city.viewer("hendra"), "window": city.window, "unit": unit, "chosen": [second.pk]}
    with pytest.raises(ValidationError) as refused:
        hand_over(**asked)
    assert "spread_reason" in refused.value.message_dict
    [handed] = hand_over(**asked, spread_reason="Dua orang ini saja di bidang ini")
    assert handed.state == AppraisalState.HANDED
    assert JournalEntry.objects.filter(verb="appraisals.spread_explained").count() == 1


@pytest.mark.parametrize(("least", "refused"), [(2, True), (3, False)])
def test_small_groups_show_no_pattern(city, least, refused):
    RatingWindow.objects.update(least_people=least)
    city.window.refresh_from_db()
    rows = [city.decide("hendra", name, "above", "above", reason="Teladan") for name in ("andi", "rina")]
    asked = {"actor": city.viewer("hendra"), "window": city.window, "unit": rows[0].unit}
    if refused:
        with pytest.raises(ValidationError):
            hand_over(**asked, chosen=[row.pk for row in rows])
    else:
        assert len(hand_over(**asked, chosen=[row.pk for row in rows])) == 2


def test_desk_and_hand_over_mean_the_same_spread_after_the_window(city):
    """Two people rated in the days and not handed over: their spread is looked at as before."""
    RatingWindow.objects.update(least_people=2)
    city.window.refresh_from_db()
    rows = [city.decide("hendra", name, "above", "above", reason="Teladan") for name in ("andi", "rina")]
    city.day = date(2026, 12, 1)
    [group] = desk_of(city.viewer("hendra"), city.window)
    assert (group.decided, group.asks_for_reason) == (2, True)
    with pytest.raises(ValidationError):
        hand_over(actor=city.viewer("hendra"), window=city.window, unit=rows[0].unit, chosen=[rows[0].pk])
    assert not Group(group.unit, group.organisation, [], group.counts, group.check).is_complete


# ---------------------------------------------------------------- receipt and objection
def objected(city):
    city.give("hendra", "andi", "below", "meets", reason="Target tidak tercapai")
    row = city.receive("andi")
    return file_objection(
        actor=city.viewer("andi"),
        appraisal=row,
        text="Targetnya diubah bulan Juni",
        form_key=uuid4(),
        version=row.version,
    )


def test_accepting_ends_it(city):
    city.give("hendra", "andi")
    row = city.receive("andi")
    assert row.state == AppraisalState.RECEIVED
    done = accept_appraisal(actor=city.viewer("andi"), appraisal=row, version=row.version)
    assert (done.state, done.finished_on) == (AppraisalState.FINAL, city.day)


def test_only_the_person_receives_accepts_and_objects(city):
    handed = city.give("hendra", "andi")
    for name in ("hendra", "rina", "sri", "maya"):
        with pytest.raises(NotAllowed):
            receive_appraisal(actor=city.viewer(name), appraisal=handed, version=handed.version)


def test_fourteen_working_days_then_silence_settles(city):
    """Received on Tuesday 24 November 2026: the fourteenth working day is Monday 14 December."""
    city.give("hendra", "andi")
    row = city.receive("andi")
    city.day = date(2026, 12, 14)
    assert settle_silence() == 0
    city.day = date(2026, 12, 15)
    with pytest.raises(NotNow, match="berakhir 14 Desember 2026"):
        file_objection(actor=city.viewer("andi"), appraisal=row, text="Telat", form_key=uuid4(), version=row.version)
    assert (settle_silence(), settle_silence()) == (1, 0)
    assert Appraisal.objects.get().state == AppraisalState.FINAL


def test_one_that_cannot_be_settled_keeps_nobody_waiting(city, monkeypatch):
    for name in ("andi", "rina"):
        city.give("hendra", name)
        city.receive(name)
    city.day, finish = date(2026, 12, 15), handing._finish

    def broken(appraisal, *told):
        if appraisal.employee_id == city.cast.andi.pk:
            raise ValueError("tidak terbaca")
        finish(appraisal, *told)

    monkeypatch.setattr(handing, "_finish", broken)
    assert settle_silence() == 1
    assert Appraisal.objects.get(employee=city.cast.rina).state == AppraisalState.FINAL
    monkeypatch.setattr(handing, "_settle_agency", lambda agency: 1 / 0)
    assert settle_silence() == 0


def test_settling_asks_nothing_about_those_whose_days_still_run(city, django_assert_num_queries):
    city.give("hendra", "andi")
    city.receive("andi")
    with CaptureQueriesContext(connection) as one:
        settle_silence()
    city.give("hendra", "rina")
    city.receive("rina")
    with django_assert_num_queries(len(one)):
        assert settle_silence() == 0


def test_an_objection_won_keeps_both_results(city):
    case = objected(city)
    assert (case.case["predicate"], case.decision_due) == ("butuh_perbaikan", date(2026, 12, 3))
    case = answer_objection(
        actor=city.viewer("hendra"), objection=case, text="Perubahan target luput", version=case.version
    )
    changed = Decision("berubah", "Target lama yang dipakai menilai", "meets", "meets")
    done = decide_objection(actor=city.viewer("sri"), objection=case, decision=changed, version=case.version)
    row = Appraisal.objects.get()
    assert (row.predicate, done.predicate, row.standing) == ("butuh_perbaikan", "baik", "baik")
    assert row.state == AppraisalState.FINAL


def test_an_objection_lost_leaves_the_result(city):
    case = objected(city)
    city.day = case.decision_due
    kept = Decision("tetap", "Target sama sejak awal")
    decide_objection(actor=city.viewer("sri"), objection=case, decision=kept, version=case.version)
    row = Appraisal.objects.get()
    assert (row.standing, row.state) == ("butuh_perbaikan", AppraisalState.FINAL)


def test_the_superior_hears_the_rater_first_and_nobody_else_decides(city):
    case = objected(city)
    kept = Decision("tetap", "Target sama sejak awal")
    with pytest.raises(NotNow, match="Dengarkan dahulu"):
        decide_objection(actor=city.viewer("sri"), objection=case, decision=kept, version=case.version)
    for name in ("hendra", "andi", "maya", "mayor", "agus"):
        with pytest.raises(NotAllowed):
            decide_objection(actor=city.viewer(name), objection=case, decision=kept, version=case.version)
    with pytest.raises(NotAllowed):
        answer_objection(actor=city.viewer("sri"), objection=case, text="x", version=case.version)


@pytest.mark.parametrize(
    ("decision", "fields"),
    [
        (Decision("", ""), {"outcome", "reason"}),
        (Decision("berubah", "Sebab", "meets", ""), {"behaviour"}),
        (Decision("berubah", "Sebab", "below", "meets"), {"outcome"}),
    ],
)
def test_a_decision_must_be_whole(city, decision, fields):
    case = objected(city)
    case = answer_objection(actor=city.viewer("hendra"), objection=case, text="Begini", version=case.version)
    with pytest.raises(ValidationError) as refused:
        decide_objection(actor=city.viewer("sri"), objection=case, decision=decision, version=case.version)
    assert set(refused.value.message_dict) == fields


def test_the_same_objection_sent_twice_is_one(city):
    city.give("hendra", "andi")
    row, key = city.receive("andi"), uuid4()
    said = {"actor": city.viewer("andi"), "appraisal": row, "text": "Keberatan", "form_key": key}
    assert file_objection(**said, version=row.version) == file_objection(**said, version=row.version)


# ---------------------------------------------------------------- states, exhaustively
def standing_in(city, state):
    """Andi's appraisal in a state, with an objection that was filed beside it."""
    row = city.decide("hendra", "andi")
    Appraisal.objects.filter(pk=row.pk).update(state=state, received_on=city.day)
    Objection.objects.create(
        appraisal=row,
        text="Tidak sesuai",
        decider=city.cast.sri,
        filed_on=city.day,
        last_day=city.day,
        decision_due=city.day,
        form_key=uuid4(),
    )
    return Appraisal.objects.select_related("window__period", "employee__agency", "objection").get(pk=row.pk)


def proposal(row):
    """The rater's proposal that an earlier result stands; here the same one."""
    return CarryOver.objects.create(appraisal=row, earlier=row, proposed_by=row.rater, proposed_on=row.decided_on)


def acts(city, row):
    """Every verb, done by who may do it."""
    hendra, andi, sri = (city.viewer(name) for name in ("hendra", "andi", "sri"))
    said = {"appraisal": row, "version": row.version}
    case = {"objection": row.objection, "version": row.objection.version}
    given = {"window": city.window, "unit": row.unit, "chosen": [row.pk]}
    return {
        "save": lambda: city.keep("hendra", "andi"),
        "decide": lambda: decide_appraisal(actor=hendra, **said),
        "carry": lambda: answer_carry(actor=andi, carry=proposal(row), agrees=True, version=row.version),
        "reopen": lambda: reopen_appraisal(actor=hendra, reason="x", **said),
        "hand_over": lambda: hand_over(actor=hendra, **given),
        "receive": lambda: receive_appraisal(actor=andi, **said),
        "accept": lambda: accept_appraisal(actor=andi, **said),
        "object": lambda: file_objection(actor=andi, text="x", form_key=uuid4(), **said),
        "answer": lambda: answer_objection(actor=hendra, text="Begini", **case),
        "resolve": lambda: decide_objection(actor=sri, decision=Decision("tetap", "Sama"), **case),
    }


@pytest.mark.parametrize("state", list(AppraisalState))
@pytest.mark.parametrize("verb", list(MOVES))
def test_every_verb_is_refused_from_every_state_the_table_does_not_name(city, state, verb):
    row = standing_in(city, state)
    act = acts(city, row)[verb]
    if state in MOVES[verb].sources:
        if verb == "object":
            Objection.objects.all().delete()
        act()
        assert Appraisal.objects.get().state in MOVES[verb].targets
    elif verb == "hand_over" and state in TOLD:
        assert act() == [], "given before: nothing happens"
        assert Appraisal.objects.get().state == state
    else:
        with pytest.raises(NotNow):
            act()
        assert Appraisal.objects.get().state == state
