"""`terang bench`: measures with the programs in `benchmarks/` of the clone, and says what each figure means."""

import argparse
import importlib
import json
import os
import platform
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from terang.cli.output import CliError, json_option, remark, whole

NAME = "bench"
HELP = (
    "mengukur kecepatan di komputer ini: impor, presensi, jalur langsung, evaluasi, halaman, formulir, matriks, foto, "
    "halaman publik, penutupan, putar ulang kebijakan, tunjangan, karier; dan ketepatan lensa keadilan"
)

FOLDER = Path(__file__).resolve().parents[3] / "benchmarks"
PROGRAMS = {
    "people": "people_import",
    "attendance": "attendance",
    "live": "live",
    "evaluation": "evaluation",
    "pages": "pages",
    "documents": "documents",
    "matrix": "matrix",
    "look_alikes": "look_alikes",
    "public": "public",
    "closing": "closing",
    "replay": "replay",
    "fairness": "fairness",
    "allowance": "allowance",
    "allowance_month": "allowance_month",
    "career": "career",
    "analysis": "analysis",
}
Row = Mapping[str, Any]


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", nargs="*", metavar="YANG_DIUKUR", help=f"{', '.join(PROGRAMS)} (bawaan: semuanya, satu per satu)"
    )
    parser.add_argument("--sizes", metavar="N,N", help="ukuran yang dicoba, misalnya 1000,10000")
    parser.add_argument("--quick", action="store_true", help="hanya ukuran terkecil")
    parser.add_argument("--port", type=whole, default=8181, help="porta untuk percobaan; porta berikutnya dipakai juga")
    json_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measures one thing after the other; demo databases are kept under var/bench for the next time."""
    chosen = args.what or list(PROGRAMS)
    if unknown := [name for name in chosen if name not in PROGRAMS]:
        raise CliError(f"“{unknown[0]}” tidak dikenal.", f"Pilih: {', '.join(PROGRAMS)}.")
    sizes = _sizes(args.sizes)
    os.environ["TERANG_BENCH_PORT"] = str(args.port)
    programs = {name: _program(name) for name in chosen}
    results: dict[str, Any] = {}
    for name, program in programs.items():
        if not args.json:
            print(f"\n{program.TITLE}\n{machine()}", flush=True)
        before = machine_facts()
        rows = _measure(program, sizes or (program.QUICK if args.quick else program.SIZES))
        results[name] = {"machine": before, "rows": rows}
        if not args.json:
            print(report(program, rows), flush=True)
    if args.json:
        print(json.dumps(results, ensure_ascii=False))
    return 0


def _sizes(text: str | None) -> tuple[int, ...]:
    if text is None:
        return ()
    parts = text.replace("_", "").split(",")
    if not all(part.isascii() and part.isdigit() and 0 < int(part) <= 20_000_000 for part in parts):
        raise CliError(f"Ukuran “{text}” tidak dapat dibaca.", "Contoh: --sizes 1000,10000")
    return tuple(map(int, parts))


def _program(name: str) -> ModuleType:
    """A program of the clone. An installed package does not carry them."""
    if not (FOLDER / f"{PROGRAMS[name]}.py").exists():
        raise CliError("Program pengukuran tidak ada di sini.", "Jalankan ./terang bench dari salinan sumber Terang.")
    if str(FOLDER) not in sys.path:
        sys.path.insert(0, str(FOLDER))
    return importlib.import_module(PROGRAMS[name])


def _measure(program: ModuleType, sizes: Iterable[int]) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = program.run(sizes)
    except RuntimeError as error:
        raise CliError("Pengukuran gagal.", str(error)) from error
    return rows


def machine_facts() -> dict[str, Any]:
    """What figures depend on: cores, Python, system, and how busy the machine is with other things."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = [round(each, 2) for each in os.getloadavg()]
    return {"cores": cores, "python": platform.python_version(), "system": platform.platform(), "load": load}


def machine() -> str:
    """The facts in a line; a remark where others keep the machine busy."""
    facts = machine_facts()
    if facts["load"][0] > facts["cores"] / 2:
        remark("komputer ini sedang sibuk; waktu jam lebih panjang daripada semestinya.")
    load = " ".join(f"{each:g}".replace(".", ",") for each in facts["load"])
    return f"{facts['cores']} inti, Python {facts['python']}, {facts['system']}, beban {load}"


def report(program: ModuleType, rows: Sequence[Row]) -> str:
    """The rows as tables, one for each set of columns, then what every column means."""
    compared = with_ratio(rows, *program.RATIO) if hasattr(program, "RATIO") else rows
    kinds: dict[tuple[str, ...], list[Row]] = {}
    for row in compared:
        kinds.setdefault(tuple(row), []).append(row)
    tables = "\n\n".join(table(columns, members) for columns, members in kinds.items())
    meanings = "\n".join(
        f"  {name:<18} {text}" for name, text in program.COLUMNS.items() if any(name in r for r in rows)
    )
    return f"\n{tables}\n\n{meanings}"


def with_ratio(rows: Sequence[Row], key: str, column: str) -> list[Row]:
    """Adds how often a figure is that of the first row with the same key."""
    first: dict[Any, float] = {}
    compared: list[Row] = []
    for row in rows:
        base = first.setdefault(row[key], row[column])
        compared.append({**row, "ratio": round(row[column] / base, 2) if base else None})
    return compared


def table(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Plain text: words to the left, numbers to the right."""
    lines = [list(columns), *([_shown(row[name]) for name in columns] for row in rows)]
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    words = [isinstance(rows[0][name], str) for name in columns]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if word else cell.rjust(width)
            for cell, width, word in zip(line, widths, words, strict=True)
        ).rstrip()
        for line in lines
    )


def _shown(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,}".replace(",", " ").replace(".", ",")
    return str(value)
