"""Keeps secrets that stand in addresses out of the log: who reads a log must not hold a citizen's key.

Django writes the path of every refused request; some paths carry a link secret, an activation code or a token.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.urls import URLResolver, get_resolver

SECRET_PATHS = ("ikuti", "lacak/t", "survei", "kios", "surel", "aktivasi", "tokens", "setel-ulang")
"""Parts of addresses after which a secret stands."""
_SECRET = re.compile(rf"(/(?:{'|'.join(SECRET_PATHS)})/)[^/\s\"'?]+")
HIDDEN = r"\1***"


def masked(text: str) -> str:
    """The text with every such secret replaced."""
    return _SECRET.sub(HIDDEN, text)


class MaskSecrets(logging.Filter):
    """Masks message and arguments of every record; lets all pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = masked(str(record.msg))
        if isinstance(record.args, tuple):
            record.args = tuple(masked(each) if isinstance(each, str) else each for each in record.args)
        elif isinstance(record.args, dict):
            record.args = {key: masked(each) if isinstance(each, str) else each for key, each in record.args.items()}
        return True


CODE = re.compile(r"(terang|django|allauth)(\.\w+)+|[A-Z]{3,7}")
"""Names from the code and methods of HTTP: never a person's."""
NUMBER = re.compile(r"\d{6,}")
"""Long numbers may be a NIP, a NIK or a telephone."""
UNTOLD = "…"


class JsonLines(logging.Formatter):
    """One JSON object a line, without names, NIP, queries or anything else that was typed by somebody.

    Of a message its fixed words stand, and of what was put into them numbers, names from the code and paths. Of a fault
    its kind and where in the code it arose: what it says may quote a row.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _told(record),
        }
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info and record.exc_info[0]:
            line["fault"] = record.exc_info[0].__qualname__
            line["where"] = [
                f"{frame.f_globals.get('__name__', '?')}:{number} {frame.f_code.co_name}"
                for frame, number in traceback.walk_tb(record.exc_info[2])
            ][-12:]
        return json.dumps(line, ensure_ascii=False)


def _told(record: logging.LogRecord) -> str:
    words, given = str(record.msg), record.args
    if not given:
        return NUMBER.sub(UNTOLD, words)
    try:
        if isinstance(given, Mapping):
            return words % {key: _safe(value) for key, value in given.items()}
        return words % tuple(_safe(value) for value in given)
    except (TypeError, ValueError):
        return words


def _safe(value: object) -> object:
    """What of a value may stand in the line."""
    if isinstance(value, bool | float) or value is None:
        return value
    text = str(value)
    if isinstance(value, int):
        return value if len(text) < 16 else 0
    if text.startswith("/"):
        return _place(text)
    return text if CODE.fullmatch(text) else UNTOLD


def _place(address: str) -> str:
    """The path of an address: the words of Terang's own addresses and short numbers stand, all else was typed by
    somebody."""
    path = re.split(r"[?#\s]", address, maxsplit=1)[0]
    parts = path.split("/")
    return "/".join(
        part if not part or part in _words() or re.fullmatch(r"\d{1,9}", part) else UNTOLD for part in parts
    )


@cache
def _words() -> frozenset[str]:
    """The fixed words of all addresses."""
    return frozenset(_words_of(get_resolver()))


def _words_of(resolver: URLResolver) -> Iterator[str]:
    for each in resolver.url_patterns:
        yield from (word for word in str(each.pattern).split("/") if re.fullmatch(r"[\w.-]+", word))
        if isinstance(each, URLResolver):
            yield from _words_of(each)
