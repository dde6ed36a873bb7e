"""`terang drill FILE`: restores a backup into a throwaway database and looks whether everything came back."""

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from terang.cli.backup import DATABASE
from terang.cli.django import start_django
from terang.cli.output import CliError, answer, json_option, one_of
from terang.cli.restore import put_database, unpack

NAME = "drill"
HELP = "menguji cadangan: dipulihkan ke basis data sementara, diperiksa, lalu dibuang; data sekarang tidak diubah"
KINDS = ("sqlite", "postgresql")
INSIDE = "from terang.cli.drill import inside; inside()"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="BERKAS", type=Path, help="arsip buatan terang backup")
    parser.add_argument("--to", type=one_of(*KINDS), help="jenis basis data sementara (bawaan: jenis cadangannya)")
    parser.add_argument(
        "--server", metavar="URL", help="server PostgreSQL untuk --to postgresql (bawaan: DATABASE_URL)"
    )
    parser.add_argument("--no-record", action="store_true", help="hasilnya tidak dicatat")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 where everything came back, 1 where something did not. The result is kept and journaled."""
    start_django()
    from django.conf import settings

    data = Path(settings.DATA)
    data.mkdir(parents=True, exist_ok=True, mode=0o750)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(dir=data, prefix=".uji-pulih-") as name:
        folder = Path(name)
        label = unpack(args.file, folder)
        target = args.to or label["vendor"]
        with _throwaway(args, target, folder, settings) as url:
            found = _drilled(folder, label["vendor"], target, url)
    seconds = {**found.pop("seconds"), "seluruhnya": round(time.monotonic() - began, 1)}
    facts = {
        "archive": args.file.name,
        "backup_at": datetime.fromisoformat(label["made_at"]),
        "source": label["vendor"],
        "target": target,
        "seconds": round(seconds["seluruhnya"]),
        **{key: found[key] for key in ("rows", "files", "entries", "faults")},
    }
    noted = not args.no_record and _recorded(facts)
    payload = {"ok": not found["faults"], **facts, "backup_at": label["made_at"], "seconds": seconds, "noted": noted}
    answer(args, {**payload, "closings": found["closings"], "tables": found["tables"]}, _words(payload, found))
    return 1 if found["faults"] else 0


def _drilled(folder: Path, source: str, target: str, url: str) -> dict[str, Any]:
    """What the process inside the throwaway installation found. Raises CliError where it could not work."""
    from terang.config.env import database

    if source == target:
        (folder / "copy").write_bytes((folder / DATABASE).read_bytes())
        put_database(database(url), folder / "copy", ".sebelum")
    env = {**os.environ, "DATABASE_URL": url, "TERANG_DATA": str(folder), "TERANG_REPLAYS": str(folder / "replays")}
    done = subprocess.run(  # noqa: S603 (ourselves)
        [sys.executable, "-c", INSIDE, str(folder), source, target],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CliError(f"Uji pulih tidak dapat diselesaikan: {(done.stderr.strip().splitlines() or ['?'])[-1]}")
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    if "refused" in found:
        raise CliError(found["refused"])
    return found


def inside() -> None:
    """What the process that has the throwaway database as its own does; prints one line of JSON."""
    folder, source, target = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    start_django()
    from terang.reporting.running.carrying import CarryError

    try:
        found = _compared(folder, source, target)
    except CarryError as error:
        found = {"refused": str(error)}
    print(json.dumps(found, ensure_ascii=False))


def _compared(folder: Path, source: str, target: str) -> dict[str, Any]:
    from dataclasses import asdict

    from django.core.management import call_command

    from terang.reporting.running import carrying, looking

    copy, faults, took = folder / DATABASE, [], _Watch()
    wanted = carrying.counts_in(copy, source)
    took.note("hitung")
    digests: Mapping[str, str] = {}
    if source != target:
        call_command("migrate", verbosity=0)
        took.note("tabel")
        digests = carrying.load(copy, source)
        took.note("pindah")
        faults += [
            f"Isi tabel {table} berbeda sesudah dipindahkan."
            for table, digest in digests.items()
            if carrying.digest_here(table) != digest
        ]
        wanted = {table: count for table, count in wanted.items() if table in digests}
    here = carrying.counts_here(wanted)
    faults += [
        f"Tabel {table}: {count} baris dalam cadangan, {here[table]} sesudah dipulihkan."
        for table, count in wanted.items()
        if here[table] != count
    ]
    took.note("cocokkan")
    call_command("migrate", verbosity=0)
    took.note("naikkan versi")
    looked = looking.look()
    took.note("periksa")
    found = {**asdict(looked), "rows": sum(wanted.values()), "tables": len(wanted), "seconds": took.seconds}
    return {**found, "faults": faults + looked.faults}


class _Watch:
    """How long each part took, in seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._since = time.monotonic()

    def note(self, part: str) -> None:
        now = time.monotonic()
        self.seconds[part], self._since = round(now - self._since, 1), now


