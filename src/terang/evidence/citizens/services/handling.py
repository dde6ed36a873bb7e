"""What an officer does with a request between receiving and finishing it: take, accept, send back, pass on."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.custody.services.uploads import take_in, write_row
from terang.evidence.citizens import tasks
from terang.evidence.citizens.access import officers_of, require_may
from terang.evidence.citizens.models import RequestFile, RequestState, Requirement, ServiceRequest
from terang.evidence.citizens.services import clock
from terang.evidence.citizens.services.inviting import invite
from terang.evidence.citizens.services.telling import record_request
from terang.evidence.citizens.states import MOVES, require_move
from terang.evidence.citizens.working_time import OfficeTime, office_time
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale


def locked(request_id: int) -> ServiceRequest:
    """The request for changing, with what its clock needs. Inside a transaction."""
    rows = ServiceRequest.objects.select_for_update(of=("self",)).select_related("service__unit__agency", "standard")
    return rows.get(pk=request_id)


def begin(
    actor: Viewer | None, verb: str, request: ServiceRequest, version: int | None
) -> tuple[ServiceRequest, Viewer]:
    """The locked request, once it is the actor's to do, still as the page showed it, and possible now."""
    found = locked(request.pk)
    viewer = require_may(actor, verb, found)
    require_version(found, version)
    require_move(verb, found)
    return found, viewer


def require_version(request: ServiceRequest, version: int | None) -> None:
    """Raises Stale where the page was drawn before somebody else changed the request; no version asks nothing."""
    if version is not None and version != request.version:
        raise Stale(gettext("Permohonan ini baru saja diubah. Muat ulang halaman, lalu ulangi bila masih perlu."))


def moved(request: ServiceRequest, verb: str) -> None:
    """Takes the request where the verb leads and saves it."""
    request.state = MOVES[verb].after or request.state
    request.version += 1
    request.save()


@transaction.atomic
def take_request(*, actor: Viewer, request: ServiceRequest, version: int | None = None) -> ServiceRequest:
    """An officer of the unit takes a request that nobody has; from now on they see who asks."""
    found, viewer = begin(actor, "take", request, version)
    found.officer = viewer.employee
    moved(found, "take")
    record_request("citizens.request_taken", found, viewer)
    return found


@transaction.atomic
def accept_request(*, actor: Viewer, request: ServiceRequest, version: int | None = None) -> ServiceRequest:
    """Complete and correct: the clock runs (from when the last piece came), the date is promised, the first step
    begins."""
    found, viewer = begin(actor, "accept", request, version)
    office, now = office_time(found.service.unit), timezone.now()
    clock.start_clock(found, office)
    clock.begin_step(found, viewer.employee, now)
    found.note = ""
    moved(found, "accept")
    record_request("citizens.request_accepted", found, viewer)
    tasks.tell_applicant(found, "accepted")
    return found


@transaction.atomic
def return_request(
    *,
    actor: Viewer,
    request: ServiceRequest,
    reason: str,
    missing: Collection[Requirement] = (),
    version: int | None = None,
) -> ServiceRequest:
    """Something is missing or wrong: the applicant must act and the clock stands still. The reason is for them."""
    found, viewer = begin(actor, "return", request, version)
    office, now = office_time(found.service.unit), timezone.now()
    clock.leave_step(found, office, now)
    clock.pause(found, viewer.employee, _reason(reason), now).missing.set(missing)
    found.note = _reason(reason)
    moved(found, "return")
    record_request("citizens.request_returned", found, viewer)
    tasks.tell_applicant(found, "returned")
    return found


def _reason(text: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError({"reason": gettext("Tulis alasannya; pemohon membacanya.")})
    return text[:500]


@transaction.atomic
def supply_at_counter(*, actor: Viewer, request: ServiceRequest, version: int | None = None) -> ServiceRequest:
    """The applicant brought what was missing to the officer: as if sent from home."""
    found, viewer = begin(actor, "supply", request, version)
    clock.resume(found, office_time(found.service.unit), timezone.now())
    found.note = ""
    moved(found, "supply")
    record_request("citizens.request_supplied", found, viewer)
    return found


@transaction.atomic
def finish_step(*, actor: Viewer, request: ServiceRequest, version: int | None = None) -> ServiceRequest:
    """The running step is done and the next one begins. Raises NotNow on the last: then the request is finished."""
    found, viewer = begin(actor, "finish_step", request, version)
    if clock.is_last_step(found):
        raise NotNow(gettext("Ini langkah terakhir. Tandai permohonan siap diambil atau diserahkan."))
    office, now = office_time(found.service.unit), timezone.now()
    clock.leave_step(found, office, now, finished=True)
    clock.begin_step(found, viewer.employee, now)
    moved(found, "finish_step")
    record_request("citizens.request_step_finished", found, viewer)
    return found


@transaction.atomic
def hand_over(*, actor: Viewer, request: ServiceRequest, to: Employee, version: int | None = None) -> ServiceRequest:
    """Another officer of the unit goes on, in the same step. A manager gives out what nobody has, and passes on what
    somebody has."""
    unassigned = request.officer_id is None
    found, viewer = begin(actor, "assign" if unassigned else "hand_over", request, version)
    if to.pk == found.officer_id or not officers_of(found.service.unit, viewer.today).filter(pk=to.pk).exists():
        raise ValidationError({"to": gettext("Pilih petugas lain dari unit layanan ini.")})
    before, found.officer = found.officer_id, to
    if found.state == RequestState.PROCESSING:
        _change_hands(found, to, office_time(found.service.unit), timezone.now())
    moved(found, "assign" if unassigned else "hand_over")
    record_request("citizens.request_handed_over", found, viewer, officer=[before, to.pk])
    return found


def _change_hands(request: ServiceRequest, to: Employee, office: OfficeTime, now: datetime) -> None:
    clock.leave_step(request, office, now)
    clock.begin_step(request, to, now)


@transaction.atomic
def refuse_request(
    *, actor: Viewer, request: ServiceRequest, reason: str, version: int | None = None
) -> tuple[ServiceRequest, str]:
    """Ends a request without a result, with a reason for the applicant; it counts as no finished service. Who was
    refused is asked too: returns the token of the survey link."""
    found, viewer = begin(actor, "refuse", request, version)
    now = timezone.now()
    clock.leave_step(found, office_time(found.service.unit), now)
    found.note, found.ended_at = _reason(reason), now
    moved(found, "refuse")
    token = invite(found)
    record_request("citizens.request_refused", found, viewer)
    tasks.tell_applicant(found, "refused")
    return found, token


def attach_result(
    *, actor: Viewer, request: ServiceRequest, file: UploadedFile, version: int | None = None
) -> ServiceRequest:
    """The result as a file, for the applicant to download once it is ready. Raises ValidationError for a file that
    custody does not take."""
    require_may(actor, "attach_result", request)
    taken = take_in(file, actor=actor)
    with transaction.atomic():
        found, viewer = begin(actor, "attach_result", request, version)
        RequestFile.objects.create(request=found, file=write_row(taken), is_result=True)
        moved(found, "attach_result")
        record_request("citizens.request_result_attached", found, viewer)
    return found
