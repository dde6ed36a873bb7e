"""The citizen's survey behind a link."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens import selectors, services
from terang.evidence.citizens.limits import ANSWERS, WRONG_LINKS
from terang.evidence.citizens.states import link_state
from terang.evidence.citizens.survey_forms import SurveyForm
from terang.evidence.citizens.survey_forms_asked import asked_elements
from terang.registry.people.access import require_outsider
from terang.rules.tables import ELEMENTS

LINK_STATUS = {"unknown": 404, "used": 410, "expired": 410}


@never_cache
@require_http_methods(["GET", "POST"])
def survey(request: SignedInRequest, token: str) -> HttpResponse:
    """The citizen's page behind a link: the questions, or why the link does not work and what to do.

    A link that is right always opens, however many wrong ones came from its address: many telephones share one.
    Raises NotAllowed for answers of employees of that government, who may hold the link.
    """
    invitation = selectors.invitation_of(token)
    state = link_state(invitation, timezone.now())
    if state != "open" or invitation is None:
        return _closed(request, state)
    found = invitation.request
    form = SurveyForm(request.POST if request.method == "POST" else None, asked=asked_elements(found.service))
    if request.method == "POST":
        require_outsider(request.viewer, found.service.unit.agency_id)
        if form.is_valid():
            return _answer(request, token, form)
    context = {
        "form": form,
        "service": found.service,
        "expires_at": invitation.expires_at,
        "short": len(form.asked) < len(ELEMENTS),
        "unfinished": found.completed_at is None,
    }
    return render(request, "citizens/survey.html", context, status=422 if form.is_bound else 200)


def _answer(request: SignedInRequest, token: str, form: SurveyForm) -> HttpResponse:
    if ANSWERS.exceeded(request):
        return _closed(request, "busy")
    remark = form.cleaned_data["remark"]
    state = services.answer_survey(token=token, answers=form.answers(), remark=remark, about=form.about())
    return redirect("citizens:thanks") if state == "open" else _closed(request, state)


def _closed(request: SignedInRequest, state: str) -> HttpResponse:
    if state == "unknown" and WRONG_LINKS.exceeded(request):
        state = "busy"
    return render(request, "citizens/survey_closed.html", {"state": state}, status=LINK_STATUS.get(state, 429))


@require_safe
def thanks(request: SignedInRequest) -> HttpResponse:
    """After an answer: what happens with it."""
    return render(request, "citizens/thanks.html")
