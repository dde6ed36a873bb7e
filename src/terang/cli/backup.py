"""`terang backup FILE`: database and files in one archive, while Terang runs."""

import argparse
import json
import os
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from terang.cli.django import start_django
from terang.cli.output import CliError, answer, json_option

NAME = "backup"
HELP = "menyimpan basis data dan berkas ke satu arsip; boleh saat Terang berjalan"

FORMAT = "terang-backup-1"
DATABASE = "database"
LABEL = "terang.json"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="BERKAS", type=Path, help="arsip yang dibuat, misalnya terang.tar")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    start_django()
    from django.conf import settings

    target: Path = args.file.resolve()
    if not target.parent.is_dir():
        raise CliError(f"Folder {target.parent} tidak ada.", "Buat dahulu foldernya.")
    if target.exists():
        raise CliError(f"{args.file} sudah ada.", "Pilih nama lain; cadangan lama tidak ditimpa.")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        draft = Path(folder) / "arsip"
        _write(draft, Path(folder), settings)
        draft.chmod(0o600)
        draft.replace(target)
    size = target.stat().st_size
    text = (
        f"Cadangan ditulis ke {args.file} ({size // 1024} KiB).\n"
        "Simpan secret.key dan journal.salt dari folder data di tempat lain: keduanya tidak ikut dalam arsip.\n"
        "Kunci putaran penilaian (review-keys) juga tidak ikut, dan memang tidak boleh disalin."
    )
    answer(args, {"file": str(args.file), "bytes": size}, text)
    return 0


def _write(draft: Path, folder: Path, settings: Any) -> None:
    """The database first: a file that arrives meanwhile is then in the archive without its row, never the reverse."""
    vendor = dump_database(settings.DATABASES["default"], folder / DATABASE)
    label = {"format": FORMAT, "vendor": vendor, "made_at": datetime.now(UTC).isoformat()}
    (folder / LABEL).write_text(json.dumps(label))
    with tarfile.open(draft, "w") as archive:
        archive.add(folder / LABEL, LABEL)
        archive.add(folder / DATABASE, DATABASE)
        files = Path(settings.DATA) / "files"
        if files.is_dir():
            archive.add(files, "files")


def dump_database(database: Any, target: Path) -> str:
    """Writes a consistent copy and returns "sqlite" or "postgresql"."""
    if "sqlite" in database["ENGINE"]:
        if not Path(database["NAME"]).exists():
            raise CliError("Basis data belum ada.", "Siapkan dahulu: terang setup")
        with closing(sqlite3.connect(database["NAME"], timeout=20)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return "sqlite"
    postgresql(database, "pg_dump", "--format=custom", f"--file={target}")
    return "postgresql"


def postgresql(database: Any, program: str, *words: str) -> None:
    """Runs a client program of PostgreSQL on the database. Raises CliError with its last words where it fails."""
    login = {"PGHOST": database["HOST"], "PGPORT": database["PORT"], "PGUSER": database["USER"]}
    secret = {"PGPASSWORD": database["PASSWORD"], "PGDATABASE": database["NAME"]}
    env = {**os.environ, **{name: value for name, value in {**login, **secret}.items() if value}}
    try:
        done = subprocess.run([program, *words], env=env, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise CliError(f"Program {program} tidak ada.", "Pasang dahulu: apt-get install postgresql-client") from error
    if done.returncode:
        raise CliError(f"{program} gagal: {(done.stderr.strip().splitlines() or ['tanpa pesan'])[-1]}")
