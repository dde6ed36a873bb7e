"""The clock of a request: when it starts, what it promises, what stops it, and who spent its time on which step.

All functions work on a locked request inside the caller's transaction and leave saving it to the caller.
"""

from datetime import datetime

from django.utils.translation import gettext

from terang.evidence.citizens.models import RequestPause, RequestStep, Service, ServiceRequest, ServiceStandard
from terang.evidence.citizens.terms import supply_until
from terang.evidence.citizens.working_time import OfficeTime, due_at
from terang.registry.people.models import Employee


def standard_on(service: Service, moment: datetime, office: OfficeTime) -> ServiceStandard | None:
    """The version in force where the office is; missing where none was published. One query."""
    day = moment.astimezone(office.zone).date()
    return service.standards.filter(valid_from__lte=day).order_by("-valid_from").first()


def promised(service: Service, standard: ServiceStandard | None, start: datetime, office: OfficeTime) -> datetime:
    """When a request is promised that is complete at `start`."""
    if standard is None:
        return office.after(start, service.standard_minutes)
    return due_at(office, start, standard.limit, standard.limit_unit)


def start_clock(request: ServiceRequest, office: OfficeTime) -> None:
    """Runs from the moment the last missing piece came, not from when somebody looked: waiting for the check is the
    office's time. A clock that runs already goes on."""
    if request.started_at is not None:
        return
    start = request.complete_since or request.received_at
    request.started_at = start
    request.standard = standard_on(request.service, start, office)
    request.due_at = promised(request.service, request.standard, start, office)
    request.standard_minutes = office.minutes(start, request.due_at)


def pause(request: ServiceRequest, officer: Employee, reason: str, at: datetime) -> RequestPause:
    """From now on the applicant must act, until the last day of the terms in force."""
    until = supply_until(request, at)
    return RequestPause.objects.create(request=request, officer=officer, reason=reason, started_at=at, until=until)


def resume(request: ServiceRequest, office: OfficeTime, at: datetime) -> None:
    """The applicant has acted: a running clock gives back what the pause took, and promises so much later."""
    open_pause = request.pauses.get(ended_at=None)
    running = request.started_at is not None
    open_pause.ended_at = at
    open_pause.minutes = office.minutes(open_pause.started_at, at) if running else 0
    open_pause.save(update_fields=["ended_at", "minutes"])
    if not running:
        request.complete_since = at
        return
    request.waiting_minutes += open_pause.minutes
    if request.due_at and open_pause.minutes:
        request.due_at = office.after(request.due_at, open_pause.minutes)


def go_on(request: ServiceRequest, office: OfficeTime, at: datetime) -> int:
    """A finished request runs again: the time since it was finished counts for nobody and moves the promise as far.
    Returns these working minutes."""
    assert request.completed_at is not None
    held = office.minutes(request.completed_at, at)
    request.held_minutes += held
    if request.due_at and held:
        request.due_at = office.after(request.due_at, held)
    request.completed_at = request.ended_at = request.actual_minutes = None
    request.reopened, request.note = True, ""
    return held


def minutes_taken(request: ServiceRequest, office: OfficeTime, at: datetime) -> int:
    """Working minutes from the start, less what waited for the applicant and what they held a wrong result."""
    passed = office.minutes(request.started_at or request.received_at, at)
    return max(passed - request.waiting_minutes - request.held_minutes, 0)


def begin_step(request: ServiceRequest, officer: Employee, at: datetime) -> None:
    """The officer begins (or goes on with) the first step that is not finished."""
    number, name = current_step(request)
    RequestStep.objects.create(request=request, officer=officer, number=number, name=name, started_at=at)


def leave_step(request: ServiceRequest, office: OfficeTime, at: datetime, *, finished: bool = False) -> None:
    """The running step stops, finished or only interrupted; nothing where none runs."""
    step = request.steps.filter(ended_at=None).first()
    if step is None:
        return
    step.ended_at, step.finished = at, finished
    step.minutes = office.minutes(step.started_at, at)
    step.save(update_fields=["ended_at", "finished", "minutes"])


def current_step(request: ServiceRequest) -> tuple[int, str]:
    """Number and name of the first step that is not finished; a standard without steps has one, and a reopened request
    only the repair of its result. Two queries."""
    done = set(request.steps.filter(finished=True).values_list("number", flat=True))
    steps = list(request.standard.steps.values_list("number", "name")) if request.standard else []
    if request.reopened:
        return len(steps) + 1, gettext("Perbaikan hasil")
    return next((step for step in steps if step[0] not in done), (len(steps) + 1, gettext("Penyelesaian")))


def is_last_step(request: ServiceRequest) -> bool:
    """Whether no step of the standard follows the running one. Two queries."""
    number, _name = current_step(request)
    return request.standard is None or not request.standard.steps.filter(number__gt=number).exists()
