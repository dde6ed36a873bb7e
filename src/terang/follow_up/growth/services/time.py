"""What hours and days bring by themselves: what falls due, the same indicator measured again, who is reminded and told.

Nothing here decides anything about anybody.
"""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from terang.audit.alone import alone
from terang.evaluation.models import Score
from terang.follow_up.growth.models import (
    CASE_CLOSED,
    FINISHED,
    ActionState,
    CorrectiveAction,
    DueAction,
    DueState,
    ImprovementCase,
    Measurement,
)
from terang.follow_up.growth.services.acting import WITH_CASE
from terang.follow_up.growth.services.corrective import measure_again
from terang.follow_up.growth.services.opening import OF_PERSONNEL, open_after_predicates, open_due
from terang.follow_up.growth.services.recording import save, tell
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.registry.people.selectors import appraisers_on

OF_THE_EMPLOYEE = (ActionState.PROPOSED, ActionState.CONCLUDED)
"""States in which the employee's key is what is missing."""


def every_hour() -> int:
    """An hourly chore; gives how many governments were looked through. What goes wrong in one keeps no other waiting,
    and is tried again."""
    return sum(alone(_look_through, agency) or 0 for agency in Agency.objects.all())


def _look_through(agency: Agency) -> int:
    today = local_today(agency)
    for opener in (open_due, open_after_predicates):
        _open_for_all(opener, agency, today)
    hand_on(agency=agency, day=today)
    for pk in _to_measure(agency, today):
        alone(measure_again, pk, today)
    for pk in _to_remind(agency, today):
        alone(_remind, pk, today)
    return 1


def _open_for_all(opener: Callable[..., object], agency: Agency, today: date) -> None:
    """Everybody at once; where that fails, one by one: the record of one person keeps no other waiting."""
    if alone(opener, agency=agency, day=today) is not None:
        return
    people = Score.objects.filter(employee__agency=agency).values_list("employee_id", flat=True)
    for pk in people.distinct().order_by("employee_id"):
        alone(opener, agency=agency, day=today, employee_ids=[pk])


def _to_measure(agency: Agency, today: date) -> list[int]:
    measured = Measurement.objects.filter(action=OuterRef("pk"), round=OuterRef("round"))
    rows = CorrectiveAction.objects.filter(
        ~Exists(measured), employee__agency=agency, state=ActionState.RUNNING, remeasure_on__lte=today
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def hand_on(*, agency: Agency, day: date) -> int:
    """What waits for somebody who no longer appraises the person goes to who does today, unfinished steps too; gives
    how many rows moved. What was told to the one before in confidence stays told to that one alone."""
    rows = DueAction.objects.filter(employee__agency=agency, state=DueState.OPEN).exclude(kind__in=OF_PERSONNEL)
    actions = CorrectiveAction.objects.filter(employee__agency=agency).exclude(state__in=FINISHED)
    cases = ImprovementCase.objects.filter(employee__agency=agency).exclude(state__in=CASE_CLOSED)
    ids = {pk for each in (rows, actions, cases) for pk in each.values_list("employee_id", flat=True)}
    if not ids:
        return 0
    leaders = {pk: found.employee_id for pk, found in appraisers_on(agency.pk, day, ids).items()}
    moved = 0
    for row in rows.filter(employee__in=leaders).select_related("employee"):
        if row.assigned_to_id != leaders[row.employee_id]:
            moved += alone(_give, DueAction, row.pk, "assigned_to_id", leaders[row.employee_id]) or 0
    for action in actions.filter(employee__in=leaders):
        if action.leader_id != leaders[action.employee_id]:
            moved += alone(_give, CorrectiveAction, action.pk, "leader_id", leaders[action.employee_id]) or 0
    for case in cases.filter(employee__in=leaders):
        if case.leader_id != leaders[case.employee_id]:
            moved += alone(_give, ImprovementCase, case.pk, "leader_id", leaders[case.employee_id]) or 0
    return moved


def _give(
    model: type[DueAction] | type[CorrectiveAction] | type[ImprovementCase], pk: int, name: str, employee_id: int
) -> int:
    with transaction.atomic():
        row = model._default_manager.select_for_update(of=("self",)).select_related("employee").get(pk=pk)
        if not row.is_open or getattr(row, name) == employee_id:
            return 0
        before = getattr(row, name)
        setattr(row, name, employee_id)
        save(row, name)
        if isinstance(row, CorrectiveAction) and before is not None:
            row.steps.filter(owner_id=before, done_on=None).update(owner_id=employee_id)
        tell("handed_on", row, None)
    return 1


def _to_remind(agency: Agency, today: date) -> list[int]:
    late = Q(due_on__lte=today, reminded_on=None) | Q(escalate_on__lte=today, escalated_on=None)
    rows = DueAction.objects.filter(late, employee__agency=agency, state=DueState.OPEN)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _remind(pk: int, today: date) -> bool:
    """Reminds on the last day; some days later tells the superior of who should act, once each. While the employee's
    key is what is missing, nobody is told that the leader is late."""
    with transaction.atomic():
        rows = DueAction.objects.select_for_update(of=("self",), skip_locked=True).select_related("employee__agency")
        row = rows.filter(pk=pk, state=DueState.OPEN).first()
        if row is None:
            return False
        waits = CorrectiveAction.objects.filter(employee=row.employee_id, state__in=OF_THE_EMPLOYEE).exists()
        if row.escalate_on <= today and row.escalated_on is None and not (row.kind in WITH_CASE and waits):
            row.escalated_on, row.reminded_on = today, row.reminded_on or today
            row.escalated_to_id = _above(row, today)
            save(row, "escalated_on", "reminded_on", "escalated_to_id")
            tell("due_escalated", row, None, {"kind": row.kind})
        elif row.due_on <= today and row.reminded_on is None:
            row.reminded_on = today
            save(row, "reminded_on")
            tell("due_reminded", row, None, {"kind": row.kind})
    return True


def _above(row: DueAction, today: date) -> int | None:
    """Who appraises whoever should act; nobody where none is above: then the personnel agency sees it."""
    if row.assigned_to_id is None:
        return None
    found = appraisers_on(row.employee.agency_id, today, [row.assigned_to_id]).get(row.assigned_to_id)
    return found.employee_id if found else None
