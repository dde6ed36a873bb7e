"""The days on which work is due from a person: by the roster, otherwise by the hours of the unit."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from terang.evidence.attendance.models import RosterShift
from terang.evidence.attendance.schedules import Schedules
from terang.registry.organization.calendars import days_between
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee, PostKind
from terang.registry.people.selectors import main_posts


def own_days(employee: Employee, start: date, end: date) -> list[date]:
    """A person's working days from `start` to before `end`, holidays left out. Six queries."""
    return days_of_people(employee.agency, [employee.pk], start, end, on=start)[employee.pk]


def days_of_people(
    agency: Agency,
    employee_ids: Collection[int],
    start: date,
    end: date,
    *,
    on: date,
    schedules: Schedules | None = None,
) -> dict[int, list[date]]:
    """The working days of each person, by the main post held on `on`. Six queries however many people, two where the
    `schedules` are known.

    Who has a roster in a month follows it for the whole month. Who was elected owes no hours.
    """
    schedules = schedules or Schedules(agency)
    posts = {pk: row.post for pk, row in main_posts(employee_ids, on).items()}
    rosters = _rosters(employee_ids, start, end)
    days = list(days_between(start, end))
    found = {}
    for pk in employee_ids:
        post, roster = posts.get(pk), rosters.get(pk, set())
        months = {(day.year, day.month) for day in roster}
        elected = post is not None and post.kind == PostKind.ELECTED
        unit_id = post.unit_id if post else None
        found[pk] = [
            day
            for day in ([] if elected else days)
            if (day in roster if (day.year, day.month) in months else schedules.shift(unit_id, day) is not None)
        ]
    return found


def _rosters(employee_ids: Collection[int], start: date, end: date) -> dict[int, set[date]]:
    """Of whole months: whether somebody works by roster is asked of the month."""
    first, last = start.replace(day=1), end + timedelta(days=31)
    rows = RosterShift.objects.filter(employee_id__in=employee_ids, day__gte=first, day__lt=last).order_by()
    found: dict[int, set[date]] = defaultdict(set)
    for employee_id, day in rows.values_list("employee_id", "day"):
        found[employee_id].add(day)
    return found
