"""Some people against the others with like evidence: the exact chance of what was seen, had ratings been given alike.

Within a stratum of like evidence every choice of as many people is equally likely when nobody is treated differently;
the sum of the ratings of those looked at then has a known distribution (permutation test; Mantel 1963, van Elteren
1960). It is counted out for small numbers and taken as normal, with half a level's correction, for large ones. No
random numbers are drawn: the same ratings give the same answer for ever.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import comb, erfc, fsum, sqrt

MOST_EXACT = 60
"""People looked at up to whom the distribution is counted out."""
MOST_STEPS = 30_000
"""Different values times people looked at, squared, of one stratum, up to which it is: about a second of computing."""
Z95 = 1.959963984540054


@dataclass(frozen=True)
class Stratum:
    """Whole-number values of people with like evidence: of those looked at, and how often each value occurs among
    everybody, those included."""

    inside: tuple[int, ...]
    everybody: Mapping[int, int]

    @cached_property
    def size(self) -> int:
        return sum(self.everybody.values())

    @cached_property
    def mean(self) -> float:
        return sum(value * count for value, count in self.everybody.items()) / self.size

    @property
    def weight(self) -> float:
        """How much the stratum tells: most where both sides are many."""
        return len(self.inside) * (self.size - len(self.inside)) / self.size

    @property
    def variance(self) -> float:
        """Of the sum inside, over all choices of as many people (hypergeometric)."""
        squares = fsum(count * (value - self.mean) ** 2 for value, count in self.everybody.items())
        return squares / (self.size - 1) * self.weight


def stratum(inside: Sequence[int], outside: Sequence[int]) -> Stratum:
    """From the values of both sides."""
    return Stratum(tuple(inside), Counter([*inside, *outside]))


@dataclass(frozen=True)
class Comparison:
    """How far those looked at lie from the others with like evidence (`effect`, in the unit of the values).

    `people` are those who have somebody to be compared with; `se` is the standard error under equal treatment;
    `p_low` and `p_high` are the chances of a sum as low, or as high, as the one seen.
    """

    people: int
    effect: float
    se: float
    p_low: float
    p_high: float

    @property
    def p_two_sided(self) -> float:
        return min(1.0, 2 * min(self.p_low, self.p_high))

    @property
    def interval(self) -> tuple[float, float]:
        """95 %."""
        return self.effect - Z95 * self.se, self.effect + Z95 * self.se


def compare(strata: Iterable[Stratum]) -> Comparison | None:
    """None where nobody looked at has anybody to be compared with, or all values are the same: nothing is known."""
    useful = [each for each in strata if each.inside and each.size > len(each.inside)]
    variance = fsum(each.variance for each in useful)
    if not useful or variance <= 0:
        return None
    weight = fsum(each.weight for each in useful)
    total = sum(sum(each.inside) for each in useful)
    expected = fsum(len(each.inside) * each.mean for each in useful)
    people = sum(len(each.inside) for each in useful)
    low, high = _exact(useful, total) if _countable(useful) else _normal(total - expected, sqrt(variance))
    return Comparison(people, (total - expected) / weight, sqrt(variance) / weight, low, high)


def _countable(strata: Sequence[Stratum]) -> bool:
    few = sum(len(each.inside) for each in strata) <= MOST_EXACT
    return few and all(len(each.everybody) * len(each.inside) ** 2 <= MOST_STEPS for each in strata)


def _normal(distance: float, deviation: float) -> tuple[float, float]:
    return tuple(0.5 * erfc((sign * distance - 0.5) / deviation / sqrt(2)) for sign in (-1, 1))  # type: ignore[return-value]


def _exact(strata: Iterable[Stratum], total: int) -> tuple[float, float]:
    chances = {0: 1.0}
    for each in strata:
        chances = _together(chances, _sums(each.everybody, len(each.inside)))
    low = fsum(chance for value, chance in chances.items() if value <= total)
    high = fsum(chance for value, chance in chances.items() if value >= total)
    return min(1.0, low), min(1.0, high)


def _sums(values: Mapping[int, int], drawn: int) -> dict[int, float]:
    """The chance of every sum of `drawn` of the values, without putting back."""
    ways: dict[tuple[int, int], int] = {(0, 0): 1}
    for value, count in sorted(values.items()):
        after: Counter[tuple[int, int]] = Counter()
        for (taken, reached), number in ways.items():
            for more in range(min(count, drawn - taken) + 1):
                after[taken + more, reached + more * value] += number * comb(count, more)
        ways = dict(after)
    every = comb(sum(values.values()), drawn)
    return {reached: number / every for (taken, reached), number in ways.items() if taken == drawn}


def _together(left: dict[int, float], right: dict[int, float]) -> dict[int, float]:
    sums: dict[int, float] = {}
    for a, chance in left.items():
        for b, other in right.items():
            sums[a + b] = sums.get(a + b, 0.0) + chance * other
    return sums


def holm(chances: Sequence[float]) -> list[float]:
    """Chances adjusted for how many were looked at, in the given order (Holm 1979): the chance that anything at all is
    pointed at without cause stays below the rate they are held against, whatever depends on what."""
    ordered = sorted(range(len(chances)), key=lambda n: (chances[n], n))
    adjusted, reached = [0.0] * len(chances), 0.0
    for place, n in enumerate(ordered):
        reached = max(reached, min(1.0, chances[n] * (len(chances) - place)))
        adjusted[n] = reached
    return adjusted
