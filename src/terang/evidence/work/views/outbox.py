"""Writing without a network: the pages a device keeps, what it fetches, the door that receives, and the receipts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.door import for_scripts
from terang.evidence.work.offline_desk import offline_desk
from terang.evidence.work.receiving import Received, entry_by_receipt, receive
from terang.registry.people.access import require_viewer
from terang.web.pwa import shell_page


@require_safe
def shell_form(request: HttpRequest) -> HttpResponse:
    """The form of an entry as a page that a device keeps. The same for everybody."""
    return shell_page("work/offline.html")


@require_safe
def shell_list(request: HttpRequest) -> HttpResponse:
    """What has not been sent from this device, as a page that it keeps. The same for everybody."""
    return shell_page("work/outbox.html")


@require_safe
@for_scripts
def desk(request: SignedInRequest) -> HttpResponse:
    """One's own results, tasks and favourites, to be kept sealed on one's own device."""
    return JsonResponse(offline_desk(require_viewer(request.viewer)))


@require_safe
@for_scripts
def sender(request: SignedInRequest) -> HttpResponse:
    """Whose session it is, a fresh token for the door, and our time."""
    viewer = require_viewer(request.viewer)
    told = {"person": viewer.employee.pk, "token": get_token(request), "now": timezone.now().isoformat()}
    return JsonResponse(told)


@require_POST
@for_scripts
def door(request: SignedInRequest) -> HttpResponse:
    """Takes one entry: 201 with its receipt (200 where it had arrived before), or the reasons by field."""
    viewer = require_viewer(request.viewer)
    received = receive(actor=viewer, data=request.POST, files=request.FILES)
    return JsonResponse(_receipt(received), status=201 if received.first else 200)


def _receipt(received: Received) -> dict[str, object]:
    entry = received.entry
    return {
        "receipt": entry.receipt,
        "url": entry.get_absolute_url(),
        "received_at": entry.submitted_at.isoformat(),
        "same": received.same,
        "note": received.note,
        "clock_doubtful": entry.clock_is_doubtful,
    }


@require_safe
@login_required
def receipt(request: SignedInRequest) -> HttpResponse:
    """Finds an entry by its receipt, for who may see it."""
    viewer = require_viewer(request.viewer)
    typed = request.GET.get("nomor", "").strip()[:40]
    found = entry_by_receipt(viewer, typed) if typed else None
    return redirect(found) if found else render(request, "work/receipt.html", {"typed": typed})
