"""Working time: office hours of a unit on its working days, and the moments that lie so much of it apart.

Where no hours were entered: 07.30 to 16.00 with the break 12.00 to 13.00, the 450 minutes a day of Perpres 21/2023
(Friday's longer break ends the day later and comes to the same sum).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext

from terang.registry.organization.calendars import AgencyCalendar, calendar_of
from terang.registry.organization.models import Unit
from terang.web.numbers import grouped

WORKING_DAY_MINUTES = 450
USUAL_HOURS = (time(7, 30), time(16))
BREAK = (time(12), time(13))
LONG_DAY_MINUTES = 8 * 60
"""From so long a day on the break is taken out; a shorter one (six days, shifts) is worked through."""
MOST_DAYS = 2_000
"""A deadline further away than this many days is an error of the calendar."""

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class OfficeTime:
    """The working time of a unit. All moments are aware; days are local."""

    calendar: AgencyCalendar
    zone: ZoneInfo

    def spans(self, day: date) -> list[Span]:
        """When work is done on a local day; nothing on a day off."""
        if not self.calendar.is_working_day(day):
            return []
        week = self.calendar.week_on(day)
        opens, closes = (week.starts_at, week.ends_at) if week else USUAL_HOURS
        start, end = datetime.combine(day, opens, self.zone), datetime.combine(day, closes, self.zone)
        if end <= start:  # a shift over midnight
            end = datetime.combine(day + timedelta(days=1), closes, self.zone)
        pause = (datetime.combine(day, BREAK[0], self.zone), datetime.combine(day, BREAK[1], self.zone))
        if _minutes(start, end) < LONG_DAY_MINUTES or not start < pause[0] < pause[1] < end:
            return [(start, end)]
        return [(start, pause[0]), (pause[1], end)]

    def minutes(self, start: datetime, end: datetime) -> int:
        """Whole working minutes between two moments; begun minutes are dropped. 0 where `end` is not later."""
        if end <= start:
            return 0
        seconds = 0.0
        for since, till in self._spans_from(start, end):
            seconds += max((min(till, end) - max(since, start)).total_seconds(), 0)
        return int(seconds // 60)

    def after(self, start: datetime, minutes: int) -> datetime:
        """The first moment by which so many working minutes have passed since `start`."""
        left = timedelta(minutes=minutes)
        for since, till in self._spans_from(start):
            begin = max(since, start)
            if till > begin:
                if till - begin >= left:
                    return begin + left
                left -= till - begin
        raise OverflowError("no working time in sight")

    def working_days_after(self, start: datetime, days: int) -> datetime:
        """The same hour so many working days later. What begins with a day (or on a day off) ends with a day."""
        found: list[list[Span]] = []
        for spans in self._days_from(start):
            if spans[-1][1] > start:
                found.append(spans)
            if len(found) > days:
                break
        elapsed = self.minutes(found[0][0][0], start)
        if elapsed <= 0:
            return found[days - 1][-1][1]
        return min(self.after(found[days][0][0], elapsed), found[days][-1][1])

    def opening(self, moment: datetime) -> datetime:
        """The moment itself within office hours, otherwise when they next begin."""
        return next(max(since, moment) for since, till in self._spans_from(moment) if till > moment)

    def _spans_from(self, start: datetime, end: datetime | None = None) -> Iterator[Span]:
        for spans in self._days_from(start, end):
            yield from spans

    def _days_from(self, start: datetime, end: datetime | None = None) -> Iterator[list[Span]]:
        """The working days from the one before `start`, whose shift may reach into it."""
        first = start.astimezone(self.zone).date() - timedelta(days=1)
        last = end.astimezone(self.zone).date() if end else first + timedelta(days=MOST_DAYS)
        for offset in range((last - first).days + 1):
            if spans := self.spans(first + timedelta(days=offset)):
                yield spans


def office_time(unit: Unit) -> OfficeTime:
    """The working time of a unit (its `agency` loaded). Two queries."""
    return OfficeTime(calendar_of(unit.agency, unit), ZoneInfo(unit.agency.time_zone))


def due_at(office: OfficeTime, start: datetime, limit: int, unit: str) -> datetime:
    """When a time limit of a standard (`LimitUnit`) ends that starts at `start`. A limit of calendar days that ends
    outside office hours ends when they next begin."""
    if unit == "hari_kerja":
        return office.working_days_after(start, limit)
    if unit == "hari":
        return office.opening(start.astimezone(office.zone) + timedelta(days=limit))
    return office.after(start, limit * (60 if unit == "jam" else 1))


def nominal_minutes(limit: int, unit: str) -> int:
    """Working minutes of a limit by itself, for lists and norms: a working day has 450, seven calendar days have five
    of them (rounded half-up)."""
    if unit == "hari":
        return (2 * limit * 5 * WORKING_DAY_MINUTES + 7) // 14
    return limit * {"menit": 1, "jam": 60, "hari_kerja": WORKING_DAY_MINUTES}[unit]


def _minutes(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds() // 60)


def limit_words(limit: int, unit: str, least: int | None = None) -> str:
    """A published limit in words: "1 sampai 3 hari kerja"."""
    words = {
        "menit": ngettext("%(n)s menit kerja", "%(n)s menit kerja", limit),
        "jam": ngettext("%(n)s jam kerja", "%(n)s jam kerja", limit),
        "hari_kerja": ngettext("%(n)s hari kerja", "%(n)s hari kerja", limit),
        "hari": ngettext("%(n)s hari kalender", "%(n)s hari kalender", limit),
    }[unit]
    number = grouped(limit) if least is None else gettext("%(a)s sampai %(b)s") % {"a": least, "b": grouped(limit)}
    return words % {"n": number}


def working_time(minutes: int) -> str:
    """Working minutes in words, to the minute, so that who is late by one is seen to be late.

    1,362 → "3 hari kerja 12 menit"; 125 → "2 jam 5 menit kerja". A working day is seven and a half hours.
    """
    days, rest = divmod(minutes, WORKING_DAY_MINUTES)
    clock = _clock(rest)
    if not days:
        return gettext("%(time)s kerja") % {"time": clock}
    words = ngettext("%(n)s hari kerja", "%(n)s hari kerja", days) % {"n": grouped(days)}
    return f"{words} {clock}" if rest else words


def _clock(minutes: int) -> str:
    hours, left = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(n)s jam", "%(n)s jam", hours) % {"n": hours})
    if left or not hours:
        parts.append(ngettext("%(n)s menit", "%(n)s menit", left) % {"n": left})
    return " ".join(parts)
