"""Questions about plans."""

from datetime import date

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from terang.planning.plans.models import (
    IN_FORCE,
    OPEN,
    Indicator,
    Plan,
    PlanComment,
    PlanResult,
    PlanVersion,
    VersionState,
)
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer


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


def own_plans(employee: Employee, year: int) -> list[Plan]:
    """A person's plans that touch a year, the latest first, with post and unit. One query."""
    rows = Plan.objects.select_related("employee__agency", "post", "unit")
    return list(rows.filter(employee=employee, period_start__lt=date(year + 1, 1, 1), period_end__gt=date(year, 1, 1)))


def own_version(viewer: Viewer, pk: int) -> PlanVersion:
    """A version of the viewer's own plan; anybody else's is not found. One query."""
    rows = PlanVersion.objects.select_related("plan__employee__agency", "plan__post", "plan__unit")
    return get_object_or_404(rows, pk=pk, plan__employee=viewer.employee)


def shown_version(plan: Plan) -> PlanVersion | None:
    """The open version, else the one agreed last; None for a plan that has neither. One query."""
    rows = plan.versions.filter(state__in=(*OPEN, VersionState.AGREED)).select_related("agreed_by", "opened_by")
    return rows.first()


def comments_by_row(version: PlanVersion) -> dict[str, list[PlanComment]]:
    """What was said about a version, by the key of the row (empty: about the whole). One query."""
    said: dict[str, list[PlanComment]] = {}
    for comment in version.comments.select_related("author"):
        said.setdefault(comment.row_key, []).append(comment)
    return said


def _whole_plans(day: date) -> QuerySet[Plan]:
    live = Indicator.objects.exclude(retired_on__lte=day).order_by("id")
    results = PlanResult.objects.exclude(retired_on__lte=day).prefetch_related(Prefetch("indicators", live))
    return Plan.objects.select_related("employee").prefetch_related(Prefetch("results", results))
