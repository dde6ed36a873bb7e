"""Who may read an inspection. Raises NotAllowed with a reason."""

from django.db.models import Q
from django.utils.translation import gettext

from terang.evidence.oversight.heads import is_heard_about
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


def readable_points(viewer: Viewer | None, inspection: Inspection) -> Q:
    """Of its points those the viewer may read. Raises NotAllowed where there are none. At most three queries."""
    viewer = require_viewer(viewer)
    if reads_whole(viewer, inspection):
        return Q()
    concerned = set(inspection.checks.order_by().values_list("employee_id", flat=True))
    readable = set(visible_employees(viewer).filter(pk__in=concerned - {None}).values_list("pk", flat=True))
    of_unit = None in concerned and is_heard_about(viewer, inspection)
    if not readable and not of_unit:
        raise NotAllowed(gettext("Hasil inspeksi ini hanya untuk yang diperiksa, atasannya, dan tim pengawas."))
    return Q(employee_id__in=readable) | Q(employee=None) if of_unit else Q(employee_id__in=readable)


def reads_point(viewer: Viewer, check: InspectionCheck) -> bool:
    """Whether the viewer reads a point, and so its photos: who reads the whole visit, who may see what the person does
    that it is about, and who is heard about the unit."""
    if reads_whole(viewer, check.inspection):
        return True
    if check.employee_id is None:
        return is_heard_about(viewer, check.inspection)
    return visible_employees(viewer).filter(pk=check.employee_id).exists()


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
    if answers_for(viewer, check.inspection, check.employee_id):
        raise NotAllowed(gettext("Temuan yang Anda tanggapi sendiri diputus oleh anggota tim lain."))
    return viewer


def answers_for(viewer: Viewer, inspection: Inspection, employee_id: int | None) -> bool:
    """Whether a point about this person, or (None) about the unit, is the viewer's own matter: the person's, and of the
    unit who headed it on the day and who leads it today. One query at most."""
    if employee_id is not None:
        return viewer.employee.pk == employee_id
    return leads(viewer, inspection) or is_heard_about(viewer, inspection)


def leads(viewer: Viewer, inspection: Inspection) -> bool:
    """Whether the viewer leads the visited unit today: mending what was found is theirs."""
    return inspection.unit_id in viewer.headed_unit_ids


def require_heard(viewer: Viewer | None, check: InspectionCheck) -> Viewer:
    """Who replies to a point: the person it is about; for the unit who headed it on the day of the visit (`heads`).
    Raises NotAllowed."""
    viewer = require_viewer(viewer)
    own = viewer.employee.pk == check.employee_id
    if not own and (check.employee_id is not None or not is_heard_about(viewer, check.inspection)):
        words = gettext("Butir ini ditanggapi oleh yang bersangkutan, atau oleh kepala unitnya pada hari kunjungan.")
        raise NotAllowed(words)
    return viewer


def require_mender(viewer: Viewer | None, check: InspectionCheck) -> Viewer:
    """Who mends a finding: the person it is about; for the unit who leads it today. Raises NotAllowed."""
    viewer = require_viewer(viewer)
    own = viewer.employee.pk == check.employee_id if check.employee_id else leads(viewer, check.inspection)
    if not own:
        raise NotAllowed(gettext("Temuan ini diperbaiki oleh yang bersangkutan, atau oleh kepala unitnya."))
    return viewer
