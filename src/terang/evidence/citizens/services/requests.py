"""A request at the counter: received, finished, handed out."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.citizens import tasks
from terang.evidence.citizens.access import require_officer, require_own_request, serves
from terang.evidence.citizens.keys import Secrets, form_digest, new_number, secrets_of, store_keys
from terang.evidence.citizens.models import Applicant, QueueTicket, RequestState, Service, ServiceRequest
from terang.evidence.citizens.services import clock
from terang.evidence.citizens.services.handling import begin, moved
from terang.evidence.citizens.services.inviting import invite
from terang.evidence.citizens.services.telling import record_request
from terang.evidence.citizens.working_time import OfficeTime, office_time
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow


@dataclass(frozen=True)
class Finished:
    """A finished request and the token of its survey link, shown now and never again: only its hash is kept."""

    request: ServiceRequest
    token: str


@dataclass(frozen=True)
class Received:
    """A request that was made, and the keys that open it to its applicant, shown now and never again."""

    request: ServiceRequest
    secrets: Secrets


def receive_request(
    *, actor: Viewer, service: Service, form_key: UUID | None = None, name: str = "", complete: bool = True
) -> ServiceRequest:
    """An officer takes a walk-in's request in hand under the day's next queue number.

    `complete`: the papers were looked at and nothing is missing, so the clock runs at once; otherwise they are still to
    be checked. The same form sent twice receives once. The citizen's keys are `keys.secrets_of(form_key)`.
    """
    viewer = require_officer(actor)
    key = form_key or uuid4()
    if not service.active or not (serves(viewer, service.unit) or viewer.unit_id == service.unit_id):
        raise NotAllowed(gettext("Layanan ini tidak dibuka di unit Anda."))
    with transaction.atomic():
        known = ServiceRequest.objects.filter(form_digest=form_digest(key), officer=viewer.employee).first()
        return known or _receive(viewer, service, key, name.strip(), complete)


def _receive(viewer: Viewer, service: Service, key: UUID, name: str, complete: bool) -> ServiceRequest:
    unit = Unit.objects.select_for_update().get(pk=service.unit_id)  # numbers of a unit are given one after another
    service.unit, office, now = unit, office_time(service.unit), timezone.now()
    request = ServiceRequest(
        service=service,
        officer=viewer.employee,
        tracking_code=new_number(service),
        state=RequestState.PROCESSING if complete else RequestState.CHECKING,
        received_at=now,
        complete_since=now,
        form_digest=form_digest(key),
        standard=clock.standard_on(service, now, office),
    )
    if complete:
        clock.start_clock(request, office)
    request.save(force_insert=True)
    if complete:
        clock.begin_step(request, viewer.employee, now)
    _give_number(request, office)
    store_keys(request, secrets_of(key))
    if name:
        Applicant.objects.create(request=request, name=name[:120])
    record_request("citizens.request_received", request, viewer)
    return request


def _give_number(request: ServiceRequest, office: OfficeTime) -> None:
    unit, day = request.service.unit, request.received_at.astimezone(office.zone).date()
    letter = request.service.queue_letter
    given = QueueTicket.objects.filter(unit=unit, day=day, letter=letter)
    last = given.aggregate(last=Max("number"))["last"] or 0
    QueueTicket.objects.create(unit=unit, day=day, letter=letter, number=last + 1, request=request)


@transaction.atomic
def renew_keys(*, actor: Viewer, request: ServiceRequest, form_key: UUID) -> Secrets:
    """New link and code for a citizen who lost theirs, given out by the officer who knows them; the old ones open
    nothing any more."""
    require_own_request(actor, request)
    secrets = secrets_of(form_key)
    store_keys(request, secrets)
    record_request("citizens.request_keys_renewed", request, actor)
    return secrets


def complete_request(
    *, actor: Viewer, request: ServiceRequest, version: int | None = None, delivered: bool = False
) -> Finished:
    """The officer finishes a request and gets the citizen's one-time survey link, good for 30 days.

    The time taken is counted in working minutes, the time that waited for the applicant taken out. `delivered`: the
    citizen has the result in hand already, as at a counter.
    """
    with transaction.atomic():
        found, viewer = begin(actor, "complete", request, version)
        _require_new_result(found)
        office, now = office_time(found.service.unit), timezone.now()
        clock.start_clock(found, office)
        clock.leave_step(found, office, now, finished=True)
        found.completed_at = now
        found.actual_minutes = clock.minutes_taken(found, office, now)
        moved(found, "complete")
        if delivered:
            _hand_out(found)
        token = invite(found)
        record_request("citizens.request_completed", found, viewer)
        tasks.tell_applicant(found, "delivered" if delivered else "ready")
    return Finished(found, token)


def _require_new_result(request: ServiceRequest) -> None:
    """A result that was called wrong is not handed out again. Raises NotNow where only the old one is attached."""
    results = request.files.filter(is_result=True) if request.reopened else None
    if results is not None and results.exists() and not results.filter(replaced=False).exists():
        raise NotNow(gettext("Pemohon menyatakan hasilnya keliru. Lampirkan dahulu hasil yang sudah diperbaiki."))


def _hand_out(request: ServiceRequest) -> None:
    request.ended_at = timezone.now()
    moved(request, "deliver")


@transaction.atomic
def deliver_request(*, actor: Viewer, request: ServiceRequest, version: int | None = None) -> ServiceRequest:
    """The citizen has the result. Whoever of the unit is at the counter may hand it out."""
    found, viewer = begin(actor, "deliver", request, version)
    _hand_out(found)
    record_request("citizens.request_delivered", found, viewer)
    return found
