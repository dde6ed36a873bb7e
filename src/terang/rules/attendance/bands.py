"""Bands of lateness and early leaving (TL, PSW): local rules as data, one band a day and direction, the worst counts.

Cuts are in basis points of what the government takes them from; which base that is belongs to the allowance policy.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from terang.rules.errors import RuleInputError


@dataclass(frozen=True)
class Band:
    """From `from_minutes` on (inclusive) the cut is `cut_bp`. `code` as printed, for example TL1."""

    code: str
    from_minutes: int
    cut_bp: int


@dataclass(frozen=True)
class BandSet:
    """A government's bands. `missing_bp` is the cut of a missing punch (None: the worst band's), `absent_bp` that of
    an absent day."""

    code: str
    label: str
    source: str
    late: tuple[Band, ...]
    early: tuple[Band, ...]
    absent_bp: int
    missing_bp: int | None = None

    def late_band(self, minutes: int, missing: bool = False) -> Band | None:
        """The band of an arrival; the last one where the punch is missing; None in time."""
        return self._band(self.late, minutes, missing)

    def early_band(self, minutes: int, missing: bool = False) -> Band | None:
        """The band of leaving early, as `late_band`."""
        return self._band(self.early, minutes, missing)

    def _band(self, bands: tuple[Band, ...], minutes: int, missing: bool) -> Band | None:
        if minutes < 0:
            raise RuleInputError("Menit tidak boleh kurang dari nol.", "Periksa jam masuk dan jam pulang.")
        if missing:
            return bands[-1] if self.missing_bp is None else replace(bands[-1], cut_bp=self.missing_bp)
        return next((band for band in reversed(bands) if minutes >= band.from_minutes), None)


@cache
def presets() -> dict[str, BandSet]:
    """The sets found in use, by code. A government takes one as its starting point."""
    text = (files("terang.rules.attendance") / "bands.toml").read_text(encoding="utf-8")
    return {row["code"]: read_bands(row) for row in tomllib.loads(text)["sets"]}


def read_bands(row: Mapping[str, Any]) -> BandSet:
    """A set from data. Raises RuleInputError where a ladder is empty or does not rise."""
    late = _ladder(row["late"], "TL")
    early = _ladder(row.get("early", row["late"]), "PSW")
    return BandSet(row["code"], row["label"], row["source"], late, early, row["absent_bp"], row.get("missing_bp"))


def _ladder(rows: list[list[int]], prefix: str) -> tuple[Band, ...]:
    bands = tuple(Band(f"{prefix}{n}", start, cut) for n, (start, cut) in enumerate(rows, 1))
    rising = all(a.from_minutes < b.from_minutes and a.cut_bp <= b.cut_bp for a, b in pairwise(bands))
    if not bands or bands[0].from_minutes < 1 or not rising:
        raise RuleInputError(f"Jenjang {prefix} tidak berurutan.", "Urutkan dari menit dan potongan yang paling kecil.")
    return bands
