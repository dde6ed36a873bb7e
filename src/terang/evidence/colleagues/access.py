"""Who may do what in review. Answers are read by nobody; figures of groups are read as evidence."""

from django.utils.translation import gettext

from terang.evidence.colleagues.models import ReviewTicket
from terang.registry.people.access import require_agency, require_role, require_viewer
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def require_rater(viewer: Viewer | None, ticket: ReviewTicket) -> None:
    """Only the rater of the ticket."""
    if require_viewer(viewer).employee.pk != ticket.rater_id:
        raise NotAllowed(gettext("Penilaian ini ditujukan kepada orang lain."))


def may_keep_rounds(viewer: Viewer) -> bool:
    """Whether the viewer opens rounds and keeps the list of conflicts: the personnel agency of the whole government."""
    return "" in viewer.paths(Role.PERSONNEL)


def require_keeper(viewer: Viewer | None, agency_id: int) -> None:
    """Only the personnel agency of this government, and not of a single unit: pairs reach beyond units."""
    require_agency(viewer, agency_id)
    require_role(viewer, Role.PERSONNEL)
    if not may_keep_rounds(require_viewer(viewer)):
        raise NotAllowed(gettext("Putaran penilaian dibuka oleh pengelola kepegawaian untuk seluruh instansi."))
