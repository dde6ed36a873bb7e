"""Who opens which board, and on which board a person's day begins."""

from django.utils.translation import gettext as _

from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def may_see_city(viewer: Viewer) -> bool:
    """The regional head's page: aggregates of the whole government."""
    return viewer.has(Role.REGIONAL_HEAD, Role.AUDITOR)


def may_see_missions(viewer: Viewer) -> bool:
    return viewer.has(Role.OVERSIGHT, Role.AUDITOR)


def may_keep_desk(viewer: Viewer) -> bool:
    return viewer.has(Role.PERSONNEL)


def leads(viewer: Viewer) -> bool:
    """Heads a unit today. Who appraises by override only reaches the board by its address; it is open to everybody."""
    return viewer.is_head


def require_city(viewer: Viewer) -> None:
    """Raises NotAllowed for all but the regional head and auditors."""
    if not may_see_city(viewer):
        raise NotAllowed(_("Halaman ini untuk kepala daerah dan auditor."))


def require_missions(viewer: Viewer) -> None:
    """Raises NotAllowed for all but the oversight team and auditors."""
    if not may_see_missions(viewer):
        raise NotAllowed(_("Halaman ini untuk tim pengawas dan auditor."))


def require_asker(viewer: Viewer) -> None:
    """Raises NotAllowed for all but the oversight team and the personnel agency."""
    if not viewer.has(Role.OVERSIGHT, Role.PERSONNEL):
        raise NotAllowed(_("Halaman ini untuk tim pengawas dan pengelola kepegawaian."))


def home_of(viewer: Viewer) -> str:
    """The name of the page a person's day begins on."""
    if viewer.has(Role.REGIONAL_HEAD):
        return "boards:city"
    if may_keep_desk(viewer):
        return "people:desk"
    if viewer.has(Role.OVERSIGHT):
        return "boards:missions"
    if leads(viewer):
        return "boards:team"
    return "boards:today"
