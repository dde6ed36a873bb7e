"""`terang worker`: the process behind the pages. Seals the journal, recomputes scores, runs queued tasks."""

import argparse

from terang.cli.django import start_django

NAME = "worker"
HELP = "pekerja latar: menyegel jejak, menghitung ulang nilai, menjalankan tugas antrean"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    start_django()
    from terang.audit.worker import Worker

    Worker().run()
    return 0
