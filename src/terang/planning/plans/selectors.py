"""Questions about plans."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from terang.planning.plans.models import IN_FORCE, OPEN, Indicator, Plan, PlanResult, PlanVersion, VersionState


def agreed_plan(employee_id: int, day: date) -> Plan | None:
    """The agreed plan in force on a day with results and indicators, the latest of several. Three queries."""
    return (
        _whole_plans(day)
        .filter(employee_id=employee_id, state__in=IN_FORCE, period_start__lte=day, period_end__gt=day)
        .first()
    )


def current_plan(employee_id: int, day: date) -> Plan | None:
    """The plan of a day whatever its state, with post and unit. One query."""
    rows = Plan.objects.select_related("employee__agency", "post", "unit")
    return rows.filter(employee_id=employee_id, period_start__lte=day, period_end__gt=day).first()


def open_version(plan: Plan) -> PlanVersion | None:
    """The version that is being written or talked about. One query."""
    return (
        plan.versions.filter(state__in=OPEN)
        .select_related("plan__employee__agency", "plan__post", "plan__unit")
        .first()
    )


def version_in_force(plan: Plan) -> PlanVersion | None:
    """The version agreed last. One query."""
    rows = plan.versions.filter(state=VersionState.AGREED)
    return rows.select_related("agreed_by", "plan__employee__agency", "plan__post", "plan__unit").first()


def _whole_plans(day: date) -> QuerySet[Plan]:
    live = Indicator.objects.exclude(retired_on__lte=day).order_by("id")
    results = PlanResult.objects.exclude(retired_on__lte=day).prefetch_related(Prefetch("indicators", live))
    return Plan.objects.select_related("employee").prefetch_related(Prefetch("results", results))
