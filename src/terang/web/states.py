"""The pages for when something does not go: what happened, that nothing was lost, and what to do now."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext

from terang.web.errors import NotAllowed, NotNow, Refusal, Stale
from terang.web.pwa import shell_page

HIDDEN_ENTRIES = ("csrfmiddlewaretoken", "form_key", "version", "next")
MACHINERY = ("_FORMS", "-key", "-entry", "-DELETE")
"""How names end that a formset needs and nobody types."""
SECRET_WORDS = ("password", "sandi", "code", "token", "secret")


def refused(
    request: HttpRequest, refusal: Refusal, status: int | None = None, link: tuple[str, str] | None = None
) -> HttpResponse:
    """A refusal as a page with what was entered, for htmx as a note to stand beside the form, for a script as JSON."""
    if request.headers.get("Accept") == "application/json":
        told = {"kind": type(refusal).__name__, "reason": refusal.reason}
        return JsonResponse(told, status=status or refusal.status)
    context = {"reason": refusal.reason, "link": link}
    if request.headers.get("HX-Request"):
        response = render(request, "web/_refusal.html", context, status=status or refusal.status)
        response.headers["X-Refusal"] = "1"
        return response
    page = {**context, "heading": _heading(refusal), "symbol": _symbol(refusal), "entries": entered(request)}
    return render(request, "web/states/refused.html", page, status=status or refusal.status)


def _heading(refusal: Refusal) -> str:
    if isinstance(refusal, NotAllowed):
        return gettext("Halaman ini bukan untuk Anda")
    if isinstance(refusal, Stale):
        return gettext("Data sudah berubah")
    if isinstance(refusal, NotNow):
        return gettext("Belum bisa sekarang")
    return gettext("Permintaan tidak dapat dijalankan")


def _symbol(refusal: Refusal) -> str:
    return {NotAllowed: "lock", Stale: "history", NotNow: "wait"}.get(type(refusal), "alert")


def entered(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed into the form that was refused, so that it can be copied; secrets are left out."""
    if request.method != "POST":
        return []
    return [
        (name.rpartition("-")[2].replace("_", " "), value)
        for name, values in request.POST.lists()
        for value in values
        if value
        and name not in HIDDEN_ENTRIES
        and not name.endswith(MACHINERY)
        and not any(word in name.lower() for word in SECRET_WORDS)
    ]


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    advice = gettext("Kembali dan coba lagi. Bila Anda membuka tautan, periksa apakah tautannya lengkap.")
    return _state(request, 400, "alert", gettext("Permintaan tidak terbaca"), advice)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    advice = gettext(
        "Anda masuk dengan benar, tetapi peran Anda tidak mencakup halaman ini. "
        "Bila tugas Anda memerlukannya, mintalah perannya kepada pengelola kepegawaian."
    )
    return _state(request, 403, "lock", gettext("Halaman ini bukan untuk Anda"), advice)


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or cookies are off (`CSRF_FAILURE_VIEW`)."""
    refusal = Refusal(
        gettext("Formulir ini sudah terlalu lama terbuka. Muat ulang halamannya, lalu kirim sekali lagi.")
    )
    return refused(request, refusal, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    advice = gettext("Alamatnya mungkin salah ketik atau isinya sudah dipindahkan. Mulailah dari halaman depan.")
    return _state(request, 404, "search", gettext("Halaman tidak ditemukan"), advice)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    advice = gettext("Untuk keamanan, kami berhenti sebentar. Tunggu beberapa menit, lalu coba lagi.")
    return _state(request, 429, "wait", gettext("Terlalu banyak percobaan"), advice)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the database, which may be what failed."""
    return render(None, "web/states/server_error.html", {}, status=500)  # type: ignore[arg-type]


def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker shows without a network; the same for everyone, so it may be kept."""
    return shell_page("web/states/offline.html")


def _state(request: HttpRequest, status: int, symbol: str, heading: str, advice: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return refused(request, Refusal(advice), status=status)
    context = {"heading": heading, "reason": advice, "symbol": symbol, "entries": entered(request)}
    return render(request, "web/states/refused.html", context, status=status)
