"""The digests that chain the journal. Everything is hashed as canonical JSON, so that any program can check it again.

entry digest = sha256 of the entry's columns; batch digest = sha256 of the batch, its entries' digests, and the digest
of the batch before. A change of this file is a change of the format: old journals must still verify.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from terang.audit.models import Batch, JournalEntry

ENTRY_COLUMNS = (
    "position", "id", "at", "actor_id", "actor_digest", "agency_id", "verb", "object_type", "object_id",
    "subject_employee_id", "unit_id", "changes", "reason",
)  # fmt: skip
BATCH_COLUMNS = ("id", "first_position", "last_position", "sealed_at")


def moment(value: datetime) -> str:
    """A moment as ISO text in UTC with microseconds, whatever zone it came in."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def entry_row(entry: JournalEntry) -> dict[str, Any]:
    """An entry as plain JSON values: what is hashed and what is exported."""
    row = {column: getattr(entry, column) for column in ENTRY_COLUMNS}
    return {**row, "at": moment(entry.at)}


def batch_row(batch: Batch) -> dict[str, Any]:
    row = {column: getattr(batch, column) for column in BATCH_COLUMNS}
    return {**row, "sealed_at": moment(batch.sealed_at)}


def entry_digest(row: Mapping[str, Any]) -> str:
    return _sha256({column: row[column] for column in ENTRY_COLUMNS})


def batch_digest(row: Mapping[str, Any], entries: Sequence[str], previous: str) -> str:
    """`previous` is the digest of the batch before, empty for the first."""
    return _sha256(
        {**{column: row[column] for column in BATCH_COLUMNS}, "entries": list(entries), "previous": previous}
    )


def _sha256(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")).hexdigest()
