"""Triggers that let the database itself refuse to change or delete what is sealed, whoever asks.

They stop mistakes and ordinary access. Somebody who may drop a trigger can still edit rows: that is what `verify`
finds. On SQLite a migration that alters these tables rebuilds them and loses their triggers: it must install them
again.
"""

from collections.abc import Callable, Sequence
from typing import Any

ENTRY, BATCH = "audit_journalentry", "audit_batch"
SEALED_BY = ("position", "batch_id", "digest")
"""The only columns written after insertion, once, by the sealer."""

SEALED_OR_OPEN = "OLD.position IS NOT NULL OR NEW.position IS NULL"
"""An update of a sealed entry, or one that does not seal."""

Execute = Callable[[str], Any]


def install(execute: Execute, vendor: str, columns: Sequence[str]) -> None:
    """Creates the triggers. `columns` are all columns of the entries' table as it is now."""
    fixed = [column for column in columns if column not in SEALED_BY]
    for statement in _for_postgresql(fixed) if vendor == "postgresql" else _for_sqlite(fixed):
        execute(statement)


def remove(execute: Execute, vendor: str) -> None:
    """Drops the triggers: for a migration that rebuilds the tables, and for tests."""
    for table in (ENTRY, BATCH):
        for action in ("update", "delete"):
            on = f" ON {table}" if vendor == "postgresql" else ""
            execute(f"DROP TRIGGER IF EXISTS {table}_no_{action}{on}")


def _for_sqlite(fixed: Sequence[str]) -> list[str]:
    changed = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in fixed)
    refuse = "BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END"
    return [
        f"CREATE TRIGGER {ENTRY}_no_update BEFORE UPDATE ON {ENTRY} WHEN {SEALED_OR_OPEN} OR {changed} {refuse}",
        f"CREATE TRIGGER {ENTRY}_no_delete BEFORE DELETE ON {ENTRY} {refuse}",
        f"CREATE TRIGGER {BATCH}_no_update BEFORE UPDATE ON {BATCH} {refuse}",
        f"CREATE TRIGGER {BATCH}_no_delete BEFORE DELETE ON {BATCH} {refuse}",
    ]


def _for_postgresql(fixed: Sequence[str]) -> list[str]:
    changed = " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in fixed)
    wrong = f"{SEALED_OR_OPEN} OR {changed}"
    body = "$$ BEGIN RAISE EXCEPTION 'journal is append-only'; END $$"
    row, refuse = "FOR EACH ROW", "EXECUTE FUNCTION audit_refuse()"
    return [
        f"CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS {body}",
        f"CREATE TRIGGER {ENTRY}_no_update BEFORE UPDATE ON {ENTRY} {row} WHEN ({wrong}) {refuse}",
        f"CREATE TRIGGER {ENTRY}_no_delete BEFORE DELETE ON {ENTRY} {row} {refuse}",
        f"CREATE TRIGGER {BATCH}_no_update BEFORE UPDATE ON {BATCH} {row} {refuse}",
        f"CREATE TRIGGER {BATCH}_no_delete BEFORE DELETE ON {BATCH} {row} {refuse}",
    ]
