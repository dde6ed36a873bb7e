"""`terang restore FILE`: puts database and files back as they were in a backup. Terang must be stopped."""

import argparse
import json
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from terang.cli.backup import DATABASE, FORMAT, LABEL, postgresql
from terang.cli.django import start_django
from terang.cli.output import CliError, answer, json_option

NAME = "restore"
HELP = "mengembalikan basis data dan berkas dari cadangan; Terang harus berhenti"
ASIDE = ".sebelum-pemulihan"
"""What was there before is kept beside it under this name and the moment (UTC); nothing is overwritten."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="BERKAS", type=Path, help="arsip buatan terang backup")
    parser.add_argument("--yes", action="store_true", help="ya, ganti data yang sekarang")
    parser.add_argument(
        "--convert", action="store_true", help="ke jenis basis data lain; basis data tujuan harus baru dan kosong"
    )
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    start_django()
    from django.conf import settings
    from django.utils import timezone

    if not args.yes:
        raise CliError(
            "Data yang sekarang akan diganti.", f"Jika memang itu maksudnya: terang restore {args.file} --yes"
        )
    _require_stopped()
    database = settings.DATABASES["default"]
    data = Path(settings.DATA)
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data) as name:
        folder = Path(name)
        label = unpack(args.file, folder)
        vendor = "sqlite" if "sqlite" in str(database["ENGINE"]) else "postgresql"
        aside = f"{ASIDE}-{timezone.now():%Y%m%dT%H%M%SZ}"
        if args.convert and label["vendor"] != vendor:
            _convert(folder / DATABASE, label["vendor"])
        elif label["vendor"] != vendor:
            raise CliError(
                f"Cadangan ini dari {label['vendor']}, sedangkan DATABASE_URL menunjuk {vendor}.",
                "Untuk memindahkannya ke basis data baru yang kosong, tambahkan --convert.",
            )
        else:
            put_database(database, folder / DATABASE, aside)
        _restore_files(data / "files", folder / "files", aside)
    from django.db import connection

    connection.close()
    from terang.audit.verification import verify_database

    report = verify_database()
    words = f"Jejak utuh: {report.entries} entri." if report.ok else "Jejak RUSAK: periksa dengan terang audit verify."
    answer(args, {"restored": True, "journal": report.as_dict()}, f"Data dipulihkan dari {args.file}. {words}")
    return 0 if report.ok else 1


def _require_stopped() -> None:
    from django.db import DatabaseError, connection

    from terang.audit.selectors import worker_status

    with suppress(DatabaseError):
        if worker_status().running:
            raise CliError("Terang masih berjalan.", "Hentikan dahulu Terang, tunggu 20 detik, lalu ulangi.")
    connection.close()


def _convert(copy: Path, vendor: str) -> None:
    """Makes the tables of this version in an empty database and brings the rows over."""
    from django.core.management import call_command
    from django.db import connection

    from terang.reporting.running.carrying import CarryError, load

    if connection.introspection.table_names():
        raise CliError("Basis data tujuan tidak kosong.", "Tidak ada yang diubah. Buat basis data baru, lalu ulangi.")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    try:
        load(copy, vendor)
    except CarryError as error:
        raise CliError(str(error)) from error


def unpack(file: Path, folder: Path) -> dict[str, str]:
    """Unpacks a backup and returns its label. Raises CliError where it is none."""
    try:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
        label = json.loads((folder / LABEL).read_text())
    except (tarfile.TarError, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.filename and Path(error.filename) == file:
            raise
        raise CliError(f"{file} bukan cadangan Terang, atau rusak.", "Tidak ada yang diubah.") from error
    if not isinstance(label, dict) or label.get("format") != FORMAT or not (folder / DATABASE).is_file():
        raise CliError(f"{file} bukan cadangan Terang.", "Tidak ada yang diubah.")
    return {str(key): str(value) for key, value in label.items()}


def put_database(database: Any, copy: Path, aside: str) -> None:
    """Puts the copy in the place of a database of the same kind; what was there stays beside it under `aside`."""
    if "sqlite" not in database["ENGINE"]:
        words = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
        postgresql(database, "pg_restore", *words, f"--dbname={database['NAME']}", str(copy))
        return
    try:
        with closing(sqlite3.connect(copy)) as opened:
            sound = opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise CliError("Basis data dalam cadangan ini rusak.", "Tidak ada yang diubah. Pakai cadangan lain.")
    target = Path(database["NAME"])
    for part in ("", "-wal", "-shm"):
        if (old := Path(f"{target}{part}")).exists():
            old.replace(f"{target}{aside}{part}")
    shutil.move(copy, target)


def _restore_files(target: Path, copy: Path, aside: str) -> None:
    """The files of before stay beside the new ones."""
    if target.exists():
        target.replace(target.with_name(f"{target.name}{aside}"))
    if copy.is_dir():
        shutil.move(copy, target)
    else:
        target.mkdir()
