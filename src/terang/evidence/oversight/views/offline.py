"""Points without a network: the page a device keeps, what it fetches, and the door that receives."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.door import for_scripts
from terang.evidence.oversight.access import require_inspector
from terang.evidence.oversight.offline_desk import offline_desk
from terang.evidence.oversight.receiving import Received, receive
from terang.evidence.oversight.selectors import point_by_receipt
from terang.registry.people.access import require_viewer
from terang.web.asked import asked_ints
from terang.web.pwa import shell_page


@require_safe
def shell_form(request: HttpRequest) -> HttpResponse:
    """The form of a point as a page that a device keeps. The same for everybody."""
    return shell_page("oversight/offline.html")


@require_safe
@for_scripts
def desk(request: SignedInRequest) -> HttpResponse:
    """The visits named in `untuk`, to be kept sealed on the overseer's own device."""
    viewer = require_inspector(request.viewer)
    return JsonResponse(offline_desk(viewer, asked_ints(request.GET.get("untuk", "").split(","))))


@require_POST
@for_scripts
def door(request: SignedInRequest) -> HttpResponse:
    """Takes one point: 201 with its receipt (200 where it had arrived before), or the reasons by field."""
    received = receive(actor=require_viewer(request.viewer), data=request.POST, files=request.FILES)
    return JsonResponse(_receipt(received), status=201 if received.first else 200)


@require_safe
@login_required
def receipt(request: SignedInRequest) -> HttpResponse:
    """Finds a point by its receipt, for who reads it."""
    viewer = require_viewer(request.viewer)
    typed = request.GET.get("nomor", "").strip()[:40]
    found = point_by_receipt(viewer, typed) if typed else None
    if found:
        return redirect(f"{found.inspection.get_absolute_url()}#butir-{found.pk}")
    return render(request, "oversight/receipt.html", {"typed": typed})


def _receipt(received: Received) -> dict[str, object]:
    arrival = received.arrival
    return {
        "receipt": arrival.receipt,
        "url": arrival.point.inspection.get_absolute_url(),
        "received_at": arrival.received_at.isoformat(),
        "same": received.same,
        "note": "",
        "clock_doubtful": arrival.clock_is_doubtful,
    }
