"""The officer's requests: the lists, one request with what can be done about it, and its files."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.custody.serving import file_response
from terang.evidence.citizens import request_selectors as selectors
from terang.evidence.citizens import services
from terang.evidence.citizens.access import (
    manages,
    may,
    may_see_applicant,
    may_see_times,
    officers_of,
    require_officer,
    require_own_request,
    services_served,
)
from terang.evidence.citizens.explanation import describe
from terang.evidence.citizens.keys import secrets_of
from terang.evidence.citizens.models import (
    Kiosk,
    RequestFile,
    RequestState,
    Requirement,
    ServiceRequest,
    SurveyInvitation,
)
from terang.evidence.citizens.request_forms import (
    FindForm,
    HandOverForm,
    ReasonForm,
    ReceiveForm,
    ReopenForm,
    ResultForm,
    ReturnForm,
    VersionForm,
)
from terang.evidence.citizens.request_lists import FINISHED, IN_HAND, STEP_FORM, TO_TAKE, WAITING, state_badge
from terang.evidence.citizens.services.clock import current_step, is_last_step
from terang.evidence.citizens.states import MOVES, allows, link_state
from terang.evidence.citizens.survey_selectors import kiosks_for
from terang.evidence.citizens.terms import reopen_until
from terang.evidence.citizens.views.keyholder import show_secrets, shown_secrets
from terang.evidence.citizens.views.tabs import service_tabs
from terang.registry.organization.calendars import local_today
from terang.registry.people.access import may_see_performance, require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.forms import FormKeyMixin
from terang.web.navigation import NavItem
from terang.web.secrets import qr_code

LINK = "survey_link"
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


def request_page(
    request: SignedInRequest, viewer: Viewer, found: ServiceRequest, status: int = 200, **forms: Any
) -> HttpResponse:
    """One request; right after it was finished also the citizen's survey link, in this session only. `forms` are those
    that came back with errors."""
    invitation = getattr(found, "invitation", None)
    sees = may_see_applicant(viewer, found)
    sees_times = may_see_times(viewer, found) or (found.officer and may_see_performance(viewer, found.officer))
    may_do = {verb: may(viewer, verb, found) and allows(verb, found) for verb in MOVES}
    until = reopen_until(found) if may_do["reopen"] else None
    may_do["reopen"] = until is not None and local_today(found.service.unit.agency) <= until
    files = list(found.files.select_related("file", "requirement")) if sees else []
    results = [row for row in files if row.is_result]
    context: dict[str, Any] = {
        "service_request": found,
        "manages": manages(viewer, found.service.unit),
        "badge": state_badge(found),
        "own": sees,
        "told": describe(found) if found.completed_at and sees_times else "",
        "may": may_do,
        "applicant": getattr(found, "applicant", None) if sees else None,
        "files": files,
        "old_result_only": may_do["complete"] and bool(results) and all(row.replaced for row in results),
        "pauses": list(found.pauses.select_related("officer").prefetch_related("missing")),
        "reopenings": list(found.reopenings.select_related("actor")) if sees or sees_times else [],
        "reopen_until": until,
        "steps": list(found.steps.select_related("officer")) if sees_times else [],
        "step": current_step(found)[1] if may_do["finish_step"] else "",
        "last_step": may_do["finish_step"] and is_last_step(found),
        "has_slip": sees and _slip_of(request, found) is not None,
        "link_state": link_state(invitation, timezone.now()) if invitation else "",
        "invitation": invitation,
        "kiosks": _kiosks(viewer, found, invitation),
        **_forms(viewer, found, may_do),
        **forms,
    }
    known, token = request.session.get(LINK, (None, ""))
    if known == found.pk and token and context["link_state"] == "open":
        context["link"] = request.build_absolute_uri(reverse("citizens:survey", args=[token]))
        context["qr"] = qr_code(context["link"])
    return render(request, "citizens/request.html", context, status=status)


def _kiosks(viewer: Viewer, found: ServiceRequest, invitation: SurveyInvitation | None) -> list[Kiosk]:
    """Where the officer may let the citizen answer; nowhere once the survey was answered or the request cancelled."""
    over = found.state == RequestState.CANCELLED or (invitation is not None and invitation.used_at is not None)
    return [] if over or viewer.employee.pk != found.officer_id else kiosks_for(found)


def _forms(viewer: Viewer, found: ServiceRequest, may_do: dict[str, bool]) -> dict[str, Any]:
    initial = {"version": found.version}
    forms: dict[str, Any] = {"plain": VersionForm(initial=initial), "key_form": FormKeyMixin()}
    if may_do["return"]:
        forms["return_form"] = ReturnForm(initial=initial, requirements=requirements_of(found))
    if may_do["refuse"]:
        forms["refuse_form"] = ReasonForm(initial=initial)
    if may_do["reopen"]:
        forms["reopen_form"] = ReopenForm(initial=initial)
    if may_do["hand_over"] or may_do["assign"]:
        forms["hand_form"] = HandOverForm(initial=initial, officers=others(viewer, found))
    if may_do["attach_result"]:
        forms["result_form"] = ResultForm(initial=initial)
    return forms


def requirements_of(found: ServiceRequest) -> Any:
    """The requirements of the request's version; none where it has no version."""
    return found.standard.requirements.all() if found.standard else Requirement.objects.none()


def others(viewer: Viewer, found: ServiceRequest) -> Any:
    """Whom the request may be given to."""
    return officers_of(found.service.unit, viewer.today).exclude(pk=found.officer_id or 0)


def _slip_of(request: SignedInRequest, found: ServiceRequest) -> Any:
    shown = shown_secrets(request)
    return shown[1] if shown and shown[0] == found.pk else None


@never_cache
@require_safe
@login_required
def slip(request: SignedInRequest, request_id: int) -> HttpResponse:
    """The citizen's slip to print: queue number, tracking number, code and QR; while this browser still has the
    keys."""
    viewer = require_viewer(request.viewer)
    found = selectors.request_for(viewer, request_id)
    require_own_request(viewer, found)
    secrets = _slip_of(request, found)
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
