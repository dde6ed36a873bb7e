"""Who may read an inspection. Raises NotAllowed with a reason."""

from django.db.models import Q
from django.utils.translation import gettext

from terang.evidence.oversight.models import Inspection, InspectionCheck
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Role
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

FOLLOWS = (Role.OVERSIGHT, Role.AUDITOR)
READS_ALL = (Role.OVERSIGHT, Role.AUDITOR, Role.PERSONNEL, Role.REGIONAL_HEAD)


def reads_whole(viewer: Viewer, inspection: Inspection) -> bool:
    """Whether the viewer reads every point: oversight and its like, and who leads the unit or one above it."""
    if inspection.unit.agency_id != viewer.agency_id:
        return False
    path = inspection.unit.path
    return any(path.startswith(mine) for mine in (*viewer.headed_paths, *viewer.paths(*READS_ALL)))


def require_whole_reader(viewer: Viewer | None, inspection: Inspection) -> Viewer:
    """Who reads everything about a visit (`reads_whole`): the roster tells of everybody. Raises NotAllowed."""
    viewer = require_viewer(viewer)
    if not reads_whole(viewer, inspection):
        raise NotAllowed(gettext("Daftar hadir kunjungan hanya untuk tim pengawas dan atasan unit itu."))
    return viewer


def readable_people(viewer: Viewer | None, inspection: Inspection) -> set[int] | None:
    """Whose points the viewer may read; None for all. Raises NotAllowed where there are none."""
    viewer = require_viewer(viewer)
    if reads_whole(viewer, inspection):
        return None
    concerned = set(inspection.checks.exclude(employee=None).values_list("employee_id", flat=True))
    readable = set(visible_employees(viewer).filter(pk__in=concerned).values_list("pk", flat=True))
    if not readable:
        raise NotAllowed(gettext("Hasil inspeksi ini hanya untuk yang diperiksa, atasannya, dan tim pengawas."))
    return readable


def reads_point(viewer: Viewer, check: InspectionCheck) -> bool:
    """Whether the viewer reads a point, and so its photos: who reads the whole visit, and who may see what the person
    does that it is about."""
    if reads_whole(viewer, check.inspection):
        return True
    return check.employee_id is not None and visible_employees(viewer).filter(pk=check.employee_id).exists()


def require_reader(viewer: Viewer | None, check: InspectionCheck) -> Viewer:
    """Raises NotAllowed for who may not read the point."""
    viewer = require_viewer(viewer)
    if not reads_point(viewer, check):
        raise NotAllowed(gettext("Butir ini hanya untuk yang diperiksa, atasannya, dan tim pengawas."))
    return viewer


def may_inspect(viewer: Viewer | None) -> bool:
    """Whether the viewer goes on inspections at all."""
    return bool(viewer and viewer.has(Role.OVERSIGHT))


def inspects(viewer: Viewer, unit: Unit) -> bool:
    """Whether the unit lies in the viewer's area of inspections."""
    return viewer.agency_id == unit.agency_id and any(
        unit.path.startswith(path) for path in viewer.paths(Role.OVERSIGHT)
    )


def inspected_area(viewer: Viewer) -> Q:
    """Of points: those of visits in the area in which the viewer follows findings up."""
    area = Q(pk__in=())
    for path in viewer.paths(*FOLLOWS):
        area |= Q(inspection__unit__path__startswith=path)
    return area & Q(inspection__unit__agency_id=viewer.agency_id)


def require_follower(viewer: Viewer | None) -> Viewer:
    """Who follows findings up: the oversight team with its head, and auditors. Raises NotAllowed."""
    viewer = require_viewer(viewer)
    if not viewer.has(*FOLLOWS):
        raise NotAllowed(gettext("Daftar ini untuk tim pengawas dan auditor."))
    return viewer


def require_inspector(viewer: Viewer | None, unit: Unit | None = None) -> Viewer:
    """The oversight team, over the units of their grant. Raises NotAllowed."""
    viewer = require_viewer(viewer)
    if not may_inspect(viewer):
        raise NotAllowed(gettext("Pemeriksaan dicatat oleh tim pengawas."))
    if unit is not None and not inspects(viewer, unit):
        raise NotAllowed(gettext("Unit ini di luar wilayah pemeriksaan Anda."))
    return viewer


def inspects_everywhere(viewer: Viewer) -> bool:
    """Whether the viewer's area of inspections is the whole government. At most one query."""
    paths = viewer.paths(Role.OVERSIGHT)
    if not paths or "" in paths:
        return bool(paths)
    outside = Unit.objects.filter(agency_id=viewer.agency_id)
    for path in paths:
        outside = outside.exclude(path__startswith=path)
    return not outside.exists()


def require_whole_inspector(viewer: Viewer | None) -> Viewer:
    """The oversight team of the whole government: what every visit looks at is theirs to say. Raises NotAllowed."""
    viewer = require_inspector(viewer)
    if not inspects_everywhere(viewer):
        raise NotAllowed(gettext("Butir tetap diubah oleh tim pengawas seluruh pemerintah daerah."))
    return viewer


def require_decider(viewer: Viewer | None, check: InspectionCheck) -> Viewer:
    """An overseer of the unit who does not answer for the point. Raises NotAllowed."""
    viewer = require_inspector(viewer, check.inspection.unit)
    if answers_for(viewer, check):
        raise NotAllowed(gettext("Temuan yang Anda tanggapi sendiri diputus oleh anggota tim lain."))
    return viewer


def decides(viewer: Viewer, check: InspectionCheck) -> bool:
    """Whether the viewer is one who may decide about the point (`require_decider`)."""
    return inspects(viewer, check.inspection.unit) and not answers_for(viewer, check)


def answers_for(viewer: Viewer, check: InspectionCheck) -> bool:
    """Whether the viewer replies to a point: the person it is about, or for a point about the unit who leads it."""
    return answers_about(viewer, check.employee_id, check.inspection.unit_id)


def answers_about(viewer: Viewer, employee_id: int | None, unit_id: int) -> bool:
    """Whether a point about this person, or (None) about this unit, is one the viewer answers for."""
    return viewer.employee.pk == employee_id if employee_id is not None else unit_id in viewer.headed_unit_ids


def require_owner(viewer: Viewer | None, check: InspectionCheck) -> Viewer:
    """Raises NotAllowed for all but who answers for the point."""
    viewer = require_viewer(viewer)
    if not answers_for(viewer, check):
        raise NotAllowed(gettext("Butir ini ditanggapi oleh yang bersangkutan, atau oleh kepala unitnya."))
    return viewer
