"""How far a median or a share could lie from what was counted. Distribution-free, deterministic, rounded outwards.

Sources: order statistics of a median, Conover, *Practical Nonparametric Statistics* (1999) §3.2; share, Wilson (1927);
difference of two shares, Newcombe (1998), *Statistics in Medicine* 17:873–890, method 10; weighted sums of shares by
the same recovery of variances, Zou and Donner (2008), *Statistics in Medicine* 27:1693–1702.
All suppose that one request's time tells nothing of the next one's; where requests wait in one queue the true
uncertainty is larger.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb, isqrt

from terang.rules.services.distribution import WHOLE_BP, value_at

Z_95 = Fraction(1_959_964, 1_000_000)
Z_EACH = Fraction(2_236_477, 1_000_000)
"""For each of two independent intervals that are to hold together at 95 %: √0.95 = 97.468 % each."""
MISSED_EACH = Fraction(25_320, 1_000_000)
"""What each of the two may miss: 1 − √0.95, rounded down by less than a millionth."""
MOST_EXACT = 10_000
"""Up to so many requests the ranks come from the binomial distribution itself, beyond from its normal limit, one place
further out."""
FINE = 10**9


@dataclass(frozen=True)
class Range:
    """From `low` to `high`, both inside."""

    low: int
    high: int

    def __contains__(self, value: int) -> bool:
        return self.low <= value <= self.high


@lru_cache(maxsize=4096)
def median_rank(finished: int, missed: Fraction = Fraction(1, 20)) -> int:
    """The place r such that the r-th shortest and the r-th longest time enclose the true median, missing it with at
    most the probability `missed`. 0 where there are too few requests for any such place."""
    if finished > MOST_EXACT:
        z = Z_EACH if missed < Fraction(1, 20) else Z_95
        return max((finished - root_up(z * z * finished)) // 2 - 1, 0)
    half, allowed = finished // 2, missed / 2 * 2**finished
    term, rank = comb(finished, half), half
    tail = 2**finished // 2 if finished % 2 else (2**finished + term) // 2
    while rank >= 0 and tail > allowed:
        tail -= term
        term = term * rank // (finished - rank + 1)
        rank -= 1
    return rank + 1


def median_interval(counts: Mapping[int, int], missed: Fraction = Fraction(1, 20)) -> Range | None:
    """The interval of a median; None where there are too few requests. Values are ones that occurred."""
    finished = sum(counts.values())
    rank = median_rank(finished, missed)
    low, high = value_at(counts, rank), value_at(counts, finished - rank + 1)
    return None if low is None or high is None else Range(low, high)


def share_interval(part: int, whole: int) -> Range | None:
    """Wilson's interval of a share in basis points; None of nothing."""
    if not whole:
        return None
    low, high = _wilson(part, whole)
    return Range(low * WHOLE_BP // FINE, -(-high * WHOLE_BP // FINE))


def share_change_interval(before: tuple[int, int], after: tuple[int, int]) -> Range | None:
    """Newcombe's interval of the difference of two shares (after less before), each (part, whole), in basis points."""
    return weighted_change_interval([(Fraction(1), *before)], [(Fraction(1), *after)])


def weighted_change_interval(
    before: Sequence[tuple[Fraction, int, int]], after: Sequence[tuple[Fraction, int, int]]
) -> Range | None:
    """The same for weighted sums of shares: each row is (weight, part, whole). None where a row or a side is empty."""
    rows = [*((-weight, part, whole) for weight, part, whole in before), *after]
    if not before or not after or not all(whole for _, _, whole in rows):
        return None
    middle = sum((weight * Fraction(part, whole) for weight, part, whole in rows), Fraction(0))
    below = above = Fraction(0)
    for weight, part, whole in rows:
        low, high = _wilson(part, whole)
        share = Fraction(part, whole)
        down, up = weight * (share - Fraction(low, FINE)), weight * (Fraction(high, FINE) - share)
        below += (down if weight > 0 else up) ** 2
        above += (up if weight > 0 else down) ** 2
    low_edge = middle * FINE - root_up(below * FINE**2)
    high_edge = middle * FINE + root_up(above * FINE**2)
    low_bp, high_bp = int(low_edge * WHOLE_BP // FINE), int(-(-high_edge * WHOLE_BP // FINE))
    return Range(max(low_bp, -WHOLE_BP), min(high_bp, WHOLE_BP))


def _wilson(part: int, whole: int) -> tuple[int, int]:
    """Wilson's bounds in thousand-millionths, rounded outwards."""
    z2 = Z_95 * Z_95
    root = root_up(z2 * (z2 + 4 * part * Fraction(whole - part, whole)) * FINE**2)
    middle, below = (2 * part + z2) * FINE, 2 * (whole + z2)
    low, high = (middle - root) // below, -(-(middle + root) // below)
    return max(int(low), 0) if part else 0, min(int(high), FINE) if part < whole else FINE


def root_up(value: Fraction) -> int:
    """The smallest whole number whose square is not below `value`."""
    whole = -(-value.numerator // value.denominator)
    return isqrt(whole - 1) + 1 if whole > 0 else 0
