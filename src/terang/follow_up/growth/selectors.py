"""Questions about what is due and about corrective actions. Every list has a constant number of queries."""

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from terang.follow_up.growth.access import require_one_of_two, require_reader
from terang.follow_up.growth.models import ActionState, ActionStep, CorrectiveAction, DueAction, DueState
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Role
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import Viewer


def own_due(employee_id: int) -> QuerySet[DueAction]:
    """Everything that was ever due for a person, what is open first, the latest first. One query."""
    rows = DueAction.objects.filter(employee_id=employee_id).select_related("assigned_to", "policy", "corrective")
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
        "employee__agency", "assigned_to", "escalated_to", "settled_by", "policy", "corrective"
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
