"""`terang policy check FILE`: is this policy sound, and if not, what exactly is wrong where.

`terang policy replay FILE`: what it would have given on a time that has passed.
`terang policy diff LAMA BARU`: what is different between two policies, in plain words.
"""

import argparse
from dataclasses import asdict
from pathlib import Path

from terang.cli import policy_replay
from terang.cli.output import CliError, answer, complain, json_option
from terang.rules.policies import PRESETS, Policy, PolicyError, changes, digest, load_policy, load_preset
from terang.rules.policies.problems import basis_points

NAME = "policy"
HELP = "periksa dan bandingkan kebijakan pengukuran pemerintah daerah, atau coba pada bukti waktu lalu"
_CHECK = "Apakah kebijakan ini dapat dipakai? Bila belum, setiap masalah disebut tempatnya dan cara memperbaikinya."
_DIFF = "Apa yang berbeda antara dua kebijakan, satu kalimat untuk setiap perbedaan."


def configure(parser: argparse.ArgumentParser) -> None:
    choices = parser.add_subparsers(title="tindakan", metavar="TINDAKAN", required=True)
    kinds = f"berkas TOML atau JSON, atau salah satu contoh: {', '.join(PRESETS)}"
    check = choices.add_parser("check", help="periksa satu berkas kebijakan", description=_CHECK)
    check.add_argument("file", metavar="FILE", help=kinds)
    policy_replay.configure(choices.add_parser("replay", help="coba pada bukti waktu lalu tanpa mengubah nilai"))
    json_option(check)
    check.set_defaults(run=_run_check)
    diff = choices.add_parser("diff", help="bandingkan dua kebijakan dalam kata-kata", description=_DIFF)
    diff.add_argument("old", metavar="LAMA", help=kinds)
    diff.add_argument("new", metavar="BARU", help=kinds)
    json_option(diff)
    diff.set_defaults(run=_run_diff)


def run(args: argparse.Namespace) -> int:
    """Never reached by itself: an action is required."""
    raise CliError("Sebutkan tindakannya.", "Lihat: terang policy --help")


def _run_check(args: argparse.Namespace) -> int:
    try:
        policy = _load(args.file)
    except PolicyError as error:
        return _refuse(args, args.file, error)
    payload = {
        "ok": True,
        "code": policy.code,
        "version": policy.version,
        "valid_from": policy.valid_from.isoformat(),
        "digest": digest(policy),
        "problems": [],
    }
    answer(args, payload, _summary(policy))
    return 0


def _run_diff(args: argparse.Namespace) -> int:
    policies = []
    for name in (args.old, args.new):
        try:
            policies.append(_load(name))
        except PolicyError as error:
            return _refuse(args, name, error)
    found = changes(*policies)
    rows = [
        {"kind": each.kind, "path": each.path, "sentence": each.sentence(), "before": each.before, "after": each.after}
        for each in found
    ]
    same = "Tidak ada perbedaan: keduanya menilai semua orang sama."
    answer(args, {"ok": True, "changes": rows}, "\n".join(each.sentence() for each in found) or same)
    return 0


def _load(name: str) -> Policy:
    try:
        return load_preset(name) if name in PRESETS and not Path(name).exists() else load_policy(Path(name))
    except UnicodeDecodeError as error:
        raise CliError(f"Berkas {name} bukan teks UTF-8.", "Simpan ulang sebagai UTF-8.") from error


def _refuse(args: argparse.Namespace, name: str, error: PolicyError) -> int:
    complain(f"Kebijakan {name} belum dapat dipakai: {len(error.problems)} masalah.")
    if args.json:
        answer(args, {"ok": False, "problems": [asdict(problem) for problem in error.problems]}, "")
        return 1
    for problem in error.problems:
        complain(f"{problem.path}: {problem.message}", problem.hint)
    return 1


def _summary(policy: Policy) -> str:
    lines = [f"Kebijakan sah: {policy.title} (versi {policy.version}, berlaku sejak {policy.valid_from.isoformat()})."]
    lines += [f"- {aspect.label}: {basis_points(aspect.weight_bp)}" for aspect in policy.aspects]
    lines += [f"- Varian {each.label}: rumpun {', '.join(each.applies_to)}" for each in policy.variants]
    return "\n".join([*lines, f"Sidik: {digest(policy)}"])
