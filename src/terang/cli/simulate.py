"""`terang simulate evidence`: invented evidence of any size, to try policies and to measure speed."""

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from terang.cli.evaluate import load
from terang.cli.output import CliError, answer, json_option, whole
from terang.rules.policies import PRESETS

if TYPE_CHECKING:
    from tqdm import tqdm

NAME = "simulate"
HELP = "buat bukti rekaan untuk uji coba dan uji beban"

MOST_EMPLOYEES = 20_000_000
MOST_MONTHS = 120


def configure(parser: argparse.ArgumentParser) -> None:
    choices = parser.add_subparsers(title="yang dibuat", metavar="YANG_DIBUAT", required=True)
    evidence = choices.add_parser("evidence", help="folder bukti berisi berkas Parquet", description=__doc__)
    evidence.add_argument("--employees", type=whole, required=True, metavar="N", help="banyak pegawai")
    evidence.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder baru atau kosong")
    evidence.add_argument("--seed", type=whole, default=1, metavar="N", help="benih: angka sama, bukti sama (bawaan 1)")
    evidence.add_argument("--months", type=whole, default=12, metavar="N", help="banyak bulan (bawaan 12)")
    evidence.add_argument(
        "--policy",
        default="makassar",
        metavar="FILE",
        help=f"instrumen penilaian diambil dari sini: {', '.join(PRESETS)}",
    )
    json_option(evidence)
    evidence.set_defaults(run=_run_evidence)


def run(args: argparse.Namespace) -> int:
    """Never reached by itself: what to make is required."""
    raise CliError("Sebutkan yang dibuat.", "Lihat: terang simulate --help")


def _run_evidence(args: argparse.Namespace) -> int:
    from tqdm import tqdm

    from terang.engine.simulation import Plan, write_evidence

    _check(args)
    aspects = [aspect.code for instrument in load(args.policy).instruments for aspect in instrument.aspects]
    plan = Plan(args.employees, args.seed, args.months, tuple(dict.fromkeys(aspects)))
    was_there = args.out.exists()
    with tqdm(total=args.employees, unit=" pegawai", desc="Membuat bukti", delay=2, leave=False) as bar:
        try:
            rows = write_evidence(plan, args.out, lambda done, _: _advance(bar, done))
        except FileExistsError as error:
            raise CliError(f"Folder {args.out} tidak kosong.", "Sebutkan folder baru.") from error
        except BaseException:
            _clear(args.out, was_there)
            raise
    payload = {
        "employees": args.employees,
        "months": args.months,
        "seed": args.seed,
        "rows": rows,
        "out": str(args.out),
    }
    answer(args, payload, f"{args.employees} pegawai, {args.months} bulan, {rows} baris bukti di {args.out}.")
    return 0


def _check(args: argparse.Namespace) -> None:
    if not 1 <= args.employees <= MOST_EMPLOYEES:
        raise CliError(f"Banyak pegawai harus 1 sampai {MOST_EMPLOYEES}.")
    if not 1 <= args.months <= MOST_MONTHS:
        raise CliError(f"Banyak bulan harus 1 sampai {MOST_MONTHS}.")
    if not 0 <= args.seed < 2**31:
        raise CliError("Benih harus bilangan dari 0 sampai 2147483647.")
    if args.out.exists() and not args.out.is_dir():
        raise CliError(f"{args.out} adalah berkas, bukan folder.", "Sebutkan folder baru.")


def _clear(out: Path, was_there: bool) -> None:
    """An evidence folder that was not finished must not be mistaken for one."""
    for path in out.iterdir():
        shutil.rmtree(path)
    if not was_there:
        out.rmdir()


def _advance(bar: "tqdm[NoReturn]", done: int) -> None:
    bar.update(done - bar.n)
