"""Setting up on top of a database from before says so, instead of failing later."""

import pytest
from django.db import connection

from terang.cli import setup
from terang.cli.output import CliError


@pytest.mark.django_db
def test_a_database_of_this_version_is_complete() -> None:
    assert setup._missing_columns() == []


@pytest.mark.django_db(transaction=True)
def test_a_database_that_lacks_a_column_is_refused_in_plain_words() -> None:
    with connection.schema_editor() as editor:
        editor.execute("ALTER TABLE plans_planningterms RENAME COLUMN basis TO old_basis")
    try:
        assert setup._missing_columns() == ["plans_planningterms.basis"]
        with pytest.raises(CliError, match="versi pengembangan sebelumnya"):
            setup._migrate()
    finally:
        with connection.schema_editor() as editor:
            editor.execute("ALTER TABLE plans_planningterms RENAME COLUMN old_basis TO basis")
