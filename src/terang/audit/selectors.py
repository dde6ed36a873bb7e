"""Questions to the journal. Who may see which entry is decided by the screens (`terang.reporting.journal`)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from terang.audit.models import Batch, JournalEntry, SkippedEntry, WorkerHeartbeat

MISSED_AFTER = timedelta(seconds=20)
"""A worker reports every five seconds; after this long without a word it counts as gone."""


def head() -> int:
    """The position of the last sealed entry, 0 in an empty journal. One query."""
    return JournalEntry.objects.aggregate(last=Max("position"))["last"] or 0


def after(position: int, limit: int = 500, topics: Collection[str] | None = None) -> list[JournalEntry]:
    """The sealed entries after `position` in strict order, at most `limit`. One query.

    `topics` (`employee:<id>`, `unit:<id>`; the unit itself, not what lies below it) keeps only entries about those.
    """
    entries = JournalEntry.objects.filter(position__gt=position).order_by("position")
    return list((entries if topics is None else entries.filter(about(topics)))[:limit])


def about(topics: Collection[str]) -> Q:
    """Entries about one of the topics. Raises ValueError for a topic that is neither an employee nor a unit."""
    ids: dict[str, list[int]] = {"employee": [], "unit": []}
    for topic in topics:
        kind, _, number = topic.partition(":")
        if kind not in ids:
            raise ValueError(f"Unknown topic {topic!r}.")
        ids[kind].append(int(number))
    return Q(subject_employee_id__in=ids["employee"]) | Q(unit_id__in=ids["unit"])


def history_of(object_type: str, object_id: int) -> QuerySet[JournalEntry]:
    """All that happened to one object, newest first, what is not sealed yet included."""
    return JournalEntry.objects.filter(object_type=object_type, object_id=object_id).order_by("-id")


def batch_after(position: int) -> Batch | None:
    """The first sealed batch whose entries all came after a sealed one; None until there is one. One query.

    Its digest did not exist when that entry was sealed, and is fixed for ever: a beacon for draws (ADR 0018).
    """
    return Batch.objects.filter(first_position__gt=position).order_by("first_position").first()


def positions_between(start: datetime, end: datetime) -> tuple[int, int]:
    """The first and the last position that were sealed from a moment to before another; the last below the first where
    none was. An entry is sealed after it was written: who asks by `at` lets `end` lie a while later. At most three
    queries."""
    sealed = Batch.objects.filter(sealed_at__gte=start, sealed_at__lt=end)
    found = sealed.aggregate(first=Min("first_position"), last=Max("last_position"))
    return (found["first"], found["last"]) if found["first"] else (head() + 1, head())


@dataclass(frozen=True)
class WorkerStatus:
    """Whether the background worker runs. `seen_at` is missing where none ever ran; `waiting_since` where nothing
    waits.
    """

    running: bool
    seen_at: datetime | None
    skipped: int
    waiting: int
    waiting_since: datetime | None


def worker_status() -> WorkerStatus:
    """For screens that must say "Pekerja latar tidak berjalan sejak …". Three queries."""
    now = timezone.now()
    last = WorkerHeartbeat.objects.order_by("-seen_at").first()
    unsealed = JournalEntry.objects.filter(position__isnull=True)
    oldest = unsealed.aggregate(at=Min("at"))["at"]
    running = WorkerHeartbeat.objects.filter(stopped_at=None, seen_at__gt=now - MISSED_AFTER).exists()
    return WorkerStatus(
        running=running,
        seen_at=last.seen_at if last else None,
        skipped=SkippedEntry.objects.count(),
        waiting=unsealed.count() if oldest else 0,
        waiting_since=oldest,
    )
