"""Moves in the registry: nothing before its day, the form of the new post, and what never happened is undone."""

import threading
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from tests.cast import TODAY, ZONE, make_cast

from terang.audit.models import JournalEntry
from terang.audit.worker import Worker
from terang.planning.plans import followers
from terang.planning.plans.models import Plan, PlanState, PlanVersion, VersionState
from terang.planning.plans.queue import to_answer
from terang.planning.plans.services import (
    agree,
    dialogue,
    discard_version,
    follow_moves,
    following,
    open_change,
    open_plan,
    submit,
    sweep,
    write_document,
)
from terang.registry.people.models import Assignment, Employee
from terang.registry.people.services import move_employee, record_departure
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult, from_json
from terang.web.errors import NotNow

CARDS = PlannedIndicator("i1", "Jumlah KTP terbit", unit_label="dokumen", target_milli=960_000)
DOCUMENT = PlanDocument(results=(PlannedResult("r1", "KTP terbit tepat waktu", indicators=(CARDS,)),))
YEAR = {"period_start": date(2026, 1, 1), "period_end": date(2027, 1, 1)}
NEXT = {"period_start": date(2027, 1, 1), "period_end": date(2028, 1, 1)}
LATER = TODAY + timedelta(days=7)


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def today(monkeypatch):
    """Sets the day of the agency; `TODAY` at first."""

    def become(day):
        monkeypatch.setattr(following, "local_today", lambda agency: day)

    become(TODAY)
    return become


def begun(cast, name="andi", document=DOCUMENT, **span):
    return open_plan(actor=cast.viewer(name), employee=cast.people[name], document=document, **(span or YEAR))


def submit_begun(cast, **span):
    version = begun(cast, **span)
    return submit(actor=cast.viewer("andi"), version=version, seen=version.version)


def agreed(cast, **span):
    version = submit_begun(cast, **span)
    return agree(actor=cast.viewer("hendra"), version=version, seen=version.version)


def moved(cast, post, on, name="andi"):
    person = Employee.objects.get(pk=cast.people[name].pk)
    maya = cast.viewer("maya")
    made = move_employee(
        actor=maya, employee=person, post=cast.posts[post], on=on, document="SK 9", version=person.version
    )
    follow_moves(documents={person.pk: "SK 9"})
    return made


def test_a_decree_for_a_later_day_closes_nothing_today(cast, today):
    plan = agreed(cast).plan
    moved(cast, "civil_officer", LATER)
    sweep(agency=cast.agency)
    plan.refresh_from_db()
    assert (plan.state, plan.period_end) == (PlanState.AGREED, date(2027, 1, 1))
    open_change(actor=cast.viewer("andi"), plan=plan, reason="Blangko berkurang")
    today(LATER)
    assert [each.pk for each in sweep(agency=cast.agency)] == [plan.pk]
    assert sweep(agency=cast.agency) == []
    plan.refresh_from_db()
    assert (plan.state, plan.period_end, plan.followed) == (PlanState.CLOSED, LATER, True)
    assert JournalEntry.objects.filter(verb="plans.plan_closed").count() == 1


def test_a_departure_for_a_later_day_waits_too(cast, today):
    plan = agreed(cast).plan
    record_departure(actor=cast.viewer("maya"), employee=cast.andi, version=cast.andi.version, on=LATER, reason="BUP")
    follow_moves(documents={cast.andi.pk: ""})
    assert Plan.objects.get().state == PlanState.AGREED
    today(LATER)
    sweep(agency=cast.agency)
    plan.refresh_from_db()
    assert (plan.state, plan.period_end) == (PlanState.CLOSED, LATER)


def test_who_leaves_later_still_waits_for_an_answer(cast):
    version = submit_begun(cast)
    record_departure(actor=cast.viewer("maya"), employee=cast.andi, version=cast.andi.version, on=LATER, reason="BUP")
    assert [row.pk for row in to_answer(cast.viewer("hendra"))] == [version.pk]


def cancelled(made):
    """The registry as if the move had never been entered."""
    Assignment.objects.filter(employee=made.employee, ends_on=made.starts_on).update(ends_on=None)
    made.delete()


