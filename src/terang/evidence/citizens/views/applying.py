"""A citizen applies from home, without an account."""

from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens import services
from terang.evidence.citizens.catalogue_selectors import open_service, standard_in_force
from terang.evidence.citizens.models import Service
from terang.evidence.citizens.request_forms import ApplyForm
from terang.evidence.citizens.request_limits import APPLICATIONS
from terang.evidence.citizens.request_selectors import request_of_key
from terang.evidence.citizens.services.clock import promised
from terang.evidence.citizens.services.requests import Received
from terang.evidence.citizens.views.keyholder import follow, show_secrets, shown_secrets
from terang.evidence.citizens.working_time import office_time
from terang.web.errors import NotNow
from terang.web.secrets import qr_code


@never_cache
@require_http_methods(["GET", "POST"])
def apply(request: SignedInRequest, service_id: int) -> HttpResponse:
    """The form; after it the keys, which stand nowhere else."""
    service = open_service(service_id)
    standard = standard_in_force(service)
    if standard is None or not standard.online:
        raise NotNow(gettext("Layanan ini diajukan di loket. Syarat dan jamnya ada di halaman layanan."))
    asked = list(standard.requirements.all())
    if request.method == "GET":
        return _page(request, service, ApplyForm(requirements=asked))
    form = ApplyForm(request.POST, request.FILES, requirements=asked)
    if APPLICATIONS.reached(request):
        form.add_error(None, gettext("Terlalu banyak permohonan dari jaringan ini. Coba lagi sepuluh menit lagi."))
        return _page(request, service, form, status=429)
    received = _apply(service, form) if form.is_valid() else None
    if received is None:
        return _page(request, service, form, status=422)
    APPLICATIONS.count(request)
    return show_secrets(redirect("citizens:applied"), received.request.pk, received.secrets)


def _apply(service: Service, form: ApplyForm) -> Received | None:
    """The request, or None where a file was refused; the reason then stands above the form."""
    names = ("form_key", "name", "phone", "email")
    try:
        return services.apply_online(
            service=service, files=form.attached(), **{name: form.cleaned_data[name] for name in names}
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return None


def _page(request: SignedInRequest, service: Service, form: ApplyForm, status: int = 200) -> HttpResponse:
    office = office_time(service.unit)
    standard = standard_in_force(service)
    with timezone.override(ZoneInfo(service.unit.agency.time_zone)):
        context = {
            "service": service,
            "form": form,
            "carried": [each for each in standard.requirements.all() if not each.attachable] if standard else [],
            "ready_at": promised(service, standard, timezone.now(), office),
        }
        return render(request, "citizens/apply.html", context, status=status)


@never_cache
@require_safe
def applied(request: SignedInRequest) -> HttpResponse:
    """The receipt: number, code and link, for a quarter of an hour in this browser only."""
    shown = shown_secrets(request)
    found = request_of_key(shown[0]) if shown else None
    if shown is None or found is None:
        return redirect("citizens:track")
    link = request.build_absolute_uri(reverse("citizens:track_link", args=[shown[1].token]))
    follow(request, found.pk)
    office = office_time(found.service.unit)
    with timezone.override(office.zone):
        start = found.complete_since or found.received_at
        context = {
            "service_request": found,
            "code": shown[1].spaced_code,
            "link": link,
            "qr": qr_code(link),
            "ready_at": found.due_at or promised(found.service, found.standard, start, office),
        }
        return render(request, "citizens/applied.html", context)
