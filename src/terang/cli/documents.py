"""`terang documents`: official forms as files, of one plan or of a unit and what lies below it."""

import argparse
from pathlib import Path
from typing import Any

from terang.cli.django import start_django
from terang.cli.output import CliError, answer, json_option, one_of, remark, whole

NAME = "documents"
HELP = "formulir resmi SKP sebagai PDF: satu rencana, atau satu unit beserta bawahannya"
KINDS = ("lengkap", "skp", "lampiran", "manual")


def configure(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--plan", type=whole, metavar="ID", help="nomor rencana (bila belum disepakati: draf)")
    which.add_argument("--unit", metavar="KODE", help="kode unit; hanya rencana yang sudah disepakati")
    parser.add_argument("--agency", metavar="KODE", help="kode wilayah instansi, misalnya 73.71")
    parser.add_argument("--year", type=whole, metavar="TAHUN", help="tahun, wajib bersama --unit")
    parser.add_argument("--kind", type=one_of(*KINDS), default="lengkap", help=f"{', '.join(KINDS)} (bawaan: lengkap)")
    parser.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="folder tujuan (bawaan: folder ini)")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Writes one PDF for each plan. Exit code 1 where nothing was found."""
    if args.unit and args.year is None:
        raise CliError("Tahunnya belum disebutkan.", "Tambahkan --year, misalnya --year 2026.")
    start_django()
    from terang.reporting.documents.signing import SigningError
    from terang.web.errors import Refusal

    args.out.mkdir(parents=True, exist_ok=True)
    try:
        written = [_plan(args)] if args.plan is not None else _unit(args)
    except SigningError as error:
        raise CliError(str(error), "Kosongkan TERANG_SIGNING_P12 bila dokumen tidak ditandatangani.") from error
    except Refusal as refusal:
        raise CliError(refusal.reason) from refusal
    names = [path.name for path in written]
    answer(args, {"files": names, "folder": str(args.out)}, f"{len(names)} berkas ditulis ke {args.out}.")
    return 0


def _plan(args: argparse.Namespace) -> Path:
    from terang.planning.plans.models import PlanVersion, VersionState
    from terang.reporting.documents.selectors import version_to_print
    from terang.reporting.documents.services import draw_draft

    versions = PlanVersion.objects.filter(plan_id=args.plan).exclude(state=VersionState.DISCARDED)
    agreed = versions.filter(state=VersionState.AGREED).order_by("-number").first()
    found = agreed or versions.order_by("-number").first()
    if found is None:
        raise CliError(f"Rencana {args.plan} tidak ada.", "Nomornya ada pada alamat halaman SKP.")
    version = version_to_print(found.pk).get()
    if agreed:
        return _issued(args, version)
    remark("rencana ini belum disepakati; cetakannya bertanda DRAF dan tidak berkode.")
    return _written(args, version, draw_draft(version, args.kind))


def _unit(args: argparse.Namespace) -> list[Path]:
    from tqdm import tqdm

    from terang.registry.people.models import Employee
    from terang.reporting.documents.selectors import plans_without_agreement, version_to_print, versions_of_unit

    unit = _found_unit(args)
    people = Employee.objects.filter(agency=unit.agency)
    pks = list(versions_of_unit(unit, args.year, people).values_list("pk", flat=True))
    if missing := plans_without_agreement(unit, args.year, people):
        remark(f"{missing} rencana belum disepakati dan tidak ikut.")
    if not pks:
        raise CliError(f"Belum ada SKP yang disepakati di {unit.name} tahun {args.year}.")
    shown = tqdm(pks, desc=unit.name[:38], unit=" berkas", leave=False, delay=0.5, disable=args.json)
    return [_issued(args, version_to_print(pk).get()) for pk in shown]


def _found_unit(args: argparse.Namespace) -> Any:
    from terang.registry.organization.models import Unit

    units = Unit.objects.filter(code=args.unit).select_related("agency")
    if args.agency:
        units = units.filter(agency__code=args.agency)
    found = list(units[:2])
    if not found:
        raise CliError(f"Unit {args.unit} tidak ditemukan.", "Kode unit ada pada halaman Unit.")
    if len(found) > 1:
        raise CliError(f"Kode unit {args.unit} dipakai lebih dari satu instansi.", "Tambahkan --agency.")
    return found[0]


def _issued(args: argparse.Namespace, version: Any) -> Path:
    from terang.reporting.documents.services import bytes_of, issue_plan

    return _written(args, version, bytes_of(issue_plan(version=version, kind=args.kind)))


def _written(args: argparse.Namespace, version: Any, content: bytes) -> Path:
    plan = version.plan
    path: Path = args.out / f"{args.kind}-{plan.employee.nip}-{plan.period_start.year}-v{version.number}.pdf"
    path.write_bytes(content)
    return path
