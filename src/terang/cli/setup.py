"""`terang setup`: brings database, static files and translations to the state this version needs."""

import argparse

from terang.cli.django import start_django
from terang.cli.output import CliError

NAME = "setup"
HELP = "menyiapkan basis data, berkas statis, dan terjemahan"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    set_up()
    return 0


def set_up() -> None:
    """Creates folder, tables and cache table, compiles translations, collects static files. Repeatable."""
    from terang.web import catalogue, extraction

    catalogue.write_mo(extraction.ENGLISH.with_suffix(".mo"), catalogue.read_po(extraction.ENGLISH))
    start_django()
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o750)
    _migrate()
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def _migrate() -> None:
    """Brings the tables up to date. Until the first release the first migration of a room is written anew when its rows
    change, so a database from before may look migrated and lack columns: that is said, not met later as a fault."""
    from django.core.management import call_command
    from django.db.migrations.exceptions import InconsistentMigrationHistory

    try:
        call_command("migrate", verbosity=0)
    except InconsistentMigrationHistory as error:
        raise _outdated() from error
    if _missing_columns():
        raise _outdated()


def _missing_columns() -> list[str]:
    """Columns that the models have and the tables lack, as `table.column`."""
    from django.apps import apps
    from django.db import connection

    missing = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                table = model._meta.db_table
                there = {column.name for column in connection.introspection.get_table_description(cursor, table)}
                missing += [f"{table}.{f.column}" for f in model._meta.local_concrete_fields if f.column not in there]
    return missing


def _outdated() -> CliError:
    from django.conf import settings

    return CliError(
        f"Basis data di {settings.DATA} dibuat oleh versi pengembangan sebelumnya dan tidak dapat dibawa serta.",
        f"Pindahkan atau hapus {settings.DATA}, lalu jalankan lagi; data peragaan dibuat ulang.",
    )
