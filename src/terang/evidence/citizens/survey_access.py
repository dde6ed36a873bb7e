"""Who may keep surveys, read their results, and move an action forward; refusals are NotAllowed."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from terang.evidence.citizens.models import FollowUp, ServiceRequest, SurveyPeriod, SurveyResponse
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_agency, require_viewer
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

READERS = (Role.SERVICE_MANAGER, Role.REGIONAL_HEAD, Role.OVERSIGHT, Role.AUDITOR)
"""Appointed roles that read results in their area, beside whoever leads the unit or one above it."""


def _covers(paths: Sequence[str], unit: Unit) -> bool:
    return any(unit.path.startswith(path) for path in paths)


def may_manage(viewer: Viewer | None, unit: Unit) -> bool:
    """Whether the viewer keeps the surveys of a unit: a service manager of it or of one above. No query."""
    return bool(viewer and viewer.agency_id == unit.agency_id and _covers(viewer.paths(Role.SERVICE_MANAGER), unit))


def require_manager(viewer: Viewer | None, unit: Unit) -> Viewer:
    """Only service managers of the unit or of one above it."""
    require_agency(viewer, unit.agency_id)
    if not may_manage(viewer, unit):
        raise NotAllowed(gettext("Survei unit ini diatur oleh pengelola layanannya."))
    return require_viewer(viewer)


def read_paths(viewer: Viewer) -> tuple[str, ...]:
    """The unit paths whose results the viewer reads; an empty one means the whole government."""
    return (*viewer.headed_paths, *viewer.paths(*READERS))


def may_read_any(viewer: Viewer | None) -> bool:
    """Whether the survey desk is for the viewer at all. No query."""
    return bool(viewer and read_paths(viewer))


def require_desk(viewer: Viewer | None) -> Viewer:
    """Only who reads results of some unit."""
    if not may_read_any(require_viewer(viewer)):
        raise NotAllowed(gettext("Halaman ini untuk pengelola layanan, pimpinan unit, dan pengawas."))
    return require_viewer(viewer)


def require_reader(viewer: Viewer | None, unit: Unit) -> Viewer:
    """Only who leads the unit or one above it, its service managers, oversight, auditors and the regional head."""
    require_agency(viewer, unit.agency_id)
    if not _covers(read_paths(require_viewer(viewer)), unit):
        raise NotAllowed(
            gettext("Hasil survei unit ini di luar wewenang Anda. Hasil yang diumumkan terbuka untuk semua.")
        )
    return require_viewer(viewer)


def units_of(viewer: Viewer, paths: Sequence[str]) -> QuerySet[Unit]:
    """The units under some paths that offer services themselves or have units below that do, in tree order."""
    below = Q(pk__in=())
    for path in paths:
        below |= Q(path__startswith=path)
    return Unit.objects.filter(below, agency_id=viewer.agency_id).order_by("path")


def require_actor(viewer: Viewer | None, follow_up: FollowUp) -> Viewer:
    """Who may tell how an action stands: its owner, and the service managers of the unit."""
    unit = follow_up.period.unit
    require_agency(viewer, unit.agency_id)
    if require_viewer(viewer).employee.pk != follow_up.owner_id and not may_manage(viewer, unit):
        raise NotAllowed(gettext("Hanya penanggung jawab dan pengelola layanan yang mencatat kemajuan tindakan ini."))
    return require_viewer(viewer)


def may_open_action(viewer: Viewer, follow_up: FollowUp) -> bool:
    """Readers of the result and the owner of the action."""
    unit = follow_up.period.unit
    same = viewer.agency_id == unit.agency_id
    return same and (viewer.employee.pk == follow_up.owner_id or _covers(read_paths(viewer), unit))


def require_remark_manager(viewer: Viewer | None, response: SurveyResponse) -> Viewer:
    """Only service managers of the unit the remark is about."""
    return require_manager(viewer, response.service.unit)


def require_result_reader(viewer: Viewer | None, period: SurveyPeriod, *, published: bool) -> Viewer:
    """A published result is open to everybody of the government; a running one to its readers."""
    if published:
        require_agency(viewer, period.unit.agency_id)
        return require_viewer(viewer)
    return require_reader(viewer, period.unit)


def require_offerer(viewer: Viewer | None, request: ServiceRequest) -> Viewer:
    """Who sends a request to a kiosk: the officer who has it."""
    if require_viewer(viewer).employee.pk != request.officer_id:
        raise NotAllowed(gettext("Permohonan ini ditangani petugas lain."))
    return require_viewer(viewer)
