"""The appraiser's answer: decisions, assignments of other leaders, many plans after reading, moves, templates."""

import uuid
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from tests.cast import TODAY, ZONE, make_cast

from terang.audit.followers import named_followers
from terang.audit.models import JournalEntry
from terang.audit.services import record
from terang.planning.plans.followers import follow
from terang.planning.plans.models import Plan, PlanningTerms, PlanState, PlanTemplate, PlanVersion, VersionState
from terang.planning.plans.queue import late_below, to_answer
from terang.planning.plans.selectors import agreed_plan
from terang.planning.plans.services import (
    Decision,
    agree,
    agree_many,
    answer_assignment,
    close_plan,
    decide,
    make_template,
    open_plan,
    retire_template,
    set_terms,
    start_run,
    submit,
    write_document,
)
from terang.planning.plans.standings import Stand, team_plans
from terang.planning.plans.tasks import give_template
from terang.registry.people.models import Assignment, AssignmentKind
from terang.registry.people.services import move_employee, record_departure, start_assignment
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult, as_json, from_json
from terang.web.errors import NotAllowed, NotNow, Stale

CARDS = PlannedIndicator("i1", "Jumlah KTP terbit", unit_label="dokumen", target_milli=960_000)
CARD = PlannedResult("r1", "KTP terbit tepat waktu", indicators=(CARDS,))
FILES = PlannedResult("r2", "Arsip tertata", main=False, indicators=(replace(CARDS, key="i2"),))
DOCUMENT = PlanDocument(results=(CARD, FILES))
YEAR = {"period_start": date(2026, 1, 1), "period_end": date(2027, 1, 1)}
TOMORROW_LATE = datetime(2026, 12, 2, 9, tzinfo=ZONE)
JUNE = datetime(2026, 6, 2, 9, tzinfo=ZONE)


@pytest.fixture
def cast(db):
    return make_cast()


def submitted(cast, name="andi", document=DOCUMENT):
    viewer = cast.viewer(name)
    version = open_plan(actor=viewer, employee=cast.people[name], document=document, **YEAR)
    return submit(actor=viewer, version=version, seen=version.version)


def agreed(cast, name="andi", document=DOCUMENT):
    version = submitted(cast, name, document)
    return agree(actor=cast.viewer("hendra"), version=version, seen=version.version)


def test_the_leader_decides_main_and_hopes_and_the_person_must_agree(cast):
    version = submitted(cast)
    decision = Decision(main={"r2": True}, behaviour={"BP": "Sapa warga lebih dulu", "AK": " "}, approach="kualitatif")
    version = decide(actor=cast.viewer("hendra"), version=version, seen=version.version, decision=decision)
    document = from_json(version.document)
    assert version.state == VersionState.DISCUSSED
    assert [each.main for each in document.results] == [True, True]
    assert (document.behaviour, document.approach) == ({"BP": "Sapa warga lebih dulu"}, "kualitatif")


@pytest.mark.parametrize(
    ("main", "told"), [({}, "Belum ada"), ({"r1": False}, "harus utama"), ({"r3": False}, "selalu utama")]
)
def test_a_decision_that_cannot_be_is_refused(cast, main, told):
    acting = replace(CARD, key="r3", acting=True, indicators=(replace(CARDS, key="i3"),))
    rows = (CARD, FILES, acting) if "r3" in main else (CARD, FILES)
    version = submitted(cast, document=PlanDocument(results=rows))
    with pytest.raises(NotNow, match=told):
        decide(actor=cast.viewer("hendra"), version=version, seen=version.version, decision=Decision(main=main))


def test_only_who_answers_decides_and_on_what_was_read(cast):
    version, other = submitted(cast), Decision(main={"r2": True})
    for name in ("sri", "rina", "maya"):
        with pytest.raises(NotAllowed):
            decide(actor=cast.viewer(name), version=version, seen=version.version, decision=other)
    with pytest.raises(Stale):
        decide(actor=cast.viewer("hendra"), version=version, seen=version.version - 1, decision=other)


def test_work_of_another_leader_is_answered_before_the_plan_is_agreed(cast):
    """V42: the appraiser approves first (A3 p. 46)."""
    given = replace(FILES, assigned_by="Kepala Dinas Kesehatan", assigner_id=cast.bambang.pk)
    version, hendra = submitted(cast, document=PlanDocument(results=(CARD, given))), cast.viewer("hendra")
    with pytest.raises(NotNow, match="pimpinan lain"):
        agree(actor=hendra, version=version, seen=version.version)
    with pytest.raises(NotNow):
        answer_assignment(actor=hendra, version=version, seen=version.version, row_key="r1", approved=True)
    with pytest.raises(NotAllowed):
        answer_assignment(actor=cast.viewer("andi"), version=version, seen=version.version, row_key="r2", approved=True)
    version = answer_assignment(actor=hendra, version=version, seen=version.version, row_key="r2", approved=True)
    assert version.state == VersionState.SUBMITTED, "a yes leaves the person's wording as it is"
    assert agree(actor=hendra, version=version, seen=version.version).state == VersionState.AGREED


