"""The working-day calendar and the deadline in working days.

Working days leave out the weekly days of rest, national holidays and joint leave (SKB 3 Menteri, one per year). Day 1
is the first working day after the event. A government adds its own holidays; a unit with a six-day week its Saturdays.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Literal

from terang.rules.errors import RuleInputError
from terang.rules.regulations.source import rule_sets

MONDAY_TO_FRIDAY = frozenset(range(5))
MONDAY_TO_SATURDAY = frozenset(range(6))
_LONGEST_DEADLINE = 1_000


@dataclass(frozen=True)
class Holiday:
    """One day on which offices are closed."""

    day: date
    name: str
    kind: Literal["national", "joint_leave", "local"]


@dataclass(frozen=True)
class Calendar:
    """Which days are working days. `weekdays`: 0 = Monday. `years` are those whose holidays are known."""

    holidays: frozenset[date]
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    years: frozenset[int] = frozenset()

    def is_working_day(self, day: date) -> bool:
        return day.weekday() in self.weekdays and day not in self.holidays

    def working_days(self, first: date, last: date) -> int:
        """Working days from `first` to `last`, both included; 0 where `last` is before `first`."""
        return sum(self.is_working_day(first + timedelta(days=offset)) for offset in range((last - first).days + 1))

    def unknown_years(self, first: date, last: date) -> tuple[int, ...]:
        """Years between two days whose holidays are not in the data: results that touch them may change."""
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.years)


def national_holidays() -> tuple[Holiday, ...]:
    """Every national holiday and day of joint leave in the data, in order of date."""
    return tuple(
        Holiday(entry["date"], entry["name"], kind)
        for year in rule_sets("holidays")
        for kind in ("national", "joint_leave")
        for entry in sorted(year.values[kind], key=lambda item: item["date"])
    )


def national_calendar(local: Iterable[date] = (), weekdays: frozenset[int] = MONDAY_TO_FRIDAY) -> Calendar:
    """The national calendar, with `local` days of a government added."""
    days = frozenset(holiday.day for holiday in national_holidays())
    return Calendar(
        days | frozenset(local), weekdays, frozenset(each.valid_from.year for each in rule_sets("holidays"))
    )


def deadline(start: date, working_days: int, calendar: Calendar) -> date:
    """The last day of a term of `working_days`, the day of the event not counted.

    Raises RuleInputError for fewer than 1 or more than 1,000 days and for a calendar without working days.
    """
    if not 1 <= working_days <= _LONGEST_DEADLINE:
        raise RuleInputError(
            f"Tenggat {working_days} hari kerja tidak mungkin.", f"Isi 1 sampai {_LONGEST_DEADLINE} hari kerja."
        )
    if not calendar.weekdays:
        raise RuleInputError("Kalender tidak punya hari kerja.", "Isi sekurang-kurangnya satu hari kerja seminggu.")
    due = next(islice(_working_days_after(start, calendar), working_days - 1, None), None)
    if due is None:
        raise RuleInputError(f"Tenggat sejak {start.isoformat()} berada di luar kalender.", "Periksa tanggalnya.")
    return due


def _working_days_after(start: date, calendar: Calendar) -> Iterator[date]:
    day = start
    while day < date.max:
        day += timedelta(days=1)
        if calendar.is_working_day(day):
            yield day
