"""Plans that wait for an answer: as appraiser, and as the appraiser's superior once the answer is late. Their
documents are not read."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import overload

from django.db.models import Q, QuerySet

from terang.planning.plans.models import PlanVersion, VersionState
from terang.registry.people.appraisers import Appraiser
from terang.registry.people.models import AppraiserOverride
from terang.registry.people.selectors import appraisers_on, direct_report_ids, second_line
from terang.registry.people.viewer import Viewer, in_force

Late = tuple[PlanVersion, Appraiser | None]


def to_answer(viewer: Viewer) -> QuerySet[PlanVersion]:
    """Submitted plans of the people the viewer appraises, the earliest last day first. At most six queries before the
    one that reads."""
    return _submitted(viewer.today).filter(plan__employee_id__in=direct_report_ids(viewer.employee, viewer.today))


class LatePlans(Sequence[Late]):
    """Late plans in order, each with its silent appraiser. Counted by one query; a slice costs five, whatever its
    length, and reads no other plan."""

    def __init__(self, rows: QuerySet[PlanVersion], viewer: Viewer) -> None:
        self._rows, self._viewer = rows, viewer

    @cached_property
    def _count(self) -> int:
        return 0 if self._rows.query.is_empty() else self._rows.count()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Late]:
        return iter(self[:])

    @overload
    def __getitem__(self, at: int) -> Late: ...
    @overload
    def __getitem__(self, at: slice) -> list[Late]: ...
    def __getitem__(self, at: int | slice) -> Late | list[Late]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        rows = list(self._rows[at])
        if not rows:
            return []
        silent = appraisers_on(self._viewer.agency_id, self._viewer.today, {row.plan.employee_id for row in rows})
        return [(row, silent.get(row.plan.employee_id)) for row in rows]


def late_below(viewer: Viewer) -> LatePlans:
    """Plans whose appraiser let the last day pass and whose appraiser's superior is the viewer (Lampiran II.C.5 p. 65).
    Two queries for who leads nobody, one more where nothing in the government is late, otherwise at most six, before
    those that read."""
    bent = AppraiserOverride.objects.filter(in_force(viewer.today), appraiser=viewer.employee)
    late = _submitted(viewer.today).filter(answer_due__lt=viewer.today, plan__employee__agency_id=viewer.agency_id)
    if (not viewer.is_head and not bent.exists()) or not late.exists():
        return LatePlans(late.none(), viewer)
    people = second_line(viewer.employee, viewer.today)
    return LatePlans(late.filter(plan__employee__in=people.values("pk")), viewer)


def _submitted(today: date) -> QuerySet[PlanVersion]:
    there = Q(plan__employee__left_on__isnull=True) | Q(plan__employee__left_on__gt=today)
    rows = PlanVersion.objects.filter(there, state=VersionState.SUBMITTED)
    related = rows.select_related("plan__employee__agency", "plan__post", "plan__unit").defer("document")
    return related.order_by("answer_due", "plan__employee__name", "pk")
