"""What a citizen does without an account: apply, complete, cancel, be forgotten. Whoever calls these has checked the
citizen's key (`keys`) or is the form itself."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.custody.services.uploads import TakenIn, take_in, write_row
from terang.evidence.citizens import tasks
from terang.evidence.citizens.keys import form_digest, new_number, secrets_of, store_keys
from terang.evidence.citizens.models import (
    Applicant,
    RequestChannel,
    RequestFile,
    RequestState,
    Requirement,
    Service,
    ServiceRequest,
    ServiceStandard,
)
from terang.evidence.citizens.services import clock
from terang.evidence.citizens.services.handling import locked, moved, require_version
from terang.evidence.citizens.services.requests import Received
from terang.evidence.citizens.services.telling import record_request
from terang.evidence.citizens.states import require_move
from terang.evidence.citizens.working_time import office_time
from terang.web.errors import NotNow

Attached = Mapping[int | None, UploadedFile]
"""Requirement id (None: something else) → its file."""


def apply_online(
    *, service: Service, form_key: UUID, name: str, phone: str = "", email: str = "", files: Attached | None = None
) -> Received:
    """A request from home, which waits for an officer to check it. The same form sent twice makes one request.

    Raises NotNow where the service takes none from home, ValidationError for a missing obligatory attachment or a file
    that custody does not take; then nothing is kept.
    """
    standard = _online_standard(service)
    known = ServiceRequest.objects.filter(form_digest=form_digest(form_key)).first()
    if known is None:
        taken = _take_in(standard, files or {}, service.unit.agency_id)
        try:
            known = _apply(service, standard, form_key, Applicant(name=name, phone=phone, email=email), taken)
        except IntegrityError:  # the same form came in at the same moment
            known = ServiceRequest.objects.get(form_digest=form_digest(form_key))
    return Received(known, secrets_of(form_key))


def _online_standard(service: Service) -> ServiceStandard:
    standard = clock.standard_on(service, timezone.now(), office_time(service.unit))
    if not service.active or standard is None or not standard.online:
        raise NotNow(gettext("Layanan ini diajukan di loket. Syarat dan jamnya ada di halaman layanan."))
    return standard


def _take_in(standard: ServiceStandard, files: Attached, agency_id: int) -> list[tuple[Requirement | None, TakenIn]]:
    """Keeps the bytes before the transaction: a large photo must not hold the database."""
    asked = {each.pk: each for each in standard.requirements.all() if each.attachable}
    lacking = [each.name for pk, each in asked.items() if each.obligatory and pk not in files]
    if lacking:
        raise ValidationError(gettext("Belum dilampirkan: %(names)s.") % {"names": ", ".join(lacking)})
    return [(asked.get(pk or 0), take_in(file, actor=None, agency_id=agency_id)) for pk, file in files.items()]


@transaction.atomic
def _apply(
    service: Service,
    standard: ServiceStandard,
    form_key: UUID,
    applicant: Applicant,
    taken: list[tuple[Requirement | None, TakenIn]],
) -> ServiceRequest:
    now = timezone.now()
    request = ServiceRequest.objects.create(
        service=service,
        standard=standard,
        tracking_code=new_number(service),
        channel=RequestChannel.ONLINE,
        state=RequestState.SUBMITTED,
        received_at=now,
        complete_since=now,
        form_digest=form_digest(form_key),
    )
    applicant.request = request
    applicant.save(force_insert=True)
    _attach(request, taken)
    store_keys(request, secrets_of(form_key))
    record_request("citizens.request_applied", request, None)
    tasks.tell_applicant(request, "applied")
    return request


def _attach(request: ServiceRequest, taken: list[tuple[Requirement | None, TakenIn]]) -> None:
    RequestFile.objects.bulk_create(
        [RequestFile(request=request, requirement=each, file=write_row(file)) for each, file in taken]
    )


def supply_missing(*, request: ServiceRequest, files: Attached, version: int | None = None) -> ServiceRequest:
    """The applicant sends what was missing: the office is to act again. Raises ValidationError without a file or for
    one that custody does not take, NotNow where nothing is asked for."""
    require_move("supply", request)
    if not files:
        raise ValidationError(gettext("Pilih berkas yang diminta."))
    known = {each.pk: each for each in request.standard.requirements.all()} if request.standard else {}
    agency_id = request.service.unit.agency_id
    taken = [(known.get(pk or 0), take_in(file, actor=None, agency_id=agency_id)) for pk, file in files.items()]
    with transaction.atomic():
        found = locked(request.pk)
        require_version(found, version)
        require_move("supply", found)
        clock.resume(found, office_time(found.service.unit), timezone.now())
        _attach(found, taken)
        found.note = ""
        moved(found, "supply")
        record_request("citizens.request_supplied", found, None)
    return found


@transaction.atomic
def cancel_request(*, request: ServiceRequest, version: int | None = None) -> ServiceRequest:
    """The applicant does not want it any more."""
    found = locked(request.pk)
    require_version(found, version)
    require_move("cancel", found)
    now = timezone.now()
    clock.leave_step(found, office_time(found.service.unit), now)
    found.pauses.filter(ended_at=None).update(ended_at=now, minutes=0)
    found.ended_at = now
    moved(found, "cancel")
    record_request("citizens.request_cancelled", found, None)
    return found
