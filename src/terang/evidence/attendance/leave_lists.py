"""Questions about leave: one's own, what waits for a decision, and who of the team is away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from terang.evidence.attendance.leave_access import require_private
from terang.evidence.attendance.leave_checks import span_text
from terang.evidence.attendance.leave_kinds import kind_label
from terang.evidence.attendance.models import TAKEN, DayDispute, DisputeState, Duty, DutyKind, Leave, LeaveState
from terang.registry.people.models import Employee, Role
from terang.registry.people.selectors import appraisers_on, direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.templatetags.terang import badge

QUEUE_LIMIT = 100
"""Requests of one page of the queue; the rest follows as these are decided."""
KINDS = {
    LeaveState.REQUESTED: "quiet",
    LeaveState.APPROVED: "ok",
    LeaveState.CHANGED: "ok",
    LeaveState.POSTPONED: "attention",
    LeaveState.REFUSED: "attention",
    LeaveState.WITHDRAWN: "quiet",
}


@dataclass(frozen=True)
class LeaveLine:
    """One request as a list shows it."""

    leave: Leave
    label: str
    span: str
    badge: SafeString
    late: bool


@dataclass(frozen=True)
class Away:
    """Somebody's time away: why (without what is private), when, and whether it is decided."""

    employee: Employee
    label: str
    span: str
    starts_on: date
    ends_on: date
    decided: bool
    url_name: str
    pk: int


def state_badge(leave: Leave) -> SafeString:
    state = LeaveState(leave.state)
    return badge(gettext(str(state.label)), KINDS[state])


def leave_line(leave: Leave) -> LeaveLine:
    """`late` says that the leave had begun when it was asked for."""
    late = leave.starts_on < leave.requested_at.date()
    return LeaveLine(leave, kind_label(leave.kind), span_text(leave.starts_on, leave.ends_on), state_badge(leave), late)


def leaves_of(employee: Employee) -> QuerySet[Leave]:
    """A person's requests, latest first. Whether the viewer may see them is asked before."""
    return Leave.objects.filter(employee=employee).select_related("decided_by")


def leave_for(viewer: Viewer | None, pk: int) -> Leave:
    """One request. Raises Http404, and NotAllowed for who may not know of it."""
    rows = Leave.objects.select_related("employee__agency", "decided_by", "proof")
    leave = get_object_or_404(rows, pk=pk)
    require_private(viewer, leave.employee)
    return leave


def leave_to_decide(viewer: Viewer) -> list[Leave]:
    """Requests that wait for the viewer, those that begin first on top. One query where none waits in the government,
    otherwise at most seven, five more for the personnel agency."""
    waiting = Leave.objects.filter(state=LeaveState.REQUESTED, employee__agency_id=viewer.agency_id)
    waiting = waiting.exclude(employee=viewer.employee).select_related("employee").order_by("starts_on", "pk")
    if not waiting.exists():
        return []
    mine = list(waiting.filter(employee_id__in=direct_report_ids(viewer.employee, viewer.today))[:QUEUE_LIMIT])
    if viewer.has(Role.PERSONNEL):
        mine += _without_appraiser(viewer, waiting)
    return mine


def _without_appraiser(viewer: Viewer, waiting: QuerySet[Leave]) -> list[Leave]:
    ids = set(waiting.values_list("employee_id", flat=True))
    led = appraisers_on(viewer.agency_id, viewer.today, ids)
    return list(waiting.filter(employee_id__in=ids - led.keys())[:QUEUE_LIMIT])


def disputes_to_answer(viewer: Viewer) -> list[DayDispute]:
    """Open disputes that wait for the viewer as appraiser, of everybody for the personnel agency; oldest first. One
    query where none waits, otherwise at most eight."""
    waiting = DayDispute.objects.filter(state=DisputeState.OPEN, employee__agency_id=viewer.agency_id)
    waiting = waiting.exclude(employee=viewer.employee).select_related("employee").order_by("raised_at", "pk")
    if not waiting.exists():
        return []
    if not viewer.has(Role.PERSONNEL):
        waiting = waiting.filter(employee_id__in=direct_report_ids(viewer.employee, viewer.today))
    return list(waiting[:QUEUE_LIMIT])


def away_between(people: Iterable[Employee], start: date, end: date) -> list[Away]:
    """Leave and duty of these people that touch the days, in order; what waits for a decision too. Two queries."""
    by_id = {person.pk: person for person in people}
    meets = {"starts_on__lt": end, "ends_on__gt": start}
    leaves = Leave.objects.filter(employee_id__in=by_id, state__in=(LeaveState.REQUESTED, *TAKEN), **meets)
    found = [
        Away(
            by_id[row.employee_id],
            kind_label(row.kind),
            span_text(row.starts_on, row.ends_on),
            row.starts_on,
            row.ends_on,
            row.state in TAKEN,
            "attendance:leave",
            row.pk,
        )
        for row in leaves
    ]
    rows = Duty.people.through.objects.filter(
        employee_id__in=by_id, duty__cancelled_on=None, duty__starts_on__lt=end, duty__ends_on__gt=start
    ).select_related("duty")
    found += [_on_duty(by_id[row.employee_id], row.duty) for row in rows]
    return sorted(found, key=lambda each: (each.starts_on, each.employee.name, each.pk))


def _on_duty(employee: Employee, duty: Duty) -> Away:
    label, span = str(DutyKind(duty.kind).label), span_text(duty.starts_on, duty.ends_on)
    return Away(employee, label, span, duty.starts_on, duty.ends_on, True, "attendance:duty", duty.pk)


@dataclass(frozen=True)
class Week:
    """Seven days of the team's calendar, each with who is away; None outside the month."""

    days: tuple[tuple[date, tuple[Away, ...]] | None, ...]


def weeks_of(away: list[Away], first: date) -> list[Week]:
    """The month that begins on `first`, week by week from Monday."""
    until = (first + timedelta(days=31)).replace(day=1)
    start = first - timedelta(days=first.weekday())
    weeks = []
    while start < until:
        days = [start + timedelta(days=n) for n in range(7)]
        weeks.append(Week(tuple(_day(day, away) if first <= day < until else None for day in days)))
        start += timedelta(days=7)
    return weeks


def _day(day: date, away: list[Away]) -> tuple[date, tuple[Away, ...]]:
    return day, tuple(each for each in away if each.starts_on <= day < each.ends_on)
