"""What every command shares: the refusal, the answer on stdout (words or JSON), and a parser that speaks Indonesian."""

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NoReturn


class CliError(Exception):
    """A refusal: what is wrong and what to do, as Indonesian sentences. The command ends with exit code 1."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message} {hint}".strip())


class IndonesianParser(argparse.ArgumentParser):
    """An argument parser whose refusals are plain Indonesian. Child parsers are of the same kind."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False)
        self._positionals.title = "yang diisi"
        self._optionals.title = "pilihan"
        self.add_argument("-h", "--help", action="help", help="tampilkan cara pakai ini")

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "cara pakai: ", 1)

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "cara pakai: ", 1)

    def error(self, message: str) -> NoReturn:
        complain(_translated(message), f"Lihat cara pakai: {self.prog} --help")
        raise SystemExit(2)


def complain(message: str, hint: str = "") -> None:
    """A refusal on stderr."""
    print(f"Galat: {message}", file=sys.stderr)
    if hint:
        print(f"       {hint}", file=sys.stderr)


def remark(message: str) -> None:
    """Something worth knowing that does not stop the command, on stderr so that stdout stays readable by programs."""
    print(f"Catatan: {message}", file=sys.stderr)


def answer(args: argparse.Namespace, payload: Mapping[str, Any], text: str) -> None:
    """The result on stdout: `payload` as one JSON object with --json, otherwise `text`."""
    print(json.dumps(payload, ensure_ascii=False) if args.json else text)


def json_option(parser: argparse.ArgumentParser) -> None:
    """Adds --json."""
    parser.add_argument("--json", action="store_true", help="jawaban sebagai JSON untuk program lain")


def day(text: str) -> date:
    """A date argument, such as 2026-03-13."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}” bukan tanggal; tulis seperti 2026-03-13") from error


def whole(text: str) -> int:
    """A whole-number argument."""
    if not re.fullmatch(r"[+-]?\d{1,12}", text):
        raise argparse.ArgumentTypeError(f"“{text}” bukan bilangan bulat")
    return int(text)


def one_of(*choices: str) -> Callable[[str], str]:
    """An argument that must be one of `choices`."""

    def check(text: str) -> str:
        if text not in choices:
            raise argparse.ArgumentTypeError(f"“{text}” tidak dikenal; pilih {', '.join(choices)}")
        return text

    return check


_TRANSLATIONS = (
    (r"the following arguments are required: (.+)", r"belum diisi: \1."),
    (r"unrecognized arguments: (.+)", r"tidak dikenal: \1."),
    (r"argument (\S+): expected one argument", r"\1 belum diberi nilai."),
    (r"argument (\S+): expected at least one argument", r"\1 belum diberi nilai."),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 tidak dapat dipakai bersama \2."),
    (r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.*)\)", r"“\2” tidak dikenal; pilih \3."),
    (r"argument (\S+): invalid \S+ value: '(.*)'", r"\1: “\2” tidak dapat dibaca."),
    (r"argument (.+?): (.+)", r"\1: \2."),
)


def _translated(message: str) -> str:
    for pattern, sentence in _TRANSLATIONS:
        if match := re.fullmatch(pattern, message):
            return match.expand(sentence)
    return message
