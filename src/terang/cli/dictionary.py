"""`terang dictionary check FILE`, `terang dictionary load FILE --agency KODE`: the indicators of a government from a
file."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from terang.cli.django import start_django
from terang.cli.import_ import find_agency
from terang.cli.output import CliError, answer, complain, json_option

if TYPE_CHECKING:
    from terang.planning.dictionary.loading import DictionaryError

NAME = "dictionary"
HELP = "memeriksa atau memuat kamus indikator"
FILE_HELP = "berkas TOML, atau nama contoh seperti makassar"


def configure(parser: argparse.ArgumentParser) -> None:
    choices = parser.add_subparsers(title="tindakan", metavar="TINDAKAN", required=True)
    check = choices.add_parser("check", help="periksa satu berkas kamus")
    check.add_argument("file", metavar="FILE", help=FILE_HELP)
    json_option(check)
    check.set_defaults(run=_run_check)
    load = choices.add_parser("load", help="muat satu berkas ke kamus sebuah pemerintah daerah")
    load.add_argument("file", metavar="FILE", help=FILE_HELP)
    load.add_argument("--agency", metavar="KODE", help="kode wilayah instansi, misalnya 73.71")
    json_option(load)
    load.set_defaults(run=_run_load)


def run(args: argparse.Namespace) -> int:
    """Never reached by itself: an action is required."""
    raise CliError("Sebutkan tindakannya.", "Lihat: terang dictionary --help")


def _run_check(args: argparse.Namespace) -> int:
    text = _text(args.file)
    from terang.planning.dictionary.loading import DictionaryError, read_dictionary

    try:
        dictionary = read_dictionary(text)
    except DictionaryError as error:
        return _refuse(args, error)
    families = sorted({entry.family or "semua" for entry in dictionary.entries})
    payload = {"ok": True, "title": dictionary.title, "entries": len(dictionary.entries), "problems": []}
    lines = f"Kamus sah: {dictionary.title}, {len(dictionary.entries)} indikator untuk {', '.join(families)}."
    answer(args, payload, lines)
    return 0


def _run_load(args: argparse.Namespace) -> int:
    start_django()
    text, agency = _text(args.file), find_agency(args.agency)
    from terang.planning.dictionary.loading import DictionaryError
    from terang.planning.dictionary.services import load_dictionary

    try:
        loaded = load_dictionary(agency=agency, text=text, actor=None)
    except DictionaryError as error:
        return _refuse(args, error)
    payload = {"ok": True, **asdict(loaded), "problems": []}
    told = f"{agency.name}: {loaded.added} ditambahkan, {loaded.changed} diubah, {loaded.unchanged} tetap."
    answer(args, payload, told)
    return 0


def _text(name: str) -> str:
    from terang.planning.dictionary.loading import PRESETS, preset_text

    if name in PRESETS and not Path(name).exists():
        return preset_text(name)
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CliError(f"Berkas {name} bukan teks UTF-8.", "Simpan ulang sebagai TOML berkode UTF-8.") from error


def _refuse(args: argparse.Namespace, error: "DictionaryError") -> int:
    found: Any = error.problems
    complain(f"Kamus {args.file} belum dapat dipakai: {len(found)} masalah. Tidak ada yang diubah.")
    if args.json:
        answer(args, {"ok": False, "problems": [asdict(problem) for problem in found]}, "")
        return 1
    for problem in found:
        complain(f"{problem.path}: {problem.message}", problem.hint)
    return 1
