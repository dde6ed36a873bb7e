"""Writing the journal. Every service of every room calls `record` once, inside its own transaction."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from terang.audit.models import JournalEntry


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
    """Append one entry. `actor` is the account that acts, or None for the system itself (the worker, an import at night).

    Raises RuntimeError outside a transaction: a change and its entry are kept or lost together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A journal entry belongs into the transaction of the change it tells.")
    return JournalEntry.objects.create(
        at=timezone.now(),
        actor_id=getattr(actor, "pk", None),
        actor_label=getattr(actor, "name", "Sistem"),
        agency_id=agency_id,
        verb=verb,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=obj.pk if obj is not None else None,
        subject_employee_id=subject_employee_id,
        unit_id=unit_id,
        changes=dict(changes or {}),
        reason=reason,
    )
