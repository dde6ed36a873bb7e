"""What an officer or manager does with a request, each one button. All answer with the page of the request."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens import services
from terang.evidence.citizens.access import may_see_times, require_may, require_own_request
from terang.evidence.citizens.models import ServiceRequest
from terang.evidence.citizens.request_forms import (
    HandOverForm,
    ReasonForm,
    ReopenForm,
    ResultForm,
    ReturnForm,
    VersionForm,
)
from terang.evidence.citizens.request_selectors import request_for
from terang.evidence.citizens.services.handling import require_version
from terang.evidence.citizens.states import require_move
from terang.evidence.citizens.views.keyholder import show_secrets
from terang.evidence.citizens.views.request_page import LINK, others, request_page, requirements_of
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.forms import FormKeyMixin

Plain = Callable[..., Any]


def _plain(name: str, verb: Plain, told: Callable[[], str]) -> Callable[[SignedInRequest, int], HttpResponse]:
    """A view of a verb that needs nothing but the version of the page; `name` is its row of `states.MOVES`."""

    @require_POST
    @login_required
    def view(request: SignedInRequest, request_id: int) -> HttpResponse:
        viewer = require_viewer(request.viewer)
        found, version = request_for(viewer, request_id), _version(request)
        if version is None:
            return _unread(request, viewer, found, name)
        verb(actor=viewer, request=found, version=version)
        messages.success(request, told())
        return redirect("citizens:request", request_id)

    return view


def _version(request: SignedInRequest) -> int | None:
    """The version of the page that sent this; None where it is missing or no number, and then nothing may be done."""
    form = VersionForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else None


def _unread(request: SignedInRequest, viewer: Viewer, found: ServiceRequest, name: str) -> HttpResponse:
    """Whoever may do it sees the page anew, with what to do (422). Raises NotAllowed for all others."""
    require_may(viewer, name, found)
    messages.error(
        request,
        gettext("Belum dicatat: halaman yang mengirimnya tidak lengkap. Periksa keadaannya di bawah, lalu ulangi."),
    )
    return request_page(request, viewer, found, status=422)


take = _plain("take", services.take_request, lambda: gettext("Permohonan ini sekarang di tangan Anda."))
accept = _plain("accept", services.accept_request, lambda: gettext("Berkas lengkap; waktu layanan berjalan."))
supplied = _plain("supply", services.supply_at_counter, lambda: gettext("Dicatat: pemohon sudah melengkapi."))
finish_step = _plain(
    "finish_step", services.finish_step, lambda: gettext("Langkah selesai; langkah berikutnya dimulai.")
)
deliver = _plain("deliver", services.deliver_request, lambda: gettext("Hasil sudah diserahkan."))


@require_POST
@login_required
def complete(request: SignedInRequest, request_id: int) -> HttpResponse:
    """Finished: ready to be collected, or in the citizen's hands already."""
    viewer = require_viewer(request.viewer)
    found, version = request_for(viewer, request_id), _version(request)
    if version is None:
        return _unread(request, viewer, found, "complete")
    delivered = request.POST.get("diserahkan") == "ya"
    finished = services.complete_request(actor=viewer, request=found, version=version, delivered=delivered)
    _show_link(request, request_id, finished.token)
    asked = gettext("Permohonan selesai. Tunjukkan tautan survei ini kepada warga.")
    messages.success(request, asked if finished.token else gettext("Permohonan selesai. Surveinya sudah dijawab."))
    return redirect("citizens:request", request_id)


def _show_link(request: SignedInRequest, request_id: int, token: str) -> None:
    if token:
        request.session[LINK] = (request_id, token)


@require_POST
@login_required
def renew(request: SignedInRequest, request_id: int) -> HttpResponse:
    """A new link to the survey."""
    viewer = require_viewer(request.viewer)
    token = services.renew_link(actor=viewer, request=request_for(viewer, request_id))
    _show_link(request, request_id, token)
    messages.success(request, gettext("Tautan baru dibuat; tautan yang lama tidak berlaku lagi."))
    return redirect("citizens:request", request_id)


