"""Several services pooled: what changed in the services themselves, and what only because others were asked for.

Direct standardisation: the time after is worked out as if the mix of services were still that of before. A service
counts with its share of the finished requests before; its own requests after say how long it takes now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from terang.rules.services.change import (
    LEAST_FINISHED,
    Change,
    Verdict,
    compare,
    difference_of,
    relative_bp,
    verdict_of,
)
from terang.rules.services.distribution import Summary, Times, share_bp, summary_of, together
from terang.rules.services.intervals import (
    FINE,
    MISSED_EACH,
    Z_EACH,
    Range,
    median_interval,
    root_up,
    weighted_change_interval,
)

LEAST_OF_SERVICE = 5
"""Finished requests after that a service needs to stand for its share of the mix."""


@dataclass(frozen=True)
class MixRow:
    """One service of a pool: what it was and is, and its share of all finished requests before and after."""

    service: int
    before: Summary
    after: Summary
    share_before_bp: int | None
    share_after_bp: int | None


@dataclass(frozen=True)
class MixChange:
    """The change of a pool. `plain` compares all requests as they came. `adjusted` holds `mix` of before: its `after`
    has the standardised median and share in time, its other figures are None. `by_mix_minutes` is what the mix alone
    did to the median (plain less adjusted); None where either is unknown. `covered_bp` is the part of the mix before
    that the services compared make up; the others had too few requests after.
    """

    rows: tuple[MixRow, ...]
    plain: Change
    adjusted: Change
    by_mix_minutes: int | None
    covered_bp: int


def compare_mixes(before: Mapping[int, Times], after: Mapping[int, Times], least: int = LEAST_FINISHED) -> MixChange:
    """The change of several services, by their id. One service alone gives the same as `compare`."""
    first, second = together(before.values()), together(after.values())
    plain = compare(first, second, least)
    kept = [pk for pk, times in before.items() if times.finished and _finished(after, pk) >= LEAST_OF_SERVICE]
    covered = sum(before[pk].finished for pk in kept)
    rows = [_row(pk, before, after, first.finished, second.finished) for pk in {**before, **after}]
    if len({pk for pk in (*before, *after) if _finished(before, pk) or _finished(after, pk)}) <= 1:
        adjusted = plain
    else:
        adjusted = _adjusted({pk: before[pk] for pk in kept}, {pk: after[pk] for pk in kept}, least)
    known = plain.minutes is not None and adjusted.minutes is not None
    return MixChange(
        tuple(sorted(rows, key=lambda row: (-row.before.finished - row.after.finished, row.service))),
        plain,
        adjusted,
        (plain.minutes or 0) - (adjusted.minutes or 0) if known else None,
        share_bp(covered, first.finished) or 0,
    )


def _finished(groups: Mapping[int, Times], pk: int) -> int:
    return groups[pk].finished if pk in groups else 0


def _row(pk: int, before: Mapping[int, Times], after: Mapping[int, Times], first: int, second: int) -> MixRow:
    one, two = summary_of(before.get(pk, Times())), summary_of(after.get(pk, Times()))
    return MixRow(pk, one, two, share_bp(one.finished, first), share_bp(two.finished, second))


def _adjusted(before: Mapping[int, Times], after: Mapping[int, Times], least: int) -> Change:
    first, second = together(before.values()), together(after.values())
    told = summary_of(first)
    weights = {pk: Fraction(times.finished, first.finished) for pk, times in before.items()}
    weighted = _weighted(weights, after)
    middle = _weighted_interval(weights, after, weighted)
    own = median_interval(first.counts, MISSED_EACH)
    median = _weighted_quantile(weighted, Fraction(1, 2))
    spread = difference_of(own, middle)
    if min(first.finished, second.finished) < least or told.median is None or median is None or spread is None:
        return Change(told, _standardised(second.finished, None, None), Verdict.TOO_FEW)
    moved = median - told.median
    share, shares = _share(weights, after), None
    if share is not None and told.timely_bp is not None:
        shares = share - told.timely_bp
    return Change(
        told,
        _standardised(second.finished, median, share),
        verdict_of(spread),
        moved,
        spread,
        relative_bp(moved, told.median),
        shares,
        weighted_change_interval(
            [(Fraction(1), first.timely, first.judged)],
            [(weight, after[pk].timely, after[pk].judged) for pk, weight in weights.items()],
        ),
    )


def _standardised(finished: int, median: int | None, share: int | None) -> Summary:
    return Summary(finished, None, median, None, None, share)


def _share(weights: Mapping[int, Fraction], after: Mapping[int, Times]) -> int | None:
    """The standardised share in time in basis points; None where a service has nothing judged by a standard."""
    if not all(after[pk].judged for pk in weights):
        return None
    share = sum((w * Fraction(after[pk].timely, after[pk].judged) for pk, w in weights.items()), Fraction(0))
    return share_bp(share.numerator, share.denominator)


def _weighted(weights: Mapping[int, Fraction], after: Mapping[int, Times]) -> dict[int, Fraction]:
    """Minutes → weight; each service's requests share its weight alike."""
    found: dict[int, Fraction] = {}
    for pk, weight in weights.items():
        each = weight / after[pk].finished
        for minutes, count in after[pk].counts.items():
            found[minutes] = found.get(minutes, Fraction(0)) + each * count
    return found


def _weighted_quantile(weighted: Mapping[int, Fraction], share: Fraction) -> int | None:
    passed = Fraction(0)
    for minutes in sorted(weighted):
        passed += weighted[minutes]
        if passed >= share:
            return minutes
    return None


def _weighted_interval(
    weights: Mapping[int, Fraction], after: Mapping[int, Times], weighted: Mapping[int, Fraction]
) -> Range | None:
    """Woodruff's interval of a weighted median (1952, *JASA* 47:635–646): the quantiles at one half ± z·s, with the
    largest s that a stratified share can have: s² = Σ w² / 4n."""
    variance = sum((w * w / (4 * after[pk].finished) for pk, w in weights.items()), Fraction(0))
    half = Fraction(root_up(Z_EACH * Z_EACH * variance * FINE**2), FINE)
    if half >= Fraction(1, 2):
        return None
    low, high = (_weighted_quantile(weighted, Fraction(1, 2) + step) for step in (-half, half))
    return None if low is None or high is None else Range(low, high)
