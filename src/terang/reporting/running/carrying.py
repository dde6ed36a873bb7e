"""Rows from one kind of database to the other: out of a backup, into the empty tables of this connection.

A backup of SQLite is a database file, one of PostgreSQL an archive of `pg_dump`, which its client prints as text
(`COPY`), so that no server is needed to read it. Values go through the fields of the models, which know both kinds.
"""

import hashlib
import json
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

MIGRATIONS = "django_migrations"
REMADE = ("django_content_type", "auth_permission")
"""Rows that creating the tables writes by itself; those of the backup take their place."""
BATCH = 500
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}


class CarryError(Exception):
    """The rows cannot be brought over; an Indonesian sentence that says why."""


@dataclass(frozen=True)
class Rows:
    """One table of a backup. The rows are read once, before the next table."""

    table: str
    columns: Sequence[str]
    rows: Iterator[Sequence[Any]]


def tables_in(copy: Path, vendor: str) -> Iterator[Rows]:
    """The tables of a backup one after another; raw values. Raises CarryError where it cannot be read."""
    return _of_sqlite(copy) if vendor == "sqlite" else _of_postgresql(copy)


def counts_in(copy: Path, vendor: str) -> dict[str, int]:
    """How many rows each table of a backup holds."""
    return {each.table: sum(1 for _row in each.rows) for each in tables_in(copy, vendor)}


def counts_here(tables: Iterable[str]) -> dict[str, int]:
    """How many rows these tables of the connection hold; -1 where there is no such table."""
    there = set(connection.introspection.table_names())
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            if table in there:
                cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 (our tables)
                found[table] = cursor.fetchone()[0]
            else:
                found[table] = -1
    return found


def load(copy: Path, vendor: str) -> dict[str, str]:
    """Writes all rows of a backup into the empty, migrated tables of this connection, in one transaction; returns for
    each table the digest of what the backup held, as `digest_here` tells it of what arrived.

    Raises CarryError where the backup is of another version, or where a table is not empty.
    """
    known = _models()
    _require_same_version(copy, vendor)
    digests: dict[str, str] = {}
    with transaction.atomic():
        _empty_remade()
        for each in tables_in(copy, vendor):
            if model := known.get(each.table):
                digests[each.table] = _fill(model, each)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(known.values())):
                cursor.execute(statement)
        connection.check_constraints()
    return digests


def digest_here(table: str) -> str:
    """Of all rows of a table, in any order: the same on both kinds of database where the rows are the same."""
    fields = _fields(_models()[table])
    names = ", ".join(connection.ops.quote_name(name) for name in fields)
    total = 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(table)}")  # noqa: S608 (our tables)
        while rows := cursor.fetchmany(BATCH):
            total += sum(_weight(fields, [_value(fields[name], raw) for name, raw in zip(fields, row, strict=True)])
                         for row in rows)  # fmt: skip
    return f"{total % 2**256:064x}"


def _fill(model: type[models.Model], given: Rows) -> str:
    fields = _fields(model)
    if unknown := set(given.columns) - set(fields):
        raise CarryError(f"Tabel {given.table} memuat kolom yang tidak dikenal: {', '.join(sorted(unknown))}.")
    if model._base_manager.exists():
        raise CarryError(f"Tabel {given.table} di basis data tujuan tidak kosong. Pakai basis data baru.")
    told = {name: fields[name] for name in given.columns}
    names = ", ".join(connection.ops.quote_name(name) for name in told)
    marks = ", ".join(["%s"] * len(told))
    statement = f"INSERT INTO {connection.ops.quote_name(given.table)} ({names}) VALUES ({marks})"  # noqa: S608
    total = 0
    with connection.cursor() as cursor:
        while rows := list(islice(given.rows, BATCH)):
            values = [[_value(told[name], raw) for name, raw in zip(told, row, strict=True)] for row in rows]
            total += sum(_weight(told, row) for row in values)
            cursor.executemany(statement, [_stored(told, row) for row in values])
    return f"{total % 2**256:064x}"


