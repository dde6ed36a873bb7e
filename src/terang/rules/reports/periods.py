"""The periods a performance report is about: years, half-years and quarters of the calendar. Ends are exclusive."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = {"tahun": 12, "semester": 6, "triwulan": 3}
"""How many months a period of each kind has, the longest first."""


@dataclass(frozen=True, order=True)
class Span:
    """One period from `start` to before `end`."""

    start: date
    end: date
    kind: str

    @property
    def number(self) -> int:
        """Which of its year: the third quarter is 3."""
        return (self.start.month - 1) // MONTHS[self.kind] + 1


def span_of(kind: str, day: date) -> Span:
    """The period of a kind that holds the day. Raises KeyError for an unknown kind."""
    months = MONTHS[kind]
    first = (day.month - 1) // months * months
    return Span(_month(day.year, first), _month(day.year, first + months), kind)


def spans_between(kind: str, start: date, end: date) -> Iterator[Span]:
    """The periods of a kind that begin on `start` or later and before `end`, in order."""
    span = span_of(kind, start)
    while span.start < end:
        if span.start >= start:
            yield span
        span = span_of(kind, span.end)


def _month(year: int, months: int) -> date:
    return date(year + months // 12, months % 12 + 1, 1)
