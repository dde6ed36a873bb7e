"""A dictionary as a file: TOML in, drafts out, or every problem at once with the place it is at. Pure.

title = "Kamus indikator Kota Palu"
[[entries]]
code = "ikm-loket"
family = "dukcapil"                 # rumpun jabatan; dikosongkan berlaku untuk semua
result = "Warga puas dengan pelayanan di loket"
indicator = "Nilai kepuasan warga yang dilayani"
unit = "nilai"
target = 85
definition = "…"
measure = "citizen_satisfaction"    # ukuran Terang; wajib disertai penjaga
guard = "response_rate"
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

from terang.planning.dictionary.drafts import EntryDraft, problems
from terang.planning.measuring import Aspect, Direction, Gathering
from terang.rules.policies.problems import NOTHING, Problem
from terang.rules.policies.reading import Reader
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _

PRESETS = ("makassar", "palu", "aceh_tenggara", "semarang", "mamuju")
"""Codes of the dictionaries that come with the program, starting points that a government edits."""
_MOST = Decimal(10**9)
_NAMES = {"text": "indicator", "unit_label": "unit", "target_milli": "target", "target_max_milli": "target_max"}
"""Fields of a draft that are called otherwise in the file."""


class DictionaryError(Exception):
    """A file that may not be used. `problems` lists every fault found, in the order of the file."""

    def __init__(self, found: Iterable[Problem]) -> None:
        self.problems = tuple(found)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class Dictionary:
    """What a file says; `entries` each with a code of its own."""

    title: str
    entries: tuple[EntryDraft, ...]


def preset_text(code: str) -> str:
    """The TOML text of the preset of that code. Raises KeyError for any other code."""
    if code not in PRESETS:
        raise KeyError(code)
    return (files("terang.planning.dictionary") / "presets" / f"{code}.toml").read_text(encoding="utf-8")


def read_dictionary(source: str | Path, known: Iterable[str] = ()) -> Dictionary:
    """The dictionary in `source`, TOML text or the path of a file. `known` are codes of entries kept already, which may
    guard those of the file.

    Raises DictionaryError with every problem found, OSError where the file cannot be read.
    """
    text = source.read_text(encoding="utf-8-sig") if isinstance(source, Path) else source
    found: list[Problem] = []
    reader = Reader(_parse(text), "", found)
    title = reader.text("title")
    drafts = reader.tables("entries", _draft)
    reader.finish()
    codes = Counter(draft.code for draft in drafts)
    for index, draft in enumerate(drafts):
        found += _of_entry(draft, index, codes, known, {problem.path for problem in found})
    if found:
        raise DictionaryError(found)
    return Dictionary(title, drafts)


def _parse(text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        message = Sentence(_("penulisan TOML salah (%(detail)s)."), {"detail": str(error)})
        hint = Sentence(_("Perbaiki tanda kutip, tanda sama dengan, atau kurung di tempat itu."))
        raise DictionaryError([Problem(_("berkas"), message, hint)]) from error


def _draft(reader: Reader) -> EntryDraft:
    return EntryDraft(
        code=reader.text("code"),
        family=_optional(reader, "family"),
        result=reader.text("result"),
        text=reader.text("indicator"),
        unit_label=reader.text("unit"),
        definition=reader.text("definition"),
        aspect=reader.choice("aspect", Aspect.values, Aspect.QUANTITY),
        perspective=_optional(reader, "perspective"),
        direction=reader.choice("direction", Direction.values, Direction.HIGHER),
        gathering=reader.choice("gathering", Gathering.values, Gathering.SUM),
        target_milli=_quantity(reader, "target"),
        target_max_milli=_quantity(reader, "target_max"),
        formula=_optional(reader, "formula"),
        source=_optional(reader, "source"),
        measure=_optional(reader, "measure"),
        guard=_optional(reader, "guard"),
        example=_optional(reader, "example"),
    )


def _optional(reader: Reader, key: str) -> str:
    return reader.text(key) if reader.has(key) else ""


def _quantity(reader: Reader, key: str) -> int | None:
    """A whole or decimal number with at most three decimals, as milli-units; None where left out."""
    value = reader.raw(key)
    if value is None:
        return None
    number = Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
    if number is None or not number.is_finite() or not abs(number) <= _MOST or number * 1000 % 1:
        hint = Sentence(_("Tulis tanpa tanda kutip, misalnya 85 atau 4.5; paling banyak tiga angka di belakang titik."))
        reader.report(key, Sentence(_("harus angka.")), hint)
        return None
    return int(number * 1000)


def _of_entry(
    draft: EntryDraft, index: int, codes: Mapping[str, int], known: Iterable[str], told: set[str]
) -> list[Problem]:
    """What is wrong with an entry as a whole; what the reader told already is not told twice."""
    others = {*codes, *known}
    found = [
        replace(each, path=f"entries[{index}].{_NAMES.get(each.path, each.path)}") for each in problems(draft, others)
    ]
    if draft.code and codes[draft.code] > 1:
        twice = Sentence(_("kode “%(code)s” dipakai dua kali."), {"code": draft.code})
        found.append(Problem(f"entries[{index}].code", twice, NOTHING))
    return [each for each in found if each.path not in told]
