"""What happened to a request, told to the journal."""

from zoneinfo import ZoneInfo

from terang.audit.services import record
from terang.evidence.citizens.models import ServiceRequest
from terang.registry.people.viewer import Viewer


def record_request(verb: str, request: ServiceRequest, actor: Viewer) -> None:
    """What happened to a request. Its unit is the service's, so that the service's board hears of it."""
    day = request.completed_at or request.received_at
    zone = ZoneInfo(actor.employee.agency.time_zone)
    record(
        verb,
        actor=actor.user,
        obj=request,
        agency_id=actor.agency_id,
        subject_employee_id=request.officer_id,
        unit_id=request.service.unit_id,
        changes={"day": day.astimezone(zone).date().isoformat(), "actual_minutes": request.actual_minutes},
    )
