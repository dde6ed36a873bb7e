"""Questions about requests: of an officer, of a unit, of the citizen who holds the key."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils import timezone

from terang.evidence.citizens.access import SERVING, below, require_sight
from terang.evidence.citizens.keys import typed_number
from terang.evidence.citizens.models import RequestPause, RequestReopening, RequestState, ServiceRequest
from terang.evidence.citizens.states import COUNTING, OPEN
from terang.evidence.months import midnight
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee, Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def own_standard() -> Coalesce:
    """The standard a request is held against: that of the version its clock started under. Rows from before versions
    were kept have none of their own and take the service's."""
    return Coalesce("standard_minutes", "service__standard_minutes")


def finished(officer_ids: Collection[int], start: date, end: date, zone: ZoneInfo) -> QuerySet[ServiceRequest]:
    """Requests finished by these officers on local days between `start` and `end` (exclusive)."""
    return ServiceRequest.objects.filter(
        officer_id__in=officer_ids, completed_at__gte=midnight(start, zone), completed_at__lt=midnight(end, zone)
    )


def undone_completions(officer_id: int, start: date, end: date, zone: ZoneInfo) -> QuerySet[RequestReopening]:
    """Completions of an officer on these local days that count no more: the result was wrong, and the request is not
    finished again within the same days (then it stands there once already)."""
    since, until = midnight(start, zone), midnight(end, zone)
    rows = RequestReopening.objects.filter(officer_id=officer_id, completed_at__gte=since, completed_at__lt=until)
    again = Q(request__officer_id=officer_id, request__completed_at__gte=since, request__completed_at__lt=until)
    return rows.exclude(again).select_related("request__service").order_by("-completed_at")


def requests_in_hand(officer_id: int) -> QuerySet[ServiceRequest]:
    """What an officer has to do, what was promised soonest first; what waits for the applicant or to be collected
    stands elsewhere."""
    rows = ServiceRequest.objects.filter(officer_id=officer_id, state__in=COUNTING)
    return _listed(rows).order_by(F("due_at").asc(nulls_last=True), "received_at", "pk")


def requests_waiting(viewer: Viewer) -> QuerySet[ServiceRequest]:
    """What waits for applicants: sent back by the viewer (with `until`, the last day for what is missing), and every
    result of the own units that is to be handed out."""
    pause = RequestPause.objects.filter(request=OuterRef("pk"), ended_at=None)
    rows = ServiceRequest.objects.filter(_waiting(viewer)).annotate(until=Subquery(pause.values("until")[:1]))
    return _listed(rows).order_by("-state", "received_at", "pk")


def _waiting(viewer: Viewer) -> Q:
    own = Q(officer_id=viewer.employee.pk, state__in=(RequestState.RETURNED, RequestState.READY))
    served = below("service__unit", viewer.paths(*SERVING), viewer.agency_id)
    return own | (served & Q(state=RequestState.READY))


def requests_to_take(viewer: Viewer) -> QuerySet[ServiceRequest]:
    """What nobody has yet at the units a viewer is appointed to, the longest waiting first."""
    served = below("service__unit", viewer.paths(*SERVING), viewer.agency_id)
    rows = ServiceRequest.objects.filter(served, state=RequestState.SUBMITTED, officer=None)
    return _listed(rows).order_by("received_at", "pk")


def desk_requests(viewer: Viewer) -> QuerySet[ServiceRequest]:
    """Everything at a viewer's desk, whatever its state: what they have or had in hand, what nobody has yet or waits to
    be handed out at the units they serve, and all of the units they manage."""
    served = below("service__unit", viewer.paths(*SERVING), viewer.agency_id)
    open_here = Q(state=RequestState.READY) | Q(state=RequestState.SUBMITTED, officer=None)
    managed = below("service__unit", viewer.paths(Role.SERVICE_MANAGER), viewer.agency_id)
    return ServiceRequest.objects.filter(Q(officer_id=viewer.employee.pk) | (served & open_here) | managed)


def finished_requests(officer_id: int) -> QuerySet[ServiceRequest]:
    """An officer's finished requests, latest first."""
    rows = ServiceRequest.objects.filter(officer_id=officer_id, completed_at__isnull=False)
    return rows.select_related("service", "invitation").order_by("-completed_at")


def _listed(rows: QuerySet[ServiceRequest]) -> QuerySet[ServiceRequest]:
    return rows.select_related("service__unit", "officer", "ticket")


def request_for(viewer: Viewer | None, request_id: int) -> ServiceRequest:
    """One request. Raises Http404, and NotAllowed for who may not see it."""
    rows = ServiceRequest.objects.select_related(
        "service__unit__agency", "officer__agency", "invitation", "ticket", "standard"
    )
    request = get_object_or_404(rows, pk=request_id)
    require_sight(viewer, request)
    return request


def request_by_number(viewer: Viewer, number: str) -> ServiceRequest | None:
    """The request of a tracking number, however it was typed; missing where there is none or the viewer may not see
    it, so that nobody learns which."""
    rows = ServiceRequest.objects.select_related("service__unit__agency", "officer__agency")
    found = rows.filter(tracking_code=typed_number(number)).first()
    if found is None:
        return None
    try:
        require_sight(viewer, found)
    except NotAllowed:
        return None
    return found


