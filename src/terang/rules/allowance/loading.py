"""Builds an `AllowanceRule` from TOML or JSON and refuses, all at once and precisely, whatever is inconsistent."""

import hashlib
import json
import re
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from terang.rules.allowance.checking import check
from terang.rules.allowance.facts import UNITS, FactSpec
from terang.rules.allowance.model import (
    CRITERIA,
    FULL_BP,
    KINDS,
    ROUNDINGS,
    SEVERAL,
    AllowanceRule,
    Amounts,
    Condition,
    Kind,
    Number,
    Override,
    Part,
    Rate,
    Rounding,
    Rung,
    Sanction,
    Split,
    Step,
    Value,
    When,
)
from terang.rules.attendance.bands import presets
from terang.rules.policies import Document, PolicyError, Problem, read_json, read_toml
from terang.rules.policies.reading import BROKEN, LONGEST_CODE, LONGEST_TITLE, Reader
from terang.rules.sentences import Sentence

PRESETS = (
    "kotawaringin_barat",
    "banjarmasin",
    "tulang_bawang",
    "tujuh_tiga",
    "tapanuli_tengah",
    "semarang",
    "semarang_2015",
    "bekasi",
    "lubuklinggau",
)
"""Codes of the rules that come with the program: found in use, starting values that a government edits."""

MOST_IDR = 10**12
_MOST = 10**9
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_DECIMAL = re.compile(r"\d{1,6}(\.\d{1,12})?")


def load_rule(source: str | Path) -> AllowanceRule:
    """The rule in `source`: TOML text, or the path of a TOML file or a JSON file (`.json`).

    Raises `PolicyError` with every problem found, and OSError where the file cannot be read.
    """
    if isinstance(source, Path):
        text = source.read_text(encoding="utf-8-sig")
        return load_rule_document(read_json(text) if source.suffix.lower() == ".json" else read_toml(text))
    return load_rule_document(read_toml(source))


def load_rule_document(document: Document) -> AllowanceRule:
    """The rule a document says. Raises `PolicyError` with every problem found."""
    rule, problems = _judged(document)
    if problems:
        raise PolicyError(problems)
    return rule


def problems_of_rule(document: Document) -> tuple[Problem, ...]:
    """Everything that keeps a document from being a rule, in the order of the file."""
    return tuple(_judged(document)[1])


def load_rule_preset(code: str) -> AllowanceRule:
    """One of `PRESETS`. Raises KeyError for an unknown code."""
    return load_rule(rule_preset_text(code))


def rule_preset_text(code: str) -> str:
    """The TOML text of the preset of that code. Raises `KeyError` for any other code."""
    if code not in PRESETS:
        raise KeyError(code)
    return (files("terang.rules.allowance") / "presets" / f"{code}.toml").read_text(encoding="utf-8")


