"""What changed between two times: the medians, the share in time, how sure, and a plain word for it."""

from dataclasses import dataclass
from enum import StrEnum

from terang.rules.sentences import mark as _
from terang.rules.services.distribution import WHOLE_BP, Summary, Times, summary_of
from terang.rules.services.intervals import MISSED_EACH, Range, median_interval, share_change_interval

LEAST_FINISHED = 20
"""Finished requests each side needs: below it the middle 95 % of what a median may be covers most of what occurred."""


class Verdict(StrEnum):
    """What may be said of a change. `FASTER` and `SLOWER` only where the whole interval says so."""

    FASTER = "faster"
    UNCLEAR = "unclear"
    SLOWER = "slower"
    TOO_FEW = "too_few"


VERDICT_WORDS = {
    Verdict.FASTER: _("lebih cepat"),
    Verdict.UNCLEAR: _("belum jelas"),
    Verdict.SLOWER: _("lebih lambat"),
    Verdict.TOO_FEW: _("belum cukup data"),
}


@dataclass(frozen=True)
class Change:
    """Before and after. `minutes` is after less before (negative: faster), `minutes_range` holds the true difference at
    95 % or more; `relative_bp` is the change in parts of the median before. `timely_bp` and `timely_range` are the
    change of the share in time, in basis points. All are None where `verdict` is TOO_FEW; shares also where nothing was
    judged by a standard.
    """

    before: Summary
    after: Summary
    verdict: Verdict
    minutes: int | None = None
    minutes_range: Range | None = None
    relative_bp: int | None = None
    timely_bp: int | None = None
    timely_range: Range | None = None


def compare(before: Times, after: Times, least: int = LEAST_FINISHED) -> Change:
    """The change from one group of requests to another.

    The interval of the difference joins the exact intervals of both medians, each at √0.95: whatever the two
    distributions look like, both hold together at 95 % or more, and then so does their difference.
    """
    first, second = summary_of(before), summary_of(after)
    middle = difference_of(median_interval(before.counts, MISSED_EACH), median_interval(after.counts, MISSED_EACH))
    if min(first.finished, second.finished) < least or first.median is None or second.median is None or middle is None:
        return Change(first, second, Verdict.TOO_FEW)
    moved = second.median - first.median
    shares = None
    if first.timely_bp is not None and second.timely_bp is not None:
        shares = second.timely_bp - first.timely_bp
    return Change(
        first,
        second,
        verdict_of(middle),
        moved,
        middle,
        relative_bp(moved, first.median),
        shares,
        share_change_interval((before.timely, before.judged), (after.timely, after.judged)),
    )


def difference_of(before: Range | None, after: Range | None) -> Range | None:
    """The widest difference (after less before) that both intervals allow."""
    return None if before is None or after is None else Range(after.low - before.high, after.high - before.low)


def verdict_of(middle: Range) -> Verdict:
    """What an interval of the difference allows to say."""
    if middle.high < 0:
        return Verdict.FASTER
    return Verdict.SLOWER if middle.low > 0 else Verdict.UNCLEAR


def relative_bp(moved: int, before: int) -> int | None:
    """Named rounding "relative change": half away from zero, once. None where the median before is zero."""
    if not before:
        return None
    size = (2 * abs(moved) * WHOLE_BP + before) // (2 * before)
    return size if moved >= 0 else -size