@require_POST
@login_required
def renew_keys(request: SignedInRequest, request_id: int) -> HttpResponse:
    """New keys for a citizen who lost the slip."""
    viewer = require_viewer(request.viewer)
    form = FormKeyMixin(request.POST)
    found = request_for(viewer, request_id)
    require_own_request(viewer, found)
    if not form.is_valid():
        return redirect("citizens:request", request_id)
    secrets = services.renew_keys(actor=viewer, request=found, form_key=form.cleaned_data["form_key"])
    messages.success(request, gettext("Kode baru dibuat; kode dan tautan lama tidak berlaku lagi."))
    return show_secrets(redirect("citizens:request", request_id), request_id, secrets)


@require_POST
@login_required
def send_back(request: SignedInRequest, request_id: int) -> HttpResponse:
    viewer, found = _found(request, request_id, "return")
    form = ReturnForm(request.POST, requirements=requirements_of(found))
    return _with_form(request, viewer, found, form, "return_form", services.return_request, _returned)


@require_POST
@login_required
def refuse(request: SignedInRequest, request_id: int) -> HttpResponse:
    viewer, found = _found(request, request_id, "refuse")
    form = ReasonForm(request.POST)

    def refused(**values: Any) -> None:
        _request, token = services.refuse_request(**values)
        _show_link(request, request_id, token)

    return _with_form(request, viewer, found, form, "refuse_form", refused, _refused)


@require_POST
@login_required
def reopen(request: SignedInRequest, request_id: int) -> HttpResponse:
    """For somebody at the counter whose result is wrong."""
    viewer, found = _found(request, request_id, "reopen")
    form = ReopenForm(request.POST)
    return _with_form(request, viewer, found, form, "reopen_form", services.reopen_at_counter, _reopened)


@require_POST
@login_required
def hand_over(request: SignedInRequest, request_id: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = request_for(viewer, request_id)
    require_may(viewer, "hand_over" if found.officer_id else "assign", found)
    form = HandOverForm(request.POST, officers=others(viewer, found))
    return _with_form(request, viewer, found, form, "hand_form", services.hand_over, _handed)


@require_POST
@login_required
def attach_result(request: SignedInRequest, request_id: int) -> HttpResponse:
    viewer, found = _found(request, request_id, "attach_result")
    form = ResultForm(request.POST, request.FILES)
    return _with_form(request, viewer, found, form, "result_form", services.attach_result, _attached)


def _found(request: SignedInRequest, request_id: int, verb: str) -> tuple[Viewer, ServiceRequest]:
    viewer = require_viewer(request.viewer)
    found = request_for(viewer, request_id)
    return require_may(viewer, verb, found), found


def _with_form(
    request: SignedInRequest,
    viewer: Viewer,
    found: ServiceRequest,
    form: Form,
    name: str,
    verb: Callable[..., Any],
    told: Callable[[], str],
) -> HttpResponse:
    """A verb with a form: its errors stand where it was typed. Whoever's page is stale hears that first."""
    if form.is_valid():
        try:
            verb(actor=viewer, request=found, **form.cleaned_data)
        except ValidationError as refused:
            for field, reasons in (refused.message_dict if hasattr(refused, "error_dict") else {}).items():
                form.add_error(field, reasons)
            if not hasattr(refused, "error_dict"):
                form.add_error("file" if "file" in form.fields else None, refused.messages)
        else:
            messages.success(request, told())
            return _after(viewer, found)
    elif (version := _version(request)) is not None:
        require_version(found, version)
    if name in ("return_form", "reopen_form"):
        require_move(name.removesuffix("_form"), found)
    return request_page(request, viewer, found, status=422, **{name: form})


def _after(viewer: Viewer, found: ServiceRequest) -> HttpResponse:
    """The page of the request, or the list where it is for somebody else to see."""
    found.refresh_from_db()
    if may_see_times(viewer, found):
        return redirect("citizens:request", found.pk)
    return redirect("citizens:requests")


def _returned() -> str:
    return gettext("Dikembalikan kepada pemohon; waktu layanan berhenti.")


def _refused() -> str:
    return gettext("Permohonan ditolak; pemohon membaca alasannya.")


def _reopened() -> str:
    return gettext("Permohonan dibuka kembali; petugasnya memperbaiki hasilnya.")


def _handed() -> str:
    return gettext("Permohonan diserahkan kepada petugas lain.")


def _attached() -> str:
    return gettext("Berkas hasil dilampirkan.")
