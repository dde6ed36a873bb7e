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


class DueDays:
    """When work is due from some people between `start` and `end` (exclusive), by the main post held on `on`. Six
    queries however many people.

    Who has a roster in a month follows it for the whole month. Who was elected owes no hours.
    """

    def __init__(self, agency: Agency, employee_ids: Collection[int], start: date, end: date, *, on: date) -> None:
        self.start, self.end = start, end
        self.posts = main_posts(employee_ids, on)
        self._schedules = Schedules(agency)
        self._rosters = _rosters(employee_ids, start, end)
        self._months = {pk: {(day.year, day.month) for day in days} for pk, days in self._rosters.items()}

    def is_due(self, employee_id: int, day: date) -> bool:
        """Whether the person owes work on a day, holidays left out."""
        row = self.posts.get(employee_id)
        if row is not None and row.post.kind == PostKind.ELECTED:
            return False
        if (day.year, day.month) in self._months.get(employee_id, ()):
            return day in self._rosters[employee_id]
        return self._schedules.shift(row.post.unit_id if row else None, day) is not None

    def days(self, employee_id: int) -> list[date]:
        """All of them in order."""
        return [day for day in days_between(self.start, self.end) if self.is_due(employee_id, day)]


def own_days(employee: Employee, start: date, end: date) -> list[date]:
    """A person's working days from `start` to before `end`, by the post held on the first. Six queries."""
    return DueDays(employee.agency, [employee.pk], start, end, on=start).days(employee.pk)


def _rosters(employee_ids: Collection[int], start: date, end: date) -> dict[int, set[date]]:
    """Of whole months: whether somebody works by roster is asked of the month."""
    first, last = start.replace(day=1), end + timedelta(days=31)
    rows = RosterShift.objects.filter(employee_id__in=employee_ids, day__gte=first, day__lt=last).order_by()
    found: dict[int, set[date]] = defaultdict(set)
    for employee_id, day in rows.values_list("employee_id", "day"):
        found[employee_id].add(day)
    return found
