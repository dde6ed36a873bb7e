"""Tests that commit are cleaned by emptying every table; on SQLite the journal's triggers must stand aside for that."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase

from terang.audit import triggers
from terang.audit.models import JournalEntry


@pytest.fixture(autouse=True, scope="session")
def journal_can_be_flushed() -> Iterator[None]:
    """Takes the triggers away while a test's data is flushed, and only then."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", _past_triggers(TransactionTestCase._fixture_teardown))
        yield


def _past_triggers(flush):
    def teardown(case: TransactionTestCase) -> None:
        if connection.vendor != "sqlite":
            return flush(case)
        with connection.cursor() as cursor:
            triggers.remove(cursor.execute, connection.vendor)
        flush(case)
        columns = [field.column for field in JournalEntry._meta.local_fields]
        with connection.cursor() as cursor:
            triggers.install(cursor.execute, connection.vendor, columns)
        return None

    return teardown
