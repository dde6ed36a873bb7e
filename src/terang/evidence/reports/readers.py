"""Who reads a report: the superior of the day, an overseer who is none of the people concerned, and who steps in.

Nobody reads their own report, nor that of the one who appraises them. From the day after `due_on` the reading also
waits for the reader's superior (in the overseers' seat: for every overseer), so that silence never costs the employee.
"""

import secrets
from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q

from terang.evidence.reports.models import Reading, Report, Seat
from terang.registry.people.appraisers import Appraiser
from terang.registry.people.models import Employee, Role, RoleGrant
from terang.registry.people.selectors import appraiser_of, appraisers_on, superior_of_appraiser
from terang.registry.people.viewer import Viewer, in_force


def is_overdue(reading: Reading, today: date) -> bool:
    """Whether the reader has let the days go by."""
    return reading.given_at is None and today > reading.due_on


def may_give(viewer: Viewer, reading: Reading) -> bool:
    """Whether the viewer is the one, or one of those, who may rate now; the report's state is another question.

    `reading` comes with its report, its employee and unit. At most 16 queries.
    """
    employee = reading.report.employee
    strange = viewer.agency_id != employee.agency_id or viewer.employee.pk == employee.pk
    if strange or reading.given_at is not None:
        return False
    if reading.seat == Seat.SUPERIOR:
        return viewer.employee.pk in superior_seat(reading, viewer.today)
    return _in_overseers_seat(viewer, reading)


def superior_seat(reading: Reading, today: date) -> set[int]:
    """The people who may give a superior's reading today. The first look belongs to the appraiser of the day (or the
    Plh.), once overdue also to the appraiser's own; the second to the appraiser's own, where nobody is above to the
    appraiser."""
    employee_id = reading.report.employee_id
    nearest = _people(appraiser_of(employee_id, today))
    if reading.look == 1 and not is_overdue(reading, today):
        return nearest
    above = _people(superior_of_appraiser(employee_id, today)) - {employee_id}
    if reading.look == 1:
        return nearest | above
    first = first_reader(reading)
    return (above - {first}) or (nearest - {first}) or nearest


def first_reader(reading: Reading) -> int | None:
    """Who gave the first look of the same seat; None where there is none. One query for a second look."""
    if reading.look == 1:
        return None
    rows = Reading.objects.filter(report_id=reading.report_id, seat=reading.seat, look=1)
    return rows.values_list("reader_id", flat=True).first()


def _people(found: Appraiser | None) -> set[int]:
    if found is None:
        return set()
    return {found.employee_id, *([found.stand_in.pk] if found.stand_in else [])}


def _in_overseers_seat(viewer: Viewer, reading: Reading) -> bool:
    mine = any(_path(reading.report).startswith(path) for path in viewer.paths(Role.OVERSIGHT))
    if not mine or viewer.employee.pk in _concerned(reading.report, viewer.today, [viewer.employee.pk]):
        return False
    if reading.look > 1 and viewer.employee.pk == first_reader(reading):
        return reading.reader_id == viewer.employee.pk
    if reading.reader_id in (None, viewer.employee.pk) or is_overdue(reading, viewer.today):
        return True
    return reading.reader_id not in overseers(reading.report, viewer.today)


def overseers(report: Report, today: date) -> list[int]:
    """The overseers who may read this report, by fewest open readings, then by id. Seven queries."""
    path = _path(report)
    grants = RoleGrant.objects.filter(
        in_force(today), employee__agency_id=report.employee.agency_id, role=Role.OVERSIGHT
    ).filter(Q(employee__left_on=None) | Q(employee__left_on__gt=today))
    rows = grants.values_list("employee_id", "unit__path")
    there = {employee_id for employee_id, over in rows if path.startswith(over or "")}
    free = there - _concerned(report, today, there)
    busy = dict(
        Reading.objects.filter(reader__in=free, given_at=None).order_by().values_list("reader").annotate(n=Count("pk"))
    )
    return sorted(free, key=lambda pk: (busy.get(pk, 0), pk))


def _path(report: Report) -> str:
    return report.unit.path if report.unit else "/"


def _concerned(report: Report, today: date, people: Collection[int]) -> set[int]:
    """The person, who appraises the person, and whoever the person appraises."""
    own = _people(appraiser_of(report.employee_id, today))
    above = appraisers_on(report.employee.agency_id, today, people)
    below = {pk for pk, found in above.items() if report.employee_id in _people(found)}
    return {report.employee_id, *own, *below}


def draw(report: Report, today: date, without: Collection[int] = ()) -> int | None:
    """Draws an overseer by lot among those with the fewest open readings; None where there is none to draw."""
    able = [pk for pk in overseers(report, today) if pk not in without]
    if not able:
        return None
    open_now = dict(
        Reading.objects.filter(reader__in=able, given_at=None).order_by().values_list("reader").annotate(n=Count("pk"))
    )
    least = min(open_now.get(pk, 0) for pk in able)
    return secrets.choice([pk for pk in able if open_now.get(pk, 0) == least])


def waits_for(reading: Reading, today: date) -> list[Employee]:
    """Whom an open reading waits for, by name; empty for the overseers' common queue. At most 12 queries."""
    if reading.seat == Seat.SUPERIOR:
        return list(Employee.objects.filter(pk__in=superior_seat(reading, today)))
    return [reading.reader] if reading.reader else []
