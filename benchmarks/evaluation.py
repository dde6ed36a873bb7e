"""Evaluation of 10 thousand to 4.7 million employees with a year of evidence: time, memory, and the bare scan.

The bare scan reads the same columns of the same files and sums them per employee, range by range, as a lower limit of
what any evaluation must do; it joins nothing and writes nothing. It takes one step after the other, while an
evaluation reads the next range as it works on one: that shows on the clock and not in the seconds of the processor,
which stand beside it and alone can be compared on a busy machine. Each measurement runs in a process of its own, so
that its peak memory is its own.

    python benchmarks/evaluation.py 10000 1000000
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl

from terang.engine import Outputs, evaluate_files, evaluate_rows
from terang.engine.files import RangeReader, employee_ranges, find_evidence
from terang.engine.simulation import Plan, simulated, write_evidence
from terang.rules.layout import lay_out
from terang.rules.policies import Policy, load_preset
from terang.rules.tables import EVIDENCE_TABLES

TITLE = "Evaluasi satu tahun bukti dari Parquet"
SIZES = (10_000, 1_000_000, 4_700_000)
QUICK = (10_000,)
COLUMNS = {
    "employees": "banyak pegawai (baris pertama: kelompok kecil jalur langsung)",
    "evidence_rows": "baris bukti",
    "live_median_ms": "menghitung kelompok itu di memori, nilai tengah, milidetik",
    "evidence_mib": "ukuran berkas bukti, MiB",
    "make_s": "membuat bukti rekaan, detik",
    "bare_scan_s": "batas bawah: membaca kolom yang sama dan menjumlahkannya per pegawai, detik",
    "totals_s": "evaluasi dengan nilai akhir saja, detik (target 4,7 juta: di bawah 60)",
    "with_components_s": "evaluasi dengan rincian tiap ukuran, detik",
    "peak_mib": "puncak memori evaluasi, MiB",
    "ratio_to_scan": "totals_s dibanding bare_scan_s (target: di bawah 2)",
    "bare_scan_cpu_s": "waktu prosesor batas bawah, detik",
    "totals_cpu_s": "waktu prosesor evaluasi, detik",
    "ratio_cpu": "perbandingan waktu prosesor: tidak terganggu oleh beban lain",
}
POLICY = "makassar"
REPEATS = 3
"""Odd, for a median; the first run also fetches the files that were just written."""

MICRO_BATCH = 50
MEBI = 1024


def run(sizes: Iterable[int] = SIZES) -> list[dict[str, Any]]:
    """One row per size, and one for the micro-batch of the live path. Evidence is made in a temporary folder."""
    rows = [_micro_batch()]
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="terang-bench-") as folder:
            rows.append(_measured(size, Path(folder)))
    return rows


def _measured(size: int, folder: Path) -> dict[str, Any]:
    begun = time.perf_counter()
    evidence_rows = write_evidence(_plan(size), folder / "evidence")
    making = time.perf_counter() - begun
    scan, totals, explained = (_median_of(what, folder) for what in ("scan", "totals", "explained"))
    return {
        "employees": size,
        "evidence_rows": evidence_rows,
        "evidence_mib": sum(path.stat().st_size for path in folder.rglob("*.parquet")) // MEBI**2,
        "make_s": round(making, 1),
        "bare_scan_s": scan["seconds"],
        "totals_s": totals["seconds"],
        "with_components_s": explained["seconds"],
        "peak_mib": totals["peak_mib"],
        "ratio_to_scan": round(totals["seconds"] / scan["seconds"], 2),
        "bare_scan_cpu_s": scan["cpu_s"],
        "totals_cpu_s": totals["cpu_s"],
        "ratio_cpu": round(totals["cpu_s"] / scan["cpu_s"], 2),
    }


def _plan(size: int) -> Plan:
    return Plan(size, aspects=tuple(aspect.code for aspect in _policy().instruments[0].aspects))


def _policy() -> Policy:
    return load_preset(POLICY)


def _median_of(what: str, folder: Path) -> dict[str, Any]:
    """The run with the median time."""
    runs = sorted((_in_own_process(what, folder) for _ in range(REPEATS)), key=lambda one: one["seconds"])
    return runs[REPEATS // 2]


def _in_own_process(what: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, __file__, "--one", what, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _one(what: str, folder: Path) -> None:
    begun, begun_cpu = time.perf_counter(), time.process_time()
    if what == "scan":
        bare_scan(folder / "evidence", _policy())
    else:
        components = folder / "components.parquet" if what == "explained" else None
        evaluate_files(folder / "evidence", _policy(), Outputs(folder / "totals.parquet", components))
    seconds = time.perf_counter() - begun
    cpu = time.process_time() - begun_cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEBI
    print(json.dumps({"seconds": round(seconds, 2), "cpu_s": round(cpu, 2), "peak_mib": peak}))


def bare_scan(evidence: Path, policy: Policy) -> int:
    """Reads what the policy needs and sums every number per employee or unit; returns the groups."""
    files = find_evidence(evidence)
    reader = RangeReader(files, lay_out(policy).tables)
    groups = 0
    for employees in employee_ranges(files):
        for name, frame in reader.read(employees).items():
            by = EVIDENCE_TABLES[name].names[0]
            groups += frame.lazy().group_by(by).agg(pl.col(pl.Int64).sum()).collect().height
    return groups


def _micro_batch() -> dict[str, Any]:
    rows = {name: frame.rows() for name, frame in simulated(_plan(MICRO_BATCH), 1, MICRO_BATCH)}
    policy = _policy()
    evaluate_rows(rows, policy)
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        evaluate_rows(rows, policy)
        times.append(time.perf_counter() - begun)
    return {
        "employees": MICRO_BATCH,
        "evidence_rows": sum(map(len, rows.values())),
        "live_median_ms": round(sorted(times)[len(times) // 2] * 1000, 1),
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _one(sys.argv[2], Path(sys.argv[3]))
    else:
        for row in run([int(each) for each in sys.argv[1:]] or SIZES):
            print(row)
