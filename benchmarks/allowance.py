"""Allowance slips from a plain table: reading 20,000 rows, computing their ledgers, writing them as JSON.

python benchmarks/allowance.py 20000
"""

import csv
import json
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from terang.cli.allowance_file import read_facts
from terang.rules.allowance import AllowanceRule, compute, load_rule_preset

TITLE = "Tunjangan: dari tabel fakta sampai slip dengan setiap langkahnya (target: 20.000 slip di bawah 30 detik)"
SIZES = (1_000, 20_000)
QUICK = (1_000,)
COLUMNS = {
    "rule": "aturan",
    "slips": "banyak slip",
    "rows": "baris pada semua slip",
    "read_s": "membaca tabel CSV, detik",
    "compute_s": "menghitung, detik",
    "write_s": "menulis JSON, detik",
    "total_s": "semuanya, detik",
    "cpu_s": "waktu prosesor untuk semuanya, detik (tidak bergantung pada kesibukan komputer)",
}
RULES = ("tulang_bawang", "kotawaringin_barat", "banjarmasin", "semarang")
MONTH = date(2026, 10, 1)


def run(sizes: Iterable[int] = SIZES) -> list[dict[str, Any]]:
    """One row per size and rule."""
    return [measured(load_rule_preset(code), size) for size in sizes for code in RULES]


def measured(rule: AllowanceRule, size: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="terang-bench-") as folder:
        path = Path(folder) / "fakta.csv"
        _write(path, rule, size)
        marks, busy = [time.perf_counter()], time.process_time()
        rows = read_facts(path, rule.facts(), MONTH)
        marks.append(time.perf_counter())
        ledgers = [compute(rule, row.facts, row.month) for row in rows]
        marks.append(time.perf_counter())
        (Path(folder) / "slip.json").write_text(json.dumps([each.as_json() for each in ledgers]), encoding="utf-8")
        marks.append(time.perf_counter())
        busy = time.process_time() - busy
    read, computed, written = (round(b - a, 2) for a, b in pairwise(marks))
    figures = {
        "read_s": read,
        "compute_s": computed,
        "write_s": written,
        "total_s": round(marks[-1] - marks[0], 2),
        "cpu_s": round(busy, 2),
    }
    return {"rule": rule.code, "slips": size, "rows": sum(len(each.rows) for each in ledgers), **figures}


def _write(path: Path, rule: AllowanceRule, size: int) -> None:
    dice = Random(2026)  # noqa: S311 (made-up people)
    specs = rule.facts()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["nip", *(spec.column for spec in specs)])
        for number in range(size):
            writer.writerow([f"{200001012024040000 + number}", *(_cell(spec.code, spec.unit, dice) for spec in specs)])


def _cell(code: str, unit: str, dice: Random) -> str:
    fixed = {"employment": "pns", "rank": dice.choice(("II/c", "III/b", "IV/a")), "ptkp": "K/1", "state": "aktif"}
    fixed |= {"basic_idr": str(dice.randrange(2_000_000, 15_000_000)), "salary_idr": "5000000", "work_days": "22"}
    fixed |= {"salary_insurance_idr": "50000", "class": "9", "acting_class": "", "submitted_day": "3"}
    numbers = {"share": str(dice.randrange(70, 101)), "minutes": str(dice.randrange(5_500, 7_500))}
    numbers |= {"days": str(dice.choice((0, 0, 0, 1, 2)))}
    return fixed.get(code, numbers.get(unit, ""))


if __name__ == "__main__":
    for row in run([int(each) for each in sys.argv[1:]] or SIZES):
        print(row, flush=True)
