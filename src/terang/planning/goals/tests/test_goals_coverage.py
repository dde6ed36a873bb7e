"""The check finds every gap where it can be mended, and none where there is none."""

from datetime import date

import pytest

from terang.evaluation.models import Period, PolicyVersion, Score, ScoreComponent
from terang.planning.goals.coverage import Gap, coverage
from terang.planning.goals.hooks import carriers
from terang.planning.goals.selectors import standings_on
from terang.planning.plans.models import Plan, PlanResult, PlanState
from terang.registry.people.models import Assignment

TODAY = date(2026, 11, 24)
GROUP = ("siti", "dewi", "bambang", "sri", "andi")


@pytest.fixture
def whole(office):
    """Goals without a gap: each with an indicator that has all it needs, the last one carried by the nurse's plan."""
    for code in office.goals:
        indicator = office.indicator(
            code,
            outcome=code == "S1",
            baseline_milli=10_000,
            baseline_year=2024,
            responsible=office.cast.posts["health_head"],
        )
        office.reading(indicator, 50_000)
    serve(office, "siti", indicator)
    return office


def serve(office, name, indicator=None, leader=None, state=PlanState.AGREED):
    employee = office.cast.people[name]
    plan, _made = Plan.objects.get_or_create(
        employee=employee,
        period_start=date(2026, 1, 1),
        defaults={
            "period_end": date(2027, 1, 1),
            "state": state,
            "unit": employee.assignments.get().post.unit,
        },
    )
    number = plan.results.count() + 1
    return PlanResult.objects.create(
        plan=plan, number=number, text=f"Hasil {number}", goal_indicator=indicator, leader_result=leader
    )


def gaps(office, paths=("",)):
    found = coverage(office.cast.agency.pk, TODAY, paths).findings
    return [(finding.gap, finding.indicator or finding.goal.code) for finding in found]


def test_clean_goals_have_no_gap(whole):
    found = coverage(whole.cast.agency.pk, TODAY)
    assert (found.findings, found.adrift, found.plans_known) == ([], [], True)


def last(office, code="P1"):
    return office.goals[code].indicators.get()


def test_a_goal_without_indicator(whole):
    whole.goal("SR2", "sasaran_renstra", "health", "S1")
    assert gaps(whole) == [(Gap.NO_INDICATOR, "SR2"), (Gap.NO_RESULT, "SR2")]


def test_a_target_of_the_rpjmd_that_no_unit_passes_on(whole):
    whole.goal("S2", "sasaran", "root", "T1")
    indicator = whole.indicator("S2", responsible=whole.cast.posts["mayor"])
    whole.reading(indicator, 1)
    assert gaps(whole) == [(Gap.NOT_CASCADED, "S2")]


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.AGREED])
def test_the_last_goal_needs_a_result_in_a_plan_in_force(whole, state):
    Plan.objects.update(state=state)
    assert gaps(whole) == ([(Gap.NO_RESULT, "P1")] if state == PlanState.DRAFT else [])


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"responsible": None}, Gap.NO_RESPONSIBLE),
        ({"baseline_milli": None, "baseline_year": None, "outcome": True}, Gap.NO_BASELINE),
    ],
)
def test_an_indicator_that_lacks_something(whole, change, gap):
    whole.goals["P1"].indicators.update(**change)
    assert gaps(whole) == [(gap, last(whole))]


def test_an_indicator_without_target_or_value(whole):
    last(whole).targets.all().delete()
    last(whole, "SR1").readings.all().delete()
    last(whole, "S1").readings.update(day=date(2026, 8, 23))
    last(whole, "T1").readings.update(day=date(2026, 8, 24))
    assert gaps(whole) == [
        (Gap.NO_TARGET, last(whole)),
        (Gap.NO_VALUE, last(whole, "S1")),
        (Gap.NO_VALUE, last(whole, "SR1")),
    ]


def test_a_vacant_post_is_asked_of_who_leads_above(whole):
    Assignment.objects.filter(employee=whole.cast.bambang).update(ends_on=TODAY)
    found = coverage(whole.cast.agency.pk, TODAY).findings
    assert {finding.gap for finding in found} == {Gap.VACANT}
    owners = {finding.goal.code: finding.owner for finding in found}
    assert (owners["SR1"], owners["P1"]) == ("Ratna Dewanti", "Dewi Anggraini")


