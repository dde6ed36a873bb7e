"""What an officer has still in hand and can still finish within its standard. Asked by "Bagaimana jika…"."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import F

from terang.evidence.citizens.models import ServiceRequest
from terang.evidence.citizens.request_selectors import own_standard
from terang.evidence.citizens.states import COUNTING


class InHand(NamedTuple):
    """The standards (working minutes) of the requests that can still be in time, the most urgent first, and how many
    have passed theirs."""

    standards: tuple[int, ...]
    late: int


def requests_ahead(officer_id: int, now: datetime) -> InHand:
    """What waits for the applicant is not in the officer's hand and not counted. One query."""
    rows = ServiceRequest.objects.filter(officer_id=officer_id, state__in=COUNTING).annotate(held=own_standard())
    found = list(rows.order_by(F("due_at").asc(nulls_last=True), "pk").values_list("due_at", "held"))
    possible = tuple(held for due_at, held in found if due_at is None or due_at >= now)
    return InHand(possible, len(found) - len(possible))
