"""Reporting without an account, and finding a report again."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.custody.services import RejectedFileError
from terang.evidence.complaints import limits
from terang.evidence.complaints.forms import FindForm, ReportForm
from terang.evidence.complaints.selectors import (
    agencies_taking,
    complaint_of_code,
    complaint_of_token,
    similar_complaints,
)
from terang.evidence.complaints.services.reporting import submit_complaint, typed_code
from terang.evidence.complaints.terms import own_terms
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.web.secrets import qr_code

OPENED = "terang.evidence.complaints.opened"
OPENED_SECONDS = 2 * 60 * 60
"""How long a page stays open that was opened by number and code."""


@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    """Where to report, and where to find a report again."""
    return render(request, "complaints/start.html", {"agencies": agencies_taking()})


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: SignedInRequest, code: str) -> HttpResponse:
    """The public form of one government."""
    agency = get_object_or_404(Agency, code=code)
    if request.method == "POST" and limits.REPORTS.reached(request):
        return too_often(request)
    form = ReportForm(request.POST or None, request.FILES or None, agency=agency)
    if request.method == "POST" and form.is_valid():
        limits.REPORTS.count(request)
        try:
            received = submit_complaint(agency=agency, report=form.report(), photos=form.cleaned_data["photos"])
        except RejectedFileError as refused:
            form.add_error("photos", refused)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect("complaints:receipt", received.token)
    context = {"form": form, "agency": agency, "own": own_terms(agency.pk, local_today(agency))}
    return render(request, "complaints/report.html", context, status=422 if form.is_bound else 200)


@require_safe
def similar(request: SignedInRequest, code: str) -> HttpResponse:
    """Open public reports like the one being written, as a fragment; empty where there are none."""
    agency = get_object_or_404(Agency, code=code)
    if limits.SUGGESTIONS.exceeded(request):
        return HttpResponse(status=204)
    category = request.GET.get("category", "")
    found = similar_complaints(
        agency=agency,
        today=local_today(agency),
        category_id=int(category) if category.isascii() and category.isdigit() and len(category) < 12 else None,
        address=request.GET.get("address", "")[:250],
        place=_place(request),
    )
    return render(request, "complaints/_similar.html", {"similar": found})


def _place(request: SignedInRequest) -> tuple[int, int] | None:
    try:
        latitude, longitude = (float(request.GET.get(name, "")) for name in ("latitude", "longitude"))
    except ValueError:
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    return int(latitude * 1_000_000), int(longitude * 1_000_000)


@never_cache
@require_safe
def receipt(request: SignedInRequest, key: str) -> HttpResponse:
    """Number, link and code, once more readable by who holds the link."""
    found = complaint_of_token(key)
    if found is None:
        return unknown(request)
    link = f"{settings.SITE_URL}{reverse('complaints:follow', args=[key])}"
    context: dict[str, Any] = {"complaint": found, "link": link, "qr": qr_code(link), "code": typed_code(key)}
    return render(request, "complaints/receipt.html", context | {"key": key})


@never_cache
@require_http_methods(["GET", "POST"])
def find(request: SignedInRequest) -> HttpResponse:
    """Opens a report by number and code. A wrong number and a wrong code get one answer."""
    if limits.WRONG_SECRETS.reached(request):
        return too_often(request)
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number, code = form.cleaned_data["number"], form.cleaned_data["code"]
        if limits.number_is_shut(request, number):
            form.add_error(None, _shut())
            return render(request, "complaints/find.html", {"form": form}, status=429)
        if found := complaint_of_code(number, code):
            return redirect("complaints:follow", signing.dumps(found.tracking_code, salt=OPENED))
        limits.WRONG_SECRETS.count(request)
        limits.count_wrong(request, number)
        form.add_error(None, gettext("Nomor atau kode tidak cocok. Periksa tanda terima Anda."))
    return render(request, "complaints/find.html", {"form": form}, status=422 if form.is_bound else 200)


def _shut() -> str:
    return gettext(
        "Terlalu banyak kode salah untuk nomor ini. Tunggu satu jam, atau buka tautan dari tanda terima; tautan itu "
        "selalu terbuka."
    )


def too_often(request: SignedInRequest) -> HttpResponse:
    return render(request, "complaints/busy.html", {"busy": True}, status=429)


def unknown(request: SignedInRequest) -> HttpResponse:
    """A link that opens nothing; counted, so that links cannot be tried out. One that is right always opens: many
    telephones share one address, and nobody guesses 160 bits."""
    if limits.WRONG_SECRETS.exceeded(request):
        return too_often(request)
    return render(request, "complaints/busy.html", {"busy": False}, status=404)
