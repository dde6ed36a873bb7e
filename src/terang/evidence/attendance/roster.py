"""The roster of a unit for a month as pages show it: people by days, with what the weeks add up to and what stands
out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext

from terang.evidence.attendance.gathering import flexible_days
from terang.evidence.attendance.models import FlexibleMode, RosterMonth, RosterShift, ShiftTemplate
from terang.evidence.attendance.schedules import Schedules
from terang.registry.organization.calendars import days_between
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment, Employee
from terang.rules.attendance.weeks import Finding, Planned, WeekSum, findings, hours_known_from, weekly_due
from terang.web.numbers import clock, duration, longdate


@dataclass(frozen=True)
class Cell:
    """One day of one person; `shift` is None on a day off, `template_id` where the unit does not offer it any more."""

    day: date
    shift: RosterShift | None
    template_id: int | None = None

    @property
    def code(self) -> str:
        return self.shift.label if self.shift else ""

    @property
    def is_old(self) -> bool:
        return self.shift is not None and self.template_id is None


@dataclass(frozen=True)
class PersonLine:
    """One person's month. `weeks` are those that begin in the month, None where a week reaches into a month that nobody
    has drawn yet; `hints` are sentences to look at."""

    employee: Employee
    cells: list[Cell]
    weeks: list[tuple[date, WeekSum | None]]
    hints: list[str]
    may: bool

    @property
    def shifts(self) -> int:
        return sum(cell.shift is not None for cell in self.cells)

    @property
    def uneven(self) -> int:
        """Weeks that do not add up to what is due."""
        return sum(week is not None and bool(week.difference) for _monday, week in self.weeks)


@dataclass(frozen=True)
class RosterView:
    """A unit's month; `version` 0 where nobody has drawn one yet. `mondays` of weeks whose due minutes are known."""

    unit: Unit
    first: date
    days: list[date]
    lines: list[PersonLine]
    templates: list[ShiftTemplate]
    mondays: list[date]
    version: int

    @property
    def previous(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def following(self) -> date:
        return month_after(self.first)


def month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def key_of(shift: RosterShift | ShiftTemplate) -> tuple[int, int, int]:
    """What makes two shifts the same."""
    return shift.start_minute, shift.end_minute, shift.break_minutes


def people_of(unit: Unit, first: date) -> list[Employee]:
    """Who holds a post of the unit itself at any time of the month, by name. One query."""
    held = Assignment.objects.filter(post__unit=unit, starts_on__lt=month_after(first)).exclude(ends_on__lte=first)
    there = Q(left_on=None) | Q(left_on__gt=first)
    return list(Employee.objects.filter(there, pk__in=held.values("employee_id")).order_by("name", "pk"))


def templates_of(unit: Unit, day: date) -> list[ShiftTemplate]:
    """The shifts the unit uses on a day, earliest first. One query."""
    return list(ShiftTemplate.objects.filter(Q(retired_on=None) | Q(retired_on__gt=day), unit=unit))


def rosterable(unit: Unit, people: Iterable[Employee], first: date, schedules: Schedules) -> set[int]:
    """Who may work by roster in the month: everybody of a unit that works in shifts, others with a decision on shifts.
    One query where the unit does not."""
    ids = [person.pk for person in people]
    if schedules.works_in_shifts(unit.pk, first):
        return set(ids)
    told = flexible_days(ids, first, month_after(first))
    return {pk for pk, _day, mode in told if mode == FlexibleMode.SHIFT}


def roster_of(unit: Unit, first: date) -> RosterView:
    """The unit's month. Nine queries however many people."""
    until, people, schedules = month_after(first), people_of(unit, first), Schedules(unit.agency)
    rows: dict[int, dict[date, RosterShift]] = defaultdict(dict)
    around = RosterShift.objects.filter(
        employee__in=people, day__gte=first - timedelta(days=1), day__lt=until + timedelta(days=7)
    )
    for row in around:
        rows[row.employee_id][row.day] = row
    days = list(days_between(first, until))
    mondays = [day for day in days if day.weekday() == 0 and day >= hours_known_from()]
    due = {monday: _due(schedules, unit, monday) for monday in mondays}
    allowed = rosterable(unit, people, first, schedules)
    templates = templates_of(unit, first)
    offered = {(template.code, *key_of(template)): template.pk for template in templates}
    lines = [_line(person, rows[person.pk], days, due, offered, person.pk in allowed) for person in people]
    kept = RosterMonth.objects.filter(unit=unit, month=first).first()
    return RosterView(unit, first, days, lines, templates, mondays, kept.version if kept else 0)


def _due(schedules: Schedules, unit: Unit, monday: date) -> int:
    week = days_between(monday, monday + timedelta(days=7))
    return weekly_due(sum(schedules.is_ramadan(unit.pk, day) for day in week), monday)


def _line(
    person: Employee,
    rows: dict[date, RosterShift],
    days: list[date],
    due: dict[date, int],
    offered: dict[tuple[str, int, int, int], int],
    may: bool,
) -> PersonLine:
    cells = [_cell(day, rows.get(day), offered) for day in days]
    known = max(rows) > days[-1] if rows else False
    weeks = [
        (monday, _sum(rows, monday, minutes) if known or monday + timedelta(days=6) <= days[-1] else None)
        for monday, minutes in (due.items() if rows else ())
    ]
    around = findings([planned(row) for row in rows.values()], days[0])
    found = [one for one in around if days[0].toordinal() <= one.day]
    return PersonLine(person, cells, weeks, [finding_text(one) for one in found], may)


def _cell(day: date, shift: RosterShift | None, offered: dict[tuple[str, int, int, int], int]) -> Cell:
    return Cell(day, shift, offered.get((shift.label, *key_of(shift))) if shift else None)


def _sum(rows: dict[date, RosterShift], monday: date, due: int) -> WeekSum:
    week = days_between(monday, monday + timedelta(days=7))
    return WeekSum(sum(planned(rows[day]).minutes for day in week if day in rows), due)


def planned(row: RosterShift) -> Planned:
    return Planned(row.day.toordinal(), row.start_minute, row.end_minute, row.break_minutes)


def finding_text(found: Finding) -> str:
    """What stands out, in a sentence."""
    told = {"day": longdate(date.fromordinal(found.day)), "span": duration(found.minutes)}
    if found.kind == "overlap":
        return gettext("%(day)s: sif bertumpang tindih %(span)s dengan sif sebelumnya.") % told
    return gettext("%(day)s: hanya %(span)s istirahat sesudah sif sebelumnya.") % told


def template_text(template: ShiftTemplate) -> str:
    """Code, name and hours of a shift in one line."""
    told = {
        "code": template.code,
        "name": template.name,
        "from": clock(_moment(template.start_minute)),
        "to": clock(_moment(template.end_minute)),
    }
    return gettext("%(code)s: %(name)s, %(from)s–%(to)s") % told


def _moment(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
