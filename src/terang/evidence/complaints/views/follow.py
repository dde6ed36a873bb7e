"""The citizen's own page of a report, behind its secret link or opened by number and code."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.passersby import LOOKS
from terang.accounts.requests import SignedInRequest
from terang.custody.serving import file_response
from terang.evidence.complaints import limits, wording
from terang.evidence.complaints.forms import RateForm, ReopenForm, ReplyForm
from terang.evidence.complaints.lists import state_badge
from terang.evidence.complaints.models import Complaint, ComplaintState
from terang.evidence.complaints.selectors import complaint_of_token
from terang.evidence.complaints.services import citizen
from terang.evidence.complaints.states import may_move
from terang.evidence.complaints.views.public import OPENED, OPENED_SECONDS, too_often, unknown
from terang.registry.organization.calendars import local_today
from terang.registry.people.access import require_outsider
from terang.web import fresh
from terang.web.errors import NotNow


class _NothingForm(forms.Form):
    """A button alone."""


FORMS: dict[str, type[forms.Form]] = {
    "balas": ReplyForm,
    "selesai": _NothingForm,
    "buka-lagi": ReopenForm,
    "nilai": RateForm,
    "hapus-data": _NothingForm,
}
Done = Callable[[Complaint, dict[str, Any]], Any]
DONE: dict[str, tuple[Done, Any]] = {
    "balas": (
        lambda found, data: citizen.reply_to(complaint=found, text=data["text"], form_key=data["form_key"]),
        lambda: gettext("Pesan Anda terkirim."),
    ),
    "selesai": (
        lambda found, data: citizen.confirm_done(complaint=found),
        lambda: gettext("Terima kasih. Laporan dinyatakan selesai oleh Anda."),
    ),
    "buka-lagi": (
        lambda found, data: citizen.reopen(complaint=found, text=data["text"], form_key=data["form_key"]),
        lambda: gettext("Laporan dibuka kembali dan ditangani lagi."),
    ),
    "nilai": (
        lambda found, data: citizen.rate(complaint=found, rating=data["rating"], reason=data["reason"]),
        lambda: gettext("Terima kasih atas penilaian Anda."),
    ),
    "hapus-data": (
        lambda found, data: citizen.forget_reporter(found),
        lambda: gettext("Nama dan kontak Anda sudah dihapus."),
    ),
}


def opened(key: str) -> Complaint | None:
    """The report behind a link, or behind the short-lived address after number and code."""
    if ":" not in key:
        return complaint_of_token(key)
    try:
        number = signing.loads(key, salt=OPENED, max_age=OPENED_SECONDS)
    except signing.BadSignature:
        return None
    return Complaint.objects.select_related("agency", "unit", "category").filter(tracking_code=number).first()


@never_cache
@require_safe
def follow(request: SignedInRequest, key: str) -> HttpResponse:
    """Where the report stands, all that was said, and what the citizen can do now; an open page looks again by
    itself."""
    if fresh.is_look(request) and LOOKS.exceeded(request):
        return too_often(request)
    found = opened(key)
    if found is None:
        return unknown(request)
    return fresh.answer(request, _mark(_shown(found))) or _page(request, key, found)


def _page(
    request: SignedInRequest, key: str, found: Complaint, bound: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    shown = _shown(found)
    context: dict[str, Any] = {
        "complaint": found,
        "key": key,
        "by_link": ":" not in key,
        "steps": wording.steps(),
        "answer": next((line.text for line in reversed(shown["lines"]) if line.answer), ""),
        "forms": _forms(found) | (bound or {}),
        "mark": _mark(shown),
    }
    return render(request, "complaints/follow.html", context | shown, status=status)


def _shown(found: Complaint) -> dict[str, Any]:
    """What the page says of the report: what a look compares."""
    today = local_today(found.agency)
    return {
        "badge": state_badge(found),
        "step": wording.step_of(found),
        "next": wording.what_next(found),
        "lines": wording.timeline(found, for_staff=False),
        "rated": found.rating,
        "late": bool(found.due_on and found.due_on < today),
        "has_identity": not found.forgotten_on and hasattr(found, "reporter"),
        "ombudsman": found.ombudsman_on < today and not found.has_ended,
    }


def _mark(shown: dict[str, Any]) -> str:
    return fresh.mark_of(*shown.values())


def _forms(found: Complaint) -> dict[str, forms.Form]:
    """What the citizen can do now."""
    shown: dict[str, forms.Form] = {}
    if may_move(found, "reply") or found.state == ComplaintState.INCOMPLETE:
        shown["balas"] = ReplyForm()
    if may_move(found, "confirm"):
        shown |= {"selesai": _NothingForm(), "buka-lagi": ReopenForm()}
    if may_move(found, "rate") and found.rating is None:
        shown["nilai"] = RateForm()
    return {name.replace("-", "_"): form for name, form in shown.items()}


@never_cache
@require_POST
def act(request: SignedInRequest, key: str, what: str) -> HttpResponse:
    """One of the citizen's acts. Raises NotAllowed for employees of that government, who may hold the link."""
    if limits.MESSAGES.exceeded(request):
        return too_often(request)
    if what not in FORMS:
        raise Http404
    found = opened(key)
    if found is None:
        return unknown(request)
    require_outsider(request.viewer, found.agency_id)
    form = FORMS[what](request.POST)
    if not form.is_valid():
        return _page(request, key, found, {what.replace("-", "_"): form}, status=422)
    done, said = DONE[what]
    try:
        done(found, form.cleaned_data)
    except NotNow as refused:
        if what.replace("-", "_") not in _forms(found) or not form.fields:
            raise
        form.add_error("text" if "text" in form.fields else None, refused.reason)
        return _page(request, key, found, {what.replace("-", "_"): form}, status=422)
    messages.success(request, said())
    return redirect("complaints:follow", key)


@never_cache
@require_safe
def export(request: SignedInRequest, key: str) -> HttpResponse:
    """All data about the citizen and the report, as JSON (UU 27/2022)."""
    found = opened(key)
    if found is None:
        return unknown(request)
    headers = {"Content-Disposition": f'attachment; filename="{found.tracking_code}.json"'}
    return JsonResponse(
        citizen.own_data(found), headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 2}
    )


@never_cache
@require_safe
def photo(request: SignedInRequest, key: str, number: int) -> HttpResponseBase:
    """A photo of the report, without its metadata."""
    found = opened(key)
    if found is None:
        return unknown(request)
    shown = get_object_or_404(found.photos.select_related("file"), number=number)
    return photo_response(shown.file)


def photo_response(stored: Any) -> FileResponse:
    try:
        return file_response(stored)
    except FileNotFoundError:
        raise Http404 from None
