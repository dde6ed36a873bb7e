"""Questions about inspections."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from terang.evidence.oversight.access import readable_people
from terang.evidence.oversight.models import CheckState, Inspection, InspectionCheck
from terang.registry.people.viewer import Viewer


@dataclass(frozen=True)
class Sheet:
    """The points of one person in an inspection (of the unit as a whole where `name` is empty)."""

    name: str
    checks: list[InspectionCheck]

    @property
    def met(self) -> int:
        return sum(check.met for check in self.counted)

    @property
    def counted(self) -> list[InspectionCheck]:
        """Confirmed points: the others wait for a reply or were withdrawn."""
        return [check for check in self.checks if check.state == CheckState.CONFIRMED]


def inspection_for(viewer: Viewer | None, inspection_id: int) -> tuple[Inspection, list[Sheet]]:
    """An inspection with the points the viewer may read. Raises Http404 and NotAllowed. At most twelve queries."""
    rows = Inspection.objects.select_related("unit", "lead")
    inspection = get_object_or_404(rows, pk=inspection_id)
    people = readable_people(viewer, inspection)
    checks = inspection.checks.select_related("employee")
    return inspection, _sheets(checks if people is None else checks.filter(employee_id__in=people))


def _sheets(checks: QuerySet[InspectionCheck]) -> list[Sheet]:
    groups: dict[str, list[InspectionCheck]] = defaultdict(list)
    for check in checks:
        groups[check.employee.name if check.employee else ""].append(check)
    return [Sheet(name, rows) for name, rows in groups.items()]


def inspections_of(employee_id: int) -> QuerySet[Inspection]:
    """The inspections in which a person was checked, latest first."""
    return Inspection.objects.filter(checks__employee_id=employee_id).distinct().select_related("unit", "lead")
