"""How times are written: working days on an axis, words in a sentence."""

from collections.abc import Sequence
from datetime import date

from django.utils.dates import MONTHS

from terang.evaluation.periods import short_title
from terang.evidence.citizens.working_time import WORKING_DAY_MINUTES, working_time
from terang.web.numbers import decimal, missing


def time_words(minutes: int | None) -> str:
    """Working minutes in words; "belum ada" where missing."""
    return missing() if minutes is None else working_time(minutes)


def counted_in_days(standard: int) -> bool:
    """Whether a service is drawn in working days: its standard is a day or more."""
    return standard >= WORKING_DAY_MINUTES


def hundredths(minutes: int) -> int:
    """Hundredths of a working day, rounded half-up."""
    return (200 * minutes + WORKING_DAY_MINUTES) // (2 * WORKING_DAY_MINUTES)


def days(value: int | None) -> str:
    """Hundredths of a working day as a number."""
    return missing() if value is None else decimal(value, 100, 2)


def month_day(month: int) -> date:
    """The first day of a month named yyyymm."""
    return date(month // 100, month % 100, 1)


def month_name(month: int) -> str:
    """ "Nov 26"."""
    return short_title("month", month_day(month))


def span_words(months: Sequence[int]) -> str:
    """ "Sep–Nov 2026", "Des 2025–Feb 2026", or one month alone."""
    if not months:
        return ""
    first, last = month_day(months[0]), month_day(months[-1])
    names = [str(MONTHS[each.month])[:3] for each in (first, last)]
    if first == last:
        return f"{names[0]} {first.year}"
    opening = names[0] if first.year == last.year else f"{names[0]} {first.year}"
    return f"{opening}–{names[1]} {last.year}"
