"""Calendar months as every evidence room counts them: named yyyymm, cut to the asked time, grouped in SQL."""

from collections.abc import Iterator
from datetime import date, datetime, time
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import Case, IntegerField, Value, When


def month_spans(start: date, end: date) -> Iterator[tuple[int, date, date]]:
    """(yyyymm, first day, day after the last) of each month between `start` and `end` (exclusive), cut to them."""
    first = start
    while first < end:
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        yield first.year * 100 + first.month, first, min(following, end)
        first = following


@lru_cache(maxsize=1024)
def months_between(start: date, end: date) -> Fraction:
    """Months from `start` to before `end`, exact: a whole month counts 1, a begun one its share of days."""
    return sum(
        (Fraction((till - since).days, _days_in(since)) for _, since, till in month_spans(start, end)), Fraction()
    )


def prorated(amount: int, part: Fraction) -> int:
    """`amount × part` as a whole number. Named rounding "prorated amount": half-up, once; neither may be negative."""
    share = amount * part
    return (2 * share.numerator + share.denominator) // (2 * share.denominator)


def month_of(field: str, start: date, end: date, zone: ZoneInfo | None = None) -> Case:
    """The yyyymm of a day column, or of a moment column in local time of `zone`, for rows between `start` and `end`.

    Plain comparisons, so that both databases group by it without calling back into Python.
    """
    limits = ((number, midnight(till, zone) if zone else till) for number, _, till in month_spans(start, end))
    return Case(
        *(When(**{f"{field}__lt": limit, "then": Value(number)}) for number, limit in limits),
        output_field=IntegerField(),
    )


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a day begins in a time zone."""
    return datetime.combine(day, time(), zone)


def _days_in(day: date) -> int:
    return (date(day.year + day.month // 12, day.month % 12 + 1, 1) - day.replace(day=1)).days
