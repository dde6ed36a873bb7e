"""Free hours week by week: minutes of the days decided as dynamic, beside those due (PermenPANRB 4/2025)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from terang.evidence.attendance.evidence import REQUIRED
from terang.evidence.attendance.gathering import flexible_days
from terang.evidence.attendance.models import AttendanceDay, DayStatus, FlexibleMode
from terang.evidence.attendance.schedules import Schedules, minute_of
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts
from terang.rules.attendance.weeks import WeekSum, total, worked


@dataclass(frozen=True)
class FreeWeek:
    """The dynamic days of one week, from `monday`."""

    monday: date
    days: int
    sum: WeekSum

    @property
    def text(self) -> str:
        told = {"done": hours_text(self.sum.minutes), "due": hours_text(self.sum.due)}
        return gettext("%(done)s dari %(due)s") % told


def hours_text(minutes: int) -> str:
    """Minutes in hours, however many: 2,250 → "37 jam 30 menit"."""
    hours, left = divmod(minutes, 60)
    return gettext("%(hours)s jam %(minutes)s menit") % {"hours": hours, "minutes": left}


def free_weeks(employee: Employee, first: date, until: date) -> list[FreeWeek]:
    """The weeks that begin in the span and have dynamic days that are counted. One query where there are none,
    otherwise seven.

    Leave, duty and outages take their minutes out of what is due. An absent day was due and had none.
    """
    start = first - timedelta(days=first.weekday())
    told = flexible_days([employee.pk], start, until + timedelta(days=6))
    modes = {day: mode for _pk, day, mode in told}
    dynamic = [day for day, mode in modes.items() if mode == FlexibleMode.DYNAMIC]
    if not dynamic:
        return []
    post = main_posts([employee.pk], first).get(employee.pk)
    unit_id, schedules = (post.post.unit_id if post else None), Schedules(employee.agency)
    weeks: dict[date, list[tuple[int | None, int]]] = defaultdict(list)
    rows = AttendanceDay.objects.filter(employee=employee, day__in=dynamic, status__in=REQUIRED).order_by("day")
    for row in rows:
        shift, pause = schedules.shift(unit_id, row.day), schedules.break_minutes(unit_id, row.day)
        due = shift.end - shift.start - pause if shift else 0
        weeks[row.day - timedelta(days=row.day.weekday())].append((_minutes(row, pause), due))
    return [FreeWeek(monday, len(days), total(days)) for monday, days in sorted(weeks.items())]


def _minutes(row: AttendanceDay, pause: int) -> int | None:
    if row.status == DayStatus.ABSENT:
        return 0
    arrived, left = (None if moment is None else minute_of(moment) for moment in (row.check_in, row.check_out))
    return worked(arrived, left, pause, row.day)
