"""Who may answer a ticket: only the person it was given to. Answers are read by nobody; sums are read as evidence."""

from django.utils.translation import gettext

from terang.evidence.colleagues.models import ReviewTicket
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def require_rater(viewer: Viewer | None, ticket: ReviewTicket) -> None:
    """Only the rater of the ticket."""
    if require_viewer(viewer).employee.pk != ticket.rater_id:
        raise NotAllowed(gettext("Penilaian ini ditujukan kepada orang lain."))
