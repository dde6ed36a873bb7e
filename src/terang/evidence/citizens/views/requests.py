"""The officer's requests."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens import selectors, services
from terang.evidence.citizens.access import require_officer
from terang.evidence.citizens.explanation import describe
from terang.evidence.citizens.forms import ReceiveForm
from terang.evidence.citizens.lists import FINISHED
from terang.evidence.citizens.states import link_state
from terang.registry.people.access import require_viewer
from terang.web.secrets import qr_code

LINK = "survey_link"


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
