"""The public list of services."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens import selectors


@require_safe
def service_list(request: SignedInRequest) -> HttpResponse:
    """Every published service and the time it may take, for everybody."""
    return render(request, "citizens/services.html", {"services": selectors.published_services()})