def _weight(fields: Mapping[str, models.Field], row: Sequence[Any]) -> int:
    told = sorted(zip(fields, row, strict=True))
    line = json.dumps([[name, _plain(value)] for name, value in told], sort_keys=True, ensure_ascii=False)
    return int.from_bytes(hashlib.sha256(line.encode("utf-8", "surrogatepass")).digest())


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _value(field: models.Field, raw: Any) -> Any:
    """A raw value of either kind as the field's Python value. JSON stays text, with its keys in order."""
    if raw is None:
        return None
    if isinstance(field, models.ForeignKey):
        return _value(field.target_field, raw)
    if isinstance(field, models.JSONField):
        return json.dumps(json.loads(raw) if isinstance(raw, str) else raw, sort_keys=True, ensure_ascii=False)
    if isinstance(field, models.BinaryField):
        return bytes.fromhex(raw[2:]) if isinstance(raw, str) else bytes(raw)
    value = field.to_python(raw)
    if isinstance(field, models.DecimalField):
        return round(value, field.decimal_places)
    if isinstance(field, models.DateTimeField) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value


def _stored(fields: Mapping[str, models.Field], row: Sequence[Any]) -> list[Any]:
    return [_prepared(field, value) for field, value in zip(fields.values(), row, strict=True)]


def _prepared(field: models.Field, value: Any) -> Any:
    if value is not None and isinstance(field, models.JSONField):
        return connection.ops.adapt_json_value(json.loads(value), field.encoder)
    return field.get_db_prep_save(value, connection)


def _models() -> dict[str, type[models.Model]]:
    """Every table of ours with its model."""
    every = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in every if model._meta.managed and not model._meta.proxy}


def _fields(model: type[models.Model]) -> dict[str, models.Field]:
    return {str(field.column): field for field in model._meta.local_concrete_fields if not field.generated}


def _empty_remade() -> None:
    known = _models()
    for table in reversed(REMADE):
        if table in known:
            known[table]._base_manager.all().delete()


def _require_same_version(copy: Path, vendor: str) -> None:
    theirs: set[tuple[str, str]] = set()
    for each in tables_in(copy, vendor):
        if each.table == MIGRATIONS:
            app, name = each.columns.index("app"), each.columns.index("name")
            theirs = {(str(row[app]), str(row[name])) for row in each.rows}
        else:
            for _row in each.rows:
                pass
    ours = set(MigrationRecorder(connection).applied_migrations())
    if theirs != ours:
        raise CarryError(
            "Cadangan ini dari versi Terang yang lain. Pulihkan dahulu pada jenis basis data yang sama, jalankan "
            "terang setup, lalu buat cadangan baru."
        )


def _of_sqlite(copy: Path) -> Iterator[Rows]:
    with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        names = [
            name
            for (name,) in opened.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
        ]
        for name in names:
            columns = [row[1] for row in opened.execute(f'PRAGMA table_info("{name}")')]
            yield Rows(name, columns, iter(opened.execute(f'SELECT * FROM "{name}"')))  # noqa: S608 (its own tables)


def _of_postgresql(copy: Path) -> Iterator[Rows]:
    """Reads what `pg_restore --data-only` prints, line by line."""
    command = ["pg_restore", "--data-only", "--file=-", str(copy)]
    try:
        program = subprocess.Popen(  # noqa: S603 (a program of PostgreSQL on our own file)
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
    except FileNotFoundError as error:
        raise CarryError("Program pg_restore tidak ada. Pasang dahulu: apt-get install postgresql-client") from error
    assert program.stdout
    assert program.stderr
    with program:
        for line in program.stdout:
            if line.startswith("COPY ") and line.endswith(" FROM stdin;\n"):
                table, _space, columns = line[len("COPY ") : -len(" FROM stdin;\n")].partition(" ")
                names = [name.strip().strip('"') for name in columns.strip("()").split(",")]
                yield Rows(table.rpartition(".")[2].strip('"'), names, _copied(program.stdout))
        said = program.stderr.read()
    if program.returncode:
        raise CarryError(f"pg_restore gagal: {(said.strip().splitlines() or ['tanpa pesan'])[-1]}")


def _copied(lines: Iterable[str]) -> Iterator[list[str | None]]:
    for line in lines:
        text = line.removesuffix("\n")
        if text == "\\.":
            return
        yield [_unescaped(part) for part in text.split("\t")]


def _unescaped(part: str) -> str | None:
    """One value in the text format of COPY."""
    if part == "\\N":
        return None
    if "\\" not in part:
        return part
    signs = iter(part)
    return "".join(_ESCAPES.get(after := next(signs, ""), after) if sign == "\\" else sign for sign in signs)
