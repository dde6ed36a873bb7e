"""What differs, for who may see it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from terang.interchange.models import (
    Comparison,
    Difference,
    DifferenceKind,
    NationalReport,
    Owner,
)
from terang.interchange.models.national import DifferenceQuerySet
from terang.interchange.national.access import require_sight, sees_everybody
from terang.interchange.national.gathering import reports_in_use
from terang.registry.organization.models import Unit
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import Viewer


def differences_for(viewer: Viewer) -> DifferenceQuerySet:
    """The differences of everybody whose performance the viewer may see. At most six queries before the one that
    reads."""
    rows = Difference.objects.filter(agency_id=viewer.agency_id)
    rows = rows.select_related("employee", "unit", "responsible", "explained_by")
    return rows if sees_everybody(viewer) else rows.filter(employee__in=visible_employees(viewer).values("pk"))


def difference_for(viewer: Viewer | None, pk: int) -> Difference:
    """One of them. Raises Http404 and NotAllowed."""
    rows = Difference.objects.select_related("agency", "employee__agency", "unit", "responsible", "explained_by")
    row = get_object_or_404(rows, pk=pk)
    require_sight(viewer, row)
    return row


@dataclass(frozen=True)
class Counted:
    """A number of open differences and what narrows the list to them."""

    label: str
    query: str
    count: int


def summary(rows: QuerySet[Difference]) -> tuple[list[Counted], list[Counted]]:
    """Open differences by kind and by who must act, the most first. Two queries."""
    by_kind = rows.order_by().values_list("kind").annotate(n=Count("pk")).order_by("-n", "kind")
    by_owner = rows.order_by().values_list("owner").annotate(n=Count("pk")).order_by("-n", "owner")
    return (
        [Counted(str(DifferenceKind(kind).label), f"jenis={kind}", n) for kind, n in by_kind],
        [Counted(str(Owner(owner).label), f"siapa={owner}", n) for owner, n in by_owner],
    )


def units_with(rows: QuerySet[Difference]) -> list[tuple[str, str]]:
    """Paths and names of the units in which something differs, and of those above them. Two queries."""
    paths = set(rows.order_by().exclude(unit=None).values_list("unit__path", flat=True).distinct())
    ids = {int(part) for path in paths for part in path.strip("/").split("/") if part}
    return list(Unit.objects.filter(pk__in=ids).order_by("path").values_list("path", "name"))


def compared_at(agency_id: int) -> datetime | None:
    """When the government was last compared; None where it never was. One query."""
    return Comparison.objects.filter(agency_id=agency_id).values_list("compared_at", flat=True).first()


def sources(agency_id: int) -> list[NationalReport]:
    """The reports that count now. One query."""
    return reports_in_use(agency_id)


def waiting_for_me(viewer: Viewer) -> int:
    """Open differences on which the viewer must act. One query."""
    mine = Q(responsible=viewer.employee)
    return Difference.objects.filter(mine, agency_id=viewer.agency_id).unexplained().count()
