"""How long an official form takes, from data to PDF, each with other data; and what it weighs.

python benchmarks/documents.py 50
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import stage

TITLE = "Formulir resmi"
SIZES = (100,)
QUICK = (20,)
COLUMNS = {
    "form": "formulir dan jumlah barisnya",
    "forms": "berapa kali dibuat, setiap kali dengan isi lain",
    "first_ms": "yang pertama dari jenisnya",
    "median_ms": "median sesudahnya (target di bawah 100)",
    "cpu_ms": "median waktu prosesor, tidak terpengaruh kesibukan lain",
    "p95_ms": "95 dari 100 tidak lebih lama",
    "kb": "ukuran berkas",
    "rss_mb": "memori proses sesudahnya",
}


def run(sizes: Iterable[int] = SIZES) -> list[dict[str, Any]]:
    """One row per form and size, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="terang-bench-") as folder:
        rows: list[dict[str, Any]] = stage.in_own_process(__file__, *map(str, sizes), folder=Path(folder))
    return rows


def _measured(sizes: Iterable[int]) -> list[dict[str, Any]]:
    return [_measure(name, make, count) for count in sizes for name, make in _forms().items()]


def _forms() -> dict[str, Callable[[int], list[Any]]]:
    from terang.reporting.documents.appraisal_sheets import Dispute, Judged, Marks, evaluation_sheet, result_sheet
    from terang.reporting.documents.codes import issued_proof
    from terang.reporting.documents.record_sheets import Recorded, Time
    from terang.reporting.documents.sheets import (
        MatrixRow,
        MatrixSplit,
        Occasion,
        Party,
        annex_sheet,
        matrix_sheet,
        plan_sheet,
    )
    from terang.rules.regulations.source import rule_set

    def occasion(n: int) -> Any:
        person = Party(f"Pegawai {n}", f"19900101202001{n:04}", "Penata, III/c", "Analis", "Bidang Uji")
        proof = issued_proof(f"{n:010}", "Versi 1", f"{n:064x}")
        return Occasion("Pemerintah Uji", date(2026, 1, 1), date(2027, 1, 1), person, person, proof=proof)

    def matrix(people: int) -> Callable[[int], list[Any]]:
        def sheets(n: int) -> list[Any]:
            cells = tuple((f"Hasil {n} dari kepala {head}",) for head in range(6))
            rows = tuple(MatrixRow(f"Pegawai {each}", "Analis", cells) for each in range(people))
            split = MatrixSplit("Kepala", "Kepala Bidang", tuple(f"IKI {head}" for head in range(6)), rows)
            return [matrix_sheet([split], occasion(n))]

        return sheets

    issued_proof("0" * 10, "Versi 1", "0" * 64)  # reads the addresses of the site, which a web process has done already
    third = Time("quarter", date(2026, 7, 1), date(2026, 10, 1))
    judged = Judged(
        organisation="baik",
        marks=Marks("below", "meets", "butuh_perbaikan"),
        notes="Pendampingan triwulan berikutnya.",
        decided_on=date(2026, 10, 20),
        superior=Party("Atasan", "197001011995011001", "Pembina, IV/a", "Kepala Dinas", "Dinas Uji"),
        pattern=rule_set("curve").values["heights"]["baik"],
        dispute=Dispute(
            date(2026, 10, 25),
            "Bukti belum dihitung.",
            "Sudah dibahas.",
            "Cukup bukti.",
            date(2026, 11, 2),
            Marks("meets", "meets", "baik"),
        ),
    )
    working = _document("ja", "kuantitatif")
    leading = replace(working, form="jpt", approach="kualitatif")
    return {
        "A.1.7, 5 RHK": lambda n: [plan_sheet(_with(working, n), occasion(n))],
        "A.1.1, 5 RHK": lambda n: [plan_sheet(_with(leading, n), occasion(n))],
        "A.1.7 + A.1.8": lambda n: [plan_sheet(_with(working, n), occasion(n)), annex_sheet(working, occasion(n))],
        "D.1.3": lambda n: [evaluation_sheet(occasion(n), third, judged)],
        "D.1.3 + C.1.3, 5 RHK": lambda n: [
            evaluation_sheet(occasion(n), third, judged),
            result_sheet(_with(working, n), Recorded(), occasion(n), third, judged),
        ],
        "A.1.5, 12 orang": matrix(12),
        "A.1.5, 300 orang": matrix(300),
    }


def _document(form: Any, approach: Any) -> Any:
    from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult

    def result(n: int) -> Any:
        indicators = tuple(
            PlannedIndicator(f"i{n}{place}", f"Jumlah layanan ke-{place} selesai", target_milli=place * 1000)
            for place in range(1, 4)
        )
        return PlannedResult(f"r{n}", f"Layanan {n} selesai tepat waktu", main=n < 5, indicators=indicators)

    return PlanDocument(approach, form, tuple(result(n) for n in range(1, 6)))


def _with(document: Any, n: int) -> Any:
    return replace(document, behaviour={"KP": f"Belajar hal baru ke-{n}"})


def _measure(name: str, make: Callable[[int], list[Any]], count: int) -> dict[str, Any]:
    from terang.reporting.documents.rendering import render

    took, busy, content = [], [], b""
    for n in range(count + 1):
        begun, worked = time.perf_counter(), time.process_time()
        content = render(make(n), title=name, author="Uji", made_on=date(2026, 1, 12))
        took.append((time.perf_counter() - begun) * 1000)
        busy.append((time.process_time() - worked) * 1000)
    return {
        "form": name,
        "forms": count,
        "first_ms": round(took[0], 1),
        "median_ms": round(stage.median(took[1:]), 1),
        "cpu_ms": round(stage.median(busy[1:]), 1),
        "p95_ms": round(stage.quantile(took[1:], 0.95), 1),
        "kb": round(len(content) / 1024),
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        stage.start_django()
        print(json.dumps(_measured([int(each) for each in sys.argv[2:]])))
    else:
        for row in run([int(each) for each in sys.argv[1:]] or SIZES):
            print(row)
