"""Real requests for overseers to follow (`TERANG_INSPECTION_CASES`): public numbers, and the log without a name.
In Indonesian whatever the reader's language: it is kept with the visit."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from terang.evidence.citizens.models import ServiceRequest
from terang.evidence.inspected import CaseStep, CaseTold
from terang.registry.organization.models import Unit


def codes(unit: Unit, since: date, until: date) -> list[str]:
    """The numbers of requests received by the unit, or one below it, from `since` to before `until`. One query."""
    zone = ZoneInfo(unit.agency.time_zone)
    start, end = (datetime.combine(day, time.min, zone) for day in (since, until))
    rows = ServiceRequest.objects.filter(
        service__unit__path__startswith=unit.path,
        service__unit__agency_id=unit.agency_id,
        received_at__gte=start,
        received_at__lt=end,
    )
    return list(rows.order_by("tracking_code").values_list("tracking_code", flat=True))


def told(unit: Unit, numbers: Collection[str]) -> list[CaseTold]:
    """These cases with the steps of their log, in the order of their days. Four queries."""
    zone = ZoneInfo(unit.agency.time_zone)
    rows = ServiceRequest.objects.filter(tracking_code__in=numbers, service__unit__agency_id=unit.agency_id)
    found = rows.select_related("service").prefetch_related("steps", "pauses", "reopenings")
    return [
        CaseTold(
            row.tracking_code,
            row.service.name,
            row.get_absolute_url(),
            tuple(CaseStep(text, at.astimezone(zone).date()) for at, text in sorted(_steps(row))),
        )
        for row in found
    ]


def _steps(row: ServiceRequest) -> Iterator[tuple[datetime, str]]:
    yield row.received_at, "Permohonan diterima"
    if row.complete_since and row.complete_since != row.received_at:
        yield row.complete_since, "Berkas dinyatakan lengkap"
    for step in row.steps.all():
        yield step.started_at, f"Langkah: {step.name}"
    for pause in row.pauses.all():
        yield pause.started_at, "Dikembalikan kepada pemohon untuk dilengkapi"
        if pause.ended_at:
            yield pause.ended_at, "Dilengkapi pemohon"
    for again in row.reopenings.all():
        yield again.reopened_at, "Dibuka kembali karena hasil keliru"
    if row.completed_at:
        yield row.completed_at, "Selesai, hasil siap diambil"
    elif row.due_at:
        yield row.due_at, "Dijanjikan selesai"