def test_a_move_that_never_happened_opens_the_plan_again(cast, today):
    plan = agreed(cast).plan
    made = moved(cast, "civil_officer", TODAY - timedelta(days=10))
    plan.refresh_from_db()
    assert plan.state == PlanState.CLOSED
    cancelled(made)
    for _again in range(2):
        sweep(agency=cast.agency)
    plan.refresh_from_db()
    assert (plan.state, plan.period_end, plan.planned_end) == (PlanState.AGREED, date(2027, 1, 1), None)
    told = JournalEntry.objects.get(verb="plans.plan_reopened")
    assert (told.actor_id, told.changes["day"]) == (None, (TODAY - timedelta(days=10)).isoformat())


def test_a_newer_plan_keeps_the_old_one_closed(cast, today):
    plan = agreed(cast).plan
    made = moved(cast, "civil_officer", TODAY)
    begun(cast, period_start=TODAY, period_end=date(2027, 1, 1))
    cancelled(made)
    follow_moves(documents={cast.andi.pk: ""})
    plan.refresh_from_db()
    assert plan.state == PlanState.CLOSED


def test_who_moved_away_and_back_keeps_two_plans(cast, today):
    plan = agreed(cast).plan
    moved(cast, "civil_officer", TODAY - timedelta(days=20))
    moved(cast, "register_officer", TODAY - timedelta(days=5))
    sweep(agency=cast.agency)
    plan.refresh_from_db()
    assert (plan.state, plan.period_end) == (PlanState.CLOSED, TODAY - timedelta(days=20))


def promoted(cast, on):
    Assignment.objects.filter(employee=cast.dewi).update(ends_on=on)
    return moved(cast, "puskesmas_head", on)


def test_a_draft_takes_the_form_and_the_days_of_the_new_post(cast, today):
    """An executor who becomes head of a Puskesmas plans on the form of leaders of independent units (p. 170)."""
    begun(cast)
    promoted(cast, TODAY)
    plan = Plan.objects.get(employee=cast.andi)
    assert (plan.post, plan.period_start) == (cast.posts["puskesmas_head"], TODAY)
    assert from_json(plan.versions.get().document).form == "jpt"


def test_a_plan_ahead_is_for_the_post_held_when_it_begins(cast, today):
    promoted(cast, LATER)
    version = begun(cast, **NEXT)
    assert version.plan.post == cast.posts["puskesmas_head"]
    assert from_json(version.document).form == "jpt"
    follow_moves(documents={cast.andi.pk: ""})
    assert Plan.objects.get().post == cast.posts["puskesmas_head"], "today's post changes nothing in it"


def test_a_draft_ahead_goes_along_on_the_day_of_the_move(cast, today):
    begun(cast, **NEXT)
    promoted(cast, LATER)
    assert Plan.objects.get().post == cast.posts["register_officer"]
    today(LATER)
    sweep(agency=cast.agency)
    plan = Plan.objects.get()
    assert (plan.post, plan.period_start) == (cast.posts["puskesmas_head"], date(2027, 1, 1))


def test_a_plan_agreed_ahead_is_a_draft_again_where_its_post_is_left_before(cast, today):
    """A decree from the first of January on: that day no plan of the old post begins."""
    version = agreed(cast, **NEXT)
    promoted(cast, NEXT["period_start"])
    version.plan.refresh_from_db()
    assert version.plan.state == PlanState.AGREED
    today(NEXT["period_start"])
    assert len(sweep(agency=cast.agency)) == 1
    assert sweep(agency=cast.agency) == []
    plan = Plan.objects.get()
    assert (plan.state, plan.post, plan.agreed_on) == (PlanState.DRAFT, cast.posts["puskesmas_head"], None)
    again = plan.versions.get(state=VersionState.DRAFT)
    assert (again.number, from_json(again.document).form) == (2, "jpt")
    january = cast.viewer("andi", datetime(2027, 1, 2, 9, tzinfo=ZONE))
    with pytest.raises(NotNow):
        discard_version(actor=january, version=again, seen=again.version)