def rule_digest(rule: AllowanceRule) -> str:
    """SHA-256 of what the rule says, in hexadecimal: comments, spacing and order of keys do not change it."""
    said = json.dumps(asdict(rule), sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def _judged(document: Document) -> tuple[AllowanceRule, list[Problem]]:
    problems: list[Problem] = []
    reader = Reader(document, "", problems)
    rule = _rule(reader)
    reader.finish()
    if not problems:
        check(rule, problems)
    return rule, problems


def _rule(reader: Reader) -> AllowanceRule:
    return AllowanceRule(
        code=_code(reader),
        title=reader.text("title", longest=LONGEST_TITLE),
        agency_code=reader.text("agency_code") if reader.has("agency_code") else "",
        version=reader.integer("version", 1, 10_000),
        valid_from=_day(reader, "valid_from"),
        legal_basis=reader.text("legal_basis"),
        confidence=reader.choice("confidence", ("high", "medium", "low"), "high"),
        note=reader.text("note", longest=2_000) if reader.has("note") else "",
        higher_class=_flag(reader, "higher_class"),
        own_facts=reader.tables("facts", _fact, required=False),
        amounts=reader.tables("amounts", _amounts, required=False),
        values=reader.tables("values", _value, required=False),
        steps=reader.tables("steps", _step),
        bands=reader.choice("bands", presets(), "daerah"),
        attribution_day=reader.integer("attribution_day", 1, 28, 15),
        run_day=reader.integer("run_day", 1, 28, 3),
    )


def _fact(reader: Reader) -> FactSpec:
    code, unit = _code(reader), reader.choice("unit", UNITS)
    optional = reader.has("blank")
    blank = reader.raw("blank")
    if optional and not isinstance(blank, str if unit == "code" else int):
        reader.report("blank", Sentence("tidak cocok dengan unit."), Sentence("Isi dengan arti sel kosong."))
    return FactSpec(
        code=code,
        column=reader.text("column", code),
        unit=unit,
        label=reader.text("label"),
        optional=optional,
        blank=blank,
        choices=reader.texts("choices"),
        most=reader.integer("most", 1, MOST_IDR, MOST_IDR),
        recurring=_flag(reader, "recurring"),
    )


def _amounts(reader: Reader) -> Amounts:
    table = reader.table("by_class", required=False)
    index = _decimal(reader, "index")
    classes = {number: table.integer(str(number), 0, MOST_IDR) for number in range(1, 18) if table.has(str(number))}
    table.finish()
    if bool(classes) == (index is not None):
        reader.report(
            "by_class",
            Sentence("perlu salah satu: by_class atau index."),
            Sentence("Isi besaran tiap kelas, atau indeks terhadap tunjangan kinerja BPK."),
            kind="missing",
        )
    return Amounts(
        decree=reader.text("decree"),
        valid_from=_day(reader, "valid_from"),
        valid_to=_day(reader, "valid_to") if reader.has("valid_to") else None,
        by_class=classes,
        index=index,
        rounding=_rounding(reader, "rounding"),
        when=_when(reader),
    )


def _value(reader: Reader) -> Value:
    return Value(
        code=_code(reader),
        label=reader.text("label"),
        label_en=reader.text("label_en"),
        unit=reader.choice("unit", UNITS, "share"),
        parts=reader.tables("parts", _part, required=False),
        start=_signed(reader, "start", 0),
        divide=reader.integer("divide", 1, _MOST, 1),
        whole=_flag(reader, "whole"),
        least=_signed(reader, "least", 0) if reader.has("least") else None,
        most=_signed(reader, "most", 0) if reader.has("most") else None,
        overrides=reader.tables("overrides", _override, required=False),
        source=reader.text("source") if reader.has("source") else "",
    )


def _part(reader: Reader) -> Part:
    return Part(
        name=reader.text("name", longest=LONGEST_CODE),
        label=reader.text("label") if reader.has("label") else "",
        each=_signed(reader, "each", 1),
        rungs=reader.tables("ladder", _rung, required=False),
        missing=_signed(reader, "missing", 0) if reader.has("missing") else None,
        target=_number(reader, "target"),
        when=_when(reader),
    )


def _rung(reader: Reader) -> Rung:
    return Rung(
        value=_signed(reader, "value", 0),
        from_=_signed(reader, "from", 0) if reader.has("from") else None,
        up_to=_signed(reader, "up_to", 0) if reader.has("up_to") else None,
    )


def _override(reader: Reader) -> Override:
    return Override(_signed(reader, "value", 0), reader.text("label"), _when(reader, required=True))


def _step(reader: Reader) -> Step:
    kind = cast(Kind, reader.choice("kind", KINDS))
    return Step(
        code=_code(reader),
        kind=kind,
        label=reader.text("label"),
        label_en=reader.text("label_en"),
        source=reader.text("source") if reader.has("source") else "",
        of=_names(reader, "of") or ("total",),
        criterion=reader.choice("criterion", CRITERIA) if reader.has("criterion") else "",
        rates=_rates(reader),
        given=reader.text("given") if reader.has("given") else "",
        count=reader.text("count") if reader.has("count") else "",
        times=_names(reader, "times"),
        splits=reader.tables("splits", _split, required=False),
        sanctions=reader.tables("sanctions", _sanction, required=kind == "sanction"),
        most_bp=reader.integer("most_bp", 0, FULL_BP) if reader.has("most_bp") else None,
        when=_when(reader),
        rounding=_rounding(reader, "rounding"),
        ceiling_rounding=_rounding(reader, "ceiling_rounding") if reader.has("ceiling_rounding") else None,
        memo=_flag(reader, "memo"),
        scheme=reader.choice("scheme", ("final", "ter")) if kind == "tax" or reader.has("scheme") else "",
        less_salary=_flag(reader, "less_salary"),
        who=reader.choice("who", ("worker", "employer"), "worker") if kind == "insurance" or reader.has("who") else "",
        starts_after=reader.integer("starts_after", 0, 12, 1),
        several=reader.choice("several", SEVERAL, "heaviest"),
    )


def _rates(reader: Reader) -> tuple[Rate, ...]:
    """`rate` alone, or `rates` with their conditions."""
    alone = _number(reader, "rate")
    if alone is not None and reader.has("rates"):
        reader.report("rates", Sentence("tidak dapat bersama rate."), Sentence("Hapus salah satu."))
    several = reader.tables("rates", _rate, required=False)
    return (Rate(alone),) if alone is not None else several


def _rate(reader: Reader) -> Rate:
    bp = _number(reader, "bp")
    if bp is None:
        reader.report("bp", Sentence("belum diisi."), Sentence("Isi basis poin, atau nama sebuah nilai."))
    return Rate(BROKEN if bp is None else bp, _when(reader))


def _split(reader: Reader) -> Split:
    portion = reader.integer("portion_bp", 1, FULL_BP)
    return Split(reader.text("share", longest=LONGEST_CODE), portion, reader.text("label"), reader.text("label_en"))


def _sanction(reader: Reader) -> Sanction:
    return Sanction(
        code=_code(reader),
        bp=reader.integer("bp", 1, FULL_BP),
        months=reader.integer("months", 1, 600),
        label=reader.text("label"),
        source=reader.text("source") if reader.has("source") else "",
    )


def _when(reader: Reader, *, required: bool = False) -> When:
    return reader.tables("when", _condition, required=required)


def _condition(reader: Reader) -> Condition:
    found = Condition(
        name=reader.text("name", longest=LONGEST_CODE),
        within=reader.texts("in"),
        outside=reader.texts("not_in"),
        from_=_number(reader, "from"),
        up_to=_number(reader, "up_to"),
        above=_number(reader, "above"),
        below=_number(reader, "below"),
        missing=_flag(reader, "missing") if reader.has("missing") else None,
    )
    if found == Condition(found.name):
        message = Sentence("belum menyebut syarat.")
        reader.report("in", message, Sentence("Tambahkan in, not_in, from, up_to, above, below, atau missing."))
    return found


def _code(reader: Reader) -> str:
    value = reader.text("code", longest=LONGEST_CODE)
    if value and not _CODE.fullmatch(value):
        message = Sentence("“%(code)s” bukan kode.", {"code": value})
        reader.report("code", message, Sentence("Pakai huruf kecil, angka, dan garis bawah, diawali huruf."))
    return value


def _flag(reader: Reader, key: str) -> bool:
    value = reader.raw(key)
    if value is not None and not isinstance(value, bool):
        reader.report(key, Sentence("harus true atau false."), Sentence("Tulis tanpa tanda kutip."), unreadable=True)
    return value is True


def _signed(reader: Reader, key: str, default: int) -> int:
    return reader.integer(key, -_MOST, _MOST, default)


def _number(reader: Reader, key: str) -> Number | None:
    """A number, a name, or None where absent."""
    if not reader.has(key):
        return None
    if isinstance(reader.raw(key), str):
        return reader.text(key, longest=LONGEST_CODE)
    return reader.integer(key, -_MOST, MOST_IDR)


def _names(reader: Reader, key: str) -> tuple[str, ...]:
    """One name, or a list of names."""
    value: Any = reader.raw(key)
    return (reader.text(key, longest=LONGEST_CODE),) if isinstance(value, str) else reader.texts(key)


def _rounding(reader: Reader, key: str) -> Rounding:
    return cast(Rounding, reader.choice(key, ROUNDINGS, "half_up"))


def _decimal(reader: Reader, key: str) -> Fraction | None:
    """An exact decimal written as text ("0.5911"), so that no digit is lost; None where absent or not readable."""
    if not reader.has(key):
        return None
    text = reader.text(key)
    if _DECIMAL.fullmatch(text) and Fraction(text) > 0:
        return Fraction(text)
    if text:
        message = Sentence("“%(text)s” bukan bilangan desimal.", {"text": text})
        reader.report(key, message, Sentence('Tulis dalam tanda kutip dengan titik, misalnya "0.5911".'))
    return None


def _day(reader: Reader, key: str) -> date:
    """A day; in JSON it stands as text."""
    text = reader.raw(key)
    if isinstance(text, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    return reader.day(key)
