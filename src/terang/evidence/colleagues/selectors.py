"""Questions about review tickets. There is no question about single answers: they are not stored."""

from datetime import date

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from terang.evidence.colleagues.access import require_rater
from terang.evidence.colleagues.models import ReviewTicket
from terang.registry.people.viewer import Viewer


def tickets_of(rater_id: int, today: date) -> QuerySet[ReviewTicket]:
    """A rater's tickets in rounds that are open, those to answer first. One query."""
    return (
        ReviewTicket.objects.filter(rater_id=rater_id, round__opens_on__lte=today, round__closes_on__gt=today)
        .select_related("round", "subject")
        .order_by("answered", "round__closes_on", "subject__name")
    )


def ticket_for(viewer: Viewer | None, ticket_id: int) -> ReviewTicket:
    """One ticket of the viewer. Raises Http404 and NotAllowed."""
    ticket = get_object_or_404(ReviewTicket.objects.select_related("round", "subject"), pk=ticket_id)
    require_rater(viewer, ticket)
    return ticket
