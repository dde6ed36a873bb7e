"""`terang import people FILE`: shows what a list of people would change, and applies it with --apply.

Other kinds of files have modules of their own.
"""

import argparse
from pathlib import Path
from typing import Any

from terang.cli import import_attendance
from terang.cli.django import start_django
from terang.cli.output import CliError, answer, day, json_option

NAME = "import"
HELP = "memasukkan data dari berkas"
SHOWN = 40
CODES_SHOWN = 10


def configure(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(title="yang dimasukkan", metavar="JENIS", required=True)
    people = kinds.add_parser("people", help="daftar pegawai (XLSX atau CSV)", description="Memasukkan daftar pegawai.")
    people.add_argument("file", metavar="BERKAS", type=Path)
    people.add_argument("--agency", metavar="KODE", help="kode wilayah instansi, misalnya 73.71")
    people.add_argument("--effective", metavar="TANGGAL", type=day, help="berlaku sejak (bawaan hari ini)")
    people.add_argument(
        "--complete", action="store_true", help="daftar lengkap: yang tidak tercantum dinyatakan keluar"
    )
    people.add_argument("--apply", action="store_true", help="terapkan; tanpa ini hanya pratinjau")
    people.add_argument("--all", action="store_true", help=f"tampilkan semua baris, bukan {SHOWN} yang pertama")
    json_option(people)
    people.set_defaults(run=run)
    import_attendance.configure(kinds)


def run(args: argparse.Namespace) -> int:
    data = args.file.read_bytes()
    start_django()
    from django.utils import timezone
    from tqdm import tqdm

    from terang.interchange.people.services import apply, preview
    from terang.web.errors import Refusal
    from terang.web.sheets import SpreadsheetError

    agency, day_of_effect = find_agency(args.agency), args.effective or timezone.localdate()
    with tqdm(total=100, leave=False, bar_format="{desc:<38} {bar:24} {percentage:3.0f} %", delay=0.5) as bar:

        def progress(percent: int, doing: str) -> None:
            bar.set_description_str(doing)
            bar.update(percent - bar.n)

        try:
            differences = preview(
                data,
                args.file.name,
                agency=agency,
                effective_on=day_of_effect,
                complete=args.complete,
                progress=progress,
            )
            if args.apply and not differences.problems:
                apply(differences, agency=agency, effective_on=day_of_effect, actor=None, progress=progress)
        except SpreadsheetError as error:
            raise CliError(str(error)) from error
        except Refusal as refusal:
            raise CliError(refusal.reason) from refusal
    _tell(args, differences)
    return 1 if differences.problems else 0


def find_agency(code: str | None) -> Any:
    from terang.registry.organization.models import Agency

    agencies = list(Agency.objects.all())
    if not agencies:
        raise CliError("Belum ada instansi.", "Jalankan dahulu: terang demo, atau buat instansi.")
    if code is None and len(agencies) == 1:
        return agencies[0]
    found = next((agency for agency in agencies if agency.code == code), None)
    if found is None:
        rest = f" … dan {len(agencies) - CODES_SHOWN} lagi" if len(agencies) > CODES_SHOWN else ""
        raise CliError(
            f"Instansi {code or ''} tidak ditemukan." if code else "Sebutkan instansinya.",
            f"Pakai --agency dengan salah satu kode: {', '.join(each.code for each in agencies[:CODES_SHOWN])}{rest}.",
        )
    return found


def _tell(args: argparse.Namespace, differences: Any) -> None:
    from terang.interchange.people.differences import as_table

    counts, applied = differences.counts(), args.apply and not differences.problems
    words = {"new": "baru", "changed": "berubah", "ended": "berakhir", "unchanged": "tetap", "wrong": "salah"}
    lines = [", ".join(f"{counts[key]} {word}" for key, word in words.items()) + "."]
    rows = as_table(differences)
    shown = rows if args.all else rows[:SHOWN]
    lines += [f"  baris {row['row'] or '–'}  {row['nip']} {row['name']} {row['what']}" for row in shown]
    if len(rows) > len(shown):
        lines.append(f"  … dan {len(rows) - len(shown)} baris lagi. Tambahkan --all untuk melihat semua.")
    lines.append(
        "Diterapkan."
        if applied
        else "Belum ada yang diubah. Tambahkan --apply untuk menerapkan."
        if not counts["wrong"]
        else "Tidak ada yang diubah. Perbaiki baris yang salah lalu ulangi."
    )
    answer(args, {**counts, "applied": applied, "rows": rows}, "\n".join(lines))
