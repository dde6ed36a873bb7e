"""The page of one request for those who work with it: what stands on it, put together from parts."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens.access import (
    manages,
    may,
    may_see_applicant,
    may_see_times,
    officers_of,
)
from terang.evidence.citizens.explanation import describe
from terang.evidence.citizens.models import (
    Kiosk,
    RequestState,
    Requirement,
    ServiceRequest,
    SurveyInvitation,
)
from terang.evidence.citizens.request_forms import (
    HandOverForm,
    ReasonForm,
    ReopenForm,
    ResultForm,
    ReturnForm,
    VersionForm,
)
from terang.evidence.citizens.request_lists import state_badge
from terang.evidence.citizens.services.clock import current_step, is_last_step
from terang.evidence.citizens.states import MOVES, allows, link_state
from terang.evidence.citizens.survey_selectors import kiosks_for
from terang.evidence.citizens.terms import reopen_until
from terang.evidence.citizens.views.keyholder import shown_secrets
from terang.registry.organization.calendars import local_today
from terang.registry.people.access import may_see_performance
from terang.registry.people.viewer import Viewer
from terang.web.forms import FormKeyMixin
from terang.web.secrets import qr_code

LINK = "survey_link"
"""Where a session keeps the survey link it may show once: the request's id and the token."""


def request_page(
    request: SignedInRequest, viewer: Viewer, found: ServiceRequest, status: int = 200, **forms: Any
) -> HttpResponse:
    """One request; right after it was finished also the citizen's survey link, in this session only. `forms` are those
    that came back with errors."""
    may_do, until = _may_do(viewer, found)
    context: dict[str, Any] = {
        "service_request": found,
        "manages": manages(viewer, found.service.unit),
        "badge": state_badge(found),
        "may": may_do,
        "reopen_until": until,
        "pauses": list(found.pauses.select_related("officer").prefetch_related("missing")),
        **_person_and_papers(request, viewer, found, may_do),
        **_times(viewer, found, may_do),
        **_survey(request, viewer, found),
        **_forms(viewer, found, may_do),
        **forms,
    }
    return render(request, "citizens/request.html", context, status=status)


def _may_do(viewer: Viewer, found: ServiceRequest) -> tuple[dict[str, bool], date | None]:
    """Each verb: whether this viewer may do it now; and until when a wrong result can be opened again."""
    may_do = {verb: may(viewer, verb, found) and allows(verb, found) for verb in MOVES}
    until = reopen_until(found) if may_do["reopen"] else None
    may_do["reopen"] = until is not None and local_today(found.service.unit.agency) <= until
    return may_do, until


def _person_and_papers(
    request: HttpRequest, viewer: Viewer, found: ServiceRequest, may_do: dict[str, bool]
) -> dict[str, Any]:
    """Who asks and what they sent: nothing for whoever may not see that."""
    own = may_see_applicant(viewer, found)
    files = list(found.files.select_related("file", "requirement")) if own else []
    results = [row for row in files if row.is_result]
    return {
        "own": own,
        "applicant": getattr(found, "applicant", None) if own else None,
        "files": files,
        "old_result_only": may_do["complete"] and bool(results) and all(row.replaced for row in results),
        "has_slip": own and slip_of(request, found) is not None,
    }


def _times(viewer: Viewer, found: ServiceRequest, may_do: dict[str, bool]) -> dict[str, Any]:
    """How long it took, step by step, for whoever may see that; the running step for who can finish it."""
    sees = may_see_times(viewer, found) or (found.officer and may_see_performance(viewer, found.officer))
    reopened = sees or may_see_applicant(viewer, found)
    return {
        "told": describe(found) if found.completed_at and sees else "",
        "steps": list(found.steps.select_related("officer")) if sees else [],
        "reopenings": list(found.reopenings.select_related("actor")) if reopened else [],
        "step": current_step(found)[1] if may_do["finish_step"] else "",
        "last_step": may_do["finish_step"] and is_last_step(found),
    }


def _survey(request: HttpRequest, viewer: Viewer, found: ServiceRequest) -> dict[str, Any]:
    """How far the survey is, where it can be answered, and its link where this session may still show it."""
    invitation = getattr(found, "invitation", None)
    state = link_state(invitation, timezone.now()) if invitation else ""
    told: dict[str, Any] = {
        "invitation": invitation,
        "link_state": state,
        "kiosks": _kiosks(viewer, found, invitation),
    }
    known, token = request.session.get(LINK, (None, ""))
    if known == found.pk and token and state == "open":
        told["link"] = request.build_absolute_uri(reverse("citizens:survey", args=[token]))
        told["qr"] = qr_code(told["link"])
    return told


def _kiosks(viewer: Viewer, found: ServiceRequest, invitation: SurveyInvitation | None) -> list[Kiosk]:
    """Where the officer may let the citizen answer; nowhere once the survey was answered or the request cancelled."""
    over = found.state == RequestState.CANCELLED or (invitation is not None and invitation.used_at is not None)
    return [] if over or viewer.employee.pk != found.officer_id else kiosks_for(found)


def _forms(viewer: Viewer, found: ServiceRequest, may_do: dict[str, bool]) -> dict[str, Any]:
    initial = {"version": found.version}
    forms: dict[str, Any] = {"plain": VersionForm(initial=initial), "key_form": FormKeyMixin()}
    if may_do["return"]:
        forms["return_form"] = ReturnForm(initial=initial, requirements=requirements_of(found))
    if may_do["refuse"]:
        forms["refuse_form"] = ReasonForm(initial=initial)
    if may_do["reopen"]:
        forms["reopen_form"] = ReopenForm(initial=initial)
    if may_do["hand_over"] or may_do["assign"]:
        forms["hand_form"] = HandOverForm(initial=initial, officers=others(viewer, found))
    if may_do["attach_result"]:
        forms["result_form"] = ResultForm(initial=initial)
    return forms


def requirements_of(found: ServiceRequest) -> Any:
    """The requirements of the request's version; none where it has no version."""
    return found.standard.requirements.all() if found.standard else Requirement.objects.none()


def others(viewer: Viewer, found: ServiceRequest) -> Any:
    """Whom the request may be given to."""
    return officers_of(found.service.unit, viewer.today).exclude(pk=found.officer_id or 0)


def slip_of(request: HttpRequest, found: ServiceRequest) -> Any:
    shown = shown_secrets(request)
    return shown[1] if shown and shown[0] == found.pk else None
