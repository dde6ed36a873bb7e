"""`terang evaluate`: from a folder of evidence and a policy to scored Parquet, for ten people or for all of them.

The totals go to --out; components and measures, which say why, go where --components and --measures say. Each file
appears whole or not at all.
"""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from terang.cli.output import CliError, answer, complain, json_option, one_of
from terang.rules.policies import PRESETS, Policy, PolicyError, load_policy, load_preset

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
    try:
        summary = _evaluated(args, policy, outputs, _months(args.period))
    except EvidenceError as error:
        complain(f"Bukti di {args.evidence} belum dapat dipakai: {len(error.problems)} masalah.")
        for problem in error.problems:
            complain(problem)
        return 1
    except EngineUnavailableError as error:
        raise CliError(str(error)) from error
    answer(
        args, {"policy": policy.code, "engine": args.engine, "out": str(args.out), **asdict(summary)}, _text(summary)
    )
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
