"""Writes many new rows at once, several times faster than `bulk_create`: components of scores, evidence of the demo."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model

AT_ONCE = 5_000
PLAIN = frozenset({int, str, bool, type(None)})
"""Values that every database takes as they are."""


def write(rows: Sequence[Model]) -> None:
    """Inserts new rows of one model, which do not learn their keys; what they point to must have been saved before.

    For rows that nothing else points to. `bulk_create` asks every field of every row what to do and reads all keys
    back; here one statement is prepared once and fed with plain tuples.
    """
    if not rows:
        return
    fields = [field for field in rows[0]._meta.local_concrete_fields if not field.primary_key]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quoted(rows[0]._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608 (own names)
    readers = [_reader(field) for field in fields]
    with connection.cursor() as cursor:
        for first in range(0, len(rows), AT_ONCE):
            cursor.executemany(statement, [[read(row) for read in readers] for row in rows[first : first + AT_ONCE]])


def _reader(field: Field[Any, Any]) -> Callable[[Model], Any]:
    """Reads a field of a row in the form the database takes."""
    name = field.attname

    def read(row: Model) -> Any:
        value = row.__dict__[name]
        return value if type(value) in PLAIN else field.get_db_prep_save(value, connection)

    return read
