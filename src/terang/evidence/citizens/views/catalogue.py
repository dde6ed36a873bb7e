"""The public catalogue: what a government offers, and one page for each service."""

from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens import catalogue_selectors as catalogue
from terang.evidence.citizens.services.clock import promised
from terang.evidence.citizens.working_time import office_time


@require_safe
def service_list(request: SignedInRequest) -> HttpResponse:
    """Every open service and the time it may take, for everybody; by government, with a search."""
    words, chosen = request.GET.get("q", "").strip()[:100], request.GET.get("pemerintah", "")
    agencies = list(catalogue.governments())
    agency = next((each for each in agencies if each.code == chosen), None)
    shown = words or agency or len(agencies) == 1
    context = {
        "services": catalogue.published_services(words, agency.pk if agency else None) if shown else (),
        "agencies": agencies,
        "agency": agency,
        "words": words,
        "shown": shown,
    }
    return render(request, "citizens/services.html", context)


@require_safe
def service(request: SignedInRequest, service_id: int) -> HttpResponse:
    """One service: the six public components of its standard, when a request of now would be ready, the pledge, and
    how to ask for it."""
    found = catalogue.open_service(service_id)
    standard = catalogue.standard_in_force(found)
    office, now = office_time(found.unit), timezone.now()
    with timezone.override(ZoneInfo(found.unit.agency.time_zone)):
        context = {
            "service": found,
            "standard": standard,
            "pledge": catalogue.pledge_of(found.unit, timezone.localdate()),
            "ready_at": promised(found, standard, now, office),
        }
        return render(request, "citizens/service.html", context)
