"""Who keeps the roster of a unit: its head, whoever leads a unit above it, and the personnel agency."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from terang.registry.organization.models import Unit
from terang.registry.people.access import require_agency, require_viewer
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer, in_force
from terang.web.errors import NotAllowed


def may_keep_rosters(viewer: Viewer) -> bool:
    """The personnel agency, and who heads a unit."""
    return viewer.has(Role.PERSONNEL) or viewer.is_head


def require_roster_keeper(viewer: Viewer | None) -> Viewer:
    """Only who keeps any roster."""
    viewer = require_viewer(viewer)
    if not may_keep_rosters(viewer):
        raise NotAllowed(gettext("Jadwal sif disusun kepala unit atau pengelola kepegawaian."))
    return viewer


def require_roster_of(viewer: Viewer | None, unit: Unit) -> Viewer:
    """Only who keeps the roster of this unit."""
    viewer = require_roster_keeper(viewer)
    require_agency(viewer, unit.agency_id)
    if not viewer.has(Role.PERSONNEL) and not any(unit.path.startswith(path) for path in viewer.headed_paths):
        raise NotAllowed(gettext("Anda hanya menyusun jadwal unit yang Anda pimpin."))
    return viewer


def rostered_units(viewer: Viewer) -> QuerySet[Unit]:
    """The units whose roster the viewer keeps and that work in shifts or use shifts already, by name. One query."""
    mine = Q() if viewer.has(Role.PERSONNEL) else Q(pk=None)
    for path in viewer.headed_paths:
        mine |= Q(path__startswith=path)
    uses = Q(shift_templates__isnull=False) | (
        Q(work_weeks__shifts=True) & in_force(viewer.today, "work_weeks__valid_from", "work_weeks__valid_to")
    )
    return Unit.objects.filter(mine, uses, agency_id=viewer.agency_id).distinct().order_by("name", "pk")
