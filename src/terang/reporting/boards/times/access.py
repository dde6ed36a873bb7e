"""Who sees service times: who leads the unit or one above it, its service managers, oversight, auditors, the regional
head. Aggregates only, no name of an officer."""

from django.db.models import QuerySet
from django.utils.translation import gettext

from terang.evidence.citizens.access import below
from terang.evidence.citizens.models import Service
from terang.evidence.citizens.survey_access import may_read_any, read_paths
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_agency, require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def may_see_any(viewer: Viewer) -> bool:
    """Whether there is a unit whose times the viewer may see. No query."""
    return may_read_any(viewer)


def require_any(viewer: Viewer | None) -> Viewer:
    """Only who may see the times of some unit."""
    viewer = require_viewer(viewer)
    if not may_see_any(viewer):
        raise NotAllowed(gettext("Halaman ini untuk pimpinan unit, pengelola layanan, pengawas, dan kepala daerah."))
    return viewer


def require_unit(viewer: Viewer | None, unit: Unit) -> Viewer:
    """Only who may see the times of this unit."""
    require_agency(viewer, unit.agency_id)
    viewer = require_any(viewer)
    if not any(unit.path.startswith(path) for path in read_paths(viewer)):
        raise NotAllowed(gettext("Waktu layanan unit ini hanya untuk pimpinannya, pengelola layanannya, dan pengawas."))
    return viewer


def services_seen(viewer: Viewer) -> QuerySet[Service]:
    """The open services whose times the viewer may see, with their unit. One query when read."""
    rows = Service.objects.filter(below("unit", read_paths(viewer), viewer.agency_id), active=True)
    return rows.select_related("unit").order_by("unit__path", "name")
