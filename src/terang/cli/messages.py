"""`terang messages`: the English of the screens, without GNU gettext."""

import argparse
import json

from terang.cli.output import CliError, json_option

NAME = "messages"
HELP = "terjemahan layar: perbarui daftar, periksa kelengkapan, susun berkas biner"
SHOWN = 40


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "action",
        choices=["update", "check", "compile"],
        help="update: cari semua teks dan perbarui django.po · check: gagal bila ada yang belum diterjemahkan "
        "atau belum ditandai · compile: susun django.mo",
    )
    json_option(parser)


def run(args: argparse.Namespace) -> int:
    """0 when done or complete. Refuses with `CliError` when translations are missing or a file cannot be read."""
    from terang.web import catalogue, extraction, unmarked

    try:
        if args.action == "check":
            return _check(args, extraction.missing_translations(), unmarked.unmarked_sentences())
        messages = catalogue.read_po(extraction.ENGLISH)
        if args.action == "update":
            return _update(args)
        count = catalogue.write_mo(extraction.ENGLISH.with_suffix(".mo"), messages)
    except (SyntaxError, ValueError) as error:
        raise CliError(str(error), "Perbaiki berkas itu, lalu jalankan lagi.") from None
    print(json.dumps({"compiled": count}) if args.json else f"{count} terjemahan disusun.")
    return 0


def _update(args: argparse.Namespace) -> int:
    from terang.web import catalogue, extraction

    before = catalogue.read_po(extraction.ENGLISH)
    messages = extraction.merged(extraction.extract(), before)
    catalogue.write_po(extraction.ENGLISH, messages.values())
    missing = sum(not message.complete for message in messages.values())
    gone = len(before.keys() - messages.keys())
    counts = {"messages": len(messages), "missing": missing, "removed": gone}
    text = f"{len(messages)} teks, {missing} belum diterjemahkan, {gone} dihapus karena tidak dipakai lagi."
    print(json.dumps(counts) if args.json else text)
    return 0


def _check(args: argparse.Namespace, missing: list[str], unmarked: list[str]) -> int:
    if args.json:
        print(json.dumps({"missing": missing, "unmarked": unmarked}, ensure_ascii=False))
        return 1 if missing or unmarked else 0
    if unmarked:
        raise CliError(
            f"{len(unmarked)} kalimat tidak ditandai, sehingga tidak dapat diterjemahkan:\n{_listed(unmarked)}",
            "Tandai dengan gettext, atau dengan Sentence (terang.rules.sentences) bila bahasanya belum diketahui.",
        )
    if missing:
        raise CliError(
            f"{len(missing)} teks belum diterjemahkan ke bahasa Inggris:\n{_listed(missing)}",
            "Jalankan terang messages update, lalu isi src/terang/locale/en/LC_MESSAGES/django.po.",
        )
    print("Terjemahan lengkap.")
    return 0


def _listed(lines: list[str]) -> str:
    rest = [f"… dan {len(lines) - SHOWN} lagi"] if len(lines) > SHOWN else []
    return "\n".join([*lines[:SHOWN], *rest])
