"""Which months stand for "before" and "after" an intervention."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WINDOW_MONTHS = 3
"""Months on each side: enough requests for a median, short enough not to mix in an older time."""


@dataclass(frozen=True)
class Windows:
    """Months (yyyymm) before and after. `left_out` is the month in which it happened, where it did not begin on its
    first day: its requests belong to neither. A side is empty where no whole month lies there.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    left_out: int | None


def windows_around(day: date, months: Sequence[int], others: Sequence[date] = ()) -> Windows:
    """The last months before an intervention, and the latest months after it, among `months` (yyyymm, ascending).

    Neither reaches past another intervention of `others`: what two changes did cannot be told apart. The running month
    counts as after.
    """
    own = day.year * 100 + day.month
    starts = day.day == 1
    earlier = max((_last_mixed(other) for other in others if other < day and _month(other) != own), default=0)
    later = min((_month(other) for other in others if other > day and _month(other) != own), default=999_999)
    before = [month for month in months if earlier < month < own]
    after = [month for month in months if (month >= own if starts else month > own) and month < later]
    return Windows(
        tuple(before[-WINDOW_MONTHS:]), tuple(after[-WINDOW_MONTHS:]), None if starts or own not in months else own
    )


def _month(day: date) -> int:
    return day.year * 100 + day.month


def _last_mixed(day: date) -> int:
    """The last month that still has requests from before a day."""
    if day.day > 1:
        return _month(day)
    return day.year * 100 + day.month - 1 if day.month > 1 else (day.year - 1) * 100 + 12
