"""The journal itself: what is written, in which order it is sealed, and that nobody can change it unnoticed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from terang.audit import triggers
from terang.audit.exporting import ExportError, export, verify_export
from terang.audit.models import Batch, Follower, JournalEntry, SealedError
from terang.audit.personal import PREFIX, digest_of
from terang.audit.sealing import seal
from terang.audit.selectors import about, after, head, history_of
from terang.audit.services import Event, record, record_many
from terang.audit.verification import verify_database

pytestmark = pytest.mark.django_db
NIP = "199203172019031004"


def write(count: int, sealed_by: int = 0, **fields) -> None:
    for number in range(count):
        record("test.written", actor=None, changes={"n": number}, **fields)
    while seal(sealed_by or 500):
        pass


@contextmanager
def behind_the_back() -> Iterator[None]:
    """Somebody with full rights on the database takes the triggers away."""
    with connection.cursor() as cursor:
        triggers.remove(cursor.execute, connection.vendor)
        yield
        columns = [field.column for field in JournalEntry._meta.local_fields]
        triggers.install(cursor.execute, connection.vendor, columns)


def execute(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


class TestWriting:
    def test_entry_needs_the_transaction_of_its_change(self, monkeypatch):
        monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)
        with pytest.raises(RuntimeError):
            record("test.written", actor=None)

    def test_actor_is_an_account_without_its_name(self):
        entry = record("test.written", actor=SimpleNamespace(pk=7, nip=NIP, name="Andi Pratama"))
        assert entry.actor_id == 7
        assert entry.actor_digest == digest_of(NIP)

    def test_personal_values_are_digests_and_others_stay(self):
        changes = {"name": ["Andi", "Andi Pratama"], "rank": ["III/a", "III/b"], "person": {"nip": NIP}, "email": ""}
        entry = record("test.written", actor=None, changes=changes)
        entry.refresh_from_db()
        assert entry.changes["name"] == [f"{PREFIX}{digest_of('Andi')}", f"{PREFIX}{digest_of('Andi Pratama')}"]
        assert entry.changes["person"]["nip"] == f"{PREFIX}{digest_of(NIP)}"
        assert entry.changes["rank"] == ["III/a", "III/b"]
        assert entry.changes["email"] == ""
        assert NIP not in json.dumps(entry.changes)

    def test_another_salt_gives_another_digest(self, monkeypatch):
        one = digest_of(NIP)
        monkeypatch.setattr(settings, "JOURNAL_SALT", "another", raising=False)
        assert digest_of(NIP) != one

    def test_many_events_of_one_act(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(3):
            assert record_many([Event("test.written") for _ in range(50)], actor=None, agency_id=1) == 50


class TestSealing:
    def test_positions_follow_without_gaps_over_batches(self):
        write(7, sealed_by=3)
        write(2)
        assert [entry.position for entry in after(0)] == list(range(1, 10))
        spans = list(Batch.objects.values_list("first_position", "last_position"))
        assert spans == [(1, 3), (4, 6), (7, 7), (8, 9)]
        assert head() == 9

    def test_nothing_to_seal_is_nothing(self):
        assert seal() == 0

    def test_after_gives_only_what_comes_later_and_is_asked_for(self):
        write(2, subject_employee_id=1)
        write(2, unit_id=5)
        assert [entry.position for entry in after(1)] == [2, 3, 4]
        assert [entry.position for entry in after(0, topics=["employee:1"])] == [1, 2]
        assert [entry.position for entry in after(0, topics=["unit:5"], limit=1)] == [3]
        with pytest.raises(ValueError, match="topic"):
            about(["agency:1"])

    def test_unsealed_is_not_followed_but_is_history(self):
        batch = Batch(id=9, first_position=100, last_position=100, sealed_at="2026-01-01T00:00:00Z", digest="x")
        record("test.written", actor=None, obj=batch)
        assert after(0) == []
        assert history_of("audit.batch", 9).count() == 1


class TestRefusal:
    def test_model_refuses(self):
        write(1)
        entry = JournalEntry.objects.get()
        entry.reason = "lain"
        for attempt in (
            entry.save,
            entry.delete,
            JournalEntry.objects.all().delete,
            lambda: JournalEntry.objects.update(reason="lain"),
            lambda: JournalEntry.objects.bulk_update([entry], ["reason"]),
            Batch.objects.all().delete,
        ):
            with pytest.raises(SealedError):
                attempt()

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_journalentry SET reason = 'lain'",
            "UPDATE audit_journalentry SET position = 99",
            "DELETE FROM audit_journalentry",
            "UPDATE audit_batch SET digest = 'x'",
            "DELETE FROM audit_batch",
        ],
    )
    def test_database_refuses_too(self, statement):
        write(1)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            execute(statement)
        assert verify_database().ok

    def test_unsealed_entry_can_only_be_sealed(self):
        record("test.written", actor=None)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            execute("UPDATE audit_journalentry SET reason = 'lain', position = 1")
        assert seal() == 1


class TestVerification:
    def test_untouched_journal_is_whole(self):
        write(5, sealed_by=2)
        report = verify_database()
        assert (report.ok, report.entries, report.batches) == (True, 5, 3)

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("reason", "lain"), ("actor_id", 9), ("at", "2020-01-01 00:00:00+00:00"), ("verb", "test.other"),
            ("subject_employee_id", 3), ("changes", '{"n": 99}'), ("object_id", 4), ("agency_id", 2), ("unit_id", 2),
            ("digest", "0" * 64),
        ],
    )  # fmt: skip
    def test_edited_entry_is_named(self, column, value):
        write(5, sealed_by=2)
        third = JournalEntry.objects.get(position=3)
        with behind_the_back():
            execute(f"UPDATE audit_journalentry SET {column} = %s WHERE position IN (3, 5)", value)  # noqa: S608
        broken = verify_database().broken
        assert (broken.position, broken.id) == (3, third.pk)

    def test_removed_entry_is_named(self):
        write(5, sealed_by=5)
        with behind_the_back():
            execute("DELETE FROM audit_journalentry WHERE position = 4")
        broken = verify_database().broken
        assert (broken.position, broken.id) == (4, None)

    def test_swapped_entries_are_found(self):
        write(3)
        with behind_the_back():
            execute("UPDATE audit_journalentry SET position = 99 WHERE position = 1")
            execute("UPDATE audit_journalentry SET position = 1 WHERE position = 2")
            execute("UPDATE audit_journalentry SET position = 2 WHERE position = 99")
        assert verify_database().broken.position == 1

    def test_edit_with_recomputed_digest_breaks_its_seal(self):
        from terang.audit.digests import entry_digest, entry_row

        write(4, sealed_by=2)
        with behind_the_back():
            execute("UPDATE audit_journalentry SET reason = 'lain' WHERE position = 4")
            forged = entry_digest(entry_row(JournalEntry.objects.get(position=4)))
            execute("UPDATE audit_journalentry SET digest = %s WHERE position = 4", forged)
        broken = verify_database().broken
        assert broken.position == 3
        assert "3–4" in broken.what

    def test_removed_seal_is_found(self):
        write(4, sealed_by=2)
        with behind_the_back():
            execute("UPDATE audit_journalentry SET batch_id = 2 WHERE batch_id = 1")
            execute("DELETE FROM audit_batch WHERE id = 1")
        assert verify_database().broken.position == 1

    def test_removed_end_is_found_by_followers_and_by_a_noted_seal(self):
        write(4, sealed_by=2)
        noted = verify_database().seal
        with behind_the_back():
            execute("DELETE FROM audit_journalentry WHERE position > 2")
            execute("DELETE FROM audit_batch WHERE id = 2")
        assert verify_database().ok
        assert verify_database(anchor=noted).broken.position == 3
        Follower.objects.create(name="x", position=4)
        assert verify_database().broken.position == 3

    def test_noted_seal_confirms_and_refutes(self):
        write(2)
        noted = verify_database().seal
        write(2)
        assert verify_database(anchor=noted).ok
        assert verify_database(anchor=f"2:{'0' * 64}").broken.position == 2


class TestExport:
    def test_export_verifies_offline(self, tmp_path, django_assert_num_queries):
        write(5, sealed_by=2)
        file = tmp_path / "jejak.jsonl"
        assert export(file) == 5
        with django_assert_num_queries(0):
            report = verify_export(file)
        assert report == verify_database()

    def test_edited_line_is_named(self, tmp_path):
        write(5, sealed_by=2)
        file = tmp_path / "jejak.jsonl"
        export(file)
        file.write_text(file.read_text().replace('{"n": 3}', '{"n": 7}'))
        assert verify_export(file).broken.position == 4

    def test_cut_or_foreign_file_is_refused(self, tmp_path):
        write(3)
        file = tmp_path / "jejak.jsonl"
        export(file)
        lines = file.read_text().splitlines()
        file.write_text("\n".join(lines[:-1]))
        with pytest.raises(ExportError, match="terpotong"):
            verify_export(file)
        for text in (
            "",
            "nama;nip",
            "[1]",
            '{"format": "terang-journal-1"}\n{"kind": 1}',
            '{"format": "terang-journal-1"}\n5',
        ):
            file.write_text(text)
            with pytest.raises(ExportError):
                verify_export(file)
