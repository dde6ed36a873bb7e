"""How times are written: working days on an axis, words in a sentence."""

from collections.abc import Sequence
from datetime import date

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
    """ "Jan 26–Mar 26", or one month alone."""
    names = [month_name(month) for month in (*months[:1], *months[-1:])]
    return "–".join(dict.fromkeys(names))
