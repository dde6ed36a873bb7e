"""The sealer: gives committed entries their place in one strict order. One at a time, on both databases."""

from django.db import connection, transaction
from django.utils import timezone

from terang.audit.digests import batch_digest, batch_row, entry_digest, entry_row
from terang.audit.models import Batch, JournalEntry

LOCK = 0x7E7A_4647
"""The number of the advisory lock on PostgreSQL. On SQLite the transaction itself (IMMEDIATE) admits one writer."""

LIMIT = 500


def seal(limit: int = LIMIT) -> int:
    """Seals up to `limit` committed entries in a batch of their own and returns how many; 0 where there is nothing to
    do or another process is sealing.

    Positions start at 1 and have no gaps. An entry that commits late gets a later position, so who follows the journal
    by position misses nothing, however ids and commits interleave.
    """
    if not JournalEntry.objects.filter(position__isnull=True).exists():
        return 0
    with transaction.atomic():
        return _seal(limit) if _alone() else 0


def seal_all() -> int:
    """Seals until nothing is left, for commands that end with a complete journal."""
    total = 0
    while sealed := seal(10 * LIMIT):
        total += sealed
    return total


def _alone() -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _seal(limit: int) -> int:
    entries = list(JournalEntry.objects.filter(position__isnull=True).order_by("id")[:limit])
    if not entries:
        return 0
    before = Batch.objects.order_by("-last_position").first()
    start = before.last_position + 1 if before else 1
    batch = Batch(first_position=start, last_position=start + len(entries) - 1, sealed_at=timezone.now())
    batch.pk = before.pk + 1 if before else 1
    for position, entry in enumerate(entries, start):
        entry.position = position
        entry.digest = entry_digest(entry_row(entry))
    batch.digest = batch_digest(batch_row(batch), [entry.digest for entry in entries], before.digest if before else "")
    batch.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {JournalEntry._meta.db_table} SET position = %s, batch_id = %s, digest = %s WHERE id = %s",  # noqa: S608
            [(entry.position, batch.pk, entry.digest, entry.pk) for entry in entries],
        )
    return len(entries)