def test_refused_work_goes_back_to_be_talked_about(cast):
    given = replace(FILES, assigned_by="Kepala Dinas Kesehatan", assigner_id=cast.bambang.pk)
    version, hendra = submitted(cast, document=PlanDocument(results=(CARD, given))), cast.viewer("hendra")
    version = answer_assignment(actor=hendra, version=version, seen=version.version, row_key="r2", approved=False)
    assert version.state == VersionState.DISCUSSED
    with pytest.raises(NotNow, match="belum lengkap"):
        submit(actor=cast.viewer("andi"), version=version, seen=version.version)


def test_many_are_agreed_in_one_go_and_one_that_moved_on_stops_nobody(cast):
    andi, rina = submitted(cast), submitted(cast, "rina")
    hendra = cast.viewer("hendra")
    seen = {andi.pk: andi.version, rina.pk: rina.version}
    answered = replace(DOCUMENT, results=(replace(CARD, text="KTP terbit dalam satu hari"), FILES))
    write_document(actor=hendra, version=rina, seen=rina.version, document=answered)
    batch = agree_many(actor=hendra, seen=seen)
    assert [version.plan.employee for version in batch.agreed] == [cast.andi]
    assert [(version.plan.employee, "sudah berubah" in reason) for version, reason in batch.failed] == [
        (cast.rina, True)
    ]
    assert JournalEntry.objects.filter(verb="plans.plan_agreed").count() == 1
    assert agree_many(actor=cast.viewer("sri"), seen={rina.pk: rina.version + 1}).agreed == ()


def test_an_answer_that_is_late_waits_for_the_superior_on_the_day_after(cast):
    version = submitted(cast)
    assert [row.pk for row in to_answer(cast.viewer("hendra"))] == [version.pk]
    on_time = datetime(2026, 12, 1, 9, tzinfo=ZONE)
    assert list(late_below(cast.viewer("sri", on_time))) == []
    [(row, silent)] = late_below(cast.viewer("sri", TOMORROW_LATE))
    assert (row.pk, silent.employee) == (version.pk, cast.hendra)
    for other in ("hendra", "maya", "mayor", "andi"):
        assert list(late_below(cast.viewer(other, TOMORROW_LATE))) == []


def test_from_february_on_the_superior_may_answer_what_was_submitted_in_january(cast):
    """V43: an appraiser who has done nothing by the end of January."""
    andi = cast.viewer("andi", datetime(2027, 1, 29, 9, tzinfo=ZONE))
    year = {"period_start": date(2027, 1, 1), "period_end": date(2028, 1, 1)}
    version = open_plan(actor=andi, employee=cast.andi, document=DOCUMENT, **year)
    version = submit(actor=andi, version=version, seen=version.version)
    assert version.answer_due == date(2027, 1, 31)
    sri = cast.viewer("sri", datetime(2027, 2, 1, 9, tzinfo=ZONE))
    assert agree(actor=sri, version=version, seen=version.version).instead


def entries_of(cast, name):
    return list(JournalEntry.objects.filter(subject_employee_id=cast.people[name].pk, verb__startswith="people."))


def test_a_move_in_june_closes_the_plan_that_day_and_asks_anew(cast):
    agreed(cast)
    maya = cast.viewer("maya", JUNE)
    post = cast.posts["civil_officer"]
    move_employee(
        actor=maya, employee=cast.andi, post=post, on=date(2026, 6, 15), document="SK 9/2026", version=cast.andi.version
    )
    for _again in range(2):
        follow(entries_of(cast, "andi"))
    plan = Plan.objects.get(employee=cast.andi)
    assert (plan.state, plan.period_end) == (PlanState.CLOSED, date(2026, 6, 15))
    assert agreed_plan(cast.andi.pk, date(2026, 6, 14)) == plan
    told = JournalEntry.objects.get(verb="plans.plan_closed")
    assert (told.actor_id, told.changes["day"], "SK 9/2026" in told.reason) == (None, "2026-06-15", True)
    [row] = [row for row in team_plans(cast.viewer("sri")) if row.employee == cast.andi]
    assert (row.stand, row.closed) == (Stand.NONE, True), "Joko's bidang has no head: the Kepala Dinas appraises"
    new = open_plan(
        actor=cast.viewer("andi"),
        employee=cast.andi,
        period_start=date(2026, 6, 15),
        period_end=date(2027, 1, 1),
        document=DOCUMENT,
    )
    assert new.plan.post == post


