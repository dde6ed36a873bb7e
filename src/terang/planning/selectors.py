"""Questions about plans."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from terang.planning.models import Indicator, Plan, PlanResult, PlanState


def agreed_plan(employee_id: int, day: date) -> Plan | None:
    """The agreed plan in force on a day with results and indicators, the latest of several. Three queries."""
    return (
        _whole_plans()
        .filter(employee_id=employee_id, state=PlanState.AGREED, period_start__lte=day, period_end__gt=day)
        .first()
    )


def plans_of(employee_id: int) -> list[Plan]:
    """Every plan of a person with its results and indicators, latest first. Three queries."""
    return list(_whole_plans().filter(employee_id=employee_id))


def _whole_plans() -> QuerySet[Plan]:
    results = PlanResult.objects.prefetch_related(Prefetch("indicators", Indicator.objects.order_by("id")))
    return Plan.objects.select_related("employee").prefetch_related(Prefetch("results", results))