def test_perspectives_leave_with_the_form_that_has_them(cast):
    leading = replace(DOCUMENT.results[0], indicators=(replace(CARDS, perspective="anggaran"),))
    version = begun(cast, document=PlanDocument(form="jpt", results=(leading,)))
    document = from_json(version.document)
    assert (document.form, document.results[0].indicators[0].perspective) == ("ja", "")


def test_a_corrected_post_changes_the_form_before_it_is_handed_in(cast):
    version = begun(cast)
    cast.posts["register_officer"].kind = "jpt"
    cast.posts["register_officer"].save()
    with pytest.raises(NotNow, match="belum lengkap"):
        submit(actor=cast.viewer("andi"), version=version, seen=version.version)
    version.refresh_from_db()
    assert (version.state, from_json(version.document).form) == (VersionState.DRAFT, "jpt")


def test_who_left_writes_and_hands_in_nothing(cast, today):
    version = begun(cast)
    record_departure(
        actor=cast.viewer("maya"), employee=cast.andi, version=cast.andi.version, on=TODAY, reason="Pindah"
    )
    andi = cast.viewer("andi")
    with pytest.raises(NotNow, match="jabatan"):
        submit(actor=andi, version=version, seen=version.version)
    with pytest.raises(NotNow, match="jabatan"):
        write_document(actor=andi, version=version, seen=version.version, document=DOCUMENT)
    for _again in range(2):
        follow_moves(documents={cast.andi.pk: ""})
    version.refresh_from_db()
    assert version.state == VersionState.DISCARDED
    assert JournalEntry.objects.filter(verb="plans.plan_given_up").count() == 1


def test_a_departure_that_never_happened_brings_the_draft_back(cast, today):
    version = begun(cast)
    record_departure(
        actor=cast.viewer("maya"), employee=cast.andi, version=cast.andi.version, on=TODAY, reason="Pindah"
    )
    follow_moves(documents={cast.andi.pk: ""})
    Employee.objects.filter(pk=cast.andi.pk).update(left_on=None)
    Assignment.objects.filter(employee=cast.andi).update(ends_on=None)
    sweep(agency=cast.agency)
    version.refresh_from_db()
    assert version.state == VersionState.DRAFT


def test_the_sweep_asks_once_where_nobody_moves(cast, today, django_assert_num_queries):
    agreed(cast)
    with django_assert_num_queries(1):
        assert sweep(agency=cast.agency) == []


def test_one_government_that_fails_stops_no_other(cast, today, monkeypatch):
    other, done = make_cast("99.72", "Pemerintah Kota Lain").agency, []

    def work(*, agency):
        if agency == cast.agency:
            raise ValueError("x")
        done.append(agency)

    monkeypatch.setattr(followers.services, "sweep", work)
    followers.sweep()
    assert done == [other]


def test_the_worker_sweeps_every_hour():
    assert "terang.planning.plans.followers.sweep" in {
        f"{chore._work.__module__}.{chore._work.__name__}" for chore in Worker()._chores
    }


@pytest.mark.django_db(transaction=True)
def test_agreement_and_move_at_once_wait_for_each_other(monkeypatch):
    """Both take the plan before its version: one is first, the other sees what it did."""
    cast = make_cast()
    version = begun(cast)
    version = submit(actor=cast.viewer("andi"), version=version, seen=version.version)
    hendra, settle, gate = cast.viewer("hendra"), dialogue.settle, threading.Event()
    done: dict[str, Any] = {}

    def slowly(*args):
        gate.set()
        threading.Event().wait(0.5)
        return settle(*args)

    def run(name, work):
        try:
            done[name] = work()
        except Exception as error:
            done[name] = error
        finally:
            connection.close()

    def move():
        gate.wait(5)
        gone = following.Departure(version.plan, TODAY, cast.posts["civil_officer"], "moved")
        return following._take_along(gone, cast.posts["civil_officer"])

    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time anyway")
    monkeypatch.setattr(dialogue, "settle", slowly)
    works = {"agree": lambda: agree(actor=hendra, version=version, seen=version.version), "move": move}
    threads = [threading.Thread(target=run, args=pair) for pair in works.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (done["agree"].state, done["move"]) == (VersionState.AGREED, None)
    assert PlanVersion.objects.get().plan.post == cast.posts["register_officer"]
