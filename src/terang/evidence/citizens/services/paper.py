"""What a counter wrote on paper while the system was down, typed in afterwards with the times of the paper.

Only times within a recorded outage are believed: whoever keeps the outage ledger stands behind that there was one. The
request says for ever that it came from paper and when it was typed in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.citizens.access import require_officer, serves
from terang.evidence.citizens.keys import form_digest, new_number, secrets_of, store_keys
from terang.evidence.citizens.models import Applicant, RequestState, Service, ServiceRequest
from terang.evidence.citizens.services import clock
from terang.evidence.citizens.services.telling import record_request
from terang.evidence.citizens.working_time import OfficeTime, office_time
from terang.registry.organization.models import Outage, Unit
from terang.registry.organization.selectors import outage_at
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

DAYS_TO_ENTER = timedelta(days=14)
"""How long after the end of an outage its papers may be typed in: a memory of paper fades, and a month must close."""


@dataclass(frozen=True)
class PaperSlip:
    """One line of the paper. `number` as printed there; `completed_at` missing where the citizen still waits."""

    number: str
    received_at: datetime
    completed_at: datetime | None = None
    name: str = ""


def enter_from_paper(*, actor: Viewer | None, service: Service, slip: PaperSlip, form_key: UUID) -> ServiceRequest:
    """The request as it came and, where the paper says so, as it was handed out. The same form twice enters once.

    Raises NotAllowed, and ValidationError beside the field: no outage at that time, too long ago, times that do not
    follow each other, a number of that day that was entered already.
    """
    viewer = require_officer(actor)
    if not (serves(viewer, service.unit) or viewer.unit_id == service.unit_id):
        raise NotAllowed(gettext("Layanan ini tidak dibuka di unit Anda."))
    with transaction.atomic():
        digest = form_digest(form_key)
        if known := ServiceRequest.objects.filter(form_digest=digest, officer=viewer.employee).first():
            return known
        service.unit = Unit.objects.select_for_update().select_related("agency").get(pk=service.unit_id)
        office, now = office_time(service.unit), timezone.now()
        _check(service, slip, office, now)
        return _enter(viewer, service, slip, form_key, office, now)


def _check(service: Service, slip: PaperSlip, office: OfficeTime, now: datetime) -> None:
    faults: dict[str, str] = {}
    outage = outage_at(service.unit, slip.received_at)
    if slip.received_at > now:
        faults["received_at"] = gettext("Waktu ini belum terjadi.")
    elif outage is None:
        faults["received_at"] = gettext(
            "Tidak ada gangguan yang tercatat pada waktu itu. Minta pengelola kepegawaian mencatatnya dahulu."
        )
    elif outage.ended_at and now > outage.ended_at + DAYS_TO_ENTER:
        faults["received_at"] = gettext(
            "Gangguan itu berakhir lebih dari 14 hari lalu; catatannya tidak diterima lagi."
        )
    elif slip.completed_at and (fault := _fault_of_end(slip, outage, now)):
        faults["completed_at"] = fault
    day = slip.received_at.astimezone(office.zone).date()
    same = ServiceRequest.objects.filter(service__unit=service.unit, paper_number__iexact=slip.number)
    if any(at.astimezone(office.zone).date() == day for at in same.values_list("received_at", flat=True)):
        faults["number"] = gettext("Lembar dengan nomor ini pada hari itu sudah dimasukkan.")
    if faults:
        raise ValidationError(faults)


def _fault_of_end(slip: PaperSlip, outage: Outage, now: datetime) -> str:
    assert slip.completed_at is not None
    if slip.completed_at < slip.received_at:
        return gettext("Selesai lebih dulu daripada diterima. Periksa jamnya.")
    if slip.completed_at > min(outage.ended_at or now, now):
        return gettext("Sesudah gangguan berakhir, selesaikan permohonan di sini. Kosongkan isian ini.")
    return ""


def _enter(
    viewer: Viewer, service: Service, slip: PaperSlip, form_key: UUID, office: OfficeTime, now: datetime
) -> ServiceRequest:
    request = ServiceRequest(
        service=service,
        officer=viewer.employee,
        tracking_code=new_number(service),
        state=RequestState.PROCESSING,
        received_at=slip.received_at,
        complete_since=slip.received_at,
        form_digest=form_digest(form_key),
        standard=clock.standard_on(service, slip.received_at, office),
        paper_number=slip.number.strip()[:20],
        entered_at=now,
    )
    clock.start_clock(request, office)
    request.save(force_insert=True)
    clock.begin_step(request, viewer.employee, slip.received_at)
    store_keys(request, secrets_of(form_key))
    if slip.name.strip():
        Applicant.objects.create(request=request, name=slip.name.strip()[:120])
    record_request("citizens.request_received", request, viewer, paper=request.paper_number)
    if slip.completed_at:
        _finish(request, slip.completed_at, office)
        record_request("citizens.request_completed", request, viewer, paper=request.paper_number)
    return request


def _finish(request: ServiceRequest, at: datetime, office: OfficeTime) -> None:
    clock.leave_step(request, office, at, finished=True)
    request.completed_at = request.ended_at = at
    request.actual_minutes = clock.minutes_taken(request, office, at)
    request.state = RequestState.DELIVERED
    request.save()
