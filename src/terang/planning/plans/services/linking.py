"""Settled results that find the leader's row they serve later than they were agreed: the link only, never a word."""

from collections.abc import Mapping

from terang.planning.plans.models import IN_FORCE, PlanResult


def link_to_leaders(links: Mapping[tuple[int, str], int]) -> int:
    """Gives settled results without a leader's row the one named; `links` maps (employee, key of the result) to the
    leader's result. Twice is as good as once. Returns how many. One query and one that writes."""
    rows = PlanResult.objects.filter(
        plan__employee__in={employee_id for employee_id, _key in links},
        plan__state__in=IN_FORCE,
        key__in={key for _employee_id, key in links},
        leader_result=None,
    ).select_related("plan")
    linked = [row for row in rows if (row.plan.employee_id, row.key) in links]
    for row in linked:
        row.leader_result_id = links[row.plan.employee_id, row.key]
    return PlanResult.objects.bulk_update(linked, ["leader_result"]) if linked else 0
