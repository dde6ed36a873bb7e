"""The rubric of a performance report: criteria with described levels, and the rating that marks add up to.

A rubric is data of a government with dates. The preset is a starting point that each may change: four criteria of equal
weight, four described levels worth 25, 50, 75 and 100 %. No regulation prescribes it; PermenPANRB 6/2022 knows no
numbers, so a rubric belongs to the measured track.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from terang.rules.sentences import Sentence

FULL_BP = 10_000
LEAST_LEVELS = 2


@dataclass(frozen=True)
class Level:
    """One step of a criterion: its number (1 lowest), its worth in basis points, its name, what it looks like."""

    number: int
    points_bp: int
    name: str
    text: str


@dataclass(frozen=True)
class Criterion:
    """What is looked at. `weight` is relative to the other criteria's; `question` is what the reader asks."""

    code: str
    name: str
    question: str
    weight: int
    levels: tuple[Level, ...]

    def level(self, number: int) -> Level | None:
        return next((each for each in self.levels if each.number == number), None)


@dataclass(frozen=True)
class Rubric:
    """Criteria in the order in which they are asked."""

    criteria: tuple[Criterion, ...]


def rating_bp(rubric: Rubric, marks: Mapping[str, int]) -> int | None:
    """The rating in basis points: the points of the chosen levels, weighed. None where nothing was marked.

    Σ weight × points_bp / Σ weight over the criteria with a mark. Named rounding "report rating": half-up, once. A
    criterion without a mark is left out, never counted as zero. Raises KeyError for a criterion or level that the
    rubric does not have.
    """
    known = {each.code: each for each in rubric.criteria}
    above = weights = 0
    for code, number in marks.items():
        level = known[code].level(number)
        if level is None:
            raise KeyError((code, number))
        above += known[code].weight * level.points_bp
        weights += known[code].weight
    return (2 * above + weights) // (2 * weights) if weights else None


def missing_marks(rubric: Rubric, marks: Mapping[str, int]) -> list[str]:
    """The codes of the criteria without a mark, in order."""
    return [each.code for each in rubric.criteria if each.code not in marks]


def problems(rubric: Rubric) -> list[Sentence]:
    """What is wrong with a rubric; empty where it can be used."""
    found = [] if rubric.criteria else [Sentence("Rubrik belum berisi kriteria.")]
    codes = [each.code for each in rubric.criteria]
    if len(set(codes)) != len(codes):
        found.append(Sentence("Kode kriteria harus berbeda."))
    for each in rubric.criteria:
        found += _problems_of(each)
    return found


def _problems_of(criterion: Criterion) -> list[Sentence]:
    found = []
    name = {"name": criterion.name}
    points = [level.points_bp for level in criterion.levels]
    if not criterion.name.strip():
        found.append(Sentence("Setiap kriteria perlu nama."))
    if criterion.weight < 1:
        found.append(Sentence("Bobot %(name)s harus lebih dari nol.", name))
    if len(points) < LEAST_LEVELS:
        found.append(Sentence("%(name)s perlu paling sedikit dua tingkat.", name))
    if any(not 0 <= each <= FULL_BP for each in points) or any(a >= b for a, b in pairwise(points)):
        found.append(Sentence("Nilai tingkat %(name)s harus naik, dari 0 sampai 100.", name))
    if [level.number for level in criterion.levels] != list(range(1, len(points) + 1)):
        found.append(Sentence("Tingkat %(name)s harus berurutan mulai dari 1.", name))
    if any(not level.text.strip() for level in criterion.levels):
        found.append(Sentence("Setiap tingkat %(name)s perlu uraian.", name))
    return found


def as_json(rubric: Rubric) -> dict[str, Any]:
    """The rubric as it is stored."""
    return asdict(rubric)


def from_json(data: Mapping[str, Any]) -> Rubric:
    """The rubric behind what was stored. Raises KeyError or TypeError for anything else."""
    return Rubric(tuple(_criterion(each) for each in data["criteria"]))


def _criterion(data: Mapping[str, Any]) -> Criterion:
    levels: Sequence[Mapping[str, Any]] = data["levels"]
    return Criterion(**{**data, "levels": tuple(Level(**each) for each in levels)})


@cache
def preset() -> Rubric:
    """The rubric that Terang proposes."""
    text = files("terang.rules.reports").joinpath("rubric.toml").read_text("utf-8")
    return from_json(tomllib.loads(text))