@contextmanager
def _throwaway(args: argparse.Namespace, target: str, folder: Path, settings: Any) -> Iterator[str]:
    """The address of an empty database that is gone afterwards."""
    if target == "sqlite":
        yield f"sqlite:///{folder / 'uji.sqlite3'}"
        return
    from terang.config.env import database

    server: Mapping[str, Any] = database(args.server) if args.server else settings.DATABASES["default"]
    if "sqlite" in server["ENGINE"]:
        raise CliError(
            "Untuk menguji ke PostgreSQL perlu sebuah server.", "Sebutkan: --server postgresql://pengguna@host/nama"
        )
    name = f"terang_uji_{secrets.token_hex(6)}"
    _administer(server, f"CREATE DATABASE {name}")
    try:
        yield _address(server, name)
    finally:
        _administer(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _administer(server: Mapping[str, Any], statement: str) -> None:
    import psycopg

    login = {"host": server["HOST"], "port": server["PORT"], "user": server["USER"], "password": server["PASSWORD"]}
    given = {key: value for key, value in login.items() if value}
    try:
        with closing(psycopg.connect(dbname=server["NAME"], autocommit=True, **given)) as line:
            line.execute(statement.encode())
    except psycopg.Error as error:
        raise CliError(
            f"Basis data sementara tidak dapat dibuat: {str(error).strip().splitlines()[0]}.",
            "Beri haknya: ALTER ROLE terang CREATEDB; atau sebutkan --server lain.",
        ) from error


def _address(server: Mapping[str, Any], name: str) -> str:
    password = f":{quote(server['PASSWORD'], safe='')}" if server["PASSWORD"] else ""
    login = f"{quote(server['USER'], safe='')}{password}@" if server["USER"] else ""
    port = f":{server['PORT']}" if server["PORT"] else ""
    return f"postgresql://{login}{port}/{name}?host={quote(server['HOST'], safe='/')}"


def _recorded(facts: dict[str, Any]) -> bool:
    """Whether the result could be kept in the database of this installation: where it is lost, a drill still works."""
    from django.db import DatabaseError

    from terang.reporting.running.services import record_drill

    try:
        record_drill(**facts)
    except DatabaseError:
        return False
    return True


def _words(told: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    parts = ", ".join(f"{name} {seconds:.1f} d" for name, seconds in told["seconds"].items())
    lines = [
        f"{told['archive']} ({told['source']} → {told['target']}): {'BERHASIL' if told['ok'] else 'GAGAL'}.",
        f"{told['rows']} baris dalam {found['tables']} tabel, {told['entries']} entri jejak.",
        f"{found['closings']} pembekuan, {told['files']} berkas. Waktu: {parts}.",
        *told["faults"],
    ]
    if not told["noted"]:
        lines.append("Hasilnya tidak dicatat.")
    return "\n".join(lines)
