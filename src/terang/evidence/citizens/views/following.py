"""A citizen follows a request with its key: state, promise, what is missing, the result, one's own data."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.passersby import LOOKS
from terang.accounts.requests import SignedInRequest
from terang.custody.serving import file_response
from terang.evidence.citizens import keys, services
from terang.evidence.citizens.models import RequestFile, RequestState, Requirement, ServiceRequest
from terang.evidence.citizens.own_data import own_data
from terang.evidence.citizens.progress import progress_of
from terang.evidence.citizens.request_forms import ReopenForm, SupplyForm, TrackForm, VersionForm
from terang.evidence.citizens.request_limits import WRONG_CODES, WRONG_KEYS
from terang.evidence.citizens.states import allows, require_move
from terang.evidence.citizens.terms import in_reopening_term, reopen_until
from terang.evidence.citizens.views.keyholder import follow, followed, unfollow
from terang.registry.people.access import require_outsider
from terang.web import fresh


@never_cache
@require_http_methods(["GET", "POST"])
def track(request: SignedInRequest) -> HttpResponse:
    """Number and code. One answer for a wrong number and a wrong code alike, and only so many tries."""
    form = TrackForm(request.POST or None)
    if request.method == "GET":
        return render(request, "citizens/track.html", {"form": form, "holds": followed(request) is not None})
    if not form.is_valid():
        return render(request, "citizens/track.html", {"form": form}, status=422)
    number = keys.typed_number(form.cleaned_data["number"])
    if WRONG_KEYS.reached(request) or WRONG_CODES.reached(request, number):
        form.add_error(None, _too_often())
        return render(request, "citizens/track.html", {"form": form}, status=429)
    request_id = keys.request_id_by_code(number, form.cleaned_data["code"])
    if request_id is None:
        WRONG_KEYS.count(request)
        WRONG_CODES.count(request, number)
        form.add_error(None, gettext("Nomor atau kode tidak cocok. Periksa keduanya pada tanda terima Anda."))
        return render(request, "citizens/track.html", {"form": form}, status=422)
    follow(request, request_id)
    return redirect("citizens:followed")


def _too_often() -> str:
    return gettext(
        "Terlalu banyak kode salah. Tunggu satu jam, atau buka tautan dari tanda terima; tautan itu selalu terbuka. "
        "Bila tanda terimanya hilang, datanglah ke loket dengan kartu identitas: petugas membuatkan kode baru."
    )


@never_cache
@require_safe
def track_link(request: SignedInRequest, token: str) -> HttpResponse:
    """The key as a link. The secret leaves the address at once, so that no later page gives it away.

    One that is right always opens, however many wrong ones came from its address: many telephones share one.
    """
    request_id = keys.request_id_by_link(token)
    if request_id is None:
        busy = WRONG_KEYS.exceeded(request)
        return render(request, "citizens/track_closed.html", {"busy": busy}, status=429 if busy else 404)
    follow(request, request_id)
    return redirect("citizens:followed")


@never_cache
@require_safe
def followed_request(request: SignedInRequest) -> HttpResponse:
    """Where the request stands; an open page looks again by itself."""
    if fresh.is_look(request) and LOOKS.exceeded(request):
        return HttpResponse(status=429)
    found = followed(request)
    if found is None:
        return redirect("citizens:track")
    return fresh.answer(request, _mark(found)) or _page(request, found)


def _mark(found: ServiceRequest) -> str:
    """Of what the page says and sends back: a request moves only in a new version, the promise passes by itself."""
    return fresh.mark_of(found.version, progress_of(found))


def _page(
    request: SignedInRequest,
    found: ServiceRequest,
    form: SupplyForm | None = None,
    reopen_form: ReopenForm | None = None,
    status: int = 200,
) -> HttpResponse:
    pause = found.pauses.filter(ended_at=None).first()
    missing = list(pause.missing.all()) if pause else []
    initial = {"version": found.version}
    may_reopen = in_reopening_term(found)
    context: dict[str, Any] = {
        "service_request": found,
        "progress": progress_of(found),
        "pause": pause,
        "missing": missing,
        "form": form or (SupplyForm(initial=initial, requirements=_asked(found, missing)) if pause else None),
        "cancel_form": VersionForm(initial=initial) if allows("cancel", found) else None,
        "results": _results(found) if _has_result(found) else [],
        "reopen_form": reopen_form or (ReopenForm(initial=initial) if may_reopen else None),
        "reopen_until": reopen_until(found) if may_reopen else None,
        "again": found.reopenings.last() if found.reopened else None,
        "last_day": _last_day(found) if found.lapsed else None,
        "may_apply": found.lapsed and found.service.active,
        "sent": list(found.files.filter(is_result=False).select_related("file", "requirement")),
        "may_forget": allows("forget", found),
        "may_rate": (_has_result(found) or found.state == RequestState.REFUSED) and not services.answered(found),
        "mark": _mark(found),
    }
    with timezone.override(ZoneInfo(found.service.unit.agency.time_zone)):
        return render(request, "citizens/followed.html", context, status=status)


def _results(found: ServiceRequest) -> list[RequestFile]:
    """What was made right stands above what was there before."""
    rows = found.files.filter(is_result=True).select_related("file")
    return list(rows.order_by("replaced", "-pk"))


def _last_day(found: ServiceRequest) -> date | None:
    """The last day there was for what was missing."""
    return found.pauses.order_by("-started_at").values_list("until", flat=True).first()


def _asked(found: ServiceRequest, missing: list[Requirement]) -> list[Requirement]:
    """What was named as missing; where nothing was named, everything that can be attached."""
    return missing or (list(found.standard.requirements.all()) if found.standard else [])


def _has_result(found: ServiceRequest) -> bool:
    return found.state in (RequestState.READY, RequestState.DELIVERED)


def _own(request: SignedInRequest) -> ServiceRequest | None:
    """The request followed here, to act on as its applicant. Raises NotAllowed for employees of its government."""
    found = followed(request)
    if found is not None:
        require_outsider(request.viewer, found.service.unit.agency_id)
    return found


@require_POST
def supply(request: SignedInRequest) -> HttpResponse:
    """The applicant sends what was missing."""
    found = _own(request)
    if found is None:
        return redirect("citizens:track")
    pause = found.pauses.filter(ended_at=None).first()
    asked = _asked(found, list(pause.missing.all()) if pause else [])
    form = SupplyForm(request.POST, request.FILES, requirements=asked)
    if form.is_valid():
        try:
            services.supply_missing(request=found, files=form.attached(), version=form.cleaned_data["version"])
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, gettext("Terkirim. Petugas memeriksanya; waktu layanan berjalan lagi."))
            return redirect("citizens:followed")
    return _page(request, found, form, status=422)


@require_POST
def rate(request: SignedInRequest) -> HttpResponse:
    """Goes on to the survey of the request, with a link of its own."""
    found = _own(request)
    if found is None:
        return redirect("citizens:track")
    return redirect("citizens:survey", services.invite_follower(request=found))


@require_POST
def reopen(request: SignedInRequest) -> HttpResponse:
    """The applicant says what is wrong with the result."""
    found = _own(request)
    if found is None:
        return redirect("citizens:track")
    form = ReopenForm(request.POST)
    if form.is_valid():
        try:
            services.reopen_request(request=found, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error("reason", refused.message_dict["reason"])
        else:
            messages.success(request, gettext("Terkirim. Petugas yang sama memperbaiki hasilnya."))
            return redirect("citizens:followed")
    require_move("reopen", found)
    return _page(request, found, reopen_form=form, status=422)


@require_POST
def cancel(request: SignedInRequest) -> HttpResponse:
    found = _own(request)
    if found is None:
        return redirect("citizens:track")
    form = VersionForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Permohonan belum dibatalkan. Muat ulang halaman ini, lalu ulangi."))
        return _page(request, found, status=422)
    services.cancel_request(request=found, version=form.cleaned_data["version"])
    messages.success(request, gettext("Permohonan dibatalkan."))
    return redirect("citizens:followed")


@never_cache
@require_safe
def result(request: SignedInRequest, file_id: int) -> FileResponse:
    """The result, once it is ready."""
    found = followed(request)
    if found is None or not _has_result(found):
        raise Http404
    row = get_object_or_404(RequestFile.objects.select_related("file"), pk=file_id, request=found, is_result=True)
    return file_response(row.file)


@never_cache
@require_safe
def export(request: SignedInRequest) -> HttpResponse:
    """Everything kept about the applicant and the request (UU 27/2022 Pasal 7 and 13), as JSON."""
    found = followed(request)
    if found is None:
        return redirect("citizens:track")
    response = JsonResponse(own_data(found), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{found.tracking_code}.json"'
    return response


@require_POST
def forget(request: SignedInRequest) -> HttpResponse:
    """Delete my data now."""
    found = _own(request)
    if found is None:
        return redirect("citizens:track")
    services.forget_me(request=found)
    unfollow(request)
    return render(request, "citizens/forgotten.html")


@require_POST
def close(request: SignedInRequest) -> HttpResponse:
    """On a shared device: this browser forgets which request it followed."""
    unfollow(request)
    return redirect("citizens:track")
