"""`terang check`: whether settings and installation are sound; with --deploy, whether people may rely on them."""

import argparse
from typing import Any

from terang.cli.django import start_django
from terang.cli.output import answer, json_option

NAME = "check"
HELP = "memeriksa pengaturan; dengan --deploy juga keamanan pemasangan"
LEVELS = {"error": "BAHAYA", "warning": "Perhatian", "info": "Catatan"}


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--deploy", action="store_true", help="periksa juga apakah aman dipakai orang banyak")
    parser.add_argument("--errors", action="store_true", help="hanya yang berbahaya, seperti saat terang serve mulai")
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """Exit code 1 where something is dangerous; warnings alone give 0."""
    start_django()
    found = [_payload(message) for message in _messages(args.deploy)]
    if args.errors:
        found = [each for each in found if each["level"] == "error"]
    bad = sum(each["level"] == "error" for each in found)
    answer(args, {"ok": not bad, "findings": found}, _words(found, bad))
    return 1 if bad else 0


def _messages(deploy: bool) -> list[Any]:
    from django.core import checks

    messages = checks.run_checks(include_deployment_checks=deploy)
    return sorted((each for each in messages if not each.is_silenced()), key=lambda each: -each.level)


def _payload(message: Any) -> dict[str, str]:
    from django.core import checks

    level = "error" if message.level >= checks.ERROR else "warning" if message.level >= checks.WARNING else "info"
    return {"level": level, "id": message.id or "", "what": str(message.msg), "advice": str(message.hint or "")}


def _words(found: list[dict[str, str]], bad: int) -> str:
    if not found:
        return "Tidak ada yang perlu diperbaiki."
    lines = []
    for each in found:
        lines.append(f"{LEVELS[each['level']]} ({each['id']}): {each['what']}")
        if each["advice"]:
            lines.append(f"    → {each['advice']}")
    lines.append(f"{bad} berbahaya, {len(found) - bad} perlu perhatian.")
    return "\n".join(lines)
