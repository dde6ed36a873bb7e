"""`terang audit …`: whether the journal is untouched, and the journal as a file for others to check."""

import argparse
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from terang.cli.django import start_django
from terang.cli.output import CliError, answer, json_option

NAME = "audit"
HELP = "jejak perubahan: memeriksa keutuhannya dan mengekspornya"
UNREADABLE = "Periksa DATABASE_URL dan TERANG_DATA, atau siapkan basis datanya: terang setup."
SEAL = re.compile(r"\d{1,18}:[0-9a-f]{64}")


def configure(parser: argparse.ArgumentParser) -> None:
    choices = parser.add_subparsers(title="tindakan", metavar="TINDAKAN", required=True)
    check = choices.add_parser("verify", help="memeriksa apakah ada entri yang diubah, disisipkan, atau dihapus")
    check.add_argument("--file", metavar="BERKAS", type=Path, help="periksa berkas ekspor, bukan basis data ini")
    check.add_argument("--seal", metavar="POSISI:SEGEL", type=_seal, help="segel yang pernah dicatat")
    json_option(check)
    check.set_defaults(run=verify)
    out = choices.add_parser("export", help="menulis seluruh jejak ke berkas JSON per baris")
    out.add_argument("file", metavar="BERKAS", type=Path)
    json_option(out)
    out.set_defaults(run=export)


def run(args: argparse.Namespace) -> int:
    return int(args.run(args))


def verify(args: argparse.Namespace) -> int:
    start_django()
    from django.db import DatabaseError

    from terang.audit.exporting import ExportError, verify_export
    from terang.audit.selectors import worker_status
    from terang.audit.verification import verify_database

    with _bar("Memeriksa jejak") as progress:
        try:
            if args.file:
                report = verify_export(args.file, anchor=args.seal or "", progress=progress)
            else:
                report = verify_database(anchor=args.seal or "", progress=progress)
        except ExportError as error:
            raise CliError(str(error)) from error
        except DatabaseError as error:
            raise CliError(f"Jejak tidak dapat dibaca: {error}.", UNREADABLE) from error
    waiting = 0 if args.file else worker_status().waiting
    answer(args, {**report.as_dict(), "unsealed": waiting}, _words(report, waiting))
    return 0 if report.ok else 1


def export(args: argparse.Namespace) -> int:
    start_django()
    from django.db import DatabaseError

    from terang.audit import exporting
    from terang.audit.sealing import seal_all

    if not args.file.resolve().parent.is_dir():
        raise CliError(f"Folder {args.file.resolve().parent} tidak ada.", "Buat dahulu foldernya.")
    with _bar("Mengekspor jejak") as progress:
        try:
            seal_all()
            count = exporting.export(args.file, progress)
        except DatabaseError as error:
            raise CliError(f"Jejak tidak dapat dibaca: {error}.", UNREADABLE) from error
    payload = {"entries": count, "file": str(args.file)}
    answer(args, payload, f"{count} entri ditulis ke {args.file}. Periksa: terang audit verify --file {args.file}")
    return 0


def _seal(text: str) -> str:
    if not SEAL.fullmatch(text):
        raise argparse.ArgumentTypeError("segel ditulis seperti 1200:3f5a… (posisi, titik dua, 64 angka heksadesimal)")
    return text


def _words(report: Any, waiting: int = 0) -> str:
    if report.ok:
        lines = [f"Jejak utuh: {report.entries} entri dalam {report.batches} segel."]
        if waiting:
            lines.append(f"{waiting} entri menunggu segel, belum diperiksa; terang worker menyegelnya.")
        if report.seal:
            lines.append(f"Segel terakhir {report.seal}")
            lines.append("Catat segel ini di tempat lain; dengan --seal ia membuktikan jejak tidak ditulis ulang.")
        return "\n".join(lines)
    broken = report.broken
    known = f" (nomor {broken.id}, {broken.at})" if broken.id else ""
    return f"Jejak RUSAK di posisi {broken.position}{known}.\n{broken.what}"


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int], object]]:
    """A progress bar that appears when the work takes longer than two seconds; called with the number of entries
    done.
    """
    from tqdm import tqdm

    with tqdm(desc=title, unit=" entri", delay=2, leave=False) as bar:
        yield lambda count: bar.update(count - bar.n)
