"""Translation files in pure Python, so that no GNU gettext is needed: reads and writes .po, writes .mo.

A message is known by its context and its text; a plural has a second text. Indonesian is the source, English the
translation with two forms (one, other).
"""

import ast
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

HEADER = (
    "Project-Id-Version: terang\n"
    "Language: en\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)
MAGIC = 0x950412DE
FORMS = 2
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
_FILLED, _SIGN = re.compile(r"%\(\w+\)[sd]|%[sd]"), re.compile(r"%%|%\(\w+\)[sd]|%[sd]")


class Key(NamedTuple):
    """What a message is looked up by. `context` is empty for most."""

    context: str
    text: str


@dataclass
class Message:
    """One message with where it is used and its translations (two where it has a plural). Empty means missing."""

    key: Key
    plural: str = ""
    places: set[str] = field(default_factory=set)
    translations: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        return len(self.translations) == (FORMS if self.plural else 1) and all(self.translations)

    @property
    def faults(self) -> list[str]:
        """Placeholders that a translation lost or invented, and percent signs that filling in would take for one. The
        singular of a plural may leave its number out."""
        wanted = set(_PLACEHOLDER.findall(self.key.text)) | set(_PLACEHOLDER.findall(self.plural))
        texts = (self.key.text, self.plural, *self.translations)
        faults = ["%"] if any(_FILLED.search(text) and "%" in _SIGN.sub("", text) for text in texts) else []
        for number, text in enumerate(self.translations):
            found = set(_PLACEHOLDER.findall(text))
            lost = set() if self.plural and number == 0 else wanted - found
            faults += sorted(lost | (found - wanted)) if text else []
        return faults


Catalogue = dict[Key, Message]
_LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d+)\])?)?\s*("(?:[^"\\]|\\.)*")\s*$')


def read_po(path: Path) -> Catalogue:
    """The messages of a .po file, none where there is no file. Raises `ValueError` naming a bad line."""
    catalogue: Catalogue = {}
    if not path.exists():
        return catalogue
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        message = _read_block(block, path)
        if message and message.key.text:
            catalogue[message.key] = message
    return catalogue


def _read_block(block: str, path: Path) -> Message | None:
    parts: dict[str, str] = {}
    places: set[str] = set()
    current = ""
    for line in block.splitlines():
        if line.startswith("#"):
            places |= set(line.removeprefix("#:").split()) if line.startswith("#:") else set()
            continue
        if not line.strip():
            continue
        match = _LINE.match(line.strip())
        if not match or not (match[1] or current):
            raise ValueError(f"{path.name}: baris tidak terbaca: {line.strip()}")
        current = match[1] or current
        parts[current] = parts.get(current, "") + ast.literal_eval(match[3])
    if "msgid" not in parts:
        return None
    forms = [parts.get(f"msgstr[{n}]", "") for n in range(FORMS)] if "msgid_plural" in parts else [parts["msgstr"]]
    key = Key(parts.get("msgctxt", ""), parts["msgid"])
    return Message(key, parts.get("msgid_plural", ""), places, forms)


def write_po(path: Path, messages: Iterable[Message]) -> None:
    """Writes sorted by text, without dates and line numbers, so that nothing changes by itself."""
    blocks = ['msgid ""\nmsgstr ""\n' + "\n".join(_quoted(line) for line in HEADER.splitlines(keepends=True))]
    for message in sorted(messages, key=lambda m: (m.key.text.casefold(), m.key)):
        blocks.append("\n".join(_written(message)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _written(message: Message) -> Iterable[str]:
    yield from (f"#: {place}" for place in sorted(message.places))
    if message.key.context:
        yield f"msgctxt {_quoted(message.key.context)}"
    yield f"msgid {_quoted(message.key.text)}"
    if message.plural:
        yield f"msgid_plural {_quoted(message.plural)}"
        for number in range(FORMS):
            text = message.translations[number] if number < len(message.translations) else ""
            yield f"msgstr[{number}] {_quoted(text)}"
    else:
        yield f"msgstr {_quoted(message.translations[0] if message.translations else '')}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def write_mo(path: Path, catalogue: Mapping[Key, Message]) -> int:
    """Compiles the complete messages; returns how many. The file is a table of offsets to sorted keys and values."""
    pairs = [(b"", HEADER.encode())]
    for message in catalogue.values():
        if message.complete:
            pairs.append((_lookup(message).encode(), "\0".join(message.translations).encode()))
    pairs.sort()
    start = 7 * 4
    offset = start + len(pairs) * 16
    tables: tuple[list[bytes], list[bytes]] = ([], [])
    data = bytearray()
    for column in (0, 1):
        for pair in pairs:
            tables[column].append(struct.pack("<II", len(pair[column]), offset + len(data)))
            data += pair[column] + b"\0"
    head = struct.pack("<7I", MAGIC, 0, len(pairs), start, start + len(pairs) * 8, 0, 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + b"".join(tables[0]) + b"".join(tables[1]) + bytes(data))
    return len(pairs) - 1


def _lookup(message: Message) -> str:
    text = f"{message.key.context}\x04{message.key.text}" if message.key.context else message.key.text
    return f"{text}\0{message.plural}" if message.plural else text
