"""The cycle of an observation: planned, agreed, marked alone, settled, told the same day, answered, and again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from terang.audit.models import JournalEntry
from terang.evidence.observation import services
from terang.evidence.observation.duties import waiting_for
from terang.evidence.observation.models import Mark, Observation, ObservationState, ObserverKind, Sheet
from terang.evidence.observation.results import shift_of
from terang.evidence.observation.services import Noted, Planned, Prepared
from terang.evidence.observation.services.chores import every_hour
from terang.web.errors import NotAllowed, NotNow, Stale

S = ObservationState
WEEK = timedelta(days=7)


def titles(ward, name):
    return [duty.title for duty in waiting_for(ward.viewer(name))]


def test_who_leads_or_keeps_people_plans_and_nobody_else(ward):
    for other in ("siti", "wati", "agus", "lina", "tono", "andi", "hendra"):
        with pytest.raises(NotAllowed):
            ward.plan(actor=other)
    for number, actor in enumerate(("dewi", "bambang", "maya")):
        row = ward.plan(actor=actor, day=ward.today + number * WEEK)
        assert row.planned_by == ward.cast.people[actor]
        services.cancel_observation(actor=ward.viewer(actor), observation=row, reason="Salah hari", version=row.version)
    assert [sheet.kind for sheet in row.sheets.all()] == [ObserverKind.LEADER, ObserverKind.PEER]


def test_an_overseer_and_somebody_appointed_may_observe(ward):
    row = ward.plan("agus", "rina")
    assert [sheet.kind for sheet in row.sheets.all()] == [ObserverKind.OVERSEER, ObserverKind.APPOINTED]


@pytest.mark.parametrize("observers", [(), ("dewi", "dewi"), ("siti",), ("dewi", "wati", "agus")])
def test_one_or_two_others_observe(ward, observers):
    planned = Planned(tuple(ward.cast.people[name] for name in observers), ward.today, "Poli")
    with pytest.raises(ValidationError) as refused:
        services.plan_observation(
            actor=ward.viewer("dewi"),
            employee=ward.cast.siti,
            instrument=ward.instrument,
            planned=planned,
            form_key=uuid4(),
        )
    assert "observers" in refused.value.message_dict


def test_nobody_is_observed_by_who_works_under_them(ward):
    ward.instrument.categories = []
    planned = Planned((ward.cast.siti,), ward.today, "Ruang kepala")
    with pytest.raises(ValidationError, match="Bawahan"):
        services.plan_observation(
            actor=ward.viewer("bambang"),
            employee=ward.cast.dewi,
            instrument=ward.instrument,
            planned=planned,
            form_key=uuid4(),
        )


def test_the_instrument_must_suit_and_the_day_must_come(ward):
    for day in (ward.today - WEEK, ward.today + 40 * WEEK):
        with pytest.raises(ValidationError) as refused:
            ward.plan(day=day)
        assert "day" in refused.value.message_dict
    ward.instrument.categories = ["guru"]
    with pytest.raises(ValidationError) as refused:
        ward.plan()
    assert "instrument" in refused.value.message_dict


def test_a_double_click_plans_one_and_a_second_waits(ward):
    key = uuid4()
    assert ward.plan(form_key=key) == ward.plan(form_key=key)
    with pytest.raises(NotNow, match="belum selesai"):
        ward.plan()
    assert Observation.objects.count() == 1


def test_the_observed_person_picks_and_the_other_side_agrees(ward):
    row = ward.plan()
    prepared = Prepared("Lebih jelas", "", "penjelasan")
    with pytest.raises(ValidationError, match="memilih indikatornya dahulu"):
        services.prepare_observation(actor=ward.viewer("dewi"), observation=row, prepared=prepared, version=0)
    with pytest.raises(ValidationError, match="tidak ada dalam instrumennya"):
        services.prepare_observation(
            actor=ward.viewer("siti"), observation=row, prepared=Prepared("Lebih jelas", "", "lain"), version=0
        )
    with pytest.raises(NotNow, match="belum ditulis"):
        services.agree_observation(actor=ward.viewer("dewi"), observation=row, version=0)
    row = services.prepare_observation(actor=ward.viewer("siti"), observation=row, prepared=prepared, version=0)
    with pytest.raises(NotNow):
        services.agree_observation(actor=ward.viewer("siti"), observation=row, version=1)
    for other in ("bambang", "maya", "agus"):
        with pytest.raises(NotAllowed):
            services.agree_observation(actor=ward.viewer(other), observation=row, version=1)
    row = services.prepare_observation(
        actor=ward.viewer("wati"), observation=row, prepared=Prepared("Lebih jelas lagi", "", "identitas"), version=1
    )
    assert (row.indicator, row.goal, row.observed_agreed_at) == ("penjelasan", "Lebih jelas lagi", None)
    assert titles(ward, "siti") == ["Siapkan observasi 24 November 2026"]
    row = services.agree_observation(actor=ward.viewer("siti"), observation=row, version=2)
    assert row.state == S.AGREED


def test_another_day_is_agreed_anew_and_the_journal_tells_both(ward):
    row = ward.agreed()
    with pytest.raises(NotAllowed):
        services.reschedule_observation(
            actor=ward.viewer("lina"), observation=row, day=row.day + WEEK, reason="Rapat", version=row.version
        )
    row = services.reschedule_observation(
        actor=ward.viewer("siti"), observation=row, day=row.day + WEEK, reason="Rapat", version=row.version
    )
    assert (row.state, row.observer_agreed_at, bool(row.observed_agreed_at)) == (S.PLANNED, None, True)
    entry = JournalEntry.objects.get(verb="observation.rescheduled")
    assert entry.changes["day"] == ["2026-11-24", "2026-12-01"]
    with pytest.raises(Stale):
        services.agree_observation(actor=ward.viewer("dewi"), observation=row, version=0)


def test_a_sheet_is_filled_on_its_day_by_its_observer(ward):
    row = ward.agreed(day=ward.today + WEEK)
    with pytest.raises(NotNow, match="belum berlangsung"):
        ward.give(row, "dewi", 2, 1, 0)
    ward.at(7)
    sheet = row.sheets.get(number=1)
    for other in ("wati", "siti", "bambang", "maya"):
        with pytest.raises(NotAllowed):
            services.save_sheet(actor=ward.viewer(other), sheet=sheet, noted={"1": Noted(2)})
    services.save_sheet(actor=ward.viewer("dewi"), sheet=sheet, noted={"1": Noted(2, "Jelas"), "9": Noted(2)})
    services.save_sheet(actor=ward.viewer("dewi"), sheet=sheet, noted={"1": Noted(1, "Jelas"), "2": Noted(7)})
    assert list(Mark.objects.values_list("behaviour", "value", "note")) == [("1", 1, "Jelas")]
    assert JournalEntry.objects.filter(verb="observation.sheet_begun").count() == 1
    with pytest.raises(ValidationError) as refused:
        services.give_sheet(actor=ward.viewer("dewi"), sheet=sheet, noted={"1": Noted(1), "2": Noted(None)})
    assert set(refused.value.message_dict) == {"level_2", "level_3"}
    ward.give(row, "dewi", 2, 1, 0)
    with pytest.raises(NotNow, match="sudah diserahkan"):
        ward.give(row, "dewi", 2, 2, 2)
    with pytest.raises(NotNow, match="sudah menyerahkan"):
        services.cancel_observation(
            actor=ward.viewer("dewi"), observation=row, reason="Batal", version=Observation.objects.get().version
        )


def test_with_one_observer_the_marks_are_the_common_ones(ward):
    row = ward.give(ward.agreed("dewi"), "dewi", 2, 1, 0, note="Dilihat")
    assert (row.state, row.points_milli, row.max_milli) == (S.SETTLED, 3_000, 6_000)
    assert list(row.marks.values_list("behaviour", "value", "note")) == [
        ("1", 2, "Dilihat"),
        ("2", 1, "Dilihat"),
        ("3", 0, "Dilihat"),
    ]
    with pytest.raises(NotNow, match="Pengamatnya satu"):
        ward.settle(row, 2, 2, 2, actor="dewi")


def test_two_settle_between_what_both_saw_and_both_sheets_stay(ward):
    row = ward.marked()
    assert (row.state, row.points_milli) == (S.MARKED, None)
    with pytest.raises(ValidationError) as refused:
        ward.settle(row, 1, 1, 2)
    assert set(refused.value.message_dict) == {"level_1", "level_3"}
    with pytest.raises(NotAllowed):
        ward.settle(row, 2, 1, 1, actor="siti")
    row = ward.settle(row, 2, 1, 1)
    assert (row.state, row.points_milli, row.max_milli, row.settled_by) == (S.SETTLED, 4_000, 6_000, ward.wati)
    row = ward.settle(row, 2, 2, 0, actor="dewi")
    assert (row.points_milli, row.settled_by) == (4_000, ward.cast.dewi)
    kept = {sheet.number: [mark.value for mark in sheet.marks.all()] for sheet in Sheet.objects.all()}
    assert kept == {1: [2, 1, 0], 2: [2, 2, 1]}


def test_feedback_on_the_same_day_and_late_feedback_is_told_as_late(ward):
    row = ward.settled()
    assert titles(ward, "wati") == ["Beri umpan balik kepada Siti Rahma"]
    assert [duty.kind for duty in waiting_for(ward.viewer("wati"))] == ["attention"]
    with pytest.raises(NotAllowed):
        ward.tell(row, actor="bambang")
    ward.at(2)
    assert [duty.kind for duty in waiting_for(ward.viewer("wati"))] == ["wrong"]
    row = ward.tell(row)
    assert (row.state, row.late_days, row.contest_due_on.isoformat()) == (S.TOLD, 2, "2026-12-03")
    assert titles(ward, "siti") == ["Umpan balik observasi 24 November 2026"]


def test_the_observed_person_answers_once_and_reflects_as_often_as_needed(ward):
    row = ward.told()
    with pytest.raises(NotAllowed):
        services.reply_observation(actor=ward.viewer("dewi"), observation=row, text="…", version=row.version)
    row = services.reply_observation(
        actor=ward.viewer("siti"), observation=row, text="Terima kasih", version=row.version
    )
    with pytest.raises(NotNow):
        services.reply_observation(actor=ward.viewer("siti"), observation=row, text="Lagi", version=row.version)
    row = ward.finished(row)
    for text in ("Saya mencoba", "Berhasil"):
        row = services.reflect_observation(actor=ward.viewer("siti"), observation=row, text=text, version=row.version)
    assert (row.reply, row.reflection, row.state) == ("Terima kasih", "Berhasil", S.FINISHED)


def test_silence_finishes_it_after_the_last_day_and_not_before(ward):
    row = ward.told()
    assert row.contest_due_on.isoformat() == "2026-12-01"
    for day, state in ((7, S.TOLD), (8, S.FINISHED), (9, S.FINISHED)):
        ward.at(day)
        every_hour()
        row.refresh_from_db()
        assert row.state == state
    entry = JournalEntry.objects.get(verb="observation.lapsed")
    assert (entry.actor_id, entry.subject_employee_id) == (None, ward.cast.siti.pk)


def test_another_observer_is_asked_for_once_in_time_and_decided_by_who_did_not_observe(ward):
    row = ward.contested()
    assert titles(ward, "bambang") == ["Siti Rahma meminta pengamat lain"]
    assert titles(ward, "dewi") == []
    planned = Planned((ward.cast.agus,), ward.today, "Poli umum")

    def renew(actor, planned, key):
        return services.renew_observation(
            actor=ward.viewer(actor), observation=row, planned=planned, form_key=key, version=row.version
        )

    with pytest.raises(NotAllowed, match="ikut mengamati"):
        renew("dewi", planned, uuid4())
    with pytest.raises(ValidationError, match="pengamat lain"):
        renew("bambang", Planned((ward.wati,), ward.today, "Poli"), uuid4())
    row.refresh_from_db()
    assert row.state == S.CONTESTED, "nothing was half done"
    key = uuid4()
    again = renew("bambang", planned, key)
    assert renew("bambang", planned, key) == again
    row.refresh_from_db()
    assert (row.state, row.reason, again.replaces, again.indicator) == (
        S.WITHDRAWN,
        "Datang terlambat",
        row,
        "penjelasan",
    )
    assert Observation.objects.count() == 2
    again = services.prepare_observation(
        actor=ward.viewer("agus"), observation=again, prepared=Prepared("Ulang", ""), version=0
    )
    again = services.agree_observation(actor=ward.viewer("siti"), observation=again, version=1)
    again = ward.tell(ward.give(again, "agus", 2, 2, 2), actor="agus")
    with pytest.raises(NotNow, match="satu kali"):
        services.contest_observation(actor=ward.viewer("siti"), observation=again, reason="Lagi", version=again.version)


def test_a_contest_past_its_day_comes_too_late_and_may_be_taken_back(ward):
    row = ward.contested()
    row = services.uncontest_observation(actor=ward.viewer("siti"), observation=row, version=row.version)
    assert row.state == S.TOLD
    ward.at(8)
    with pytest.raises(NotNow, match="hari terakhirnya"):
        services.contest_observation(actor=ward.viewer("siti"), observation=row, reason="Lupa", version=row.version)


def test_a_second_observation_shows_what_changed(ward):
    first = ward.finished()
    ward.at(30)
    planned = Planned((ward.cast.dewi,), ward.today, "Poli umum")
    for other in ("siti", "agus"):
        with pytest.raises(NotAllowed):
            services.follow_observation(actor=ward.viewer(other), observation=first, planned=planned, form_key=uuid4())
    second = services.follow_observation(
        actor=ward.viewer("wati"), observation=first, planned=planned, form_key=uuid4()
    )
    assert (second.previous, second.indicator, second.instrument) == (first, "penjelasan", ward.instrument)
    with pytest.raises(NotNow):
        services.follow_observation(actor=ward.viewer("wati"), observation=first, planned=planned, form_key=uuid4())
    assert shift_of(first, second) is None, "nothing is shown before the feedback"
    second = services.prepare_observation(
        actor=ward.viewer("dewi"), observation=second, prepared=Prepared("Lihat lagi", "", "identitas"), version=0
    )
    second = services.agree_observation(actor=ward.viewer("siti"), observation=second, version=1)
    second = ward.tell(ward.give(second, "dewi", 2, 2, 0))
    shift = shift_of(first, second)
    assert [row.rise for row in shift.rows] == [0, 1, -1]
    assert shift.changed


def test_the_journal_holds_no_mark_and_no_word(ward):
    ward.finished()
    told = " ".join(str(entry.changes) + entry.reason for entry in JournalEntry.objects.all())
    for word in ("Pasien paham", "Tenang", "mengulang", "level", "value", "points"):
        assert word not in told
    assert {key for entry in JournalEntry.objects.all() for key in entry.changes} == {"day"}
