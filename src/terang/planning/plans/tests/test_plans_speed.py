"""Costs that do not grow with the people, and numbers that are the same as counted one by one."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.cast import SINCE, TODAY, ZONE, make_cast

from terang.audit.models import JournalEntry
from terang.planning.plans.completeness import completeness
from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState, PlanVersion, VersionState
from terang.planning.plans.services import agree, agree_many, open_change, open_plan, submit, write_document
from terang.planning.plans.standings import person_plans
from terang.registry.people.models import Assignment, AssignmentKind, Employee, Post, PostKind
from terang.registry.people.selectors import main_posts
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult

YEAR = {"period_start": date(2026, 1, 1), "period_end": date(2027, 1, 1)}
CARDS = PlannedIndicator("i1", "Jumlah KTP terbit", unit_label="dokumen", target_milli=960_000)
CARD = PlannedResult("r1", "KTP terbit tepat waktu", indicators=(CARDS,))
LATE = datetime(2026, 12, 2, 9, tzinfo=ZONE)


def wording(many):
    """A document with as many results, each with two indicators."""
    return PlanDocument(
        results=tuple(
            replace(
                CARD,
                key=f"r{number}",
                text=f"KTP terbit {number}",
                indicators=tuple(replace(CARDS, key=f"i{number}{letter}") for letter in "ab"),
            )
            for number in range(many)
        )
    )


@pytest.fixture
def cast(db):
    return make_cast()


def submitted(cast, name="andi", document=None):
    viewer = cast.viewer(name)
    document = document or wording(1)
    version = open_plan(actor=viewer, employee=cast.people[name], document=document, **YEAR)
    return submit(actor=viewer, version=version, seen=version.version)


def colleagues(cast, version, many):
    """Andi and others on the same post with the same plan, until there are `many`."""
    for number in range(1, many):
        person = Employee.objects.create(
            agency=cast.agency, nip=f"1990010120200310{number:02}", name=f"P {number:02}", status="pns", joined_on=TODAY
        )
        Assignment.objects.create(employee=person, post=cast.posts["register_officer"], starts_on=SINCE)
        plan = Plan.objects.create(employee=person, post=version.plan.post, unit=version.plan.unit, **YEAR)
        same = {name: getattr(version, name) for name in ("document", "opened_at", "submitted_at", "answer_due")}
        PlanVersion.objects.create(plan=plan, number=1, state=VersionState.SUBMITTED, **same)
    return dict(PlanVersion.objects.values_list("pk", "version"))


@pytest.mark.parametrize("rows", [1, 50])
def test_an_agreement_costs_the_same_for_one_row_and_for_fifty(cast, rows, django_assert_max_num_queries):
    version = submitted(cast, document=wording(rows))
    hendra = cast.viewer("hendra")
    with django_assert_max_num_queries(22):
        agree(actor=hendra, version=version, seen=version.version)
    assert (PlanResult.objects.count(), Indicator.objects.count()) == (rows, 2 * rows)
    keys = dict(PlanResult.objects.values_list("key", "pk"))
    change = open_change(actor=cast.viewer("andi"), plan=version.plan, reason="Target berubah")
    fewer = wording(rows + 1).results[1:]
    andi = cast.viewer("andi")
    change = write_document(actor=andi, version=change, seen=change.version, document=PlanDocument(results=fewer))
    change = submit(actor=andi, version=change, seen=change.version)
    with django_assert_max_num_queries(26):
        agree(actor=hendra, version=change, seen=change.version)
    assert {key: pk for key, pk in PlanResult.objects.values_list("key", "pk") if key in keys} == keys
    assert list(PlanResult.objects.exclude(retired_on=None).values_list("key", "retired_on")) == [("r0", TODAY)]


def asked_for(seen, cast):
    with CaptureQueriesContext(connection) as captured:
        batch = agree_many(actor=cast.viewer("hendra"), seen=seen)
    assert not batch.failed
    assert len(batch.agreed) == len(seen)
    return len(captured)


def test_many_agreements_share_what_is_the_same_and_each_tells_the_journal(cast):
    seen = colleagues(cast, submitted(cast), 21)
    one = asked_for(dict([seen.popitem()]), cast)
    twenty = asked_for(seen, cast)
    assert (twenty - one) / 19 <= 16, "queries of one more plan"
    told = JournalEntry.objects.filter(verb="plans.plan_agreed")
    assert set(told.values_list("object_id", flat=True)) == set(Plan.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("many", [1, 50])
def test_the_queue_and_the_team_cost_the_same_for_one_and_for_fifty(cast, client, many, django_assert_max_num_queries):
    seen = colleagues(cast, submitted(cast), many)
    PlanVersion.objects.filter(pk__in=seen).update(answer_due=timezone.localdate() - timedelta(days=1))
    for name, page, most in (("hendra", "queue", 40), ("hendra", "team", 48), ("sri", "team", 48)):
        client.force_login(cast.people[name].user, backend="allauth.account.auth_backends.AuthenticationBackend")
        with django_assert_max_num_queries(most), CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(f"plans:{page}")).status_code == 200
        read = [query["sql"] for query in captured if '"plans_planversion"."document"' in query["sql"]]
        assert len(read) == (page == "queue"), "only the plan on screen is read"


def stir(cast):
    """A government with every case: moved, acting, elected, gone, two plans in a year, each state of a plan."""
    people = {name: cast.people[name] for name in cast.people}
    states = (
        ("andi", "draf", "diajukan", date(2026, 11, 20)),
        ("rina", "draf", "diajukan", date(2026, 12, 20)),
        ("joko", "draf", "dibahas", None),
        ("tono", "draf", "draf", None),
        ("siti", "disepakati", None, None),
        ("dewi", "disepakati", "draf", None),
        ("agus", "disepakati", "diajukan", date(2026, 11, 20)),
        ("lina", "disepakati", "dibahas", None),
        ("mayor", "disepakati", None, None),
    )
    for name, state, talk, due in states:
        plan = Plan.objects.create(employee=people[name], state=state, **YEAR)
        if talk:
            PlanVersion.objects.create(
                plan=plan, number=2, state=talk, document={}, opened_at=timezone.now(), answer_due=due
            )
    for name, since in (("maya", None), ("hendra", date(2026, 6, 1))):
        until = date(2026, 6, 1)
        Plan.objects.create(
            employee=people[name], state=PlanState.CLOSED, period_start=date(2026, 1, 1), period_end=until
        )
        if since:
            Plan.objects.create(
                employee=people[name], state=PlanState.DRAFT, period_start=since, period_end=date(2027, 1, 1)
            )
    other = Post.objects.create(unit=cast.units["puskesmas"], title="Bidan", kind="fungsional", valid_from=SINCE)
    for name, kind in (("andi", AssignmentKind.ACTING), ("joko", AssignmentKind.STAND_IN)):
        Assignment.objects.create(employee=people[name], post=other, kind=kind, starts_on=TODAY, document="SK 1")
    people["joko"].assignments.filter(kind=AssignmentKind.DEFINITIVE).update(ends_on=TODAY)
    people["bambang"].assignments.update(ends_on=TODAY)
    Employee.objects.filter(pk=people["lina"].pk).update(left_on=TODAY)


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_completeness_counts_as_one_would_one_by_one(cast, year):
    stir(cast)
    day = date(year, 1, 1)
    found = completeness(cast.agency.pk, [""], day, TODAY)
    there = Employee.objects.filter(left_on=None)
    posts = main_posts([person.pk for person in there], TODAY)
    expected = {unit.pk: Counter() for unit in cast.units.values()}
    for row in person_plans(there, cast.viewer("maya"), day, {}):
        held = posts.get(row.employee.pk)
        if held and held.post.kind != PostKind.ELECTED:
            for part in filter(None, held.post.unit.path.split("/")):
                expected[int(part)][row.stand] += 1
    assert {row.unit.pk: row.counts for row in found.units} == expected
    assert (found.elected, found.without_post) == (1, 1)
