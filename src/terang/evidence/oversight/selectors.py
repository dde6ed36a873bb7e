"""Questions about inspections."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from terang.evidence.oversight.access import inspects, leads, readable_points, reads_point
from terang.evidence.oversight.heads import heard_about_unit, is_heard_about
from terang.evidence.oversight.hearing import is_heard
from terang.evidence.oversight.models import CheckState, Inspection, InspectionCheck
from terang.evidence.receipts import POINT, id_of
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Assignment, Employee, Role
from terang.registry.people.selectors import assignments_below
from terang.registry.people.viewer import Viewer, in_force

MOST_ON_ROSTER = 300
"""People on one roster: three fields each stay below what Django takes of one form (1,000)."""


class Own(NamedTuple):
    """Whether a point is the viewer's to be `heard` about, and to mend."""

    heard: bool
    mends: bool


@dataclass(frozen=True)
class Line:
    """A point, whether it is open and was `heard`, and what the viewer may do with it now."""

    check: InspectionCheck
    heard: bool = False
    may_reply: bool = False
    may_confirm: bool = False
    may_withdraw: bool = False
    may_mend: bool = False
    may_verify: bool = False


@dataclass(frozen=True)
class Sheet:
    """The points of one person in an inspection (of the unit as a whole where `name` is empty)."""

    name: str
    lines: list[Line]

    @property
    def checks(self) -> list[InspectionCheck]:
        return [line.check for line in self.lines]

    @property
    def met(self) -> int:
        return sum(check.met for check in self.counted)

    @property
    def counted(self) -> list[InspectionCheck]:
        """Confirmed points: the others wait for a reply or were withdrawn."""
        return [check for check in self.checks if check.state == CheckState.CONFIRMED]


def inspection_for(viewer: Viewer | None, inspection_id: int) -> tuple[Inspection, list[Sheet]]:
    """An inspection with the points the viewer may read. Raises Http404 and NotAllowed. At most fourteen queries."""
    viewer = require_viewer(viewer)
    rows = Inspection.objects.select_related("unit", "lead")
    inspection = get_object_or_404(rows, pk=inspection_id)
    readable = inspection.checks.filter(readable_points(viewer, inspection))
    checks = readable.select_related("employee", "arrival").prefetch_related("photos__file")
    return inspection, _sheets(viewer, inspection, checks)


def visit_for(inspection_id: int) -> Inspection:
    """A visit with its unit; who may do what is asked by `access`. Raises Http404. One query."""
    return get_object_or_404(Inspection.objects.select_related("unit__agency", "lead", "mission"), pk=inspection_id)


def _sheets(viewer: Viewer, inspection: Inspection, checks: QuerySet[InspectionCheck]) -> list[Sheet]:
    unit = Own(is_heard_about(viewer, inspection), leads(viewer, inspection))
    may_decide = inspects(viewer, inspection.unit)
    groups: dict[str, list[Line]] = defaultdict(list)
    for check in checks:
        own = unit if check.employee_id is None else Own(*[viewer.employee.pk == check.employee_id] * 2)
        name = check.employee.name if check.employee else ""
        groups[name].append(_line(check, own, may_decide and not any(own), viewer.today))
    return [Sheet(name, lines) for name, lines in groups.items()]


def _line(check: InspectionCheck, own: Own, may_decide: bool, today: date) -> Line:
    """What may be done, from who looks and how the point stands."""
    heard = check.is_open and is_heard(check, today)
    return Line(
        check,
        heard=heard,
        may_reply=own.heard and check.is_open and check.replied_at is None,
        may_confirm=may_decide and heard,
        may_withdraw=may_decide and not check.met and check.state != CheckState.WITHDRAWN,
        may_mend=own.mends and check.to_mend,
        may_verify=may_decide and check.to_verify,
    )


def inspections_of(viewer: Viewer) -> QuerySet[Inspection]:
    """The inspections in which the viewer was checked, or whose points about the unit they answer for; latest first."""
    of_unit = heard_about_unit(viewer) | Q(unit_id__in=viewer.headed_unit_ids)
    own = Q(checks__employee=viewer.employee) | (Q(checks__employee=None, checks__isnull=False) & of_unit)
    return Inspection.objects.filter(own).distinct().select_related("unit", "lead")


def units_to_visit(viewer: Viewer) -> QuerySet[Unit]:
    """The units in the viewer's area today, by name. One query."""
    area = Q()
    for path in viewer.paths(Role.OVERSIGHT):
        area |= Q(path__startswith=path)
    return Unit.objects.filter(
        area, in_force(viewer.today, "valid_from", "valid_to"), agency_id=viewer.agency_id
    ).order_by("name")


def people_there(inspection: Inspection) -> QuerySet[Employee]:
    """Who worked in the unit, or below it, on the day of the visit. One query."""
    there = assignments_below([inspection.unit.path], inspection.day)
    return Employee.objects.filter(pk__in=there.values("employee_id")).order_by("name")


def people_on_roster(inspection: Inspection) -> list[Employee]:
    """Who is looked for on the spot, by name: those of the unit and below it; where they are more than one page takes,
    those of the unit itself. One query, two there."""
    people = list(people_there(inspection)[: MOST_ON_ROSTER + 1])
    if len(people) <= MOST_ON_ROSTER:
        return people
    own = Assignment.objects.filter(in_force(inspection.day), post__unit_id=inspection.unit_id)
    there = Employee.objects.filter(pk__in=own.values("employee_id"))
    return list(there.order_by("name")[:MOST_ON_ROSTER])


def point_by_receipt(viewer: Viewer, typed: str) -> InspectionCheck | None:
    """The point that came from a device, by the number of its receipt, for who reads it; None for any other number. At
    most four queries."""
    number = id_of(typed, POINT)
    rows = InspectionCheck.objects.filter(arrival__isnull=False).select_related("inspection__unit")
    found = rows.filter(pk=number).first() if number else None
    return found if found and reads_point(viewer, found) else None


def check_for(pk: int) -> InspectionCheck:
    """One point with its inspection; who may act on it is asked by the view. Raises Http404."""
    rows = InspectionCheck.objects.select_related("inspection__unit__agency", "employee")
    return get_object_or_404(rows, pk=pk)
