"""The nine boxes as a picture: who stands where, each name leading to its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.translation import gettext

from terang.follow_up.career.models import Standing
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
    people: list[Standing]
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


def grid_of(rows: QuerySet[Standing], today: date) -> Grid:
    """Nobody is put in a box by what is not known. Ten queries."""
    counts = dict(rows.order_by().values_list("box").annotate(people=Count("pk")))
    columns = tuple(reversed(POTENTIAL))
    drawn = [
        Row(gettext(PERFORMANCE_LABELS[name]), [_box(box_of(name, each, today), rows, counts) for each in columns])
        for name in PERFORMANCE
    ]
    left_out = counts.pop(None, 0)
    labels = [gettext(POTENTIAL_LABELS[column]) for column in columns]
    return Grid(drawn, labels, sum(counts.values()), left_out)


def _box(number: int, rows: QuerySet[Standing], counts: Mapping[int | None, int]) -> Box:
    count = counts.get(number, 0)
    shown = list(rows.filter(box=number).order_by("name", "pk")[:MOST_NAMES])
    return Box(number, gettext(BOX_ADVICE[number]), count, shown, count - len(shown))
