"""Followers: parts of Terang that act on what the journal tells, such as the one that recomputes scores.

A follower is a function that takes a list of entries in their order; `TERANG_JOURNAL_FOLLOWERS` in the settings names
them by dotted path. Its writes and the move of its position are one transaction: when the worker is killed in the
middle, both are undone and the entries come again. So nothing is lost, and what it wrote to the database is not
doubled. Whatever else it does (a mail, a file) may happen twice and must bear it.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from terang.audit.models import Follower, JournalEntry, SkippedEntry
from terang.audit.selectors import after, head

logger = logging.getLogger(__name__)

BATCH = 100
"""Entries handled in one transaction: small, because on SQLite nobody else can write meanwhile."""

ATTEMPTS = 4
"""An entry that fails this often by itself is put aside."""

Callback = Callable[[Sequence[JournalEntry]], object]


def advance() -> int:
    """Lets every follower handle its next entries; returns how many entries were handled in all."""
    last = head()
    return sum(_advance(name, callback, last) for name, callback in named_followers().items())


def named_followers() -> dict[str, Callback]:
    """The followers of the settings. Raises ImportError where one does not exist: nothing may be skipped for a typing
    error.
    """
    return {name: import_string(name) for name in getattr(settings, "TERANG_JOURNAL_FOLLOWERS", ())}


def retry_skipped() -> int:
    """Tries the entries put aside again, one by one; returns how many succeeded."""
    done = 0
    callbacks = named_followers()
    for skipped in SkippedEntry.objects.filter(follower__name__in=callbacks).select_related("follower"):
        try:
            with transaction.atomic():
                callbacks[skipped.follower.name](list(JournalEntry.objects.filter(position=skipped.position)))
                skipped.delete()
            done += 1
        except Exception:
            logger.warning("Entri %s masih gagal bagi %s", skipped.position, skipped.follower.name, exc_info=True)
    return done


def _advance(name: str, callback: Callback, last: int) -> int:
    follower, _ = Follower.objects.get_or_create(name=name)
    if follower.position >= last or (follower.retry_at and follower.retry_at > timezone.now()):
        return 0
    try:
        return _handle(name, callback, 1 if follower.failures else BATCH)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.exception("Pengikut jurnal %s gagal setelah entri %s", name, follower.position)
        _note_failure(follower, error)
        return 0


def _handle(name: str, callback: Callback, size: int) -> int:
    with transaction.atomic():
        follower = _claim(name)
        entries = after(follower.position, size) if follower else []
        if not follower or not entries:
            return 0
        callback(entries)
        follower.position, follower.failures = entries[-1].position or follower.position, 0
        follower.error, follower.retry_at = "", None
        follower.save()
        return len(entries)


def _claim(name: str) -> Follower | None:
    """The follower's row, locked; None where another worker holds it."""
    rows = Follower.objects.filter(name=name)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    return rows.first()


def _note_failure(follower: Follower, error: Exception) -> None:
    """First failure: the next try takes one entry only. Then pauses that grow; at last the entry is put aside."""
    failures = follower.failures + 1
    changes = {"failures": failures, "error": repr(error)[:2000], "retry_at": None}
    if failures > 1:
        changes["retry_at"] = timezone.now() + timedelta(seconds=0.25 * 2**failures)
    with transaction.atomic():
        if failures > ATTEMPTS:
            position = follower.position + 1
            SkippedEntry.objects.get_or_create(
                follower=follower, position=position, defaults={"error": repr(error)[:2000]}
            )
            changes |= {"position": position, "failures": 0, "retry_at": None}
        Follower.objects.filter(pk=follower.pk, position=follower.position).update(**changes)
