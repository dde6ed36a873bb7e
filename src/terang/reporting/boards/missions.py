"""What the oversight team has under way: visits with their points, those with open replies first. One query."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.urls import reverse

from terang.evidence.oversight.models import CheckState, Inspection
from terang.registry.people.viewer import Viewer

MOST_SHOWN = 50


@dataclass(frozen=True)
class Mission:
    """One visit: points checked, met, and those that wait for a reply."""

    day: date
    unit: str
    purpose: str
    lead: str
    checked: int
    met: int
    open: int
    url: str


def missions_of(viewer: Viewer) -> list[Mission]:
    """The visits to units of the viewer's government, newest first, those with open points before the others."""
    visits = Inspection.objects.filter(unit__agency_id=viewer.agency_id).select_related("unit", "lead")
    counted = visits.annotate(
        checked=Count("checks", filter=Q(checks__state=CheckState.CONFIRMED)),
        met=Count("checks", filter=Q(checks__state=CheckState.CONFIRMED, checks__met=True)),
        open=Count("checks", filter=Q(checks__state=CheckState.OPEN)),
    ).order_by(ExpressionWrapper(Q(open=0), BooleanField()), "-day", "-id")
    return [
        Mission(
            day=visit.day,
            unit=visit.unit.name,
            purpose=visit.purpose,
            lead=visit.lead.name,
            checked=visit.checked,
            met=visit.met,
            open=visit.open,
            url=reverse("oversight:inspection", args=[visit.pk]),
        )
        for visit in counted[:MOST_SHOWN]
    ]
