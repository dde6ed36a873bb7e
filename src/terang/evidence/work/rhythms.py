"""How often each person is asked for an entry: the policy's rule for the post, the unit's calendar, outages, zones."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from terang.registry.organization.calendars import AgencyCalendar, calendars_of, outages_in
from terang.registry.organization.models import Agency
from terang.registry.organization.zones import zones_of
from terang.registry.people.models import Assignment, Employee
from terang.registry.people.selectors import main_posts
from terang.rules.policies import Reporting
from terang.rules.work.cadence import Slot, Window, slots, window_for


@dataclass(frozen=True)
class Rhythm:
    """What is asked of people with the same kind of post, calendar, outages and zone."""

    window: Window
    calendar: AgencyCalendar
    outages: frozenset[date]

    def working_days(self, start: date, end: date) -> list[date]:
        """The days that ask for a report, from `start` to before `end`: outages neither ask nor use up grace."""
        return [day for day in self.calendar.working_days(start, end) if day not in self.outages]

    def slots(self, start: date, end: date) -> list[Slot]:
        return slots(self.window, self.working_days(start, end))


def rhythms(
    agency: Agency,
    employee_ids: Collection[int],
    start: date,
    until: date,
    reporting: Reporting,
    *,
    on: date | None = None,
) -> dict[Rhythm, list[int]]:
    """The agency's people among these by rhythm, as their main post stands on a day (the last before `until` where none
    is given); who has no post follows the agency's calendar and the general rule. Six queries."""
    on = on or until - timedelta(days=1)
    own = Employee.objects.filter(agency=agency, pk__in=employee_ids).values_list("pk", flat=True)
    posts = main_posts(employee_ids, on)
    units = {pk: post.post.unit for pk, post in posts.items()}
    calendars = calendars_of(agency, [None, *{unit.pk: unit for unit in units.values()}.values()])
    broken, zones = outages_in(agency, start, until), zones_of(agency)
    groups: dict[Rhythm, list[int]] = defaultdict(list)
    for pk in own:
        unit = units.get(pk)
        window = _window(reporting, posts.get(pk), remote=zones.hold(unit, on))
        calendar = calendars[unit.pk if unit else None]
        groups[Rhythm(window, calendar, frozenset(broken.days(unit)))].append(pk)
    return groups


def rhythm_of(employee: Employee, start: date, until: date, reporting: Reporting, *, on: date | None = None) -> Rhythm:
    """One person's rhythm. Six queries."""
    return next(iter(rhythms(employee.agency, [employee.pk], start, until, reporting, on=on)))


def _window(reporting: Reporting, held: Assignment | None, *, remote: bool) -> Window:
    post = held.post if held else None
    return window_for(reporting, kind=post.kind if post else "", category=post.category if post else "", remote=remote)
