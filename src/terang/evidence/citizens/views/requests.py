"""The officer's requests: the lists, one request with what can be done about it, and its files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.custody.serving import file_response
from terang.evidence.citizens import request_selectors as selectors
from terang.evidence.citizens import services
from terang.evidence.citizens.access import (
    require_officer,
    require_own_request,
    services_served,
)
from terang.evidence.citizens.keys import secrets_of
from terang.evidence.citizens.models import (
    RequestFile,
)
from terang.evidence.citizens.request_forms import (
    FindForm,
    ReceiveForm,
)
from terang.evidence.citizens.request_lists import FINISHED, IN_HAND, STEP_FORM, TO_TAKE, WAITING
from terang.evidence.citizens.views.keyholder import show_secrets
from terang.evidence.citizens.views.request_page import request_page, slip_of
from terang.evidence.citizens.views.tabs import service_tabs
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.navigation import NavItem
from terang.web.secrets import qr_code

LISTS = ("saya", "baru", "menunggu", "selesai")


@require_safe
@login_required
def requests(request: SignedInRequest) -> HttpResponseBase:
    """The officer's lists: in hand (what is overdue first), nobody's yet, waiting for applicants, finished."""
    viewer = require_officer(request.viewer)
    shown = request.GET.get("daftar", LISTS[0])
    table, rows = {
        LISTS[1]: (TO_TAKE, lambda: selectors.requests_to_take(viewer)),
        LISTS[2]: (WAITING, lambda: selectors.requests_waiting(viewer)),
        LISTS[3]: (FINISHED, lambda: selectors.finished_requests(viewer.employee.pk)),
    }.get(shown, (IN_HAND, lambda: selectors.requests_in_hand(viewer.employee.pk)))
    bound = table.bind(request, rows())
    context = {
        "tabs": service_tabs(viewer, "requests"),
        "lists": _list_tabs(viewer, shown),
        "table": bound,
        "step_form": STEP_FORM,
        "form": ReceiveForm(services=services_served(viewer)),
        "find_form": FindForm(),
    }
    return bound.export() or render(request, "citizens/requests.html", context)


@require_safe
@login_required
def find(request: SignedInRequest) -> HttpResponse:
    """The request of a number from a slip; one answer where there is none and where it is not the viewer's to see."""
    viewer = require_officer(request.viewer)
    form = FindForm(request.GET)
    found = selectors.request_by_number(viewer, form.cleaned_data["nomor"]) if form.is_valid() else None
    if found is None:
        messages.error(request, gettext("Tidak ada permohonan dengan nomor itu yang dapat Anda buka."))
        return redirect("citizens:requests")
    return redirect(found)


def _list_tabs(viewer: Viewer, shown: str) -> list[NavItem]:
    """One query."""
    counts = selectors.counts_of(viewer)
    labels = (
        (gettext("Saya kerjakan"), counts["mine"]),
        (gettext("Belum diambil"), counts["to_take"]),
        (gettext("Menunggu pemohon"), counts["waiting"]),
        (gettext("Selesai"), 0),
    )
    here = shown if shown in LISTS else LISTS[0]
    base = reverse("citizens:requests")
    return [
        NavItem(label, f"{base}?daftar={name}", current=name == here, count=count)
        for name, (label, count) in zip(LISTS, labels, strict=True)
    ]


@require_POST
@login_required
def receive(request: SignedInRequest) -> HttpResponse:
    """A walk-in, in one tap; its slip can be printed from the page that follows."""
    viewer = require_officer(request.viewer)
    form = ReceiveForm(request.POST, services=services_served(viewer))
    if not form.is_valid():
        messages.error(request, gettext("Pilih layanan yang dibuka di unit Anda."))
        return redirect("citizens:requests")
    data = form.cleaned_data
    received = services.receive_request(
        actor=viewer,
        service=data["service"],
        form_key=data["form_key"],
        name=data["name"],
        complete=not data["to_check"],
    )
    told = {"code": received.tracking_code, "number": getattr(received, "ticket", "")}
    messages.success(request, gettext("Permohonan %(code)s diterima, antrean %(number)s.") % told)
    return show_secrets(redirect("citizens:request", received.pk), received.pk, secrets_of(data["form_key"]))


@never_cache
@require_safe
@login_required
def service_request(request: SignedInRequest, request_id: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    return request_page(request, viewer, selectors.request_for(viewer, request_id))


@never_cache
@require_safe
@login_required
def slip(request: SignedInRequest, request_id: int) -> HttpResponse:
    """The citizen's slip to print: queue number, tracking number, code and QR; while this browser still has the
    keys."""
    viewer = require_viewer(request.viewer)
    found = selectors.request_for(viewer, request_id)
    require_own_request(viewer, found)
    secrets = slip_of(request, found)
    if secrets is None:
        messages.info(request, gettext("Kodenya sudah tidak tersimpan. Buat kode baru untuk pemohon."))
        return redirect("citizens:request", found.pk)
    link = request.build_absolute_uri(reverse("citizens:track_link", args=[secrets.token]))
    context = {"service_request": found, "code": secrets.spaced_code, "link": link, "qr": qr_code(link)}
    return render(request, "citizens/slip.html", context)


@never_cache
@require_safe
@login_required
def request_file(request: SignedInRequest, request_id: int, file_id: int) -> FileResponse:
    """A paper of the applicant, for the officer who has the request and nobody else."""
    viewer = require_viewer(request.viewer)
    found = selectors.request_for(viewer, request_id)
    require_own_request(viewer, found)
    row = get_object_or_404(RequestFile.objects.select_related("file"), pk=file_id, request=found)
    return file_response(row.file)
