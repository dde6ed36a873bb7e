"""Questions about the year and the ledger of an agency."""

from calendar import Calendar as Weeks
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q

from terang.registry.organization.calendars import DayOff, calendar_of, days_off, outage_days
from terang.registry.organization.models import Agency, Outage, SignalZone, Unit, WorkWeek
from terang.rules.regulations.working_days import national_calendar


@dataclass(frozen=True)
class YearDay:
    """One day of the drawn year. `mark`: nasional, cuti_bersama, daerah, rest (weekly rest) or "" on a working day."""

    day: date
    mark: str
    name: str
    outage: bool


@dataclass(frozen=True)
class YearMonth:
    """One month: its weeks from Monday, with None for days of the neighbouring months."""

    first: date
    weeks: list[list[YearDay | None]]
    working: int


@dataclass(frozen=True)
class Year:
    """A year of an agency. `known` is false where the national holidays are not in the data."""

    number: int
    months: list[YearMonth]
    days_off: list[DayOff]
    working: int
    known: bool


def year_of(agency: Agency, number: int) -> Year:
    """The year with every day marked. Four queries."""
    calendar = calendar_of(agency)
    off = days_off(agency, number)
    first: dict[date, DayOff] = {}
    for each in off:
        first.setdefault(each.day, each)
    broken = outage_days(agency, date(number, 1, 1), date(number + 1, 1, 1))

    def drawn(day: date) -> YearDay:
        known = first.get(day)
        mark = known.kind if known else "" if calendar.is_working_day(day) else "rest"
        return YearDay(day, str(mark), known.name if known else "", day in broken)

    months = [_month(number, month, drawn) for month in range(1, 13)]
    known = number in national_calendar().years
    return Year(number, months, off, sum(month.working for month in months), known)


def _month(year: int, month: int, drawn: Callable[[date], YearDay]) -> YearMonth:
    weeks = [
        [drawn(day) if day.month == month else None for day in week] for week in Weeks().monthdatescalendar(year, month)
    ]
    working = sum(1 for week in weeks for day in week if day and not day.mark)
    return YearMonth(date(year, month, 1), weeks, working)


def work_weeks(agency: Agency) -> list[WorkWeek]:
    """Every working week of an agency, the agency's own first, newest first. One query."""
    rows = WorkWeek.objects.filter(agency=agency).select_related("unit")
    return sorted(
        rows, key=lambda row: (row.unit_id is not None, row.unit.name if row.unit else "", -row.valid_from.toordinal())
    )


def zones(agency: Agency) -> list[SignalZone]:
    """Every zone without signal, running or ended, by unit. One query."""
    return list(SignalZone.objects.filter(agency=agency).select_related("unit"))


def outage_at(unit: Unit, moment: datetime) -> Outage | None:
    """The outage of the unit, one above it, or its agency at a moment; the one that lasted longest where several did.
    One query."""
    above = [int(part) for part in unit.path.split("/") if part]
    rows = Outage.objects.filter(Q(unit=None) | Q(unit_id__in=above), agency_id=unit.agency_id, started_at__lte=moment)
    running = rows.filter(Q(ended_at=None) | Q(ended_at__gt=moment))
    return running.order_by(F("ended_at").desc(nulls_first=True)).first()


def recent_outages(units: Iterable[Unit], since: datetime) -> list[Outage]:
    """The outages of some units of one agency, those above them, or the agency, that had not ended at `since`; newest
    first. One query."""
    units = list(units)
    above = {int(part) for unit in units for part in unit.path.split("/") if part}
    agencies = {unit.agency_id for unit in units}
    rows = Outage.objects.filter(Q(unit=None) | Q(unit_id__in=above), agency_id__in=agencies)
    return list(rows.filter(Q(ended_at=None) | Q(ended_at__gt=since)).select_related("unit").order_by("-started_at"))


def outages(agency: Agency) -> list[Outage]:
    """The outage ledger, newest first. One query."""
    return list(Outage.objects.filter(agency=agency).select_related("unit"))
