"""The kiosk's own page, which needs no account but its link, and the officer's tap that lets it ask."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens.limits import ANSWERS, WRONG_LINKS
from terang.evidence.citizens.models import Kiosk, ServiceRequest
from terang.evidence.citizens.services.kiosks import (
    answer_at_kiosk,
    is_asking,
    offer_at_kiosk,
    rest_kiosk,
    touch_kiosk,
)
from terang.evidence.citizens.survey_forms import SurveyForm
from terang.evidence.citizens.survey_forms_asked import asked_elements
from terang.evidence.citizens.survey_selectors import kiosk_of

NOTHING = 204


@never_cache
@require_http_methods(["GET", "POST"])
def kiosk(request: SignedInRequest, token: str) -> HttpResponse:
    """What stands on the tablet: rest, or the questions about the request an officer sent. A POST is an answer."""
    found = kiosk_of(token)
    if found is None:
        return _unknown(request)
    if request.method == "POST":
        return _answer(request, found, token)
    return render(request, "citizens/kiosk.html", _context(found, token))


@never_cache
@require_safe
def screen(request: SignedInRequest, token: str) -> HttpResponse:
    """The part of the page that asks again every three seconds: nothing new (204), or what stands there now."""
    found = kiosk_of(token)
    if found is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    if request.GET.get("tawaran") == str(_offer(found)):
        return HttpResponse(status=NOTHING)
    return render(request, "citizens/_kiosk.html", _context(found, token))


@require_POST
def alive(request: SignedInRequest, token: str, offer: int) -> HttpResponse:
    """Somebody touched the screen."""
    _require_offer(token, offer)
    touch_kiosk(token=token, offer=offer)
    return HttpResponse(status=NOTHING)


@require_POST
def rest(request: SignedInRequest, token: str, offer: int) -> HttpResponse:
    """The citizen would rather not answer."""
    _require_offer(token, offer)
    rest_kiosk(token=token, offer=offer)
    return redirect("citizens:kiosk", token)


def _answer(request: SignedInRequest, kiosk: Kiosk, token: str) -> HttpResponse:
    """After an answer the page thanks and then rests; an answer that comes too late is not kept and says so."""
    sent = request.POST.get("tawaran", "")
    if ANSWERS.exceeded(request):
        return render(request, "citizens/survey_closed.html", {"state": "busy"}, status=429)
    if kiosk.request is None or sent != str(_offer(kiosk)):
        return render(request, "citizens/kiosk.html", {"token": token, "ended": "over"}, status=410)
    form = SurveyForm(request.POST, asked=asked_elements(kiosk.request.service))
    if not form.is_valid():
        return render(request, "citizens/kiosk.html", _context(kiosk, token, form), status=422)
    remark = form.cleaned_data["remark"]
    state = answer_at_kiosk(token=token, offer=kiosk.offer, answers=form.answers(), remark=remark, about=form.about())
    ended = "kept" if state == "open" else state
    return render(
        request, "citizens/kiosk.html", {"token": token, "ended": ended}, status=200 if ended == "kept" else 410
    )


def _require_offer(token: str, offer: int) -> None:
    """Raises Http404 for a kiosk that is not there, and for what it never showed."""
    found = kiosk_of(token)
    if found is None or offer > found.offer:
        raise Http404


def _unknown(request: SignedInRequest) -> HttpResponse:
    """Only what is unknown counts, and never the page that asks every three seconds by itself."""
    status = 429 if WRONG_LINKS.exceeded(request) else 404
    return render(request, "citizens/kiosk.html", {"ended": "unknown"}, status=status)


def _offer(kiosk: Kiosk) -> int:
    """The number of what is asked now; 0 at rest."""
    return kiosk.offer if is_asking(kiosk, timezone.now()) else 0


def _context(kiosk: Kiosk, token: str, form: SurveyForm | None = None) -> dict[str, Any]:
    offer = _offer(kiosk)
    context: dict[str, Any] = {"kiosk": kiosk, "token": token, "offer": offer}
    if offer and kiosk.request is not None:
        service = kiosk.request.service
        context["service"] = service
        context["form"] = form or SurveyForm(asked=asked_elements(service))
    return context


@require_POST
@login_required
def offer(request: SignedInRequest, request_id: int, kiosk_id: int) -> HttpResponse:
    """The officer's tap: this request, at that kiosk."""
    rows = ServiceRequest.objects.select_related("service__unit")
    found = get_object_or_404(rows, pk=request_id)
    at = get_object_or_404(
        Kiosk.objects.select_related("unit"), pk=kiosk_id, unit__agency_id=found.service.unit.agency_id
    )
    offer_at_kiosk(actor=request.viewer, request=found, kiosk=at)  # type: ignore[arg-type]
    messages.success(
        request,
        gettext("%(kiosk)s menampilkan survei untuk permohonan ini. Persilakan warga mengisinya.") % {"kiosk": at.name},
    )
    return redirect("citizens:request", request_id)
