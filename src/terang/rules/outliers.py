"""Which values of a small group stand far from the others: median and median deviation, each without the value itself.

Robust: one wild value moves neither the middle nor the spread of the others, so it hides nobody and accuses nobody.
Whole numbers only. Hampel (1974); Iglewicz and Hoaglin (1993) ask from 3.5 times 1.4826 deviations on, about 5.2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_PART = 3
"""At most one in so many may stand far from the others."""


@dataclass(frozen=True)
class Outlier:
    """A value far from the middle of its `others` others. `middle` is rounded half up, in the unit of the values."""

    key: int
    value: int
    middle: int
    others: int

    @property
    def is_above(self) -> bool:
        return self.value > self.middle


def outliers(
    values: Mapping[int, int], *, least_others: int, deviations_tenths: int, least_gap: int
) -> tuple[Outlier, ...]:
    """The keys whose value lies at least `least_gap` and `deviations_tenths` tenths of the median deviation of the
    others away from their median, in the order of the keys. None in a group with fewer than `least_others` others:
    missing is not odd. None either where they would be more than a third of the group: it falls into parts then,
    and has no middle to be far from."""
    if len(values) <= least_others:
        return ()
    found = [each for key in sorted(values) if (each := _outlier(key, values, deviations_tenths, least_gap))]
    return tuple(found) if len(found) * MOST_PART <= len(values) else ()


def _outlier(key: int, values: Mapping[int, int], deviations_tenths: int, least_gap: int) -> Outlier | None:
    others = [value for other, value in values.items() if other != key]
    if not others:
        return None
    middle2 = _median_doubled(others)
    gap2 = abs(2 * values[key] - middle2)
    spread4 = _median_doubled([abs(2 * value - middle2) for value in others])
    if gap2 < 2 * least_gap or gap2 * 2 * 10 < spread4 * deviations_tenths:
        return None
    return Outlier(key, values[key], (middle2 + 1) // 2, len(others))


def _median_doubled(values: Sequence[int]) -> int:
    """Twice the median, so that it stays whole where two values share the middle."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]
