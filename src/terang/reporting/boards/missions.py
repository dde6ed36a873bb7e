"""What the oversight team has under way: visits with their points, those with open replies first, a page at a time."""

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q

from terang.evidence.oversight.hearing import to_decide
from terang.evidence.oversight.models import CheckState, Inspection
from terang.registry.people.viewer import Viewer

A_PAGE = 20
"""Rows on one page of a list of overseers."""


def visits_page(viewer: Viewer, number: str | None) -> Page:
    """The visits to units of the viewer's government, newest first, those with open points before the others; each with
    the points `checked`, `met`, `open` (waiting for a reply or a decision), of them `to_decide` and `to_reply`. Two
    queries."""
    visits = Inspection.objects.filter(unit__agency_id=viewer.agency_id).select_related("unit", "lead")
    counted = visits.annotate(
        checked=Count("checks", filter=Q(checks__state=CheckState.CONFIRMED)),
        met=Count("checks", filter=Q(checks__state=CheckState.CONFIRMED, checks__met=True)),
        to_decide=Count("checks", filter=to_decide(viewer.today, "checks__")),
        open=Count("checks", filter=Q(checks__state=CheckState.OPEN)),
        to_reply=F("open") - F("to_decide"),
    ).order_by(ExpressionWrapper(Q(open=0), BooleanField()), "-day", "-id")
    return Paginator(counted, A_PAGE).get_page(number)
