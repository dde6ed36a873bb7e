"""When work is due: a person's shift on a day, from the roster, the hours entered, or the registry's working week."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from terang.evidence.attendance.models import WorkHours
from terang.registry.organization.calendars import AgencyCalendar, calendars_of
from terang.registry.organization.models import Agency, Unit
from terang.rules.attendance.day import Shift
from terang.rules.regulations.working_time import average_daily_minutes

MINUTES = 1_440
FRIDAY = 4
USUAL_START = 450
"""07.30 (Perpres 21/2023), where neither hours nor a working week were entered."""
USUAL_BREAKS = (60, 90)
"""Minutes of break from Monday to Thursday, and on Friday."""


@dataclass(frozen=True)
class HoursSet:
    """Hours of a week that were decided together, in force from `start` to before `end`. Weekdays without are off."""

    start: date
    end: date | None
    shifts: dict[int, Shift]
    breaks: dict[int, int]
    ramadan: bool

    def runs_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


class Schedules:
    """The working time of every unit of an agency, read once: four queries, whatever is asked of it.

    The nearest unit up the tree with hours in force on the day counts, of these the set that began last; where there is
    none, the registry's working week. On holidays work is due only where the unit works in shifts.
    """

    def __init__(self, agency: Agency) -> None:
        units = {unit.pk: unit for unit in Unit.objects.filter(agency=agency)}
        self.chains = {pk: chain_of(unit) for pk, unit in units.items()}
        self._calendars = calendars_of(agency, [None, *units.values()])
        self._sets = _sets(WorkHours.objects.filter(agency=agency))
        self._known: dict[tuple[int | None, date], Shift | None] = {}

    def chain(self, unit_id: int | None) -> tuple[int, ...]:
        """The unit and those above it, nearest first; nothing for no unit."""
        return self.chains.get(unit_id, ()) if unit_id else ()

    def shift(self, unit_id: int | None, day: date) -> Shift | None:
        """The shift of an ordinary employee of the unit; None on a day off."""
        key = (unit_id, day)
        if key not in self._known:
            self._known[key] = self._shift(unit_id, day)
        return self._known[key]

    def works_in_shifts(self, unit_id: int | None, day: date) -> bool:
        """Whether the registry says that the unit works in shifts, holidays included."""
        week = self._calendar(unit_id).week_on(day)
        return bool(week and week.shifts)

    def _calendar(self, unit_id: int | None) -> AgencyCalendar:
        return self._calendars.get(unit_id) or self._calendars[None]

    def _shift(self, unit_id: int | None, day: date) -> Shift | None:
        calendar = self._calendar(unit_id)
        if day in calendar.days_off and not self.works_in_shifts(unit_id, day):
            return None
        running = self._hours_on(unit_id, day)
        return running.shifts.get(day.weekday()) if running else _of_the_week(calendar, day)

    def _hours_on(self, unit_id: int | None, day: date) -> HoursSet | None:
        """The hours in force for a unit on a day."""
        for level in (*self.chain(unit_id), None):
            running = [each for each in self._sets.get(level, ()) if each.runs_on(day)]
            if running:
                return max(running, key=lambda each: each.start)
        return None

    def break_minutes(self, unit_id: int | None, day: date) -> int:
        """The break of an ordinary employee's day; the usual one where no hours were entered."""
        running = self._hours_on(unit_id, day)
        usual = USUAL_BREAKS[day.weekday() == FRIDAY]
        return running.breaks.get(day.weekday(), 0) if running else usual

    def is_ramadan(self, unit_id: int | None, day: date) -> bool:
        """Whether the hours in force are those of Ramadan, which are entered each year and never computed."""
        running = self._hours_on(unit_id, day)
        return bool(running and running.ramadan)


def chain_of(unit: Unit) -> tuple[int, ...]:
    """The ids of a unit and those above it, nearest first."""
    return tuple(int(part) for part in reversed(unit.path.split("/")) if part)


def _sets(rows: Iterable[WorkHours]) -> dict[int | None, list[HoursSet]]:
    grouped: dict[tuple[int | None, date], list[WorkHours]] = defaultdict(list)
    for row in rows:
        grouped[row.unit_id, row.valid_from].append(row)
    found: dict[int | None, list[HoursSet]] = defaultdict(list)
    for (unit_id, start), together in grouped.items():
        shifts = {row.weekday: shift_of(row.starts_at, row.ends_at, row.mode) for row in together}
        breaks = {row.weekday: row.break_minutes for row in together}
        found[unit_id].append(HoursSet(start, together[0].valid_to, shifts, breaks, together[0].ramadan))
    return found


def shift_of(starts_at: time, ends_at: time, mode: Any = "office") -> Shift:
    """A shift from clock times; an end that is not after the start is the next morning's."""
    start, end = minute_of(starts_at), minute_of(ends_at)
    end = end if end > start else end + MINUTES
    return Shift.free(start, end) if mode == "dynamic" else Shift(start, end, mode)


def minute_of(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _of_the_week(calendar: AgencyCalendar, day: date) -> Shift | None:
    if not calendar.is_working_day(day):
        return None
    week = calendar.week_on(day)
    if week is not None:
        return shift_of(week.starts_at, week.ends_at)
    return Shift(USUAL_START, USUAL_START + average_daily_minutes() + USUAL_BREAKS[day.weekday() == FRIDAY])
