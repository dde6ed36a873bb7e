"""The nine boxes as a picture: who stands where, each name leading to its evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from terang.follow_up.career.gathering import Profile
from terang.follow_up.career.wording import BOX_ADVICE, PERFORMANCE_LABELS, POTENTIAL_LABELS
from terang.rules.regulations.talent import PERFORMANCE, POTENTIAL, box_of

MOST_NAMES = 6
"""Names in a box of the picture; everybody is in the list below it."""
SMALL = 10
"""Fewer placed people than this say nothing about a unit."""


@dataclass(frozen=True)
class Box:
    """One box. `people` are the first by name, `more` how many are not drawn."""

    number: int
    advice: str
    count: int
    people: list[Profile]
    more: int


@dataclass(frozen=True)
class Row:
    """The boxes of one performance, from low potential to high."""

    label: str
    boxes: list[Box]


@dataclass(frozen=True)
class Grid:
    """Nine boxes, the best performance first. `left_out` cannot be placed because something is missing."""

    rows: list[Row]
    columns: list[str]
    placed: int
    left_out: int

    @property
    def is_small(self) -> bool:
        return 0 < self.placed < SMALL


def grid_of(profiles: Sequence[Profile], today: date) -> Grid:
    """Nobody is put in a box by what is not known."""
    found: dict[int | None, list[Profile]] = {}
    for each in profiles:
        found.setdefault(each.placing.box, []).append(each)
    columns = tuple(reversed(POTENTIAL))
    rows = [
        Row(gettext(PERFORMANCE_LABELS[name]), [_box(box_of(name, column, today), found) for column in columns])
        for name in PERFORMANCE
    ]
    left_out = len(found.get(None, []))
    labels = [gettext(POTENTIAL_LABELS[column]) for column in columns]
    return Grid(rows, labels, len(profiles) - left_out, left_out)


def _box(number: int, found: dict[int | None, list[Profile]]) -> Box:
    people = found.get(number, [])
    shown = people[:MOST_NAMES]
    return Box(number, gettext(BOX_ADVICE[number]), len(people), shown, len(people) - len(shown))
