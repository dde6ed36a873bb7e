"""Writing the journal. Every service of every room calls `record` once, inside its own transaction."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.audit.personal import digest_of, without_personal_data

BATCH = 2_000
"""Rows written by one statement."""
_program: ContextVar[str] = ContextVar("program", default="")


@contextmanager
def acting_through(program: str) -> Iterator[None]:
    """Within it every entry names the program of others that acts for the account (`changes["through"]`)."""
    before = _program.set(program)
    try:
        yield
    finally:
        _program.reset(before)


@dataclass(frozen=True)
class Event:
    """One change among many of the same act, for `record_many`."""

    verb: str
    obj: models.Model | None = None
    subject_employee_id: int | None = None
    unit_id: int | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)


def record(
    verb: str,
    *,
    actor: Any,
    obj: models.Model | None = None,
    agency_id: int | None = None,
    subject_employee_id: int | None = None,
    unit_id: int | None = None,
    changes: Mapping[str, Any] | None = None,
    reason: str = "",
) -> JournalEntry:
    """Append one entry. `actor` is the account that acts, or None for the system itself (the worker, an import at
    night).

    `changes` maps field names to a value or to `[old, new]`, JSON values and dates; whole numbers, never floats.
    Values of personal fields (`audit.personal`) are stored as salted digests. `changes["day"]` is the ISO day of the
    evidence, where there is one; `changes["people"]` are ids of further employees whose evidence it touches. Raises
    RuntimeError outside a transaction: a change and its entry are kept or lost together.
    """
    event = Event(verb, obj, subject_employee_id, unit_id, changes or {})
    entry = _entry(event, actor=actor, agency_id=agency_id, reason=reason)
    entry.save(force_insert=True)
    return entry


def record_many(events: Iterable[Event], *, actor: Any, agency_id: int | None, reason: str = "") -> int:
    """Append an entry for each event of one act, such as an import; returns how many. Same transaction rule as
    `record`.
    """
    entries = [_entry(event, actor=actor, agency_id=agency_id, reason=reason) for event in events]
    JournalEntry.objects.bulk_create(entries, batch_size=BATCH)
    return len(entries)


def _entry(event: Event, *, actor: Any, agency_id: int | None, reason: str) -> JournalEntry:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A journal entry belongs into the transaction of the change it tells.")
    through = {"through": _program.get()} if _program.get() else {}
    return JournalEntry(
        at=timezone.now(),
        actor_id=getattr(actor, "pk", None),
        actor_digest=digest_of(actor.nip) if actor is not None else "",
        agency_id=agency_id,
        verb=event.verb,
        object_type=event.obj._meta.label_lower if event.obj is not None else "",
        object_id=event.obj.pk if event.obj is not None else None,
        subject_employee_id=event.subject_employee_id,
        unit_id=event.unit_id,
        changes=without_personal_data({**event.changes, **through}),
        reason=reason,
    )
