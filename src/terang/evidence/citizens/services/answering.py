"""The citizen's answer to the survey, and what the journal may know of it."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.citizens.models import ServiceRequest, SurveyInvitation, SurveyResponse
from terang.evidence.citizens.models.survey import ATTRIBUTES, Channel
from terang.evidence.citizens.states import link_state
from terang.evidence.citizens.survey_forms_asked import asked_elements
from terang.evidence.citizens.survey_privacy import least_answers, staff_names
from terang.rules.tables import ELEMENTS
from terang.web.scrubbing import scrub
from terang.web.secrets import token_hash

REMARK_LENGTH = 1000
Answers = Mapping[str, int | None]


def answer_survey(*, token: str, answers: Answers, remark: str = "", about: Mapping[str, str] | None = None) -> str:
    """A citizen's answer through a link. Returns the link's state before: open (kept), used, expired or unknown.

    Each element 1 to 4 or None; `about` holds what the person told of themselves (`ATTRIBUTES`), each may be missing.
    Raises ValidationError for another value, and nothing is kept. The answer keeps day, service and officer, and no
    way back to the link: the link only says that it was used.
    """
    values = {**checked(answers), **checked_about(about or {})}
    with transaction.atomic():
        invitation = _locked(token)
        state = link_state(invitation, timezone.now())
        if state == "open" and invitation is not None:
            keep_answer(invitation, values, remark, Channel.LINK)
    return state


def keep_answer(
    invitation: SurveyInvitation, values: Mapping[str, int | str | None], remark: str, channel: str
) -> None:
    """Stores checked values for a locked, open invitation, inside the caller's transaction. The day is the
    government's; the hour is kept nowhere."""
    request = invitation.request
    zone = ZoneInfo(request.service.unit.agency.time_zone)
    invitation.used_at = timezone.now().astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    invitation.save(update_fields=["used_at"])
    asked = asked_elements(request.service)
    kept = {name: value for name, value in values.items() if name not in ELEMENTS or name in asked}
    if all(kept.get(element) is None for element in ELEMENTS):
        raise ValidationError(gettext("Jawab sekurang-kurangnya satu pertanyaan."), code="empty")
    text = remark.strip()
    names = staff_names(request.service.unit, request.officer_id) if text else ()
    response = SurveyResponse.objects.create(
        service=request.service,
        officer=request.officer,
        day=invitation.used_at.date(),
        channel=channel,
        remark=scrub(text, names)[:REMARK_LENGTH],
        short=len(asked) < len(ELEMENTS),
        **kept,
    )
    _release(response, request.service.unit.agency_id)
    _record_answer(response, request)


def _release(response: SurveyResponse, agency_id: int) -> None:
    """Lets the officer see new answers once there are enough of them at a time."""
    if response.officer_id is None:
        return
    waiting = SurveyResponse.objects.filter(officer_id=response.officer_id, released=False)
    if waiting.count() >= least_answers(agency_id, response.day):
        waiting.update(released=True)


def _locked(token: str) -> SurveyInvitation | None:
    return locked_invitations().filter(token_hash=token_hash(token)).first()


def locked_invitations() -> QuerySet[SurveyInvitation]:
    """Invitations to be answered: locked, with their service at hand."""
    invitations = SurveyInvitation.objects.select_for_update(of=("self",))
    return invitations.select_related("request__service__unit__agency", "request__officer")


def checked(answers: Answers) -> dict[str, int | None]:
    """Every element with its answer or None. Raises ValidationError for another element or value, or none at all."""
    if set(answers) - set(ELEMENTS):
        raise ValidationError(gettext("Unsur survei ini tidak dikenal."), code="element")
    values = {element: answers.get(element) for element in ELEMENTS}
    if any(value not in (None, 1, 2, 3, 4) for value in values.values()):
        raise ValidationError(gettext("Jawaban survei harus 1 sampai 4, atau dikosongkan."), code="scale")
    if all(value is None for value in values.values()):
        raise ValidationError(gettext("Jawab sekurang-kurangnya satu pertanyaan."), code="empty")
    return values


def checked_about(about: Mapping[str, str]) -> dict[str, str]:
    """What a person told of themselves; anything the regulation does not ask is refused with ValidationError."""
    for name, value in about.items():
        if name not in ATTRIBUTES or (value and value not in ATTRIBUTES[name].values):
            raise ValidationError(gettext("Data responden ini tidak dikenal."), code="attribute")
    return dict(about)


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
