"""Days absent without explanation in a year, and where that stands on the ladder of PP 94/2021: an early warning.

Nothing is decided here and nothing is imposed: the competent official decides after an examination.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, pairwise

from django.db.models import Count, QuerySet
from django.utils.translation import gettext, gettext_noop, ngettext

from terang.evidence.attendance.leave_days import DueDays
from terang.evidence.attendance.models import AttendanceDay, DayStatus
from terang.registry.organization.calendars import days_between
from terang.registry.organization.models import Agency
from terang.registry.people.models import Assignment, Employee
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.absence import Standing, Step, standing
from terang.rules.regulations.source import rule_sets

NEAR = 2
"""From this many days on a person stands on the list: one day before the first step."""

LADDER_SINCE = rule_sets("absence")[0].valid_from

LEVELS = {
    "ringan": gettext_noop("hukuman disiplin ringan"),
    "sedang": gettext_noop("hukuman disiplin sedang"),
    "berat": gettext_noop("hukuman disiplin berat"),
}
SANCTIONS = (
    gettext_noop("teguran lisan"),
    gettext_noop("teguran tertulis"),
    gettext_noop("pernyataan tidak puas secara tertulis"),
    gettext_noop("pemotongan tunjangan kinerja 25 % selama 6 bulan"),
    gettext_noop("pemotongan tunjangan kinerja 25 % selama 9 bulan"),
    gettext_noop("pemotongan tunjangan kinerja 25 % selama 12 bulan"),
    gettext_noop("penurunan jabatan setingkat lebih rendah selama 12 bulan"),
    gettext_noop("pembebasan dari jabatannya menjadi jabatan pelaksana selama 12 bulan"),
    gettext_noop("pemberhentian dengan hormat tidak atas permintaan sendiri"),
)
"""The words of the ladder, marked for translation; the ladder itself is `rules.regulations.absence`."""


@dataclass(frozen=True)
class Absence:
    """A person with the days absent this year in order, and the standing they make."""

    employee: Employee
    days: tuple[date, ...]
    standing: Standing
    post: Assignment | None = None

    @property
    def name(self) -> str:
        return self.employee.name

    @property
    def cumulative(self) -> int:
        return self.standing.cumulative

    @property
    def last(self) -> date:
        return self.days[-1]

    @property
    def unit_name(self) -> str:
        return self.post.post.unit.name if self.post else ""


def step_text(step: Step) -> str:
    """The sanction a step names, with its level."""
    return gettext("%(sanction)s (%(level)s)") % {
        "sanction": gettext(step.sanction),
        "level": gettext(LEVELS[step.level]),
    }


def ahead_text(found: Standing) -> str:
    """How far the next step is; empty on the last."""
    if found.days_to_next is None:
        return ""
    return ngettext(
        "Jenjang berikutnya sesudah %(n)s hari lagi.", "Jenjang berikutnya sesudah %(n)s hari lagi.", found.days_to_next
    ) % {"n": found.days_to_next}


def absence_of(employee: Employee, year: int, today: date) -> Absence | None:
    """The absence of a person in a year up to today; None without an absent day, and before the ladder was law. One
    query, six more where there is one."""
    if year < LADDER_SINCE.year:
        return None
    rows = AttendanceDay.objects.filter(employee=employee, day__year=year, day__lte=today, status=DayStatus.ABSENT)
    days = {employee.pk: sorted(rows.values_list("day", flat=True))}
    if not days[employee.pk]:
        return None
    return _standings(employee.agency, {employee.pk: employee}, days, today)[0]


def absences_in_sight(viewer: Viewer) -> list[Absence]:
    """People near or on a step this year whom the viewer may see, the furthest first; not the viewer. At most 15
    queries, however many people."""
    people = visible_employees(viewer).exclude(pk=viewer.employee.pk)
    rows = AttendanceDay.objects.filter(
        day__year=viewer.today.year, day__lte=viewer.today, status=DayStatus.ABSENT, employee__in=people
    ).order_by()
    ids = _with_enough(rows)
    if not ids:
        return []
    days: dict[int, list[date]] = defaultdict(list)
    for pk, day in rows.filter(employee_id__in=ids).order_by("day").values_list("employee_id", "day"):
        days[pk].append(day)
    found = _standings(viewer.employee.agency, Employee.objects.in_bulk(ids), days, viewer.today)
    return sorted(found, key=lambda each: (-each.cumulative, each.name, each.employee.pk))


def _with_enough(rows: QuerySet[AttendanceDay]) -> list[int]:
    counted = rows.values("employee_id").annotate(n=Count("pk")).filter(n__gte=NEAR)
    return list(counted.values_list("employee_id", flat=True))


def _standings(
    agency: Agency, people: Mapping[int, Employee], days: Mapping[int, list[date]], today: date
) -> list[Absence]:
    """Six queries however many people. Runs are counted along the working days of the post held today."""
    first = min(min(each) for each in days.values())
    last = max(max(each) for each in days.values())
    due = DueDays(agency, list(days), first, last + timedelta(days=1), on=today)
    return [
        Absence(
            people[pk], tuple(each), standing(each, _run(due, pk, each), max(last, LADDER_SINCE)), due.posts.get(pk)
        )
        for pk, each in days.items()
    ]


def _run(due: DueDays, employee_id: int, absent: list[date]) -> list[date]:
    """The working days that decide how long a run is: the absent ones, and the first between each two of them. For
    thousands of people all the others need not be looked at."""
    found = absent[:1]
    for day, following in pairwise(absent):
        between = days_between(day + timedelta(days=1), following)
        found += islice((each for each in between if due.is_due(employee_id, each)), 1)
        found.append(following)
    return found
