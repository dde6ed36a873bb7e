"""Everything kept about an applicant and their request, for themselves (UU 27/2022)."""

from typing import Any

from terang.evidence.citizens.models import RequestFile, RequestPause, RequestReopening, RequestState, ServiceRequest
from terang.evidence.citizens.services.forgetting import kept_days
from terang.registry.organization.calendars import local_today


def own_data(request: ServiceRequest) -> dict[str, Any]:
    """Plain JSON values; moments in ISO form with their offset, missing as null. Six queries."""
    agency = request.service.unit.agency
    return {
        **_where(request),
        **_times(request),
        "pemohon": _person(request),
        "berkas": [_file(row) for row in request.files.select_related("file", "requirement")],
        "dikembalikan": [_pause(row) for row in request.pauses.all()],
        "berakhir_karena_tidak_dilengkapi": request.lapsed,
        "dibuka_kembali": [_reopening(row) for row in request.reopenings.all()],
        "disimpan_hari_setelah_berakhir": kept_days(agency.pk, local_today(agency)),
    }


def _where(request: ServiceRequest) -> dict[str, Any]:
    unit = request.service.unit
    return {
        "pemerintah": unit.agency.name,
        "unit": unit.name,
        "layanan": request.service.name,
        "nomor": request.tracking_code,
        "status": RequestState(request.state).value,
        "alasan": request.note,
    }


def _times(request: ServiceRequest) -> dict[str, Any]:
    return {
        "diterima": _iso(request.received_at),
        "waktu_dihitung_sejak": _iso(request.started_at),
        "dijanjikan_selesai": _iso(request.due_at),
        "selesai": _iso(request.completed_at),
        "berakhir": _iso(request.ended_at),
    }


def _person(request: ServiceRequest) -> dict[str, str] | None:
    """Missing once the applicant was forgotten."""
    person = getattr(request, "applicant", None)
    return {"nama": person.name, "telepon": person.phone, "surel": person.email} if person else None


def _file(row: RequestFile) -> dict[str, Any]:
    return {
        "nama": row.file.name,
        "untuk": row.requirement.name if row.requirement else "",
        "hasil": row.is_result,
        "dilampirkan": _iso(row.added_at),
        "sha256": row.file.sha256,
    }


def _pause(row: RequestPause) -> dict[str, Any]:
    return {
        "alasan": row.reason,
        "sejak": _iso(row.started_at),
        "sampai": _iso(row.ended_at),
        "paling_lambat": row.until.isoformat(),
    }


def _reopening(row: RequestReopening) -> dict[str, Any]:
    return {"alasan": row.reason, "pada": _iso(row.reopened_at), "oleh_pemohon": row.actor_id is None}


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
