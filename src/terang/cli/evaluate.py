"""`terang evaluate`: from a folder of evidence and a policy to scored Parquet, for ten people or for all of them.

The totals go to --out; components and measures, which say why, go where --components and --measures say. Each file
appears whole or not at all.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from terang.cli.output import CliError, answer, complain, json_option, one_of, remark
from terang.rules.policies import PRESETS, Policy, PolicyError, load_policy, load_preset
from terang.rules.tables import EVIDENCE_TABLES

if TYPE_CHECKING:
    from terang.engine import Months, Outputs, Summary

NAME = "evaluate"
HELP = "hitung nilai dari bukti (Parquet) menurut sebuah kebijakan"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--evidence", type=Path, required=True, metavar="DIR", help="folder bukti berisi berkas Parquet"
    )
    parser.add_argument(
        "--policy", required=True, metavar="FILE", help=f"berkas kebijakan TOML, atau contoh: {', '.join(PRESETS)}"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="berkas Parquet untuk nilai total")
    parser.add_argument(
        "--components", type=Path, metavar="FILE", help="juga tulis komponen setiap nilai ke berkas ini"
    )
    parser.add_argument("--measures", type=Path, metavar="FILE", help="juga tulis setiap ukuran ke berkas ini")
    parser.add_argument("--engine", type=one_of("polars", "spark"), default="polars", help="polars (bawaan) atau spark")
    parser.add_argument("--period", metavar="YYYYMM-YYYYMM", help="hanya bulan-bulan ini, misalnya 202601-202603")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Writes the results. Refuses evidence or a policy that is not as declared, without writing anything."""
    from terang.engine import EngineUnavailableError, EvidenceError, Outputs

    policy = load(args.policy)
    outputs = Outputs(args.out, args.components, args.measures)
    check_folders(outputs)
    months = _months(args.period)
    try:
        without = _months_without_evidence(args.evidence, months) if months else []
        summary = _evaluated(args, policy, outputs, months)
    except EvidenceError as error:
        complain(f"Bukti di {args.evidence} belum dapat dipakai: {len(error.problems)} masalah.")
        for problem in error.problems:
            complain(problem)
        return 1
    except EngineUnavailableError as error:
        raise CliError(str(error)) from error
    if without:
        remark(f"Tidak ada bukti bulanan untuk {_listed(without)}; nilai hanya dari bulan-bulan lain.")
    payload = {"policy": policy.code, "engine": args.engine, "out": str(args.out), **asdict(summary)}
    answer(args, payload | {"months_without_evidence": without}, _text(summary))
    return 0


def load(name: str) -> Policy:
    """The policy in a file, or a preset by code. Raises `CliError` with every problem."""
    try:
        return load_preset(name) if name in PRESETS and not Path(name).exists() else load_policy(Path(name))
    except PolicyError as error:
        lines = "\n".join(f"  {problem.path}: {problem.message}" for problem in error.problems)
        raise CliError(
            f"Kebijakan {name} belum dapat dipakai:\n{lines}", f"Periksa: terang policy check {name}"
        ) from error
    except UnicodeDecodeError as error:
        raise CliError(f"Berkas {name} bukan teks UTF-8.", "Simpan ulang sebagai TOML berkode UTF-8.") from error


def check_folders(outputs: "Outputs") -> None:
    """Refuses to compute for minutes what could not be written in the end."""
    paths = [path for path in (outputs.totals, outputs.components, outputs.measures) if path is not None]
    for path in paths:
        if path.is_dir():
            raise CliError(f"{path} adalah folder, bukan berkas.", "Sebutkan nama berkas Parquet.")
        if not path.parent.is_dir():
            raise CliError(f"Folder {path.parent} tidak ada.", "Buat foldernya dahulu.")
    if len({path.resolve() for path in paths}) < len(paths):
        raise CliError("Nilai total, komponen, dan ukuran perlu tiga berkas yang berbeda.")


def _months(text: str | None) -> "Months | None":
    from terang.engine import Months

    if text is None:
        return None
    first, _, last = text.partition("-")
    last = last or first
    valid = all(part.isdigit() and len(part) == 6 and 1 <= int(part[4:]) <= 12 for part in (first, last))
    if not valid or int(first) > int(last):
        raise CliError(f"Periode “{text}” tidak dapat dibaca.", "Tulis bulan awal dan akhir: 202601-202603.")
    return Months(int(first), int(last))


def _months_without_evidence(directory: Path, asked: "Months") -> list[int]:
    """The months of the period in which no monthly table has a row.

    Refuses a period without any: the tables that do not name a month would then be scored as if they were of it.
    Evidence that names no month at all is taken to be of the period.
    """
    from terang.engine.files import find_evidence

    found = find_evidence(directory)
    monthly = [name for name in found.tables if "month" in EVIDENCE_TABLES[name].names]
    if not monthly:
        return []
    kept = sorted({month for name in monthly for month in found.scan(name).select("month").unique().collect()["month"]})
    without = [month for month in _each(asked) if month not in kept]
    if len(without) == len(list(_each(asked))):
        there = f"Bukti di {directory} ada untuk {_listed(kept)}." if kept else "Tabel bulanannya kosong."
        raise CliError(
            f"Tidak ada bukti untuk periode {_span(asked.first, asked.last)}; tidak ada yang dihitung.", there
        )
    return without


def _each(months: "Months") -> Iterator[int]:
    for number in range(months.first // 100 * 12 + months.first % 100 - 1, months.last // 100 * 12 + months.last % 100):
        yield number // 12 * 100 + number % 12 + 1


def _listed(months: Sequence[int]) -> str:
    """Months in words, neighbours as one span: 202601, 202602, 202605 → "202601-202602 dan 202605"."""
    spans: list[list[int]] = []
    for month in months:
        follows = spans and month in (spans[-1][1] + 1, spans[-1][1] + 89)
        spans[-1:] = [[spans[-1][0], month]] if follows else [*spans[-1:], [month, month]]
    words = [_span(first, last) for first, last in spans]
    return " dan ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _evaluated(args: argparse.Namespace, policy: Policy, outputs: "Outputs", months: "Months | None") -> "Summary":
    from tqdm import tqdm

    from terang.engine import evaluate, evaluate_files, write_result

    if args.engine == "spark":
        return write_result(evaluate(args.evidence, policy, months, "spark"), outputs)
    with tqdm(unit=" bagian", desc="Menghitung", delay=2, leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        return evaluate_files(args.evidence, policy, outputs, months, progress)


def _text(summary: "Summary") -> str:
    return (
        f"{summary.people} pegawai dihitung: {summary.complete} lengkap, {summary.partial} sebagian, "
        f"{summary.insufficient} belum cukup bukti; {summary.below_standard} di bawah standar."
    )
