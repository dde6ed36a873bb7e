"""A policy as a document: the tables of its file as plain data, read from TOML or JSON and written as either.

A document may be incomplete or wrong; `terang.rules.policies.load_document` judges it. Both kinds of file hold the same
fields under the same names, so the same policy has the same digest whichever it came from.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from terang.rules.catalogue import MEASURES
from terang.rules.policies.model import ANSWER_DAYS, DECIDE_DAYS, FULL_BP, FollowUpTerms, MeasureRule, Policy
from terang.rules.policies.problems import PolicyError, Problem
from terang.rules.sentences import Sentence
from terang.rules.work.signals import Limits

Document = dict[str, Any]
_TOML_PLACE = re.compile(r"^(?P<what>.*?) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def read_toml(text: str) -> Document:
    """The tables of a TOML text. Raises PolicyError where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.match(str(error))
        where = _place(place["line"], place["column"]) if place and place["line"] else Sentence("akhir berkas")
        message = Sentence("penulisan berkas salah (%(detail)s).", {"detail": place["what"] if place else str(error)})
        hint = Sentence(
            "Perbaiki penulisan TOML di tempat itu: tanda kutip, tanda sama dengan, atau kurung yang belum lengkap."
        )
        raise PolicyError([Problem(where, message, hint, unreadable=True)]) from error
    except (ValueError, RecursionError) as error:
        raise _too_long() from error


def read_json(text: str) -> Document:
    """The tables of a JSON text; `valid_from` is a text like "2026-01-01". Raises PolicyError where it is no JSON
    object, or says a key twice."""
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        json.dumps(found, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        message = Sentence("penulisan berkas salah (%(detail)s).", {"detail": error.msg})
        hint = Sentence("Perbaiki penulisan JSON di tempat itu: tanda kutip, koma, atau kurung yang belum lengkap.")
        raise PolicyError([Problem(_place(error.lineno, error.colno), message, hint, unreadable=True)]) from error
    except UnicodeEncodeError as error:
        message = Sentence("memuat tanda yang bukan huruf.")
        raise PolicyError([Problem(Sentence("berkas"), message, Sentence("Ketik ulang teksnya."), True)]) from error
    except (ValueError, RecursionError) as error:
        raise _too_long() from error
    if not isinstance(found, dict):
        message = Sentence("harus bagian tersendiri, bukan %(kind)s.", {"kind": Sentence("daftar atau angka")})
        raise PolicyError([Problem(Sentence("berkas"), message, Sentence("Awali dengan { dan akhiri dengan }."), True)])
    return _with_day(found)


def _place(line: Any, column: Any) -> Sentence:
    return Sentence("baris %(line)s, kolom %(column)s", {"line": str(line), "column": str(column)})


def _too_long() -> PolicyError:
    """Numbers of thousands of digits and brackets nested by the thousand are well-formed, but nobody's policy."""
    message = Sentence("memuat angka atau kurung bersusun yang terlalu panjang.")
    return PolicyError([Problem(Sentence("berkas"), message, Sentence("Periksa isi berkas."), unreadable=True)])


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _value in pairs]
    for name in names:
        if names.count(name) > 1:
            hint = Sentence("Hapus salah satu.")
            twice = Sentence("“%(word)s” ditulis dua kali.", {"word": name})
            raise PolicyError([Problem(name, twice, hint, unreadable=True)])
    return dict(pairs)


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _with_day(found: Document) -> Document:
    day = found.get("valid_from")
    if isinstance(day, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        try:
            return {**found, "valid_from": date.fromisoformat(day)}
        except ValueError:
            return found
    return found


def document_of(policy: Policy) -> Document:
    """The document that says what the policy says; what is usual anyway is left out."""
    said = _plain(policy)
    ratings = {"work_result": said.pop("work_rating"), "behaviour": said.pop("behaviour_rating")}
    head = {name: said.pop(name) for name in ("code", "title", "agency_code", "version", "valid_from")}
    reporting = said.pop("reporting")
    usual = {"answer_days": ANSWER_DAYS, "decide_days": DECIDE_DAYS, "questions": {}, "posts": []}
    reporting["questions"] = _unusual(reporting["questions"], _plain(Limits()))
    reporting = _unusual(reporting, usual)
    head |= {"period": said.pop("period_kind")}
    terms = _unusual(said.pop("follow_up"), _plain(FollowUpTerms()))
    lists = {name: said.pop(name) for name in ("aspects", "variants", "instruments", "floors")}
    kept = {name: rows for name, rows in lists.items() if rows}
    return {
        **head,
        **said,
        "reporting": reporting,
        "ratings": ratings,
        **({"follow_up": terms} if terms else {}),
        **kept,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, MeasureRule):
        return _measure(value)
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _measure(rule: MeasureRule) -> Document:
    spec = MEASURES[rule.code]
    parameters = _unusual(dict(rule.parameters), {each.name: each.default for each in spec.parameters})
    said = {"cap_bp": rule.cap_bp, "missing": rule.missing, "min_answers": rule.min_answers}
    usual = {"cap_bp": FULL_BP, "missing": "share_out", "min_answers": spec.min_answers}
    more = {"guards": list(rule.guards), "parameters": parameters}
    filled = {name: value for name, value in more.items() if value}
    return {"code": rule.code, "share_bp": rule.share_bp, **_unusual(said, usual), **filled}


def _unusual(said: Document, usual: Mapping[str, Any]) -> Document:
    """What differs from the usual, and is not empty."""
    return {name: value for name, value in said.items() if value != usual.get(name, value) or name not in usual}


def json_text(document: Document) -> str:
    """A document as JSON; days in ISO form."""
    return json.dumps(document, ensure_ascii=False, indent=2, default=_iso) + "\n"


def _iso(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)


def toml_text(document: Document) -> str:
    """A document as TOML: values first, then a section for each part, small lists in place."""
    return "\n".join(_lines(document, "")).strip() + "\n"


def _lines(table: Document, path: str) -> Iterator[str]:
    """A table's values, then its sections."""
    sections = {name: value for name, value in table.items() if _is_section(value, path)}
    for name, value in table.items():
        if name not in sections:
            yield f"{_key(name)} = {_value(value, path)}"
    for name, value in sections.items():
        place = f"{path}.{_key(name)}".lstrip(".")
        for each in value if isinstance(value, list) else [value]:
            yield ""
            yield f"[[{place}]]" if isinstance(value, list) else f"[{place}]"
            yield from _lines(each, place)


def _is_section(value: Any, path: str) -> bool:
    """Tables, and lists of tables: at the top, or where a table holds lists of its own."""
    if isinstance(value, dict):
        return True
    rows = isinstance(value, list) and value and all(isinstance(each, dict) for each in value)
    return bool(rows) and (not path or any(_holds_tables(each) for each in value))


def _holds_tables(table: Document) -> bool:
    return any(isinstance(value, list) and any(isinstance(each, dict) for each in value) for value in table.values())


def _value(value: Any, path: str = "") -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{_key(name)} = {_value(each)}" for name, each in value.items()) + " }" if value else "{}"
        )
    if isinstance(value, list):
        if path and value and all(isinstance(each, dict) for each in value):
            return "[\n" + "".join(f"  {_value(each)},\n" for each in value) + "]"
        return "[" + ", ".join(_value(each) for each in value) + "]"
    return str(value) if isinstance(value, int) else _quoted(value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
