"""Follows the journal of plans: a part taken before the leader's plan was agreed finds the leader's settled row later.

Only the link is written, never a word: `PlanResult.leader_result` is what the outcome tree climbs.
"""

from collections.abc import Collection, Sequence

from django.db.models import Q

from terang.audit.models import JournalEntry
from terang.planning.matrix.models import CARRIED, MatrixCell
from terang.planning.plans.models import IN_FORCE, Indicator, PlanResult
from terang.planning.plans.services.linking import link_to_leaders

AGREED = "plans.plan_agreed"


def follow(entries: Sequence[JournalEntry]) -> None:
    """Links the rows of whoever agreed, as member and as leader. Twice is as good as once."""
    people = {entry.subject_employee_id for entry in entries if entry.verb == AGREED and entry.subject_employee_id}
    if people:
        link_results(people)


def link_results(employee_ids: Collection[int]) -> int:
    """Gives settled rows without a leader's row the one their part stands under, where that is settled too; returns
    how many. Four queries and one that writes."""
    either = Q(member__employee__in=employee_ids) | Q(column__matrix__owner__in=employee_ids)
    cells = MatrixCell.objects.filter(either, state__in=CARRIED).exclude(result_key="").exclude(column__source_key="")
    told = list(cells.values_list("member__employee", "result_key", "column__matrix__owner", "column__source_key"))
    leaders = _leader_rows({(owner, key) for _member, _own, owner, key in told})
    return link_to_leaders(
        {(member, own): leaders[owner, key] for member, own, owner, key in told if (owner, key) in leaders}
    )


def _leader_rows(wanted: Collection[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """Settled result ids by owner and by the key of the result or of its indicator. Two queries."""
    owners, keys = {owner for owner, _key in wanted}, {key for _owner, key in wanted}
    results = PlanResult.objects.filter(
        plan__employee__in=owners, plan__state__in=IN_FORCE, retired_on=None, key__in=keys
    )
    indicators = Indicator.objects.filter(
        result__plan__employee__in=owners, result__plan__state__in=IN_FORCE, retired_on=None, key__in=keys
    )
    found = {(owner, key): pk for owner, key, pk in results.values_list("plan__employee", "key", "pk")}
    by_indicator = indicators.values_list("result__plan__employee", "key", "result")
    return found | {(owner, key): pk for owner, key, pk in by_indicator}
