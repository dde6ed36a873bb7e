"""`terang closing …`: whether frozen periods still come out the same."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from terang.cli.django import start_django
from terang.cli.output import CliError, answer, json_option, whole

if TYPE_CHECKING:
    from terang.evaluation.closing.models import Closing
    from terang.evaluation.closing.services import Comparison

NAME = "closing"
HELP = "periode yang ditutup: menghitung ulang nilai beku"
MOST_NAMED = 10


def configure(parser: argparse.ArgumentParser) -> None:
    choices = parser.add_subparsers(title="tindakan", metavar="TINDAKAN", required=True)
    check = choices.add_parser("verify", help="menghitung ulang nilai beku dari bukti yang disimpan bersamanya")
    check.add_argument("--run", dest="number", type=whole, metavar="NOMOR", help="satu pembekuan, seperti di alamatnya")
    check.add_argument("--period", metavar="NAMA", help="semua pembekuan satu periode, misalnya “Triwulan III 2026”")
    check.add_argument("--agency", metavar="KODE", help="kode wilayah instansi, misalnya 73.71")
    json_option(check)
    check.set_defaults(run=verify)


def run(args: argparse.Namespace) -> int:
    return int(args.run(args))


def verify(args: argparse.Namespace) -> int:
    """Exit code 0 where every run comes out the same, 1 where one does not or none was found. Writes nothing."""
    start_django()
    from terang.evaluation.closing.services import compare_run

    told = []
    for closing in _runs(args):
        with _bar(str(closing.period), closing.total) as progress:
            told.append((closing, compare_run(closing, progress)))
    same = all(found.is_same for _closing, found in told)
    payload = {"same": same, "runs": [_payload(closing, found) for closing, found in told]}
    answer(args, payload, "\n".join(_words(closing, found) for closing, found in told))
    return 0 if same else 1


def _runs(args: argparse.Namespace) -> "list[Closing]":
    from terang.evaluation.closing.models import Closing, ClosingState

    rows = Closing.objects.filter(state=ClosingState.DONE)
    if args.number is not None:
        rows = rows.filter(pk=args.number)
    if args.period:
        rows = rows.filter(period__name__iexact=args.period.strip())
    if args.agency:
        rows = rows.filter(period__agency__code=args.agency)
    found = list(
        rows.select_related("period__agency", "policy").order_by(
            "period__agency__code", "period__starts_on", "period_id", "number"
        )
    )
    if not found:
        raise CliError("Tidak ada pembekuan selesai yang cocok.", "Lihat halaman Penutupan periode.")
    return found


def _payload(closing: "Closing", found: "Comparison") -> dict[str, Any]:
    return {
        "run": closing.pk,
        "agency": closing.period.agency.code,
        "period": closing.period.name,
        "number": closing.number,
        "digest": closing.digest,
        "ruleset": closing.ruleset,
        **asdict(found),
        "is_same": found.is_same,
    }


def _words(closing: "Closing", found: "Comparison") -> str:
    head = f"{closing.period.agency.name}, {closing.period.name}, pembekuan {closing.number}"
    if found.is_same:
        return f"{head}: SAMA, {found.people} pegawai.\nSidik {closing.digest}"
    lines = [f"{head}: BERBEDA, hanya {found.same} dari {found.people} pegawai sama."]
    if not found.holds:
        lines.append("Sidik pembekuan tidak cocok dengan sidik pegawainya.")
    if found.otherwise:
        more = len(found.otherwise) - MOST_NAMED
        named = ", ".join(found.otherwise[:MOST_NAMED])
        lines.append(f"NIP yang berbeda: {named}{f' dan {more} lainnya' if more > 0 else ''}")
    return "\n".join(lines)


@contextmanager
def _bar(title: str, people: int) -> Iterator[Callable[[int], object]]:
    from tqdm import tqdm

    with tqdm(desc=f"Menghitung ulang {title}", total=people, unit=" orang", delay=2, leave=False) as bar:
        yield lambda done: bar.update(done - bar.n)
