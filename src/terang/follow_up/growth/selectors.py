"""Questions about what is due and about corrective actions. Every list has a constant number of queries."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from terang.follow_up.growth.access import require_one_of_two, require_reader
from terang.follow_up.growth.models import (
    ActionState,
    ActionStep,
    CaseState,
    CorrectiveAction,
    DueAction,
    DueState,
    ImprovementCase,
    ImprovementCheck,
)
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Role
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import Viewer


def own_due(employee_id: int) -> QuerySet[DueAction]:
    """Everything that was ever due for a person, what is open first, the latest first. One query."""
    rows = DueAction.objects.filter(employee_id=employee_id).select_related(
        "assigned_to", "policy", "corrective", "improvement"
    )
    return rows.order_by("-state", "-opened_on", "-pk")


def due_of_others(viewer: Viewer) -> QuerySet[DueAction]:
    """What is due for others that the viewer may see: their own to act on, what they were told of, and of the people
    they see. At most six queries before the one that reads."""
    mine = Q(assigned_to=viewer.employee) | Q(escalated_to=viewer.employee)
    if viewer.has(Role.PERSONNEL):
        mine |= Q(assigned_to=None) & _area(viewer)
    seen = Q(employee__in=visible_employees(viewer))
    rows = DueAction.objects.filter(mine | seen, employee__agency=viewer.agency_id).exclude(employee=viewer.employee)
    return rows.select_related("employee", "assigned_to")


def to_act_on(viewer: Viewer) -> QuerySet[DueAction]:
    """What waits for the viewer to act, the nearest day first. One query."""
    mine = Q(assigned_to=viewer.employee)
    if viewer.has(Role.PERSONNEL):
        mine |= Q(assigned_to=None) & _area(viewer)
    rows = DueAction.objects.filter(mine, state=DueState.OPEN).select_related("employee", "corrective")
    return rows.order_by("due_on", "pk")


def told_to(viewer: Viewer) -> QuerySet[DueAction]:
    """What nobody acted on, told to the viewer as the superior of who should; where nobody is above, to the personnel
    agency. One query."""
    mine = Q(escalated_to=viewer.employee)
    if viewer.has(Role.PERSONNEL):
        mine |= Q(escalated_to=None) & _area(viewer)
    rows = DueAction.objects.filter(mine, state=DueState.OPEN, escalated_on__isnull=False)
    return rows.select_related("employee", "assigned_to").order_by("escalated_on", "pk")


def _area(viewer: Viewer) -> Q:
    """The people the personnel agency looks after, without the viewer: nobody acts on what is due for themselves. No
    query where that is the whole government."""
    own = ~Q(employee=viewer.employee)
    if "" in viewer.paths(Role.PERSONNEL):
        return own & Q(employee__agency=viewer.agency_id)
    return own & Q(employee__in=visible_employees(viewer))


def due_for(viewer: Viewer | None, pk: int) -> DueAction:
    """One thing due that the viewer may read. Raises Http404 and NotAllowed."""
    viewer = require_viewer(viewer)
    rows = DueAction.objects.select_related(
        "employee__agency", "assigned_to", "escalated_to", "settled_by", "policy", "corrective", "improvement"
    )
    found = get_object_or_404(rows, pk=pk, employee__agency=viewer.agency_id)
    require_reader(viewer, found)
    return found


def action_for(viewer: Viewer | None, pk: int) -> CorrectiveAction:
    """One corrective action that the viewer may read. Raises Http404 and NotAllowed."""
    viewer = require_viewer(viewer)
    rows = CorrectiveAction.objects.select_related(
        "employee__agency", "leader", "due__policy", "due__employee", "due__period"
    )
    found = get_object_or_404(rows, pk=pk, employee__agency=viewer.agency_id)
    if viewer.employee.pk != found.leader_id:
        require_reader(viewer, found.due)
    return found


def step_for(viewer: Viewer | None, pk: int) -> ActionStep:
    """One step of an action of the viewer's. Raises Http404 and NotAllowed."""
    viewer = require_viewer(viewer)
    rows = ActionStep.objects.select_related("owner", "action__employee__agency", "action__leader", "action__due")
    found = get_object_or_404(rows, pk=pk, action__employee__agency=viewer.agency_id)
    require_one_of_two(viewer, found.action)
    return found


def keys_waiting(employee_id: int) -> QuerySet[CorrectiveAction]:
    """Actions that wait for the employee's key. One query."""
    states = (ActionState.PROPOSED, ActionState.CONCLUDED)
    return CorrectiveAction.objects.filter(employee_id=employee_id, state__in=states).order_by("opened_on", "pk")


def steps_waiting(employee_id: int) -> QuerySet[ActionStep]:
    """Steps of a person in running actions that are not done, the nearest day first. One query."""
    rows = ActionStep.objects.filter(owner_id=employee_id, done_on=None, action__state=ActionState.RUNNING)
    return rows.select_related("action__employee").order_by("due_on", "pk")


def case_for(viewer: Viewer | None, pk: int) -> ImprovementCase:
    """One chance to improve that the viewer may read: as what is due, and its leader. Raises Http404 and NotAllowed."""
    viewer = require_viewer(viewer)
    rows = ImprovementCase.objects.select_related("employee__agency", "leader", "due__employee", "due__policy")
    found = get_object_or_404(rows, pk=pk, employee__agency=viewer.agency_id)
    if viewer.employee.pk != found.leader_id:
        require_reader(viewer, found.due)
    return found


def check_for(viewer: Viewer | None, pk: int) -> ImprovementCheck:
    """One check of a case that the viewer may read. Raises Http404 and NotAllowed."""
    viewer = require_viewer(viewer)
    rows = ImprovementCheck.objects.select_related("case__employee__agency", "case__leader")
    found = get_object_or_404(rows, pk=pk, case__employee__agency=viewer.agency_id)
    case_for(viewer, found.case_id)
    return found


OF_EMPLOYEE = (CaseState.PROPOSED, CaseState.EVALUATED)
OF_LEADER = (CaseState.PLANNED, CaseState.RUNNING)


def cases_waiting(viewer: Viewer) -> QuerySet[ImprovementCase]:
    """Cases in which the viewer's key, plan or end evaluation is what is missing today; for the personnel agency those
    it prepares or decides. One query."""
    me = viewer.employee
    ended = Q(state=CaseState.RUNNING, ends_on__lt=viewer.today)
    mine = Q(employee=me, state__in=OF_EMPLOYEE) | Q(leader=me) & (Q(state=CaseState.PLANNED) | ended)
    mine |= Q(leader=me, state__in=OF_EMPLOYEE, act_by__lt=viewer.today)
    if "" in viewer.paths(Role.PERSONNEL):
        mine |= Q(state=CaseState.FURTHER, employee__agency=viewer.agency_id) & ~Q(employee=me) & ~Q(leader=me)
    return ImprovementCase.objects.filter(mine).select_related("employee").order_by("act_by", "pk")


def checks_waiting(viewer: Viewer) -> QuerySet[ImprovementCheck]:
    """Joint checks whose day has come, and who of both is missing, is the viewer. One query."""
    me = viewer.employee
    mine = Q(case__leader=me, leader_at=None) | Q(case__employee=me, leader_at__isnull=False, employee_at=None)
    rows = ImprovementCheck.objects.filter(mine, case__state=CaseState.RUNNING, day__lte=viewer.today)
    return rows.select_related("case__employee").order_by("day", "pk")
