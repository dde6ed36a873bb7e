"""How many answers came in time: shown to the one who answers and to their superior, and part of no score."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from terang.evidence.work.models import Entry
from terang.registry.organization.models import Agency

SHARE_DAYS = 90


@dataclass(frozen=True)
class Share:
    """Answers within their days, the last day included, of all answers that were due in the last days."""

    in_time: int
    due: int


def shares_of(appraiser_ids: Collection[int], agency: Agency, today: date) -> dict[int, Share]:
    """By person; who answered nothing is left out. What still waits is told where it waits. One query."""
    answered = Entry.objects.filter(
        decided_by_id__in=appraiser_ids, answer_due_on__gte=today - timedelta(days=SHARE_DAYS)
    )
    rows = (
        answered.annotate(answered_on=TruncDate("decided_at", tzinfo=ZoneInfo(agency.time_zone)))
        .order_by()
        .values("decided_by_id")
        .annotate(due=Count("pk"), in_time=Count("pk", filter=Q(answered_on__lte=F("answer_due_on"))))
    )
    return {row["decided_by_id"]: Share(row["in_time"], row["due"]) for row in rows}
