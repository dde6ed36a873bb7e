"""Pages of services: the public list, the officer's requests, and the citizen's survey, which needs no account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens import limits, selectors, services
from terang.evidence.citizens.access import require_officer
from terang.evidence.citizens.explanation import describe
from terang.evidence.citizens.forms import ReceiveForm, SurveyForm
from terang.evidence.citizens.links import qr_code
from terang.evidence.citizens.lists import FINISHED
from terang.evidence.citizens.states import link_state
from terang.registry.people.access import require_viewer

LINK_STATUS = {"unknown": 404, "used": 410, "expired": 410}
LINK = "survey_link"


@require_safe
def service_list(request: SignedInRequest) -> HttpResponse:
    """Every published service and the time it may take, for everybody."""
    return render(request, "citizens/services.html", {"services": selectors.published_services()})


@require_safe
@login_required
def requests(request: SignedInRequest) -> HttpResponseBase:
    """The officer's requests in hand, and those finished."""
    viewer = require_officer(request.viewer)
    table = FINISHED.bind(request, selectors.finished_requests(viewer.employee.pk))
    context = {
        "waiting": selectors.open_requests(viewer.employee.pk),
        "table": table,
        "form": ReceiveForm(services=selectors.services_of_unit(viewer.unit_id)),
    }
    return table.export() or render(request, "citizens/requests.html", context)


@require_POST
@login_required
def receive(request: SignedInRequest) -> HttpResponse:
    viewer = require_officer(request.viewer)
    form = ReceiveForm(request.POST, services=selectors.services_of_unit(viewer.unit_id))
    if not form.is_valid():
        messages.error(request, gettext("Pilih layanan yang dibuka di unit Anda."))
        return redirect("citizens:requests")
    received = services.receive_request(actor=viewer, service=form.cleaned_data["service"])
    messages.success(request, gettext("Permohonan %(code)s diterima.") % {"code": received.tracking_code})
    return redirect("citizens:requests")


@never_cache
@require_safe
@login_required
def service_request(request: SignedInRequest, request_id: int) -> HttpResponse:
    """One request; right after it was finished also the citizen's link, which is shown in this session only."""
    viewer = require_viewer(request.viewer)
    found = selectors.request_for(viewer, request_id)
    invitation = getattr(found, "invitation", None)
    context: dict[str, Any] = {
        "service_request": found,
        "own": viewer.employee.pk == found.officer_id,
        "told": describe(found) if found.completed_at else "",
        "link_state": link_state(invitation, timezone.now()) if invitation else "",
        "invitation": invitation,
    }
    known, token = request.session.get(LINK, (None, ""))
    if known == found.pk:
        context["link"] = request.build_absolute_uri(reverse("citizens:survey", args=[token]))
        context["qr"] = qr_code(context["link"])
    return render(request, "citizens/request.html", context)


@require_POST
@login_required
def complete(request: SignedInRequest, request_id: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    finished = services.complete_request(actor=viewer, request=selectors.request_for(viewer, request_id))
    request.session[LINK] = (request_id, finished.token)
    messages.success(request, gettext("Permohonan selesai. Tunjukkan tautan survei ini kepada warga."))
    return redirect("citizens:request", request_id)


@require_POST
@login_required
def renew(request: SignedInRequest, request_id: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    token = services.renew_link(actor=viewer, request=selectors.request_for(viewer, request_id))
    request.session[LINK] = (request_id, token)
    messages.success(request, gettext("Tautan baru dibuat; tautan yang lama tidak berlaku lagi."))
    return redirect("citizens:request", request_id)


@never_cache
@require_http_methods(["GET", "POST"])
def survey(request: SignedInRequest, token: str) -> HttpResponse:
    """The citizen's page behind a link: nine questions, or why the link does not work and what to do."""
    if limits.too_many_wrong(request):
        return _closed(request, "busy")
    invitation = selectors.invitation_of(token)
    state = link_state(invitation, timezone.now())
    if state != "open" or invitation is None:
        return _closed(request, state)
    form = SurveyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, token, form)
    context = {"form": form, "service": invitation.request.service, "expires_at": invitation.expires_at}
    return render(request, "citizens/survey.html", context, status=422 if form.is_bound else 200)


def _answer(request: SignedInRequest, token: str, form: SurveyForm) -> HttpResponse:
    if limits.too_many_answers(request):
        return _closed(request, "busy")
    state = services.answer_survey(token=token, answers=form.answers(), remark=form.cleaned_data["remark"])
    return redirect("citizens:thanks") if state == "open" else _closed(request, state)


def _closed(request: SignedInRequest, state: str) -> HttpResponse:
    if state == "unknown":
        limits.count(request, "wrong")
    return render(request, "citizens/survey_closed.html", {"state": state}, status=LINK_STATUS.get(state, 429))


@require_safe
def thanks(request: SignedInRequest) -> HttpResponse:
    """After an answer: what happens with it."""
    return render(request, "citizens/thanks.html")
