"""Who may do what with the pulse. Answers are read by nobody; figures of groups by all staff."""

from django.utils.translation import gettext

from terang.registry.people.access import require_agency, require_role, require_viewer
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def keeps(viewer: Viewer) -> bool:
    """The personnel agency of the whole government begins and ends the survey."""
    return "" in viewer.paths(Role.PERSONNEL)


def require_keeper(viewer: Viewer | None, agency_id: int) -> Viewer:
    require_agency(viewer, agency_id)
    require_role(viewer, Role.PERSONNEL)
    if not keeps(require_viewer(viewer)):
        raise NotAllowed(gettext("Survei ini diatur pengelola kepegawaian untuk seluruh instansi."))
    return require_viewer(viewer)
