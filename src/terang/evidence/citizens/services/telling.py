"""What happened to a request, told to the journal: never a name, a contact or a text of the applicant."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from terang.audit.services import record
from terang.evidence.citizens.models import ServiceRequest
from terang.registry.people.viewer import Viewer


def record_request(verb: str, request: ServiceRequest, actor: Viewer | None, **changes: Any) -> None:
    """Its unit is the service's, so that the service's board hears of it; its subject the officer who has it. `actor`
    is missing where the applicant acts."""
    unit = request.service.unit
    day = (request.completed_at or timezone.now()).astimezone(ZoneInfo(unit.agency.time_zone)).date()
    record(
        verb,
        actor=actor.user if actor else None,
        obj=request,
        agency_id=unit.agency_id,
        subject_employee_id=request.officer_id,
        unit_id=unit.pk,
        changes={"day": day.isoformat(), "actual_minutes": request.actual_minutes, **changes},
    )
