"""What presence tells the room of daily work about days: leave, own days of rest, duty (`TERANG_WORK_DAYS`)."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from terang.evidence.attendance.evidence import ON_LEAVE, days_on_leave
from terang.evidence.attendance.leave_kinds import kind_label
from terang.evidence.attendance.models import TAKEN, AttendanceDay, DayStatus, Duty, DutyKind, Leave, RosterShift
from terang.evidence.day_notes import DayNote
from terang.registry.organization.calendars import days_between

Notes = dict[int, dict[date, DayNote]]
ON_DUTY = (DayStatus.DUTY, DayStatus.TRAINING, DayStatus.STUDY)


def day_notes(employee_ids: Collection[int], start: date, end: date) -> Notes:
    """What is special about days of these people, from `start` to before `end`; leave before duty before rest,
    and what the day was derived to be before all of them.

    In a month for which a person has shifts, a day without one is a day of rest. Four queries.
    """
    notes: Notes = defaultdict(dict)
    for employee_id, day in _rest(employee_ids, start, end):
        notes[employee_id][day] = DayNote("off", str(DayStatus.OFF.label).lower())
    duties = Duty.objects.filter(people__in=employee_ids, starts_on__lt=end, ends_on__gt=start, cancelled_on=None)
    for employee_id, kind, since, until in duties.values_list("people", "kind", "starts_on", "ends_on"):
        for day in days_between(max(since, start), min(until, end)):
            notes[employee_id][day] = DayNote("duty", str(DutyKind(kind).label).lower())
    leaves = Leave.objects.filter(employee__in=employee_ids, state__in=TAKEN, starts_on__lt=end, ends_on__gt=start)
    for employee_id, kind, since, until in leaves.values_list("employee_id", "kind", "starts_on", "ends_on"):
        for day in days_between(max(since, start), min(until, end)):
            notes[employee_id][day] = DayNote("leave", kind_label(kind).lower())
    derived = AttendanceDay.objects.filter(employee_id__in=employee_ids, day__gte=start, day__lt=end)
    for employee_id, day, status in derived.values_list("employee_id", "day", "status"):
        notes[employee_id].pop(day, None)
        label = str(DayStatus(status).label).lower()
        if status in (*ON_LEAVE, *ON_DUTY):
            notes[employee_id][day] = DayNote("leave" if status in ON_LEAVE else "duty", label)
    return dict(notes)


def excused_days(employee_ids: Collection[int], start: date, end: date) -> dict[int, set[date]]:
    """The days that ask for no daily report: leave and sickness as derived, and one's own days of rest. Two queries."""
    found: dict[int, set[date]] = defaultdict(set, days_on_leave(employee_ids, start, end))
    for employee_id, day in _rest(employee_ids, start, end):
        found[employee_id].add(day)
    return dict(found)


def _rest(employee_ids: Collection[int], start: date, end: date) -> Iterator[tuple[int, date]]:
    first, last = start.replace(day=1), date(end.year + end.month // 12, end.month % 12 + 1, 1)
    rows = RosterShift.objects.filter(employee_id__in=employee_ids, day__gte=first, day__lt=last).order_by()
    worked: dict[tuple[int, int, int], set[date]] = defaultdict(set)
    for employee_id, day in rows.values_list("employee_id", "day"):
        worked[employee_id, day.year, day.month].add(day)
    for (employee_id, year, month), shifts in worked.items():
        for day in days_between(start, end):
            if (day.year, day.month) == (year, month) and day not in shifts:
                yield employee_id, day
