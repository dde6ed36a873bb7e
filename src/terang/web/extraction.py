"""Finds every translatable text in our templates and modules, and compares them with the English catalogue."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation.template import templatize

from terang.web.catalogue import Catalogue, Key, Message, read_po

SOURCE = Path(__file__).resolve().parents[1]
ENGLISH = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
SKIPPED = {"tests", "migrations", "locale"}
TEMPLATE_ENDINGS = {".html", ".txt"}

PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop", "Sentence"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
_STRING = r"""u?('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")"""
_CALL = re.compile(rf"(?<!\w)(_|n?p?gettext|pgettext|npgettext)\(\s*({_STRING}(?:\s*,\s*{_STRING})*)")


def extract(source: Path = SOURCE) -> Catalogue:
    """All messages under a folder, without translations. Raises `SyntaxError` where a module cannot be read."""
    catalogue: Catalogue = {}
    for path in sorted(source.rglob("*")):
        place = path.relative_to(source)
        if SKIPPED & set(place.parts):
            continue
        for message in _messages(path):
            known = catalogue.setdefault(message.key, message)
            known.places.add(place.as_posix())
            known.plural = known.plural or message.plural
    return catalogue


def _messages(path: Path) -> Iterable[Message]:
    if path.suffix == ".py":
        return from_module(path.read_text(encoding="utf-8"), str(path))
    if path.suffix in TEMPLATE_ENDINGS and "templates" in path.parts:
        return from_template(path.read_text(encoding="utf-8"), str(path))
    return ()


def from_module(text: str, name: str) -> Iterator[Message]:
    """The messages of calls with literal texts; a text built at run time cannot be translated and is not found."""
    for node in ast.walk(ast.parse(text, name)):
        if isinstance(node, ast.Call):
            function = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            literals = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            yield from _message(function, literals)


def from_template(text: str, name: str) -> Iterator[Message]:
    """The messages of a template's translation tags and of `_("…")` in other tags."""
    for call in _CALL.finditer(templatize(text, origin=name)):
        yield from _message(call[1], [ast.literal_eval(f"{found}") for found in re.findall(_STRING, call[2])])


def _message(function: str, literals: list[str]) -> Iterator[Message]:
    if function in PLAIN and literals and literals[0]:
        yield Message(Key("", literals[0]))
    elif function in PLURAL and len(literals) >= 2:
        yield Message(Key("", literals[0]), literals[1])
    elif function in CONTEXT and len(literals) >= 2:
        yield Message(Key(literals[0], literals[1]))
    elif function in CONTEXT_PLURAL and len(literals) >= 3:
        yield Message(Key(literals[0], literals[1]), literals[2])


def merged(found: Catalogue, translated: Catalogue) -> Catalogue:
    """The found messages with the translations already made; what is no longer used is left out."""
    for key, message in found.items():
        known = translated.get(key)
        if known and bool(known.plural) == bool(message.plural):
            message.translations = known.translations
    return found


def missing_translations(source: Path = SOURCE, english: Path = ENGLISH) -> list[str]:
    """What keeps the English from being complete, one line each: untranslated texts and damaged placeholders."""
    lines = []
    for message in merged(extract(source), read_po(english)).values():
        place = min(message.places)
        if not message.complete:
            lines.append(f"{place}: {message.key.text!r}")
        elif message.faults:
            lines.append(f"{place}: {message.key.text!r}: {', '.join(message.faults)}")
    return lines
