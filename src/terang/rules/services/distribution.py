"""A month's times as a histogram, and what it says: quartiles, the slow tenth, the share in time."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

WHOLE_BP = 10_000


@dataclass(frozen=True)
class Times:
    """Finished requests of one group. `counts`: working minutes → how many, each at least 1. `timely`: how many of them
    ended within the standard under which their own clock ran; `judged`: how many had a standard to be judged by.
    """

    counts: Mapping[int, int] = field(default_factory=dict)
    timely: int = 0
    judged: int = 0

    @property
    def finished(self) -> int:
        return sum(self.counts.values())


NOTHING = Times()


def together(groups: Iterable[Times]) -> Times:
    """The sum of groups: pooled requests. The order does not matter."""
    counts: Counter[int] = Counter()
    timely = judged = 0
    for group in groups:
        counts.update(group.counts)
        timely, judged = timely + group.timely, judged + group.judged
    return Times(counts, timely, judged)


def quantile(counts: Mapping[int, int], tenths: int, of: int = 10) -> int | None:
    """The smallest time within which at least `tenths` of `of` are done; always one that occurred. None of nothing.

    Named rounding "lower quantile": `quantile(counts, 1, 2)` is the lower median. Raises ValueError for a share of
    nothing, or of more than all.
    """
    if not 0 < tenths <= of:
        raise ValueError(f"a share of {tenths}/{of} is none")
    return value_at(counts, -(-sum(counts.values()) * tenths // of))


def value_at(counts: Mapping[int, int], rank: int) -> int | None:
    """The time at this place from the shortest, counted from 1; None outside."""
    passed = 0
    for minutes in sorted(counts):
        passed += counts[minutes]
        if passed >= rank > 0:
            return minutes
    return None


def share_bp(part: int, whole: int) -> int | None:
    """Named rounding "share": half-up, once. None of nothing."""
    return (2 * part * WHOLE_BP + whole) // (2 * whole) if whole else None


@dataclass(frozen=True)
class Summary:
    """What is told of a group. All times are None where nothing was finished, `timely_bp` where nothing was judged."""

    finished: int
    quarter: int | None
    median: int | None
    three_quarters: int | None
    ninetieth: int | None
    timely_bp: int | None


def summary_of(times: Times) -> Summary:
    """Quartiles, the time within which nine of ten are done, and the share in time."""
    counts = times.counts
    return Summary(
        times.finished,
        quantile(counts, 1, 4),
        quantile(counts, 1, 2),
        quantile(counts, 3, 4),
        quantile(counts, 9, 10),
        share_bp(times.timely, times.judged),
    )
