"""Typing in what a counter wrote on paper while the system was down."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens.access import require_officer, services_served
from terang.evidence.citizens.request_forms import PaperForm
from terang.evidence.citizens.services import PaperSlip, enter_from_paper
from terang.evidence.citizens.services.paper import DAYS_TO_ENTER
from terang.registry.editing import show
from terang.registry.organization.selectors import recent_outages
from terang.registry.people.viewer import Viewer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def paper(request: SignedInRequest) -> HttpResponse:
    """One slip after the other; the outages that are believed stand beside the form. Three queries."""
    viewer = require_officer(request.viewer)
    services = list(services_served(viewer))
    outages = recent_outages((each.unit for each in services), timezone.now() - DAYS_TO_ENTER)
    zone = ZoneInfo(viewer.employee.agency.time_zone)
    form = PaperForm(request.POST or None, services=services_served(viewer), zone=zone, initial=_initial(request))
    if request.method == "POST" and form.is_valid() and (done := _enter(viewer, form)):
        messages.success(request, done)
        return redirect(f"{reverse('citizens:paper')}?layanan={form.cleaned_data['service'].pk}")
    context = {"form": form, "outages": outages, "serves": bool(services), "days": DAYS_TO_ENTER.days}
    return render(request, "citizens/paper.html", context, status=422 if form.errors else 200)


def _initial(request: SignedInRequest) -> dict[str, Any]:
    """The service of the slip before."""
    return {"service": request.GET.get("layanan")}


def _enter(viewer: Viewer, form: PaperForm) -> str:
    """What to say once it stands; empty where the form tells what is wrong."""
    told = form.cleaned_data
    slip = PaperSlip(told["number"], told["received_at"], told["completed_at"], told["name"])
    try:
        made = enter_from_paper(actor=viewer, service=told["service"], slip=slip, form_key=told["form_key"])
    except ValidationError as error:
        show(form, error)
        return ""
    return gettext("Lembar %(n)s masuk sebagai %(code)s.") % {"n": made.paper_number, "code": made.tracking_code}
