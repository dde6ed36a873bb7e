"""The citizen's answer to the survey, and what the journal may know of it."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.citizens.models import ServiceRequest, SurveyInvitation, SurveyResponse
from terang.evidence.citizens.states import link_state
from terang.rules.tables import ELEMENTS
from terang.web.secrets import token_hash

REMARK_LENGTH = 1000


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


def _locked(token: str) -> SurveyInvitation | None:
    invitations = SurveyInvitation.objects.select_for_update(of=("self",))
    return (
        invitations.select_related("request__service__unit__agency", "request__officer")
        .filter(token_hash=token_hash(token))
        .first()
    )


def _checked(answers: Mapping[str, int | None]) -> dict[str, int | None]:
    if set(answers) - set(ELEMENTS):
        raise ValidationError(gettext("Unsur survei ini tidak dikenal."), code="element")
    values = {element: answers.get(element) for element in ELEMENTS}
    if any(value not in (None, 1, 2, 3, 4) for value in values.values()):
        raise ValidationError(gettext("Jawaban survei harus 1 sampai 4, atau dikosongkan."), code="scale")
    if all(value is None for value in values.values()):
        raise ValidationError(gettext("Jawab sekurang-kurangnya satu pertanyaan."), code="empty")
    return values


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
