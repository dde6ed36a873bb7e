"""The board of complaints: counts of what the viewer may see, so that no number tells of a report kept from them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from terang.evidence.complaints.access import complaints_visible
from terang.evidence.complaints.models import CHECKS, ENDED, ComplaintState
from terang.evidence.complaints.punctuality import answer_late
from terang.evidence.complaints.selectors import Counts, counts_of
from terang.registry.people.viewer import Viewer


@dataclass(frozen=True)
class Board:
    """States in order with their number, what is late, and units with open work."""

    counts: Counts
    states: list[tuple[str, int]]
    late_checks: int
    late_answers: int
    units: list[Any]


def board_of(viewer: Viewer) -> Board:
    """Four queries beside those of access."""
    rows = complaints_visible(viewer).order_by()
    counts = counts_of(rows)
    to_check = Q(state__in=CHECKS, verify_due_on__lt=viewer.today)
    late = answer_late(viewer.today)
    sums = rows.aggregate(
        checks=Count("id", filter=to_check, distinct=True), answers=Count("id", filter=late, distinct=True)
    )
    units = (
        rows.filter(unit__isnull=False)
        .values("unit__name")
        .annotate(
            total=Count("id", distinct=True),
            open=Count("id", filter=~Q(state__in=ENDED), distinct=True),
            late=Count("id", filter=late, distinct=True),
            confirmed=Count("id", filter=Q(closed_by="warga"), distinct=True),
            reopened=Count("id", filter=Q(reopened_count__gt=0), distinct=True),
        )
        .order_by("-late", "-open", "unit__name")
    )
    states = [(str(ComplaintState(state).label), number) for state, number in counts.by_state.items()]
    return Board(counts, states, sums["checks"], sums["answers"], list(units))
