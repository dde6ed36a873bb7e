"""An indicator of the plan that is tied to a measure shows the value from the evidence beside its target."""

from datetime import date

import pytest
from django.urls import reverse

from terang.evaluation.plan_values import linked_values
from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState


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
        Indicator.objects.create(result=result, text=text, measure=measure, unit_label=unit, target_milli=target)
    return plan


def test_the_value_stands_beside_the_target(plan, django_assert_num_queries):
    with django_assert_num_queries(2):
        attendance, service = linked_values(plan)
    assert (attendance.value_bp, attendance.target_bp, attendance.reached) == (9_000, 9_500, False)
    assert (service.value_bp, service.reached, service.history) == (None, None, ())


def test_who_sees_the_person_sees_the_values_and_nobody_else(plan, measured, client):
    address = reverse("evaluation:plan_values", args=[plan.pk])
    for name, status in (("andi", 200), ("hendra", 200), ("rina", 403), ("tono", 403)):
        client.force_login(measured.cast.people[name].user)
        response = client.get(address)
        assert response.status_code == status
        assert ("di bawah target" in response.content.decode()) == (status == 200)


def test_a_retired_indicator_is_not_shown(plan):
    Indicator.objects.filter(measure="attendance_rate").update(retired_on=date(2026, 11, 1))
    assert [each.indicator.measure for each in linked_values(plan)] == ["observation_score"]
