"""`terang allowance FILE --policy P`: the ledger of every employee and month in a plain table of facts."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from terang.cli.allowance_file import FactRow, read_facts
from terang.cli.output import CliError, answer, json_option
from terang.rules.allowance import (
    PRESETS,
    AllowanceRule,
    FactSpec,
    Ledger,
    compute,
    in_force,
    load_rule,
    load_rule_preset,
)
from terang.rules.allowance.words import rupiah
from terang.rules.errors import RuleInputError
from terang.rules.policies import PolicyError

NAME = "allowance"
HELP = "hitung tunjangan (TPP) dari tabel fakta per pegawai dan bulan, setiap langkah dengan alasannya"
_SHOWN = 10
_UNITS = {
    "rupiah": "rupiah bulat",
    "share": "persen, paling banyak dua desimal (98 atau 98,5)",
    "minutes": "menit",
    "days": "hari",
    "months": "bulan",
    "count": "bilangan bulat",
    "class": "kelas 1–17",
    "code": "kode",
    "flag": "ya atau tidak",
    "day": "tanggal (2026-02-16)",
}


@dataclass(frozen=True)
class Slip:
    """A row of the file with its ledger."""

    of: FactRow
    ledger: Ledger


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="fakta: CSV, XLSX, atau JSON")
    parser.add_argument(
        "--policy",
        action="append",
        required=True,
        metavar="P",
        help=f"berkas aturan TOML atau JSON, atau contoh: {', '.join(PRESETS)}; boleh berulang untuk beberapa versi",
    )
    parser.add_argument("--month", type=_month, metavar="YYYY-MM", help="bulan untuk baris tanpa kolom bulan")
    parser.add_argument("--slip", metavar="NIP", help="tampilkan setiap langkah pegawai ini")
    parser.add_argument("--columns", action="store_true", help="tampilkan kolom yang dibaca aturan, lalu selesai")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 when every row has its ledger. Refuses a rule or a table that is not as declared, naming row and column."""
    rules = [_load(name) for name in args.policy]
    specs = _specs(rules)
    if args.columns:
        answer(args, {"columns": [_column(each) for each in specs]}, _columns(specs))
        return 0
    if args.file is None:
        raise CliError("Sebutkan berkas fakta.", "Lihat kolomnya: terang allowance --policy P --columns.")
    slips = _computed(read_facts(args.file, specs, args.month), rules)
    if args.slip:
        slips = [each for each in slips if each.of.nip == args.slip]
        if not slips:
            raise CliError(f"NIP {args.slip} tidak ada dalam berkas.", "Periksa NIP.")
    text = "\n\n".join(map(_slip_text, slips)) if args.slip else _text(slips)
    answer(args, _payload(rules, slips), text)
    return 0


def _load(name: str) -> AllowanceRule:
    try:
        return load_rule_preset(name) if name in PRESETS and not Path(name).exists() else load_rule(Path(name))
    except PolicyError as error:
        lines = "\n".join(f"  {problem}" for problem in error.problems)
        raise CliError(f"Aturan {name} belum dapat dipakai, {len(error.problems)} masalah:\n{lines}") from error
    except UnicodeDecodeError as error:
        raise CliError(f"Berkas {name} bukan teks UTF-8.", "Simpan ulang sebagai UTF-8.") from error


def _specs(rules: Sequence[AllowanceRule]) -> list[FactSpec]:
    """The facts that any of the versions reads."""
    found = {spec.code: spec for rule in rules for spec in rule.facts()}
    return list(found.values())


def _computed(rows: Sequence[FactRow], rules: Sequence[AllowanceRule]) -> list[Slip]:
    slips, faults = [], []
    for row in rows:
        try:
            slips.append(Slip(row, compute(in_force(rules, row.month), row.facts, row.month)))
        except RuleInputError as error:
            faults.append(f"baris {row.row} ({row.nip}): {error}")
    if faults:
        rest = f"\n       … dan {len(faults) - _SHOWN} lagi" if len(faults) > _SHOWN else ""
        raise CliError("\n       ".join(faults[:_SHOWN]) + rest)
    return slips


def _month(text: str) -> date:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"“{text}” bukan bulan; tulis seperti 2026-10")
    return date.fromisoformat(f"{text}-01")


def _payload(rules: Sequence[AllowanceRule], slips: Sequence[Slip]) -> dict[str, Any]:
    return {
        "rules": [
            {"code": each.code, "version": each.version, "valid_from": each.valid_from.isoformat()} for each in rules
        ],
        "slips": [
            {"nip": each.of.nip, "name": each.of.name, "month": f"{each.of.month:%Y-%m}", **each.ledger.as_json()}
            for each in slips
        ],
        "gross_idr": sum(each.ledger.gross_idr for each in slips),
        "net_idr": sum(each.ledger.net_idr for each in slips),
    }


def _text(slips: Sequence[Slip]) -> str:
    lines = [
        f"{each.of.nip:<20} {each.of.month:%Y-%m} {rupiah(each.ledger.gross_idr):>16} {rupiah(each.ledger.net_idr):>16}"
        for each in slips
    ]
    gross, net = (
        sum(numbers) for numbers in zip(*((s.ledger.gross_idr, s.ledger.net_idr) for s in slips), strict=True)
    )
    head = f"{'NIP':<20} {'bulan':<7} {'bruto':>16} {'bersih':>16}"
    return "\n".join([head, *lines, f"{len(slips)} slip: bruto {rupiah(gross)}, bersih {rupiah(net)}"])


def _slip_text(slip: Slip) -> str:
    title = " ".join(part for part in (slip.of.nip, slip.of.name, f"{slip.of.month:%Y-%m}") if part)
    lines = [f"{title}: bersih {rupiah(slip.ledger.net_idr)}"]
    for row in slip.ledger.rows:
        shown = "" if row.is_working else rupiah(row.amount)
        operand = f" ({row.operand})" if row.operand else ""
        lines.append(f"{row.number:>3}. {row.label}{operand}: {shown}".rstrip(": ") + f"\n     {row.reason}".rstrip())
    return "\n".join(lines)


def _column(spec: FactSpec) -> dict[str, Any]:
    fields = {"code": spec.code, "column": spec.column, "unit": spec.unit, "label": spec.label}
    return {**fields, "required": not spec.optional, "choices": list(spec.choices)}


def _columns(specs: Sequence[FactSpec]) -> str:
    lines = ["nip (teks), bulan (2026-10), nama (boleh kosong), lalu:"]
    for spec in specs:
        words = ", ".join(spec.choices) or _UNITS[spec.unit]
        lines.append(f"  {spec.column:<26} {'boleh kosong' if spec.optional else 'wajib':<13} {spec.label}: {words}")
    return "\n".join(lines)