def request_of_key(request_id: int) -> ServiceRequest | None:
    """The request behind a citizen's key; missing once it was forgotten."""
    rows = ServiceRequest.objects.select_related("service__unit__agency", "standard", "applicant", "ticket")
    return rows.filter(pk=request_id, keys__isnull=False).first()


def is_overdue(request: ServiceRequest, now: datetime) -> bool:
    """Whether the office has let its promise pass and still has to act."""
    return request.state in COUNTING and request.due_at is not None and request.due_at < now


@dataclass(frozen=True)
class OfficerLine:
    """One officer in the overview: what they have in hand, of it overdue, and finished in the last thirty days."""

    officer: Employee
    open: int
    overdue: int
    waiting: int
    finished: int


@dataclass(frozen=True)
class Queue:
    """What stands before the units a manager has: numbers over all, by officer, and the backlog of thirty days."""

    unassigned: int
    open: int
    overdue: int
    waiting: int
    ready: int
    received: int
    finished: int
    officers: tuple[OfficerLine, ...]

    @property
    def backlog(self) -> int:
        """Received less finished in thirty days: above zero the queue grows."""
        return self.received - self.finished


BACKLOG_DAYS = 30
"""Over how many days received and finished requests are held against each other; said beside the figure."""


def managed_requests(viewer: Viewer) -> QuerySet[ServiceRequest]:
    """Requests without a result at the units a viewer manages, what is overdue first."""
    return _listed(_managed(viewer).filter(state__in=OPEN)).order_by(
        F("due_at").asc(nulls_last=True), "received_at", "pk"
    )


def _managed(viewer: Viewer) -> QuerySet[ServiceRequest]:
    return ServiceRequest.objects.filter(below("service__unit", viewer.paths(Role.SERVICE_MANAGER), viewer.agency_id))


def queue_of(viewer: Viewer) -> Queue:
    """The overview of a manager. Three queries, whatever the number of officers."""
    now = timezone.now()
    since = _days_ago(viewer)
    rows = _managed(viewer)
    open_ = Q(state__in=OPEN)
    numbers = {
        "open": Count("pk", filter=Q(state__in=COUNTING)),
        "overdue": Count("pk", filter=Q(state__in=COUNTING, due_at__lt=now)),
        "waiting": Count("pk", filter=Q(state=RequestState.RETURNED)),
        "finished": Count("pk", filter=Q(completed_at__gte=since)),
    }
    over = rows.filter(open_ | Q(state=RequestState.READY) | Q(received_at__gte=since) | Q(completed_at__gte=since))
    total = over.aggregate(
        unassigned=Count("pk", filter=Q(officer=None, state=RequestState.SUBMITTED)),
        ready=Count("pk", filter=Q(state=RequestState.READY)),
        received=Count("pk", filter=Q(received_at__gte=since) & ~Q(state=RequestState.CANCELLED)),
        **numbers,
    )
    by_officer: Sequence[dict[str, int]] = list(
        over.filter(officer__isnull=False).order_by().values("officer_id").annotate(**numbers)  # type: ignore[arg-type]
    )
    people = Employee.objects.in_bulk([row["officer_id"] for row in by_officer])
    lines = [
        OfficerLine(people[row.pop("officer_id")], **row)
        for row in by_officer
        if any(value for name, value in row.items() if name != "officer_id")
    ]
    lines.sort(key=lambda line: (-line.overdue, -line.open, line.officer.name))
    return Queue(**total, officers=tuple(lines))


def _days_ago(viewer: Viewer) -> datetime:
    zone = ZoneInfo(viewer.employee.agency.time_zone)
    return datetime.combine(viewer.today - timedelta(days=BACKLOG_DAYS), time.min, zone)


def counts_of(viewer: Viewer) -> dict[str, int]:
    """How many requests stand in each of an officer's lists. One query."""
    now, own = timezone.now(), Q(officer_id=viewer.employee.pk)
    served = below("service__unit", viewer.paths(*SERVING), viewer.agency_id)
    return ServiceRequest.objects.filter(Q(state__in=(*OPEN, RequestState.READY)) & (own | served)).aggregate(
        mine=Count("pk", filter=own & Q(state__in=COUNTING)),
        overdue=Count("pk", filter=own & Q(state__in=COUNTING, due_at__lt=now)),
        waiting=Count("pk", filter=_waiting(viewer)),
        to_take=Count("pk", filter=served & Q(state=RequestState.SUBMITTED, officer=None)),
    )


def units_managed(viewer: Viewer) -> QuerySet[Unit]:
    """The units whose services a viewer manages, in the order of the tree."""
    found = Q(pk__in=())
    for path in viewer.paths(Role.SERVICE_MANAGER):
        found |= Q(path__startswith=path)
    return Unit.objects.filter(found, agency_id=viewer.agency_id).order_by("path")