def test_a_plan_never_agreed_goes_along_as_a_draft(cast):
    version = submitted(cast)
    post = cast.posts["civil_officer"]
    move_employee(
        actor=cast.viewer("maya"), employee=cast.andi, post=post, on=TODAY, document="SK 9", version=cast.andi.version
    )
    follow(entries_of(cast, "andi"))
    version.refresh_from_db()
    plan = Plan.objects.get(employee=cast.andi)
    assert (plan.post, plan.unit, plan.state) == (post, cast.units["civil"], PlanState.DRAFT)
    assert (version.state, version.answer_due) == (VersionState.DRAFT, None)


def test_a_plan_without_a_wording_stops_no_follower(cast):
    Plan.objects.create(
        employee=cast.andi,
        post=cast.posts["register_officer"],
        unit=cast.units["register"],
        state=PlanState.AGREED,
        **YEAR,
    )
    post, maya = cast.posts["civil_officer"], cast.viewer("maya")
    move_employee(actor=maya, employee=cast.andi, post=post, on=TODAY, document="SK 9", version=cast.andi.version)
    follow(entries_of(cast, "andi"))
    assert Plan.objects.get().state == PlanState.AGREED


def test_who_leaves_ends_the_plan_and_who_only_leads_beside_keeps_it(cast):
    agreed(cast)
    agreed(cast, "rina")
    maya = cast.viewer("maya")
    record_departure(actor=maya, employee=cast.rina, version=cast.rina.version, on=TODAY, reason="Pensiun")
    start_assignment(
        actor=maya,
        employee=cast.andi,
        post=cast.posts["civil_head"],
        kind=AssignmentKind.ACTING,
        on=TODAY,
        until=None,
        document="SK 10",
        version=cast.andi.version,
    )
    follow([*entries_of(cast, "rina"), *entries_of(cast, "andi")])
    states = dict(Plan.objects.values_list("employee__name", "state"))
    assert states == {"Andi Pratama": PlanState.AGREED, "Rina Marlina": PlanState.CLOSED}
    [row] = [row for row in team_plans(cast.viewer("sri")) if row.employee == cast.andi]
    assert row.acting is not None, "as Plt. head of the bidang Andi is appraised by the Kepala Dinas"
    assert any("Plt. Kepala Bidang" in note for note in row.notes)


def test_another_appraiser_since_the_agreement_means_a_new_dialogue(cast):
    agreed(cast)
    before = cast.viewer("hendra")
    assert [row.notes for row in team_plans(before) if row.employee == cast.andi] == [()]
    cast.hendra.assignments.update(ends_on=date(2026, 12, 1))
    Assignment.objects.create(
        employee=cast.joko, post=cast.posts["register_head"], starts_on=date(2026, 12, 1), document="SK 11"
    )
    cast.joko.assignments.filter(post=cast.posts["civil_officer"]).update(ends_on=date(2026, 12, 1))
    [row] = [row for row in team_plans(cast.viewer("joko", TOMORROW_LATE)) if row.employee == cast.andi]
    assert any("Penilai berganti" in note for note in row.notes)


@pytest.mark.parametrize("many", [1, 50])
def test_the_team_costs_the_same_for_one_and_for_fifty(cast, many, django_assert_max_num_queries):
    version = submitted(cast)
    fill(cast, version, many)
    viewer = cast.viewer("hendra")
    with django_assert_max_num_queries(17):
        rows = team_plans(viewer)
    assert sum(row.stand == Stand.SUBMITTED for row in rows) == many
    with django_assert_max_num_queries(7):
        assert len(to_answer(viewer)) == many
    late = cast.viewer("sri", TOMORROW_LATE)
    with django_assert_max_num_queries(6):
        assert len(late_below(late)) == many
    with django_assert_max_num_queries(10):
        shown = late_below(late)[:3]
    assert len(shown) == min(many, 3)
    assert all("document" in row.get_deferred_fields() for row, _silent in shown), "documents are long"
    assert {silent.employee for _row, silent in shown} == {cast.hendra}


def fill(cast, version, many):
    """Colleagues of Andi with the same plan, until there are `many`."""
    for number in range(1, many):
        person = cast.andi.__class__.objects.create(
            agency=cast.agency,
            nip=f"1990010120200310{number:02}",
            name=f"Pegawai {number:02}",
            status="pns",
            joined_on=YEAR["period_start"],
        )
        Assignment.objects.create(employee=person, post=cast.posts["register_officer"], starts_on=date(2020, 1, 2))
        plan = Plan.objects.create(employee=person, post=version.plan.post, unit=version.plan.unit, **YEAR)
        PlanVersion.objects.create(
            plan=plan,
            number=1,
            state=VersionState.SUBMITTED,
            document=version.document,
            opened_at=version.opened_at,
            submitted_at=version.submitted_at,
            answer_due=version.answer_due,
        )


