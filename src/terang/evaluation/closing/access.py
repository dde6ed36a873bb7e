"""Who closes, corrects, confirms and reads. Raises NotAllowed with a reason."""

from django.utils.translation import gettext

from terang.evaluation.closing.models import Closing
from terang.registry.people.access import require_agency, require_role, require_viewer
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

READERS = (Role.PERSONNEL, Role.REGIONAL_HEAD, Role.AUDITOR, Role.OVERSIGHT)
"""Who reads the runs of the whole government."""
CHECKERS = (Role.PERSONNEL, Role.AUDITOR)
"""Who has a run evaluated again."""
CONFIRMERS = (Role.PERSONNEL, Role.REGIONAL_HEAD)


def may_read(viewer: Viewer) -> bool:
    return viewer.has(*READERS)


def require_reader(viewer: Viewer | None, agency_id: int) -> Viewer:
    require_agency(viewer, agency_id)
    require_role(viewer, *READERS)
    return require_viewer(viewer)


def require_closer(viewer: Viewer | None, agency_id: int) -> Viewer:
    """The personnel agency closes a period and proposes corrections."""
    require_agency(viewer, agency_id)
    require_role(viewer, Role.PERSONNEL)
    return require_viewer(viewer)


def require_checker(viewer: Viewer | None, agency_id: int) -> Viewer:
    require_agency(viewer, agency_id)
    require_role(viewer, *CHECKERS)
    return require_viewer(viewer)


def require_confirmer(viewer: Viewer | None, closing: Closing) -> Viewer:
    """A second person of the personnel agency, or the regional head."""
    require_agency(viewer, closing.period.agency_id)
    require_role(viewer, *CONFIRMERS)
    viewer = require_viewer(viewer)
    if viewer.employee.pk == closing.asked_by_id:
        raise NotAllowed(gettext("Koreksi disahkan orang lain daripada yang mengusulkannya."))
    return viewer
