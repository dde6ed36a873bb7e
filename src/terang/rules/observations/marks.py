"""What marks add up to: points, how far two observers agree, and whether the practice changed.

Marks are the points of the chosen level by the behaviour's code. A behaviour without a mark is missing, never zero.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

Marks = Mapping[str, int]
FULL_BP = 10_000
MILLI = 1_000


@dataclass(frozen=True)
class Points:
    """Points given and possible, in thousandths, over the behaviours that have a mark."""

    points_milli: int
    max_milli: int


@dataclass(frozen=True)
class Agreement:
    """How far two observers agree over the `pairs` behaviours that both marked.

    `same` of them have the very same mark, `exact_bp` is their share. `near_bp` weighs the distance: a pair counts 1
    less |a - b| divided by the widest distance of the scale (linear weights as in Cohen's weighted kappa, without its
    correction for chance: with three behaviours chance cannot be estimated). Both shares are missing where there is no
    pair.
    """

    pairs: int
    same: int
    exact_bp: int | None
    near_bp: int | None


@dataclass(frozen=True)
class Change:
    """One behaviour before and after; either is missing where it has no mark."""

    code: str
    before: int | None
    after: int | None

    @property
    def rise(self) -> int | None:
        """Points up (or down, below zero); missing where one of both is."""
        return None if self.before is None or self.after is None else self.after - self.before


def points(marks: Marks, top: int) -> Points:
    """The points of an observation: the sum of its marks, out of `top` for each behaviour marked."""
    return Points(sum(marks.values()) * MILLI, len(marks) * top * MILLI)


def agreement(one: Marks, other: Marks, span: int) -> Agreement:
    """How far two observers agree; `span` is the highest level's points less the lowest's.

    Named rounding "observer agreement": half-up to whole basis points, once for each of the two.
    """
    both = [(value, other[code]) for code, value in one.items() if code in other]
    if not both:
        return Agreement(0, 0, None, None)
    same = sum(a == b for a, b in both)
    apart = sum(abs(a - b) for a, b in both)
    possible = span * len(both)
    return Agreement(len(both), same, _share(same, len(both)), _share(possible - apart, possible))


def _share(part: int, whole: int) -> int:
    return (2 * part * FULL_BP + whole) // (2 * whole)


def differing(one: Marks, other: Marks) -> list[str]:
    """The behaviours that both marked, and not the same."""
    return [code for code, value in one.items() if code in other and other[code] != value]


def may_settle_on(value: int, one: int | None, other: int | None, values: Collection[int]) -> bool:
    """Whether two observers may agree on a level: one of the scale, and not outside what both of them saw."""
    seen = [each for each in (one, other) if each is not None]
    return value in values and bool(seen) and min(seen) <= value <= max(seen)


def changes(before: Marks, after: Marks) -> list[Change]:
    """Every behaviour of either observation, in the order of the first."""
    codes = [*before, *(code for code in after if code not in before)]
    return [Change(code, before.get(code), after.get(code)) for code in codes]


def practice_changed(found: Collection[Change]) -> bool:
    """Whether the practice changed: any behaviour rises between the two observations (teachers' guidance: the mark of
    any focus behaviour rises from the observation to the reflection)."""
    return any(each.rise is not None and each.rise > 0 for each in found)


def missing(codes: Collection[str], marks: Marks) -> list[str]:
    """The behaviours without a mark, in order."""
    return [code for code in codes if code not in marks]
