"""`terang rules …`: one national rule at a time, for a question at the counter or a program that asks."""

import argparse

from terang.cli.output import CliError, answer, day, json_option, remark, whole
from terang.rules.predicate import employee_predicate
from terang.rules.regulations import credit as credit_rule
from terang.rules.regulations.distribution import check_distribution, counts_from_sequence
from terang.rules.regulations.quadrant import quadrant
from terang.rules.regulations.sample_size import sample_size
from terang.rules.regulations.words import LABELS
from terang.rules.regulations.working_days import MONDAY_TO_FRIDAY, MONDAY_TO_SATURDAY, deadline, national_calendar

NAME = "rules"
HELP = "aturan nasional: predikat, distribusi, angka kredit, tenggat, jumlah responden"
_LONGEST_COUNT = 9


def configure(parser: argparse.ArgumentParser) -> None:
    choices = parser.add_subparsers(title="aturan", metavar="ATURAN", required=True)
    for name, help_text, configure_one, run_one in _RULES:
        child = choices.add_parser(name, help=help_text, description=help_text)
        configure_one(child)
        json_option(child)
        child.set_defaults(run=run_one)


def run(args: argparse.Namespace) -> int:
    """Never reached by itself: one of the rules below is required."""
    raise CliError("Sebutkan aturan yang ditanyakan.", "Lihat: terang rules --help")


def _configure_predicate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--work-result", required=True, metavar="RATING", help="above, meets, atau below")
    parser.add_argument("--behaviour", required=True, metavar="RATING", help="above, meets, atau below")
    parser.add_argument("--organisation", metavar="PREDIKAT", help="predikat organisasi, bila ingin penjelasan lengkap")
    parser.add_argument("--on", type=day, metavar="TANGGAL", help="aturan yang berlaku pada tanggal ini")


def _run_predicate(args: argparse.Namespace) -> int:
    code = quadrant(args.work_result, args.behaviour, args.on)
    text = LABELS[code]
    if args.organisation is not None:
        text = employee_predicate(args.work_result, args.behaviour, organisation=args.organisation, on=args.on).reason
    answer(args, {"predicate": code}, text)
    return 0


def _configure_distribution(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--organisation", required=True, metavar="PREDIKAT", help="istimewa, baik, butuh_perbaikan, …")
    parser.add_argument("--counts", required=True, metavar="SB,B,BP,K,SK", help="jumlah orang per predikat")
    parser.add_argument("--on", type=day, metavar="TANGGAL", help="aturan yang berlaku pada tanggal ini")


def _run_distribution(args: argparse.Namespace) -> int:
    parts = [part.strip() for part in args.counts.split(",")]
    if not all(part.removeprefix("-").isdecimal() and len(part) <= _LONGEST_COUNT for part in parts):
        raise CliError(f"“{args.counts}” bukan lima bilangan bulat.", "Tulis SB,B,BP,K,SK, misalnya 5,14,1,0,0.")
    check = check_distribution(args.organisation, counts_from_sequence([int(part) for part in parts]), args.on)
    text = "Sesuai pola." if check.ok else "Perlu alasan:\n" + "\n".join(f"- {each}" for each in check.warnings)
    answer(args, {"ok": check.ok, "warnings": list(check.warnings)}, text)
    return 0


def _configure_credit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--level", required=True, metavar="JENJANG", help="misalnya ahli_pertama")
    parser.add_argument("--predicate", required=True, metavar="PREDIKAT", help="misalnya baik")
    parser.add_argument("--months", type=whole, default=12, metavar="N", help="lama dalam bulan, 1 sampai 12")


def _run_credit(args: argparse.Namespace) -> int:
    amount = credit_rule.credit(args.level, args.predicate, args.months)
    answer(args, {"credit": str(amount)}, f"Angka kredit: {amount}".replace(".", ","))
    return 0


def _configure_deadline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", required=True, type=day, dest="start", metavar="TANGGAL", help="hari kejadian")
    parser.add_argument("--working-days", required=True, type=whole, metavar="N", help="tenggat dalam hari kerja")
    parser.add_argument("--holiday", type=day, action="append", default=[], metavar="TANGGAL", help="libur setempat")
    parser.add_argument("--six-day-week", action="store_true", help="Sabtu juga hari kerja")


def _run_deadline(args: argparse.Namespace) -> int:
    calendar = national_calendar(args.holiday, MONDAY_TO_SATURDAY if args.six_day_week else MONDAY_TO_FRIDAY)
    due = deadline(args.start, args.working_days, calendar)
    for year in calendar.unknown_years(args.start, due):
        remark(f"hari libur {year} belum ada dalam data, jadi hanya hari libur mingguan yang dilewati.")
    answer(args, {"due": due.isoformat()}, f"Hari terakhir: {due.isoformat()}")
    return 0


def _configure_sample_size(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--population", required=True, type=whole, metavar="N", help="jumlah penerima layanan")


def _run_sample_size(args: argparse.Namespace) -> int:
    sample = sample_size(args.population)
    answer(args, {"sample": sample}, f"Jumlah responden: {sample}")
    return 0


_RULES = (
    ("predicate", "predikat pegawai dari dua rating (kuadran)", _configure_predicate, _run_predicate),
    ("distribution", "pola distribusi predikat satu unit", _configure_distribution, _run_distribution),
    ("credit", "angka kredit jabatan fungsional", _configure_credit, _run_credit),
    ("deadline", "tenggat dalam hari kerja", _configure_deadline, _run_deadline),
    ("sample-size", "jumlah responden survei kepuasan", _configure_sample_size, _run_sample_size),
)
