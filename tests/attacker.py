"""The attacker on secret answers: reads every table, the order of rows, the journal and its export, sessions, caches,
and a backup taken before and after each answer; knows who was signed in when. Has everything but the key.

Two worlds with the same people, in which what two of them say is exchanged, must look the same to this attacker.
"""

import json
import sqlite3

from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection

from terang.audit import triggers
from terang.audit.exporting import export
from terang.audit.models import JournalEntry
from terang.audit.sealing import seal


class Attacker:
    """Takes a copy of everything, again and again. `sealed` is the model of sheets nobody can read without their
    key."""

    def __init__(self, folder, sealed):
        self.folder, self.taken, self.raw = folder, [], []
        self._sealed_table, self._sheets = sealed._meta.db_table, {}

    def look(self):
        self.taken.append({table: self._table(table) for table in sorted(connection.introspection.table_names())})
        self.taken[-1]["journal export"] = self._journal()

    def _journal(self):
        seal()
        path = self.folder / f"{len(self.taken)}.jsonl"
        export(path)
        return [_without_chain(json.loads(line)) for line in path.read_text().splitlines()]

    def _table(self, table):
        """Every column of every row in the order in which rows lie on the disk, with the marks the database puts on
        them."""
        postgres = connection.vendor == "postgresql"
        marks = "ctid::text, xmin::text" if postgres else "rowid, 0"
        order = "ctid" if postgres else "rowid"
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT {marks}, t.* FROM "{table}" t ORDER BY {order}')  # noqa: S608 (our own tables)
            names = [column[0] for column in cursor.description][2:]
            rows = cursor.fetchall()
        marked = [(place, mark) for place, mark, *_values in rows]
        values = [dict(zip(names, row[2:], strict=True)) for row in rows]
        return [
            [place, _rank(mark, marked), self._shown(table, row)]
            for (place, mark), row in zip(marked, values, strict=True)
        ]

    def _shown(self, table, row):
        """A row as it may be compared: of what is random by itself, only the length, and whether it changed."""
        if table == self._sealed_table:
            sealed = bytes(row["sealed"])
            changed = sealed != self._sheets.get(row["locator"])
            self._sheets[row["locator"]] = sealed
            self.raw.append(sealed)
            return {**row, "sealed": (len(sealed), changed)}
        if table == "django_session":
            told = SessionStore().decode(row["session_data"])
            told = {name: value for name, value in told.items() if "hash" not in name}
            return {"session": told, "expires": row["expire_date"]}
        return {name: _plain(value) for name, value in row.items() if name not in RANDOM}

    @property
    def everything(self):
        """All copies as one text, for searching."""
        return repr(self.taken)


RANDOM = ("digest", "password", "actor_digest", "form_key", "session_key", "seed", "applied", "last_seen_at")
"""Digests follow from the rest (and from salts), the others are random whatever anybody answers."""


def _without_chain(line):
    return {name: value for name, value in line.items() if "digest" not in name and name != "previous"}


def _rank(mark, marked):
    """The mark of a row's last transaction as a place among all: numbers of transactions differ by themselves."""
    return sorted({int(each) for _place, each in marked}).index(int(mark))


def _plain(value):
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def clean():
    """Empties every table and lets every count begin again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            triggers.remove(cursor.execute, connection.vendor)
    call_command("flush", verbosity=0, interactive=False, reset_sequences=True, inhibit_post_migrate=False)
    columns = [field.column for field in JournalEntry._meta.local_fields]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            triggers.install(cursor.execute, connection.vendor, columns)


def differences(first, second):
    """Number of the copy, table and rows wherever the copies of two worlds differ."""
    return [
        (number, table, *[pair for pair in zip(here[table], there[table], strict=False) if pair[0] != pair[1]])
        for number, (here, there) in enumerate(zip(first.taken, second.taken, strict=True))
        for table in sorted({*here, *there})
        if here.get(table) != there.get(table)
    ]


def lasting(found, one_world, said, instead):
    """Of these differences those that are there again when the two worlds are made anew. On a server that others use
    as well, rows do not always lie in the same place on the disk; what an answer leaves behind does."""
    if connection.vendor == "postgresql" and found:
        again = {each[:2] for each in differences(one_world(said), one_world(instead))}
        found = [each for each in found if each[:2] in again]
    return found


def raw_database():
    if connection.vendor != "sqlite":
        return b""
    connection.ensure_connection()
    raw: sqlite3.Connection = connection.connection
    return raw.serialize()
