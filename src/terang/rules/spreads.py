"""How the values of a group of people are spread, how two moments differ, and which groups may be told of.

Values are whole numbers, in one unit (basis points). Quantiles are lower quantiles, always values that occurred, and
the interval of a median is that of its order statistics: both from `services.distribution` and `services.intervals`,
which count service times in the same way.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from terang.rules.services.distribution import quantile
from terang.rules.services.intervals import Range, median_interval

LEAST_PEOPLE = 5
"""A group with fewer people whom the reader may not see one by one is not told of; a declared choice."""
CLASS_WIDTH = 1_000
CLASSES = 10
"""A distribution has ten classes of ten points; what lies beyond falls into the outermost."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Spread:
    """Of `n` values the smallest, the quartiles, and the largest. `interval` is where the median of many like them
    would lie in 95 of 100 cases; missing with fewer than six values."""

    n: int
    low: int
    quarter: int
    median: int
    three_quarters: int
    high: int
    interval: Range | None


def spread_of(values: Iterable[int]) -> Spread | None:
    """None of no values. The order does not matter."""
    counts = Counter(values)
    quarter, median, three_quarters = quantile(counts, 1, 4), quantile(counts, 1, 2), quantile(counts, 3, 4)
    if quarter is None or median is None or three_quarters is None:
        return None
    ends = min(counts), max(counts)
    return Spread(counts.total(), ends[0], quarter, median, three_quarters, ends[1], median_interval(counts))


def classes(values: Iterable[int]) -> tuple[int, ...]:
    """How many values lie in each of the ten classes: 0 to below 1,000, …, from 9,000 on."""
    found = [0] * CLASSES
    for value in values:
        found[min(max(value // CLASS_WIDTH, 0), CLASSES - 1)] += 1
    return tuple(found)


def changes(pairs: Iterable[tuple[int | None, int | None]]) -> Spread | None:
    """How much each changed from before to after; who lacks one of both is left out. None where that leaves nobody."""
    return spread_of(after - before for before, after in pairs if before is not None and after is not None)


def tellable(hidden: Mapping[Key, Sequence[int]], least: int = LEAST_PEOPLE) -> frozenset[int]:
    """Which of the people whom the reader may not see one by one count at all.

    `hidden` holds them by the smallest group that any question can cut out. A group with fewer than `least` is left out
    everywhere, so that no difference of two answers is about fewer people than that.
    """
    return frozenset(person for people in hidden.values() if len(people) >= least for person in people)
