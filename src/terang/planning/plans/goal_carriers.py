"""Which goals plans in force carry, and which results serve none (`TERANG_GOAL_CARRIERS`)."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from terang.planning.goals.hooks import Carriers
from terang.planning.plans.models import IN_FORCE, PlanResult

LEADERS_UP = 6
"""How many results above are asked: more than there are levels between an executor and the head of a government."""


def carriers(agency_id: int, day: date) -> Carriers:
    """How many results in force name each indicator, and how many of each unit serve no goal: neither the result itself
    nor a leader's result above it names an indicator. Two queries."""
    rows = results_in_force(agency_id, day)
    serving = rows.filter(goal_indicator__isnull=False).order_by().values_list("goal_indicator_id")
    adrift = rows.filter(_without_goal(), plan__unit__isnull=False).order_by().values_list("plan__unit_id")
    return Carriers(dict(serving.annotate(n=Count("pk"))), dict(adrift.annotate(n=Count("pk"))))


def results_in_force(agency_id: int, day: date) -> QuerySet[PlanResult]:
    """The results of a government's plans that hold on a day."""
    rows = PlanResult.objects.filter(
        plan__employee__agency_id=agency_id,
        plan__state__in=IN_FORCE,
        plan__period_start__lte=day,
        plan__period_end__gt=day,
    )
    return rows.exclude(retired_on__lte=day)


def _without_goal() -> Q:
    paths = ("__".join(["leader_result"] * up + ["goal_indicator"]) for up in range(LEADERS_UP + 1))
    missing = Q()
    for path in paths:
        missing &= Q(**{f"{path}__isnull": True})
    return missing
