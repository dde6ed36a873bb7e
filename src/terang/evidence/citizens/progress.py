"""Where a request stands, told to its applicant: what happened, what comes, and until when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.citizens.models import RequestState, ServiceRequest
from terang.evidence.citizens.request_selectors import is_overdue
from terang.evidence.citizens.services.clock import promised
from terang.evidence.citizens.working_time import office_time

STAGES = {
    RequestState.SUBMITTED: 1,
    RequestState.CHECKING: 2,
    RequestState.RETURNED: 2,
    RequestState.PROCESSING: 3,
    RequestState.READY: 4,
    RequestState.DELIVERED: 5,
}


@dataclass(frozen=True)
class Progress:
    """`stage` of the four of `steps` (0 where the request ended without a result, 5 when all is done); `ready_at` is
    the promise, or what it will be once the papers are complete; missing where nothing is promised any more."""

    steps: tuple[str, ...]
    stage: int
    told: str
    ready_at: datetime | None
    is_promise: bool
    overdue: bool


def progress_of(request: ServiceRequest) -> Progress:
    """At most two queries."""
    state = RequestState(request.state)
    ready_at = request.due_at if state in (RequestState.CHECKING, RequestState.PROCESSING) else None
    if request.due_at is None and state in (RequestState.SUBMITTED, RequestState.CHECKING):
        start = request.complete_since or request.received_at
        ready_at = promised(request.service, request.standard, start, office_time(request.service.unit))
    return Progress(
        steps=(gettext("Diajukan"), gettext("Berkas diperiksa"), gettext("Diproses"), gettext("Siap diambil")),
        stage=STAGES.get(state, 0),
        told=_told(request),
        ready_at=ready_at,
        is_promise=request.due_at is not None,
        overdue=is_overdue(request, timezone.now()),
    )


def _told(request: ServiceRequest) -> str:
    state = RequestState(request.state)
    if request.lapsed:
        return gettext("Permohonan ini berakhir karena yang diminta tidak dilengkapi sampai hari terakhirnya.")
    if request.reopened and state == RequestState.PROCESSING:
        return gettext("Hasilnya dinyatakan belum benar. Petugas yang sama memperbaikinya.")
    return {
        RequestState.SUBMITTED: gettext("Permohonan Anda sudah masuk. Petugas akan memeriksa kelengkapan berkas."),
        RequestState.CHECKING: gettext("Petugas sedang memeriksa kelengkapan berkas Anda."),
        RequestState.RETURNED: gettext("Ada yang harus Anda lengkapi. Waktu layanan berhenti sampai Anda mengirimnya."),
        RequestState.PROCESSING: gettext("Berkas Anda lengkap dan sedang diproses."),
        RequestState.READY: gettext("Selesai. Hasilnya dapat diambil atau diunduh."),
        RequestState.DELIVERED: gettext("Selesai dan sudah diserahkan."),
        RequestState.REFUSED: gettext("Permohonan ini ditolak. Alasannya ada di bawah."),
        RequestState.CANCELLED: gettext("Permohonan ini Anda batalkan."),
    }[state]
