"""Shares with what is known about them: the interval of Wilson, and the ratio of two shares."""

from dataclasses import dataclass
from math import exp, log, sqrt

from terang.rules.fairness.comparing import Z95
from terang.rules.fairness.tiers import Interval

FOUR_FIFTHS = 0.8
"""A usual sign to look closer (29 CFR 1607.4(D), USA); no rule of Indonesian law, told as such."""


@dataclass(frozen=True)
class Share:
    """`count` of `size` people; size is above zero."""

    count: int
    size: int

    @property
    def value(self) -> float:
        return self.count / self.size

    @property
    def interval(self) -> Interval:
        """95 % (Wilson 1927)."""
        n, z2 = self.size, Z95**2
        middle = (self.value + z2 / (2 * n)) / (1 + z2 / n)
        half = Z95 / (1 + z2 / n) * sqrt(self.value * (1 - self.value) / n + z2 / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


def ratio(ours: Share, theirs: Share) -> tuple[float, Interval] | None:
    """Ratio of two shares with its 95 % interval (Katz 1978). None where one of them is zero: no ratio is known."""
    if not ours.count or not theirs.count:
        return None
    at = ours.value / theirs.value
    se = sqrt(1 / ours.count - 1 / ours.size + 1 / theirs.count - 1 / theirs.size)
    return at, (exp(log(at) - Z95 * se), exp(log(at) + Z95 * se))
