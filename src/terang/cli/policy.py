"""`terang policy check FILE`: is this policy sound, and if not, what exactly is wrong where."""

import argparse
from dataclasses import asdict
from pathlib import Path

from terang.cli.output import CliError, answer, complain, json_option
from terang.rules.policies import PRESETS, Policy, PolicyError, digest, load_policy, load_preset
from terang.rules.policies.problems import basis_points

NAME = "policy"
HELP = "periksa kebijakan pengukuran pemerintah daerah"


def configure(parser: argparse.ArgumentParser) -> None:
    choices = parser.add_subparsers(title="tindakan", metavar="TINDAKAN", required=True)
    check = choices.add_parser("check", help="periksa satu berkas kebijakan", description=__doc__)
    check.add_argument("file", metavar="FILE", help=f"berkas TOML, atau salah satu contoh: {', '.join(PRESETS)}")
    json_option(check)
    check.set_defaults(run=_run_check)


def run(args: argparse.Namespace) -> int:
    """Never reached by itself: an action is required."""
    raise CliError("Sebutkan tindakannya.", "Lihat: terang policy --help")


def _run_check(args: argparse.Namespace) -> int:
    try:
        policy = _load(args.file)
    except PolicyError as error:
        return _refuse(args, error)
    except UnicodeDecodeError as error:
        raise CliError(f"Berkas {args.file} bukan teks UTF-8.", "Simpan ulang sebagai TOML berkode UTF-8.") from error
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


def _load(name: str) -> Policy:
    return load_preset(name) if name in PRESETS and not Path(name).exists() else load_policy(Path(name))


def _refuse(args: argparse.Namespace, error: PolicyError) -> int:
    complain(f"Kebijakan {args.file} belum dapat dipakai: {len(error.problems)} masalah.")
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
