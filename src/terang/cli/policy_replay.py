"""`terang policy replay FILE`: what a policy would have given on a time that has passed; nothing changes."""

import argparse
import time
import uuid
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from terang.cli.django import start_django
from terang.cli.evaluate import load
from terang.cli.output import CliError, answer, json_option, remark
from terang.rules.policies import PRESETS, Policy
from terang.rules.policies.knobs import KnobError, groups, limits, turned

if TYPE_CHECKING:
    from terang.engine.replay import Comparison
    from terang.evaluation.replay.models import EvidenceCopy
    from terang.evaluation.replay.spans import Stretch
    from terang.registry.organization.models import Agency

WAIT_SECONDS = 0.5
"""How often is looked where the worker copies the evidence already."""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help=f"berkas TOML yang dicoba, atau contoh: {', '.join(PRESETS)}")
    parser.add_argument("--agency", metavar="KODE", help="kode wilayah instansi, misalnya 73.71")
    parser.add_argument(
        "--time",
        default="12-bulan",
        metavar="WAKTU",
        help="12-bulan (bawaan), tahun-lalu, atau hari pertama sebuah periode, misalnya 2026-10-01",
    )
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAMA=PERSEN",
        help="geser satu angka, misalnya w..hasil=45 atau standard=70; dapat diulang",
    )
    parser.add_argument("--lock", action="append", default=[], metavar="NAMA", help="bobot yang tidak menyesuaikan")
    json_option(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the counts. Exit code 1 where the policy, the time or a number cannot be used."""
    tried = load(args.file)
    policy = _turned(tried, args)
    start_django()
    from terang.engine.replay import compare
    from terang.evaluation.policies import rules_of
    from terang.evaluation.replay.folders import folder_of

    agency = _agency(args.agency)
    copy = _copy(agency, _stretch(agency, args.time), tried)
    found = compare(folder_of(copy), rules_of(copy.policy), policy, copy.ruleset)
    answer(args, _payload(copy, found), _text(copy, found))
    return 0


def _turned(policy: Policy, args: argparse.Namespace) -> Policy:
    known = {group.knob(code) for group in groups(policy) for code in group.values_bp} | set(limits(policy))
    wanted = dict(_number(each, known) for each in args.set)
    if unknown := [name for name in args.lock if name not in known]:
        raise CliError(f"“{unknown[0]}” tidak dikenal.", f"Yang dapat dikunci: {', '.join(sorted(known))}.")
    try:
        return turned(policy, wanted, args.lock)
    except KnobError as error:
        raise CliError(str(error.sentence)) from error


def _number(text: str, known: set[str]) -> tuple[str, int]:
    name, _, number = text.partition("=")
    if name not in known:
        raise CliError(f"“{name}” tidak dikenal.", f"Yang dapat digeser: {', '.join(sorted(known))}.")
    whole, _, rest = number.replace(",", ".").partition(".")
    digits = f"{whole}{rest:0<2}"
    if not digits.isascii() or not digits.isdigit() or len(rest) > 2 or int(digits) > 12_000:
        raise CliError(f"“{number}” bukan persen.", "Tulis misalnya 45 atau 37,5.")
    return name, int(digits)


def _agency(code: str | None) -> "Agency":
    from terang.registry.organization.models import Agency

    found = list(Agency.objects.filter(code=code) if code else Agency.objects.all()[:2])
    if len(found) == 1:
        return found[0]
    raise CliError(
        f"Instansi {code} tidak ada." if code else "Sebutkan instansinya.", "Tambahkan --agency, misalnya 73.71."
    )


def _stretch(agency: "Agency", asked: str) -> "Stretch":
    from terang.evaluation.replay.spans import stretches
    from terang.registry.organization.calendars import local_today

    known = stretches(agency, local_today(agency))
    for each in known:
        if asked in (each.code, each.start.isoformat() if each.period else ""):
            return each
    days = ", ".join(each.start.isoformat() for each in known if each.period)
    raise CliError(f"Waktu “{asked}” tidak dikenal.", f"Pilih 12-bulan, tahun-lalu, atau salah satu: {days}.")


def _copy(agency: "Agency", stretch: "Stretch", tried: Policy) -> "EvidenceCopy":
    """The evidence of that time, copied here and now where the worker has not done it yet."""
    from django.utils import timezone
    from tqdm import tqdm

    from terang.evaluation.replay.models import CopyState, Source
    from terang.evaluation.replay.services import prepare, start_replay
    from terang.evaluation.replay.states import RUNNING, is_stalled

    replay = start_replay(
        actor=None, agency=agency, stretch=stretch, policy=tried, source=Source.PASTED, form_key=uuid.uuid4()
    )
    if replay is None:
        raise CliError("Instansi ini belum punya kebijakan untuk dibandingkan.")
    with tqdm(desc="Menyalin bukti", unit="orang", delay=2, leave=False) as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        copy = prepare(copy=replay.copy, progress=tell)
        while copy.state in RUNNING and not is_stalled(copy, timezone.now()):
            time.sleep(WAIT_SECONDS)
            copy.refresh_from_db()
            tell(copy.done, copy.total)
    if copy.state != CopyState.READY:
        raise CliError("Bukti waktu ini gagal disalin.", "Coba lagi; bila tetap gagal, periksa catatan pekerja latar.")
    if not copy.people:
        raise CliError("Pada waktu ini tidak ada orang yang dinilai.", "Pilih waktu lain dengan --time.")
    if copy.compared != copy.same:
        remark(f"{copy.compared - copy.same} nilai resmi berbeda: buktinya berubah sesudah nilai itu dihitung.")
    return copy


def _payload(copy: "EvidenceCopy", found: "Comparison") -> dict[str, Any]:
    return {
        "start": copy.starts_on.isoformat(),
        "end": copy.last_day.isoformat(),
        "compared_with_version": copy.policy.version,
        "official_scores": copy.compared,
        "official_scores_same": copy.same,
        **asdict(found.whole),
        "mean_before_bp": found.whole.mean_before_bp,
        "mean_after_bp": found.whole.mean_after_bp,
        "histogram": [list(pair) for pair in found.histogram()],
        "work_result": {f"{before}>{after}": count for (before, after), count in sorted(found.crossed("work").items())},
        "behaviour": {
            f"{before}>{after}": count for (before, after), count in sorted(found.crossed("behaviour").items())
        },
    }


def _text(copy: "EvidenceCopy", found: "Comparison") -> str:
    whole = found.whole
    span = f"{copy.starts_on.isoformat()} sampai {copy.last_day.isoformat()}"
    return "\n".join(
        [
            f"{span}, dibandingkan dengan versi {copy.policy.version}: {whole.people} orang.",
            f"- naik kelas {whole.up}, turun kelas {whole.down}, tetap {whole.stayed}",
            f"- kini berkelas {whole.appeared}, tanpa kelas lagi {whole.vanished}",
            f"- di bawah standar {whole.below_before} → {whole.below_after}",
            f"- nilai naik {whole.better}, turun {whole.worse}",
            f"- nilai resmi terulang sampai angka terakhir: {copy.same} dari {copy.compared}",
        ]
    )