def test_a_leader_sees_the_gaps_of_the_own_subtree(whole):
    whole.goals["P1"].indicators.update(responsible=None)
    whole.goals["S1"].indicators.update(responsible=None)
    assert len(gaps(whole)) == 2
    assert gaps(whole, (whole.cast.units["health"].path,)) == [(Gap.NO_RESPONSIBLE, last(whole))]
    assert gaps(whole, (whole.cast.units["dukcapil"].path,)) == []


def test_results_that_serve_no_goal_are_counted_by_unit(whole):
    leader = serve(whole, "dewi", last(whole))
    serve(whole, "siti", leader=leader)
    assert not coverage(whole.cast.agency.pk, TODAY).adrift, "through the leader's result it serves one"
    alone = serve(whole, "dewi")
    serve(whole, "siti", leader=alone)
    serve(whole, "andi")
    PlanResult.objects.create(plan=alone.plan, number=9, text="Batal", retired_on=TODAY)
    found = coverage(whole.cast.agency.pk, TODAY).adrift
    assert [(each.unit.name, each.count, each.owner) for each in found] == [
        ("Bidang Pelayanan Pendaftaran Penduduk", 1, "Hendra Saputra"),
        ("Puskesmas Melati", 2, "Dewi Anggraini"),
    ]
    assert carriers(whole.cast.agency.pk, TODAY).results == {last(whole).pk: 2}


def test_without_anybody_above_who_knows_plans_nothing_is_claimed(whole, settings):
    settings.TERANG_GOAL_CARRIERS = ""
    Plan.objects.update(state=PlanState.DRAFT)
    found = coverage(whole.cast.agency.pk, TODAY)
    assert (found.findings, found.plans_known) == ([], False)


def test_the_check_costs_the_same_for_one_and_fifty_goals(whole, django_assert_max_num_queries):
    whole.goals["P1"].indicators.update(responsible=None)
    with django_assert_max_num_queries(14) as first:
        coverage(whole.cast.agency.pk, TODAY)
    for number in range(50):
        whole.goal(f"SR9.{number}", "sasaran_renstra", "puskesmas", "S1")
        whole.indicator(f"SR9.{number}")
    with django_assert_max_num_queries(len(first.captured_queries)):
        assert len(coverage(whole.cast.agency.pk, TODAY).findings) == 151


def scored(office, values):
    agency = office.cast.agency
    policy = PolicyVersion.objects.create(
        agency=agency,
        version=1,
        title="Uji",
        valid_from=date(2026, 1, 1),
        text=POLICY.replace("KODE", agency.code),
        digest="",
    )
    period = Period.objects.create(
        agency=agency, kind="bulan", name="November", starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 1)
    )
    for name, value in values.items():
        employee = office.cast.people[name]
        score = Score.objects.create(
            employee=employee,
            period=period,
            unit=employee.assignments.get().post.unit,
            policy=policy,
            coverage_bp=10_000,
            status="ok",
            work_result="",
            behaviour="",
            computed_at=office.cast.now,
        )
        ScoreComponent.objects.create(
            score=score,
            aspect="a",
            measure="punctuality",
            value_bp=value,
            weight_bp=1,
            effective_weight_bp=1,
            n=1,
            reason="ok",
        )


@pytest.fixture
def month(monkeypatch):
    """The running period is that of November, whatever the policy's text."""
    monkeypatch.setattr("terang.evaluation.values.current_period", lambda agency_id, day: Period.objects.first())


POLICY = "KODE"


def test_a_measure_is_the_mean_of_the_people_of_the_unit_and_below(office, month, django_assert_num_queries):
    top = office.indicator("S1", measure="punctuality")
    health = office.indicator("SR1", measure="punctuality")
    scored(office, {"siti": 9_000, "dewi": 8_001, "bambang": None, "sri": 7_000, "andi": 6_000, "rina": 10_000})
    with django_assert_num_queries(5):
        found = {each.indicator: each for each in standings_on(office.cast.agency.pk, TODAY)}
    assert (found[top].milli, found[top].people) == (80_000, 5), "40,001 / 5 = 8,000.2 basis points"
    assert (found[health].milli, found[health].people) == (None, 2), "too few to be shown"
    for _ in range(50):
        office.indicator("S1", measure="attendance_rate")
    with django_assert_num_queries(5):
        assert len(standings_on(office.cast.agency.pk, TODAY)) == 52