def template_of(cast, version):
    return make_template(
        actor=cast.viewer("maya"), version=version, name="Operator", kind="pelaksana", category="", title=""
    )


def test_a_template_comes_from_an_agreed_plan_without_what_is_personal(cast):
    given = replace(FILES, assigned_by="Kepala Dinas Kesehatan", assigner_id=cast.bambang.pk, approved=True)
    done = agreed(cast)
    own = replace(CARD, vital="keselamatan", goal_indicator_id=7)
    done.document = as_json(PlanDocument(results=(own, given), behaviour={"AK": "Jangan terlambat lagi"}))
    done.save()
    template = template_of(cast, done)
    document = from_json(template.document)
    (row,) = document.results
    assert (row.key, row.vital, row.goal_indicator_id, document.behaviour) == ("r1", "", None, {})
    with pytest.raises(ValidationError):
        template_of(cast, done)
    with pytest.raises(NotAllowed):
        make_template(actor=cast.viewer("hendra"), version=done, name="X", kind="", category="", title="")
    with pytest.raises(NotNow, match="disepakati"):
        make_template(
            actor=cast.viewer("maya"), version=submitted(cast, "rina"), name="Y", kind="", category="", title=""
        )


def test_a_template_is_given_to_a_unit_as_drafts_and_writes_over_nobody(cast):
    template = template_of(cast, agreed(cast))
    maya, key = cast.viewer("maya"), uuid.uuid4()
    for _twice in range(2):
        run = start_run(actor=maya, template=template, unit=cast.units["register"], post_title="", form_key=key)
    for _twice in range(2):
        give_template.func(run.pk)
    run.refresh_from_db()
    assert (run.total, run.done, run.made) == (3, 3, 2)
    assert [(name, told["text"]) for name, told in run.skipped] == [
        ("Andi Pratama", "sudah punya rencana untuk masa ini")
    ]
    plan = Plan.objects.get(employee=cast.rina)
    [version] = plan.versions.all()
    assert (version.state, plan.period_start) == (VersionState.DRAFT, date(2026, 1, 1))
    assert from_json(version.document).results[0].key != "r1"
    with pytest.raises(NotAllowed):
        start_run(
            actor=cast.viewer("hendra"), template=template, unit=cast.units["register"], post_title="", form_key=key
        )


def test_a_retired_template_is_given_to_nobody(cast):
    template, maya = template_of(cast, agreed(cast)), cast.viewer("maya")
    with pytest.raises(Stale):
        retire_template(actor=maya, template=template, seen=template.version + 1)
    retire_template(actor=maya, template=template, seen=template.version)
    template = PlanTemplate.objects.get()
    assert template.retired_on == TODAY
    with pytest.raises(NotNow):
        retire_template(actor=maya, template=template, seen=template.version)
    with pytest.raises(NotNow):
        start_run(actor=maya, template=template, unit=cast.units["register"], post_title="", form_key=uuid.uuid4())


def test_terms_hold_from_a_day_on_and_never_backwards(cast):
    maya = cast.viewer("maya")
    set_terms(actor=maya, valid_from=TODAY, answer_days=3, basis="SE 4/2026")
    assert submitted(cast).answer_due == date(2026, 11, 27)
    for wrong in ({"valid_from": date(2026, 11, 23)}, {"valid_from": TODAY}, {"answer_days": 0}):
        values = {"valid_from": date(2027, 1, 1), "answer_days": 3, "basis": ""} | wrong
        with pytest.raises(ValidationError):
            set_terms(actor=maya, **values)
    with pytest.raises(NotAllowed):
        set_terms(actor=cast.viewer("hendra"), valid_from=date(2027, 1, 1), answer_days=3, basis="")
    assert PlanningTerms.objects.count() == 1


def test_the_worker_follows_moves_at_three_queries_for_any_number_of_people(cast, django_assert_num_queries):
    assert "terang.planning.plans.followers.follow" in named_followers()
    agreed(cast)
    moves = [
        record("people.assignment_ended", actor=None, subject_employee_id=person.pk) for person in cast.people.values()
    ]
    with django_assert_num_queries(3):
        follow(moves)
    renamed = record("people.employee_changed", actor=None, subject_employee_id=cast.andi.pk, changes={"rank": "IV/a"})
    with django_assert_num_queries(0):
        follow([renamed])


def test_a_closed_plan_is_not_closed_again_by_the_registry(cast):
    close_plan(actor=cast.viewer("hendra"), plan=agreed(cast).plan, on=TODAY, reason="Mutasi")
    follow([record("people.employee_moved", actor=None, subject_employee_id=cast.andi.pk)])
    assert Plan.objects.get().period_end == TODAY
