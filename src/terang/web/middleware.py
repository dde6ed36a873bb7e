"""What stands around every request: language, refusals told as pages, notices for htmx, private pages kept private."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext

from terang.web.errors import Refusal
from terang.web.htmx import toast
from terang.web.states import refused

GetResponse = Callable[[HttpRequest], HttpResponse]
MESSAGE_KINDS = {"success": "ok", "error": "wrong", "warning": "attention"}


def language_middleware(get_response: GetResponse) -> GetResponse:
    """The language chosen with the switch, otherwise Indonesian; office browsers often ask for English by accident."""
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


class RefusalMiddleware:
    """Turns a `Refusal` that a view let pass into its page, or for htmx into a note that stands beside the form."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refused(request, exception) if isinstance(exception, Refusal) else None


def shell_middleware(get_response: GetResponse) -> GetResponse:
    """For htmx: notices as toasts, and a lost session told instead of a sign-in page in a fragment.

    For all pages: not kept by shared caches.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.headers.get("HX-Request"):
            response = _signed_out(request, response) or response
            _carry_messages(request, response)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["HX-Request", "Cookie"])
            if not response.has_header("Cache-Control"):
                patch_cache_control(response, private=True, no_cache=True)
        return response

    return middleware


def _signed_out(request: HttpRequest, response: HttpResponse) -> HttpResponse | None:
    target = urlsplit(response.headers.get("Location", ""))
    if response.status_code != 302 or target.path != resolve_url(settings.LOGIN_URL):
        return None
    reason = gettext("Sesi Anda sudah berakhir. Masuk lagi di tab lain, lalu ulangi di sini; isian Anda tetap ada.")
    return refused(request, Refusal(reason), status=401, link=(target.path, gettext("Masuk di tab baru")))


def _carry_messages(request: HttpRequest, response: HttpResponse) -> None:
    """Only where the response draws none itself: a full page shows its own notices, a download keeps them waiting."""
    if response.streaming:
        return
    if response.status_code >= 300 or response.headers.get("HX-Redirect") or b"</html>" in response.content[-20:]:
        return
    for message in get_messages(request):
        toast(response, str(message), MESSAGE_KINDS.get(message.level_tag, "quiet"))
