"""An indicator of the plan that is tied to a measure shows the value from the evidence beside its target."""

from datetime import date

import pytest
from django.urls import reverse

from terang.evaluation.plan_values import LinkedValue, linked_values
from terang.planning.goals.models import Goal, KeyIndicator, YearTarget
from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState
from terang.web.charts import Line


@pytest.fixture
def plan(measured):
    andi = measured.cast.andi
    start = measured.period.starts_on.replace(month=1, day=1)
    plan = Plan.objects.filter(employee=andi).first() or Plan.objects.create(
        employee=andi, period_start=start, period_end=date(start.year + 1, 1, 1), state=PlanState.AGREED
    )
    result = PlanResult.objects.create(plan=plan, number=8, text="Kehadiran terjaga")
    for text, measure, unit, target in (
        ("Persentase kehadiran", "attendance_rate", "%", 95_000),
        ("Hasil observasi", "observation_score", "%", 90_000),
        ("Jumlah dokumen", "", "dokumen", 1_000),
    ):
        words = {"text": text, "measure": measure, "unit_label": unit, "target_milli": target}
        Indicator.objects.create(result=result, gathering="latest", **words)
    return plan


def test_the_value_stands_beside_the_target(plan, django_assert_num_queries):
    with django_assert_num_queries(2):
        attendance, service = linked_values(plan)
    assert (attendance.value_bp, attendance.target_bp, attendance.reached) == (9_000, 9_500, False)
    assert (service.value_bp, service.reached, service.history) == (None, None, ())


def test_what_no_score_counts_sends_to_what_the_entries_reached(plan, measured, client):
    client.force_login(measured.cast.andi.user)
    page = client.get(reverse("evaluation:plan_values", args=[plan.pk])).content.decode()
    assert page.count("Capaian dari kegiatan yang diterima ada di bawah") == 1
    assert "belum dihitung" not in page


def test_who_sees_the_person_sees_the_values_and_nobody_else(plan, measured, client):
    address = reverse("evaluation:plan_values", args=[plan.pk])
    for name, status in (("andi", 200), ("hendra", 200), ("rina", 403), ("tono", 403)):
        client.force_login(measured.cast.people[name].user)
        response = client.get(address)
        assert response.status_code == status
        assert ("belum sesuai target" in response.content.decode()) == (status == 200)


def test_a_retired_indicator_is_not_shown(plan):
    Indicator.objects.filter(measure="attendance_rate").update(retired_on=date(2026, 11, 1))
    assert [each.indicator.measure for each in linked_values(plan)] == ["observation_score"]


def test_an_indicator_of_a_dropped_result_is_not_shown(plan):
    PlanResult.objects.filter(plan=plan).update(retired_on=date(2026, 11, 1))
    assert linked_values(plan) == []


@pytest.mark.parametrize(
    ("change", "reached"),
    [
        ({"direction": "higher"}, False),
        ({"direction": "lower"}, True),
        ({"direction": "range", "target_milli": 85_000, "target_max_milli": 92_000}, True),
        ({"direction": "range", "target_milli": 70_000, "target_max_milli": 80_000}, False),
    ],
)
def test_the_target_is_reached_by_the_indicators_direction(plan, change, reached):
    Indicator.objects.filter(measure="attendance_rate").update(**change)
    assert linked_values(plan)[0].reached is reached


@pytest.mark.parametrize(("gathering", "expected"), [("latest", 9_500), ("sum", 4_750)])
def test_what_is_expected_today_follows_how_the_value_comes_about(plan, gathering, expected):
    Plan.objects.filter(pk=plan.pk).update(period_start=date(2026, 1, 1), period_end=date(2027, 1, 1))
    plan.refresh_from_db()
    Indicator.objects.filter(measure="attendance_rate").update(gathering=gathering)
    assert linked_values(plan, date(2026, 6, 30))[0].expected_bp == expected


def test_the_quarters_of_the_goal_are_the_course(plan, measured, django_assert_num_queries):
    Plan.objects.filter(pk=plan.pk).update(period_start=date(2026, 1, 1), period_end=date(2027, 1, 1))
    plan.refresh_from_db()
    goal = Goal.objects.create(
        agency=measured.cast.agency,
        unit=measured.cast.units["register"],
        kind="program",
        code="S1",
        text="Hadir",
        year_start=2026,
        year_end=2026,
    )
    served = KeyIndicator.objects.create(goal=goal, number=1, text="Kehadiran", unit_label="%")
    YearTarget.objects.create(indicator=served, year=2026, target_milli=95_000, quarter2_milli=88_000)
    PlanResult.objects.filter(plan=plan).update(goal_indicator=served)
    with django_assert_num_queries(3):
        value = linked_values(plan, date(2026, 8, 1))[0]
    assert (value.expected_bp, value.on_course, value.reached) == (8_800, True, False)


def test_the_course_is_drawn_beside_the_expected_one_and_the_target(plan):
    indicator = Indicator.objects.get(measure="attendance_rate")
    one = LinkedValue(indicator, "Kehadiran", None, (("Okt", 8_000),), 9_500)
    assert one.chart is None
    two = LinkedValue(indicator, "Kehadiran", None, (("Okt", 8_000), ("Nov", None)), 9_500, 9_000, (8_500, 9_000))
    assert isinstance(two.chart, Line)
    assert [list(each.values) for each in two.chart.series] == [[8_000, None], [8_500, 9_000]]
    assert two.chart.target.value == 9_500
    level = LinkedValue(indicator, "Kehadiran", None, (("Okt", 8_000), ("Nov", None)), 9_500, 9_500, (9_500, 9_500))
    assert len(level.chart.series) == 1, "the target is the course"
