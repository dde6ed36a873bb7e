"""Reads one TOML table field by field, notes every problem, and never stops at the first."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from terang.rules.policies.problems import Problem, nearest

T = TypeVar("T")

BROKEN = -1
"""Stands for a number that could not be read; checks across fields skip it, because it has been reported already."""

_TYPE_NAMES = {bool: "ya/tidak (true/false)", int: "bilangan bulat", float: "bilangan desimal", str: "teks"}


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

    def report(self, key: str, message: str, hint: str = "") -> None:
        self._problems.append(Problem(self.at(key) if key else self._path or "kebijakan", message, hint))

    def has(self, key: str) -> bool:
        return key in self._data

    def text(self, key: str, default: str | None = None) -> str:
        value = self._take(key, default, "Isi dengan teks dalam tanda kutip.")
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.report(key, f"harus berupa teks, bukan {_kind(value)}.", "Isi dengan teks dalam tanda kutip.")
            return ""
        return value

    def integer(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from `low` to `high`, both included; `BROKEN` where it cannot be read."""
        limits = f"Isi dengan bilangan bulat {low} sampai {high}."
        value = self._take(key, default, limits)
        if value is None:
            return BROKEN
        if isinstance(value, bool) or not isinstance(value, int):
            self.report(key, f"harus bilangan bulat, bukan {_kind(value)} {value!r}.", limits)
            return BROKEN
        if not low <= value <= high:
            self.report(key, f"bernilai {value}, di luar batas.", limits)
            return BROKEN
        return value

    def choice(self, key: str, choices: Iterable[str], default: str | None = None) -> str:
        known = tuple(choices)
        value = self._take(key, default, f"Pilih salah satu: {', '.join(known)}.")
        if value is None:
            return ""
        if value not in known:
            self.report(key, f"“{value}” tidak dikenal.", nearest(str(value), known))
            return ""
        return str(value)

    def day(self, key: str) -> date:
        value = self._take(key, None, "Tulis tanggal tanpa tanda kutip, misalnya 2026-01-01.")
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if value is not None:
            self.report(key, f"harus tanggal, bukan {_kind(value)}.", "Tulis tanpa tanda kutip, misalnya 2026-01-01.")
        return date.min

    def texts(self, key: str, known: Iterable[str] | None = None, *, required: bool = False) -> tuple[str, ...]:
        """A list of texts, each once; with `known`, only words from it. An absent optional list is empty."""
        hint = 'Tulis daftar teks, misalnya ["hasil", "layanan"].'
        value = self._take(key, None if required else [], hint)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.report(key, "harus daftar teks.", hint)
            return ()
        if required and not value:
            self.report(key, "masih kosong.", hint)
        self._check_items(key, value, known)
        return tuple(value)

    def table(self, key: str, *, required: bool = True) -> "Reader":
        """A table inside this one; an empty reader where it is absent."""
        value = self._take(key, None if required else {}, f"Tambahkan bagian [{self.at(key)}].")
        if value is not None and not isinstance(value, dict):
            self.report(key, f"harus bagian tersendiri, bukan {_kind(value)}.", f"Tulis sebagai [{self.at(key)}].")
        return Reader(value if isinstance(value, dict) else {}, self.at(key), self._problems)

    def tables(self, key: str, build: Callable[["Reader"], T], *, required: bool = True) -> tuple[T, ...]:
        """A list of tables, each built by `build`."""
        value = self._take(key, None if required else [], f"Tambahkan sekurang-kurangnya satu [[{self.at(key)}]].")
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.report(key, "harus daftar bagian.", f"Tulis setiap butir sebagai [[{self.at(key)}]].")
            return ()
        if required and not value:
            self.report(key, "masih kosong.", f"Tambahkan sekurang-kurangnya satu [[{self.at(key)}]].")
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
                self.report(key, "kunci ini tidak dikenal.", nearest(key, self._seen))

    def _take(self, key: str, default: Any, hint: str) -> Any:
        self._seen.add(key)
        value = self._data.get(key, default)
        if value is None:
            self.report(key, "belum diisi.", hint)
        return value

    def _check_items(self, key: str, items: list[str], known: Iterable[str] | None) -> None:
        words = None if known is None else tuple(known)
        for index, item in enumerate(items):
            if words is not None and item not in words:
                self.report(f"{key}[{index}]", f"“{item}” tidak dikenal.", nearest(item, words))
            if item in items[:index]:
                self.report(f"{key}[{index}]", f"“{item}” ditulis dua kali.", "Hapus salah satu.")


def _built(reader: Reader, build: Callable[[Reader], T]) -> T:
    result = build(reader)
    reader.finish()
    return result


def _kind(value: object) -> str:
    return _TYPE_NAMES.get(type(value), "daftar" if isinstance(value, list) else "bagian lain")
