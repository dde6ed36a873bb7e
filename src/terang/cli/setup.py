"""`terang setup`: brings database, static files and translations to the state this version needs."""

import argparse

from terang.cli.django import start_django

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

    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
