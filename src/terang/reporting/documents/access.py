"""Who may print what. Each raises NotAllowed with a reason."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from terang.planning.plans.models import PlanVersion
from terang.planning.plans.seats import seat_of
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_agency, require_viewer
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.reporting.documents.models import Packet
from terang.web.errors import NotAllowed


def require_sight_of_version(viewer: Viewer | None, version: PlanVersion) -> Viewer:
    """Only who may read the plan itself (`plans.seats`)."""
    seat_of(viewer, version)
    return require_viewer(viewer)


def packet_paths(viewer: Viewer) -> tuple[str, ...]:
    """The unit paths whose people the viewer may print in one go: those led, and those of the personnel agency."""
    return (*viewer.headed_paths, *viewer.paths(Role.PERSONNEL))


def packet_units(viewer: Viewer) -> QuerySet[Unit]:
    """The units a viewer may ask a packet for, in tree order. No query until read."""
    below = Q(pk__in=())
    for path in packet_paths(viewer):
        below |= Q(path__startswith=path)
    return Unit.objects.filter(below, agency_id=viewer.agency_id)


def may_ask(viewer: Viewer | None) -> bool:
    """Whether the viewer may ask for packets at all. No query."""
    return bool(viewer and packet_paths(viewer))


def require_asker(viewer: Viewer | None) -> Viewer:
    """Only who leads a unit, and the personnel agency."""
    asker = require_viewer(viewer)
    if not may_ask(asker):
        raise NotAllowed(gettext("Paket dokumen untuk pimpinan unit dan pengelola kepegawaian."))
    return asker


def require_unit(viewer: Viewer | None, unit: Unit) -> Viewer:
    """Only who leads the unit or one above it, and the personnel agency over it."""
    require_agency(viewer, unit.agency_id)
    asker = require_asker(viewer)
    if not _covers(packet_paths(asker), unit.path):
        raise NotAllowed(gettext("Unit ini di luar wewenang Anda."))
    return asker


def may_fetch(viewer: Viewer, packet: Packet) -> bool:
    """The one who asked, as long as the unit is still in the person's hands; what a closing queued, the personnel
    agency over the unit. No query where the unit was read along."""
    if viewer.agency_id != packet.agency_id or not _covers(packet_paths(viewer), packet.unit.path):
        return False
    shared = packet.closing_id is not None and _covers(viewer.paths(Role.PERSONNEL), packet.unit.path)
    return shared or viewer.employee.pk == packet.asked_by_id


def require_own_packet(viewer: Viewer | None, packet: Packet) -> Viewer:
    """Only who may fetch it (`may_fetch`)."""
    asker = require_unit(viewer, packet.unit)
    if not may_fetch(asker, packet):
        raise NotAllowed(gettext("Paket ini milik orang yang memintanya."))
    return asker


def _covers(paths: Sequence[str], path: str) -> bool:
    return any(path.startswith(each) for each in paths)
