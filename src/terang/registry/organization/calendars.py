"""The working days of an agency or unit: national holidays (`rules.regulations`), the agency's own, and its working
week.

All spans are from `start` (inclusive) to `end` (exclusive). Days are days of the agency's own time zone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from terang.registry.organization.models import Agency, Holiday, HolidayKind, Outage, Unit, WorkWeek
from terang.rules.regulations.working_days import Calendar, national_calendar, national_holidays

_KINDS = {"national": HolidayKind.NATIONAL, "joint_leave": HolidayKind.JOINT_LEAVE, "local": HolidayKind.LOCAL}
USUAL_WEEK = frozenset(range(5))
"""Monday to Friday (Perpres 21/2023), used where an agency has entered no working week."""


@dataclass(frozen=True)
class DayOff:
    """One day off with where it comes from. `pk` is that of the agency's own row, None for a national one."""

    day: date
    name: str
    kind: HolidayKind
    basis: str
    pk: int | None = None


@dataclass(frozen=True)
class Week:
    """A working week in force from `start` to before `end` (open where missing). `weekdays`: 0 = Monday; work begins
    `starts_at` and ends `ends_at`."""

    weekdays: frozenset[int]
    shifts: bool
    start: date
    end: date | None
    starts_at: time
    ends_at: time


@dataclass(frozen=True)
class AgencyCalendar:
    """Days off and working weeks of an agency or one unit, read once, asked as often as needed."""

    days_off: frozenset[date]
    weeks: tuple[Week, ...]
    known_years: frozenset[int]

    def week_on(self, day: date) -> Week | None:
        """The working week in force, the newest where several overlap; None where none was entered."""
        running = [week for week in self.weeks if week.start <= day and (week.end is None or day < week.end)]
        return max(running, key=lambda week: week.start, default=None)

    def is_working_day(self, day: date) -> bool:
        """Whether work is due. Where people work in shifts, holidays are working days too."""
        week = self.week_on(day)
        if week is None:
            return day.weekday() in USUAL_WEEK and day not in self.days_off
        return day.weekday() in week.weekdays and (week.shifts or day not in self.days_off)

    def working_days(self, start: date, end: date) -> list[date]:
        return [day for day in days_between(start, end) if self.is_working_day(day)]


def days_between(start: date, end: date) -> Iterator[date]:
    """Every day from `start` to before `end`."""
    return (start + timedelta(days=offset) for offset in range((end - start).days))


def calendar_of(agency: Agency, unit: Unit | None = None) -> AgencyCalendar:
    """The calendar of an agency; of a unit where one is given: the nearest working week up the tree counts. Two
    queries."""
    return calendars_of(agency, [unit])[unit.pk if unit else None]


def calendars_of(agency: Agency, units: Iterable[Unit | None]) -> dict[int | None, AgencyCalendar]:
    """The calendars of several units by unit id (None: the agency's). Two queries however many units."""
    national = national_calendar()
    local = Holiday.objects.filter(agency=agency).values_list("day", flat=True)
    days_off = national.holidays | frozenset(local)
    weeks: dict[int | None, list[Week]] = {}
    for row in WorkWeek.objects.filter(agency=agency):
        weekdays = frozenset(int(digit) - 1 for digit in row.weekdays)
        weeks.setdefault(row.unit_id, []).append(
            Week(weekdays, row.shifts, row.valid_from, row.valid_to, row.starts_at, row.ends_at)
        )
    return {
        unit.pk if unit else None: AgencyCalendar(days_off, tuple(_nearest(unit, weeks)), national.years)
        for unit in units
    }


def _nearest(unit: Unit | None, weeks: dict[int | None, list[Week]]) -> list[Week]:
    above = [int(part) for part in reversed(unit.path.split("/")) if part] if unit else []
    return next((weeks[pk] for pk in above if pk in weeks), weeks.get(None, []))


def working_days(agency: Agency, start: date, end: date, unit: Unit | None = None) -> list[date]:
    """The working days from `start` to before `end`. Two queries."""
    return calendar_of(agency, unit).working_days(start, end)


def is_working_day(agency: Agency, day: date, unit: Unit | None = None) -> bool:
    """Whether work is due on a day. Two queries."""
    return calendar_of(agency, unit).is_working_day(day)


def deadline_calendar(agency: Agency) -> Calendar:
    """The agency's calendar in the form of `rules.regulations.working_days.deadline`: today's week, all days off. Two
    queries."""
    own = calendar_of(agency)
    week = own.week_on(local_today(agency))
    return Calendar(own.days_off, week.weekdays if week else USUAL_WEEK, own.known_years)


def local_today(agency: Agency) -> date:
    """Today where the agency is."""
    return timezone.now().astimezone(ZoneInfo(agency.time_zone)).date()


def days_off(agency: Agency, year: int) -> list[DayOff]:
    """National and own days off of a year in order; an own day on a national one stands beside it. One query."""
    national = [
        DayOff(each.day, each.name, _KINDS[each.kind], "SKB 3 Menteri")
        for each in national_holidays()
        if each.day.year == year
    ]
    own = [
        DayOff(row.day, row.name, HolidayKind(row.kind), row.basis, row.pk)
        for row in Holiday.objects.filter(agency=agency, day__year=year)
    ]
    return sorted([*national, *own], key=lambda each: (each.day, each.pk or 0))


def outage_days(agency: Agency, start: date, end: date, unit: Unit | None = None) -> set[date]:
    """The days from `start` to before `end` that an outage of the agency (or of the unit or one above it) touched. One
    query.

    An outage that has not ended touches every day up to today.
    """
    return outages_in(agency, start, end).days(unit)


@dataclass(frozen=True)
class OutageDays:
    """The days that outages touched, by unit id (None: the whole agency); read once, asked as often as needed."""

    by_unit: Mapping[int | None, frozenset[date]]

    def days(self, unit: Unit | None) -> set[date]:
        """Those of the agency, of the unit, and of the units above it. No query."""
        above = [int(part) for part in unit.path.split("/") if part] if unit else []
        return set().union(*(self.by_unit.get(pk, ()) for pk in (None, *above)))


def outages_in(agency: Agency, start: date, end: date) -> OutageDays:
    """Every outage of an agency and its units from `start` to before `end`. One query."""
    zone = ZoneInfo(agency.time_zone)
    first, last = datetime.combine(start, time.min, zone), datetime.combine(end, time.min, zone)
    running = Q(ended_at__isnull=True) | Q(ended_at__gt=first)
    touched: dict[int | None, set[date]] = {}
    for row in Outage.objects.filter(running, agency=agency, started_at__lt=last):
        until = row.ended_at or timezone.now()
        begin = row.started_at.astimezone(zone).date()
        final = (until - timedelta(microseconds=1)).astimezone(zone).date()
        days = (day for day in days_between(begin, final + timedelta(days=1)) if start <= day < end)
        touched.setdefault(row.unit_id, set()).update(days)
    return OutageDays({unit_id: frozenset(days) for unit_id, days in touched.items()})
