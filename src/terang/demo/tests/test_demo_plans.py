"""The demo's plans, goals and matrix: checked on one government, Makassar, filled once for this file."""

from datetime import date

import pytest
from django.db import transaction

from terang.demo.fill import fill
from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.goals.coverage import coverage
from terang.planning.goals.models import Agreement, AgreementState, Goal, KeyIndicator, Reading
from terang.planning.matrix.models import CellState, Matrix, MatrixCell, MatrixMember, MemberState
from terang.planning.plans.models import (
    OPEN,
    Indicator,
    Plan,
    PlanningTerms,
    PlanResult,
    PlanState,
    PlanTemplate,
    PlanVersion,
    VersionState,
)
from terang.planning.plans.setting import setting_of
from terang.registry.people.models import Assignment, Employee
from terang.registry.people.selectors import appraisers_on, superior_of_appraiser
from terang.rules.plans import digest, from_json
from terang.rules.plans.checks import errors, open_assignments
from terang.rules.plans.differences import differences

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def makassar(django_db_setup, django_db_blocker):
    """Filled in a transaction that is rolled back after the last test of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(TODAY, codes=("makassar",))
        yield Employee.objects.first().agency
        transaction.set_rollback(True)


def in_force(**narrowed):
    return Plan.objects.filter(
        state=PlanState.AGREED, period_start__lte=TODAY, period_end__gt=TODAY, **narrowed
    ).select_related("employee", "post", "unit")


def test_everybody_on_a_post_but_the_mayor_has_an_agreed_plan_of_that_post(makassar):
    posts = Assignment.objects.filter(ends_on__isnull=True).exclude(post__kind="kepala_daerah")
    assert dict(in_force().values_list("employee_id", "post_id")) == dict(posts.values_list("employee_id", "post_id"))
    assert not Plan.objects.filter(employee__assignments__post__kind="kepala_daerah").exists()


def test_every_agreed_wording_is_sound_and_has_its_digest_and_the_appraiser_behind_it(makassar):
    versions = list(PlanVersion.objects.filter(state=VersionState.AGREED).select_related("plan__post"))
    known = appraisers_on(makassar.pk, TODAY)
    assert len(versions) > len(in_force())
    for version in versions:
        document = from_json(version.document)
        assert version.digest == digest(document)
        assert not errors(document, setting_of(version.plan))
        assert not open_assignments(document)
    last = PlanVersion.objects.filter(plan__in=in_force(), state=VersionState.AGREED).select_related("plan")
    for version in last:
        assert version.agreed_by_id == known[version.plan.employee_id].employee_id
        assert version.plan.agreed_on <= version.agreed_at.date()


def test_the_rows_are_those_of_the_wording_in_force(makassar):
    rows = {}
    for row in Indicator.objects.select_related("result"):
        rows.setdefault(row.result.plan_id, []).append((row.result.key, row.key, row.target_milli, row.measure))
    for plan in in_force():
        document = from_json(plan.versions.filter(state=VersionState.AGREED).first().document)
        wanted = [(r.key, i.key, i.target_milli, i.measure) for r in document.results for i in r.indicators]
        assert sorted(rows[plan.pk]) == sorted(wanted)


def test_rows_serve_the_leaders_rows_up_to_a_goal(makassar):
    results = {row.pk: row for row in PlanResult.objects.filter(plan__in=in_force()).select_related("plan__employee")}
    known = appraisers_on(makassar.pk, TODAY)
    served = [row for row in results.values() if row.leader_result_id]
    assert len(served) > len(results) * 0.7
    for row in served:
        above = results[row.leader_result_id]
        assert above.plan.employee_id == known[row.plan.employee_id].employee_id
    alone = [row for row in results.values() if not row.leader_result_id]
    assert all(row.goal_indicator_id for row in alone)


def test_indicators_come_from_the_dictionary_with_its_measure(makassar):
    linked = Indicator.objects.filter(entry__isnull=False).select_related("entry")
    assert linked.count() > 100
    assert all(row.measure == row.entry.measure and row.unit_label == row.entry.unit_label for row in linked)
    assert DictionaryEntry.objects.count() >= 15


def test_the_plan_changed_in_mid_year_can_be_compared(makassar):
    (plan,) = Plan.objects.filter(versions__number=2)
    new, old = plan.versions.all()
    assert (new.number, new.reason != "", old.state, new.state) == (2, True, "disepakati", "disepakati")
    found = differences(from_json(old.document), from_json(new.document))
    assert {each.field for each in found} >= {"text", "target_milli", "resources"}


def test_who_moved_in_june_has_a_closed_plan_and_one_of_the_new_post(makassar):
    (closed,) = Plan.objects.filter(state=PlanState.CLOSED)
    new = in_force(employee=closed.employee).get()
    assert closed.period_end == new.period_start == date(2026, 6, 1)
    assert closed.post.title == "Analis SDM Aparatur"
    held = Assignment.objects.filter(employee=closed.employee).order_by("starts_on").values_list("post_id", "ends_on")
    assert list(held) == [(closed.post_id, date(2026, 6, 1)), (new.post_id, None)]


def test_next_years_plans_stand_in_every_state(makassar):
    versions = PlanVersion.objects.filter(plan__period_start=date(2027, 1, 1), state__in=OPEN)
    assert {each.state for each in versions} == set(OPEN)
    (late,) = versions.filter(state=VersionState.SUBMITTED, answer_due__lt=TODAY)
    assert superior_of_appraiser(late.plan.employee_id, TODAY) is not None
    assert versions.filter(state=VersionState.SUBMITTED, answer_due__gte=TODAY).exists()
    (talked,) = versions.filter(state=VersionState.DISCUSSED)
    assert [each.author == talked.plan.employee for each in talked.comments.all()] == [False, True]
    waiting = [each for each in versions if open_assignments(from_json(each.document))]
    assert len(waiting) == 1
    for version in versions:
        assert not errors(from_json(version.document))


def test_goals_are_carried_and_agreements_signed_but_for_what_is_missing_on_purpose(makassar):
    assert 10 <= Goal.objects.count() <= 25
    assert 20 <= KeyIndicator.objects.count() <= 40
    assert Reading.objects.filter(day__lte=TODAY).count() > 60
    assert not Reading.objects.filter(day__gt=TODAY).exists()
    found = coverage(makassar.pk, TODAY)
    assert [each.what for each in found.findings if each.code == "tanpa_turunan"] == [
        "Lingkungan bersih dan tangguh bencana"
    ]
    assert {each.code for each in found.findings} <= {"tanpa_turunan", "tanpa_nilai"}
    assert found.adrift == []
    (replaced,) = Agreement.objects.filter(state=AgreementState.REPLACED)
    renewed = Agreement.objects.get(unit=replaced.unit, number=2)
    pairs = zip(replaced.items.all(), renewed.items.all(), strict=True)
    assert all(old.target_milli != new.target_milli for old, new in pairs)


def test_one_office_shares_its_results_down_to_a_team(makassar):
    office, team = Matrix.objects.order_by("pk")
    assert team.parent == office
    assert MatrixMember.objects.get(matrix=office, leads_team=True).employee == team.owner
    states = set(MatrixCell.objects.filter(column__matrix=team).values_list("state", flat=True))
    assert states == {CellState.TAKEN, CellState.DISPUTED, CellState.PROPOSED, CellState.NONE}
    assert MatrixMember.objects.filter(matrix=team, outside=True, state=MemberState.ASKED).count() == 1
    for cell in MatrixCell.objects.filter(state=CellState.TAKEN).select_related("member"):
        version = PlanVersion.objects.get(plan__in=in_force(employee=cell.member.employee), state=VersionState.AGREED)
        row = from_json(version.document).result(cell.result_key)
        assert (row.cell_id, row.text) == (cell.pk, cell.text)
        assert row.leader.text


def test_templates_and_terms_are_the_governments_own(makassar):
    assert 3 <= PlanTemplate.objects.filter(agency=makassar).count() <= 5
    for template in PlanTemplate.objects.all():
        document = from_json(template.document)
        assert all(row.leader is None and not row.steps for row in document.results)
    assert PlanningTerms.objects.get(agency=makassar).answer_days == 5
