"""Reads one TOML table field by field, notes every problem, and never stops at the first."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from terang.rules.policies.problems import NOTHING, Problem, nearest
from terang.rules.sentences import Sentence

T = TypeVar("T")

BROKEN = -1
"""Stands for a number that could not be read; checks across fields skip it, because it has been reported already."""

LONGEST = 500
"""Letters of a text where nothing else is said."""
LONGEST_CODE = 40
LONGEST_TITLE = 150

_TYPE_NAMES = {
    bool: Sentence("ya/tidak (true/false)"),
    int: Sentence("bilangan bulat"),
    float: Sentence("bilangan desimal"),
    str: Sentence("teks"),
    list: Sentence("daftar"),
}
_TEXT = Sentence("Isi dengan teks dalam tanda kutip.")


class Reader:
    """One table of the file. `path` names it in messages ("" for the whole file); all readers share `problems`."""

    def __init__(self, data: Mapping[str, Any], path: str, problems: list[Problem]) -> None:
        self._data = data
        self._path = path
        self._problems = problems
        self._seen: set[str] = set()

    def at(self, key: str) -> str:
        """The path of a field."""
        return f"{self._path}.{key}" if self._path else key

    def report(
        self, key: str, message: Sentence, hint: Sentence = NOTHING, *, unreadable: bool = False, kind: str = ""
    ) -> None:
        self._problems.append(Problem(self.at(key), message, hint, unreadable, kind))

    def has(self, key: str) -> bool:
        return key in self._data

    def text(self, key: str, default: str | None = None, longest: int = LONGEST) -> str:
        """A text that can be printed, on one line or several; "" where it cannot be read."""
        value = self._take(key, default, _TEXT)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.report(
                key,
                Sentence("harus berupa teks, bukan %(kind)s.", {"kind": _kind(value)}),
                _TEXT,
                unreadable=not isinstance(value, str),
            )
            return ""
        if len(value) > longest:
            told = {"length": len(value), "longest": longest}
            message = Sentence("sepanjang %(length)s huruf, paling panjang %(longest)s.", told)
            self.report(key, message, Sentence("Ringkaskan."))
        if not value.replace("\n", "").isprintable():
            message = Sentence("memuat tanda yang bukan huruf.")
            self.report(key, message, Sentence("Ketik ulang teksnya."), unreadable=True)
        return value

    def integer(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from `low` to `high`, both included; `BROKEN` where it cannot be read."""
        limits = Sentence("Isi dengan bilangan bulat %(low)s sampai %(high)s.", {"low": low, "high": high})
        value = self._take(key, default, limits)
        if value is None:
            return BROKEN
        if isinstance(value, bool) or not isinstance(value, int):
            found = {"kind": _kind(value), "value": repr(value)}
            self.report(
                key, Sentence("harus bilangan bulat, bukan %(kind)s %(value)s.", found), limits, unreadable=True
            )
            return BROKEN
        if not low <= value <= high:
            self.report(key, Sentence("bernilai %(value)s, di luar batas.", {"value": value}), limits, kind="range")
            return BROKEN
        return value

    def choice(self, key: str, choices: Iterable[str], default: str | None = None) -> str:
        known = tuple(choices)
        value = self._take(key, default, Sentence("Pilih salah satu: %(words)s.", {"words": ", ".join(known)}))
        if value is None:
            return ""
        if value not in known:
            self.report(key, _unknown(value), nearest(str(value), known), unreadable=not isinstance(value, str))
            return ""
        return str(value)

    def day(self, key: str) -> date:
        hint = Sentence("Tulis tanggal tanpa tanda kutip, misalnya 2026-01-01.")
        value = self._take(key, None, hint)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None:
            message = Sentence("harus tanggal, bukan %(kind)s.", {"kind": _kind(value)})
            self.report(key, message, hint, unreadable=True)
        return date.min

    def texts(self, key: str, known: Iterable[str] | None = None, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts, each once; with `known`, only words from it. An absent optional list is empty."""
        hint = Sentence('Tulis daftar teks, misalnya ["hasil", "layanan"].')
        value = self._take(key, None if required else [], hint)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.report(key, Sentence("harus daftar teks."), hint, unreadable=True)
            return ()
        if required and not value:
            self.report(key, Sentence("masih kosong."), hint, kind="empty")
        self._check_items(key, value, known)
        return tuple(value)

    def table(self, key: str, *, required: bool = True) -> "Reader":
        """A table inside this one; an empty reader where it is absent."""
        place = {"place": self.at(key)}
        value = self._take(key, None if required else {}, Sentence("Tambahkan bagian [%(place)s].", place))
        if value is not None and not isinstance(value, dict):
            message = Sentence("harus bagian tersendiri, bukan %(kind)s.", {"kind": _kind(value)})
            self.report(key, message, Sentence("Tulis sebagai [%(place)s].", place), unreadable=True)
        return Reader(value if isinstance(value, dict) else {}, self.at(key), self._problems)

    def tables(self, key: str, build: Callable[["Reader"], T], *, required: bool = True) -> tuple[T, ...]:
        """A list of tables, each built by `build`."""
        place = {"place": self.at(key)}
        add = Sentence("Tambahkan sekurang-kurangnya satu [[%(place)s]].", place)
        value = self._take(key, None if required else [], add)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            hint = Sentence("Tulis setiap butir sebagai [[%(place)s]].", place)
            self.report(key, Sentence("harus daftar bagian."), hint, unreadable=True)
            return ()
        if required and not value:
            self.report(key, Sentence("masih kosong."), add, kind="empty")
        readers = [Reader(item, f"{self.at(key)}[{index}]", self._problems) for index, item in enumerate(value)]
        return tuple(_built(reader, build) for reader in readers)

    def raw(self, key: str) -> Any:
        """The value as it stands, unchecked; the caller checks it."""
        self._seen.add(key)
        return self._data.get(key)

    def finish(self) -> None:
        """Reports every key that nobody asked for."""
        for key in self._data:
            if key not in self._seen:
                unknown = Sentence("kunci ini tidak dikenal.")
                self.report(key, unknown, nearest(key, self._seen), unreadable=True)

    def _take(self, key: str, default: Any, hint: Sentence) -> Any:
        self._seen.add(key)
        value = self._data.get(key, default)
        if value is None:
            self.report(key, Sentence("belum diisi."), hint, kind="missing")
        return value

    def _check_items(self, key: str, items: list[str], known: Iterable[str] | None) -> None:
        words = None if known is None else tuple(known)
        for index, item in enumerate(items):
            if words is not None and item not in words:
                self.report(f"{key}[{index}]", _unknown(item), nearest(item, words))
            if item in items[:index]:
                twice = Sentence("“%(word)s” ditulis dua kali.", {"word": item})
                self.report(f"{key}[{index}]", twice, Sentence("Hapus salah satu."))


def _built(reader: Reader, build: Callable[[Reader], T]) -> T:
    result = build(reader)
    reader.finish()
    return result


def _unknown(word: object) -> Sentence:
    return Sentence("“%(word)s” tidak dikenal.", {"word": str(word)})


def _kind(value: object) -> Sentence:
    return _TYPE_NAMES.get(type(value), Sentence("bagian lain"))
