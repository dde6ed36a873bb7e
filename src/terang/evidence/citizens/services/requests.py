"""The verbs of a request: take it in hand, finish it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.citizens.access import require_officer, require_own_request
from terang.evidence.citizens.models import Service, ServiceRequest
from terang.evidence.citizens.services.inviting import invite
from terang.evidence.citizens.services.telling import record_request
from terang.evidence.citizens.states import require_open
from terang.evidence.citizens.working_time import working_minutes
from terang.registry.organization.calendars import working_days
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


@dataclass(frozen=True)
class Finished:
    """A finished request and the token of its survey link, shown now and never again: only its hash is kept."""

    request: ServiceRequest
    token: str


def receive_request(*, actor: Viewer, service: Service) -> ServiceRequest:
    """An officer takes a citizen's request in hand. Nothing about the citizen is kept."""
    viewer = require_officer(actor)
    if service.unit.agency_id != viewer.agency_id or not service.active:
        raise NotAllowed(gettext("Layanan ini tidak dibuka di pemerintah daerah Anda."))
    with transaction.atomic():
        request = ServiceRequest.objects.create(
            service=service,
            officer=viewer.employee,
            tracking_code=f"{service.code[:3].upper()}-{secrets.token_hex(5).upper()}",
            received_at=timezone.now(),
        )
        record_request("citizens.request_received", request, actor)
    return request


def complete_request(*, actor: Viewer, request: ServiceRequest) -> Finished:
    """The officer finishes a request and gets the citizen's one-time survey link, good for 30 days.

    The time taken is counted in working minutes, the time that waited for the applicant taken out.
    """
    require_own_request(actor, request)
    with transaction.atomic():
        current = ServiceRequest.objects.select_for_update(of=("self",)).select_related("service__unit__agency")
        found = current.get(pk=request.pk)
        require_open(found)
        found.completed_at = timezone.now()
        found.actual_minutes = _minutes_taken(found, found.completed_at)
        found.save(update_fields=["completed_at", "actual_minutes"])
        token = invite(found)
        record_request("citizens.request_completed", found, actor)
    return Finished(found, token)


def _minutes_taken(request: ServiceRequest, completed_at: datetime) -> int:
    unit = request.service.unit
    zone = ZoneInfo(unit.agency.time_zone)
    first, last = request.received_at.astimezone(zone).date(), completed_at.astimezone(zone).date()
    days = working_days(unit.agency, first, last + timedelta(days=1), unit)
    return max(working_minutes(request.received_at, completed_at, days, zone) - request.waiting_minutes, 0)
