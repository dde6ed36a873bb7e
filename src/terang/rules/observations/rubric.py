"""The instrument of a structured observation: indicators, each with focus behaviours, each marked on described levels.

An instrument is data of a government with dates. The presets are starting points that each may change. For teachers the
shape follows the national practice of observing lessons (one of eight indicators of the learning environment, about
three focus behaviours each, three levels: not done, done without effect, done with effect; guidance for teachers'
performance in Ruang GTK, formerly PMM); every sentence is our own. No regulation prescribes the numbers.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from terang.rules.sentences import Sentence

LEAST_LEVELS = 2
MOST_POINTS = 100
"""The most that one behaviour may be worth, in points: a bound against slips of the keyboard, not a rule."""


@dataclass(frozen=True)
class Level:
    """One step: its points, its name, and what it means wherever a behaviour says nothing of its own."""

    value: int
    name: str
    text: str


@dataclass(frozen=True)
class Behaviour:
    """What the observer looks for. `code` is its number within the indicator. `good` and `avoid` are examples; `looks`
    describes each level for this behaviour, lowest first (empty: the levels' own texts hold)."""

    code: str
    text: str
    good: str = ""
    avoid: str = ""
    looks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """One side of the work, of which the observed person picks one. `about` says why it matters."""

    code: str
    name: str
    about: str
    behaviours: tuple[Behaviour, ...]


@dataclass(frozen=True)
class Rubric:
    """Levels from the lowest on, and the indicators to pick from."""

    levels: tuple[Level, ...]
    indicators: tuple[Indicator, ...]

    @property
    def top(self) -> int:
        """The most points of one behaviour."""
        return self.levels[-1].value

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(level.value for level in self.levels)

    def indicator(self, code: str) -> Indicator | None:
        return next((each for each in self.indicators if each.code == code), None)

    def level(self, value: int) -> Level | None:
        return next((each for each in self.levels if each.value == value), None)

    def look(self, behaviour: Behaviour, value: int) -> str:
        """What a level of a behaviour looks like, in words."""
        place = self.values.index(value)
        return behaviour.looks[place] if behaviour.looks else self.levels[place].text


@dataclass(frozen=True)
class Preset:
    """An instrument that Terang proposes: its name, what the place of the observation is called, for whom."""

    code: str
    name: str
    place: str
    categories: tuple[str, ...]
    rubric: Rubric


PRESETS = ("pembelajaran", "loket", "poliklinik")


def problems(rubric: Rubric) -> list[Sentence]:
    """What is wrong with an instrument; empty where it can be used."""
    found = _problems_of_levels(rubric)
    if not rubric.indicators:
        found.append(Sentence("Instrumen belum berisi indikator."))
    codes = [each.code for each in rubric.indicators]
    if len(set(codes)) != len(codes):
        found.append(Sentence("Kode indikator harus berbeda."))
    for each in rubric.indicators:
        found += _problems_of(each, len(rubric.levels))
    return found


def _problems_of_levels(rubric: Rubric) -> list[Sentence]:
    found, values = [], rubric.values
    if len(values) < LEAST_LEVELS:
        found.append(Sentence("Instrumen perlu paling sedikit dua tingkat."))
    if any(not 0 <= each <= MOST_POINTS for each in values) or any(a >= b for a, b in pairwise(values)):
        found.append(Sentence("Poin tingkat harus naik, dari 0 sampai 100."))
    if any(not each.name.strip() or not each.text.strip() for each in rubric.levels):
        found.append(Sentence("Setiap tingkat perlu nama dan uraian."))
    return found


def _problems_of(indicator: Indicator, levels: int) -> list[Sentence]:
    name = {"name": indicator.name}
    found = [] if indicator.name.strip() else [Sentence("Setiap indikator perlu nama.")]
    if not indicator.behaviours:
        found.append(Sentence("%(name)s belum berisi perilaku.", name))
    codes = [each.code for each in indicator.behaviours]
    if len(set(codes)) != len(codes):
        found.append(Sentence("Nomor perilaku %(name)s harus berbeda.", name))
    if any(not each.text.strip() for each in indicator.behaviours):
        found.append(Sentence("Setiap perilaku %(name)s perlu uraian.", name))
    if any(each.looks and (len(each.looks) != levels or not all(each.looks)) for each in indicator.behaviours):
        found.append(Sentence("Uraian tingkat %(name)s harus lengkap untuk semua tingkat, atau kosong semua.", name))
    return found


def as_json(rubric: Rubric) -> dict[str, Any]:
    """The instrument as it is stored."""
    return asdict(rubric)


def from_json(data: Mapping[str, Any]) -> Rubric:
    """The instrument behind what was stored. Raises KeyError or TypeError for anything else."""
    levels = tuple(Level(**each) for each in data["levels"])
    return Rubric(levels, tuple(_indicator(each) for each in data["indicators"]))


def _indicator(data: Mapping[str, Any]) -> Indicator:
    behaviours: Sequence[Mapping[str, Any]] = data["behaviours"]
    told = [{"code": str(number), **each} for number, each in enumerate(behaviours, 1)]
    return Indicator(
        **{
            **data,
            "behaviours": tuple(Behaviour(**{**each, "looks": tuple(each.get("looks", ()))}) for each in told),
        }
    )


@cache
def preset(code: str) -> Preset:
    """One of `PRESETS`. Raises FileNotFoundError for any other."""
    data = tomllib.loads(files("terang.rules.observations").joinpath(f"presets/{code}.toml").read_text("utf-8"))
    return Preset(code, data["name"], data["place"], tuple(data["categories"]), from_json(data))
