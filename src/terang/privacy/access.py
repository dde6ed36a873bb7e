"""Who reports, reads, keeps and closes. Any employee reports; the register itself is for few.

*Keep* (write facts, record notices): the oversight team and the technical operators of the whole government. *Decide*
(what is no failure, when a case is closed or opened again): the oversight team alone, so that who runs the machine does
not judge its own failure. *Read*: these, the regional head (in whose name the government tells), and auditors.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext

from terang.privacy.models import Breach
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

DECIDES = (Role.OVERSIGHT,)
KEEPS = (Role.OVERSIGHT, Role.OPERATOR)
READS = (*KEEPS, Role.REGIONAL_HEAD, Role.AUDITOR)


def _holds(viewer: Viewer, roles: tuple[Role, ...]) -> bool:
    """Whether a role is held over the whole government: without a unit, or over the root."""
    return any(path.count("/") <= 2 for path in viewer.paths(*roles))


def may_read(viewer: Viewer) -> bool:
    return _holds(viewer, READS)


def may_keep(viewer: Viewer) -> bool:
    return _holds(viewer, KEEPS)


def may_decide(viewer: Viewer) -> bool:
    return _holds(viewer, DECIDES)


def breaches_visible(viewer: Viewer) -> QuerySet[Breach]:
    """The register of the viewer's government, for who may read it; otherwise nothing."""
    rows = Breach.objects.filter(agency_id=viewer.agency_id)
    return rows if may_read(viewer) else rows.none()


def require_keeper(viewer: Viewer | None, breach: Breach) -> Viewer:
    """Only who keeps the register of this government. Returns the viewer."""
    viewer = require_viewer(viewer)
    if viewer.agency_id != breach.agency_id or not may_keep(viewer):
        raise NotAllowed(gettext("Catatan ini diisi oleh tim pengawas atau operator teknis."))
    return viewer


def require_decider(viewer: Viewer | None, breach: Breach) -> Viewer:
    """Only the oversight team of this government. Returns the viewer."""
    viewer = require_viewer(viewer)
    if viewer.agency_id != breach.agency_id or not may_decide(viewer):
        raise NotAllowed(gettext("Ini diputuskan oleh tim pengawas."))
    return viewer
