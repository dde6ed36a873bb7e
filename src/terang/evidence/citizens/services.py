"""The verbs of this room: receive and finish a request, answer the survey."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.citizens.access import require_officer, require_own_request
from terang.evidence.citizens.links import new_token, token_hash
from terang.evidence.citizens.models import Service, ServiceRequest, SurveyInvitation, SurveyResponse
from terang.evidence.citizens.states import link_state, require_open
from terang.evidence.citizens.working_time import working_minutes
from terang.registry.organization.calendars import working_days
from terang.registry.people.viewer import Viewer
from terang.rules.tables import ELEMENTS
from terang.web.errors import NotAllowed

LINK_LASTS = timedelta(days=30)
REMARK_LENGTH = 1000


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
        _record("citizens.request_received", request, actor)
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
        token = _invite(found)
        _record("citizens.request_completed", found, actor)
    return Finished(found, token)


def renew_link(*, actor: Viewer, request: ServiceRequest) -> str:
    """A new link in place of one that was lost; the old one stops working. Raises NotAllowed once it was used."""
    require_own_request(actor, request)
    with transaction.atomic():
        invitation = SurveyInvitation.objects.select_for_update().filter(request=request).first()
        if request.completed_at is None or (invitation is not None and invitation.used_at is not None):
            raise NotAllowed(gettext("Tautan baru hanya untuk permohonan selesai yang surveinya belum dijawab."))
        if invitation is not None:
            invitation.delete()
        token = _invite(request)
        _record("citizens.survey_link_renewed", request, actor)
    return token


def answer_survey(*, token: str, answers: Mapping[str, int | None], remark: str = "") -> str:
    """A citizen's answer through a link. Returns the link's state before: open (kept), used, expired or unknown.

    Each element 1 to 4 or None; raises ValidationError for another value, and nothing is kept. The answer keeps day,
    service and officer, and no way back to the link: the link only says that it was used.
    """
    values = _checked(answers)
    with transaction.atomic():
        invitation = _locked(token)
        state = link_state(invitation, timezone.now())
        if state != "open" or invitation is None:
            return state
        request = invitation.request
        zone = ZoneInfo(request.service.unit.agency.time_zone)
        invitation.used_at = timezone.now().astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        invitation.save(update_fields=["used_at"])
        response = SurveyResponse.objects.create(
            service=request.service,
            officer=request.officer,
            day=invitation.used_at.date(),
            remark=remark.strip()[:REMARK_LENGTH],
            **values,
        )
        _record_answer(response, request)
    return state


def _invite(request: ServiceRequest) -> str:
    token = new_token()
    expires = timezone.now() + LINK_LASTS
    SurveyInvitation.objects.create(request=request, token_hash=token_hash(token), expires_at=expires)
    return token


def _locked(token: str) -> SurveyInvitation | None:
    invitations = SurveyInvitation.objects.select_for_update(of=("self",))
    return (
        invitations.select_related("request__service__unit__agency", "request__officer")
        .filter(token_hash=token_hash(token))
        .first()
    )


def _minutes_taken(request: ServiceRequest, completed_at: datetime) -> int:
    unit = request.service.unit
    zone = ZoneInfo(unit.agency.time_zone)
    first, last = request.received_at.astimezone(zone).date(), completed_at.astimezone(zone).date()
    days = working_days(unit.agency, first, last + timedelta(days=1), unit)
    return max(working_minutes(request.received_at, completed_at, days, zone) - request.waiting_minutes, 0)


def _checked(answers: Mapping[str, int | None]) -> dict[str, int | None]:
    if set(answers) - set(ELEMENTS):
        raise ValidationError(gettext("Unsur survei ini tidak dikenal."), code="element")
    values = {element: answers.get(element) for element in ELEMENTS}
    if any(value not in (None, 1, 2, 3, 4) for value in values.values()):
        raise ValidationError(gettext("Jawaban survei harus 1 sampai 4, atau dikosongkan."), code="scale")
    if all(value is None for value in values.values()):
        raise ValidationError(gettext("Jawab sekurang-kurangnya satu pertanyaan."), code="empty")
    return values


def _record(verb: str, request: ServiceRequest, actor: Viewer) -> None:
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


def _record_answer(response: SurveyResponse, request: ServiceRequest) -> None:
    """The journal names service and officer, neither the link nor the answers nor the row that holds them."""
    record(
        "citizens.survey_answered",
        actor=None,
        obj=request.service,
        agency_id=request.service.unit.agency_id,
        subject_employee_id=request.officer_id,
        unit_id=request.service.unit_id,
        changes={"day": response.day.isoformat()},
    )
