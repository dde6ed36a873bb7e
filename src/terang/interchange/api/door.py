"""What stands around every address of the API: the reader's language, the day of the lender's government, problems
instead of pages, and the trace of what overseers open. No session and no cookie is looked at (`web.everybody`)."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from terang.audit.services import acting_through
from terang.evidence.signals.watching import opening_middleware
from terang.interchange.api.problems import INVALID, WRONG_METHOD, Problem, answer
from terang.interchange.api.tokens import Caller
from terang.registry.people.appraisers import one_reading

View = Callable[..., HttpResponse]
JSON = "application/json"
Names = Callable[[str, str], frozenset[str] | None]


def at_the_door(view: View, names: Names) -> View:
    """`names` gives the query parameters that an address knows, by its name and method; None where
    everything is taken."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, **place: Any) -> HttpResponse:
        language = language_of(request)
        head = request.method == "HEAD"
        if head:
            request.method = "GET"
        try:
            with translation.override(language), one_reading() if request.method == "GET" else nullcontext():
                response = _answered(view, names, request, place)
                _note_opening(request, response)
        finally:
            timezone.deactivate()
        if head:
            response.content = b""
        response["Content-Language"] = language
        response["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Accept-Language", "Authorization"])
        return response

    return guarded


def language_of(request: HttpRequest) -> str:
    """The first known language of `Accept-Language`, otherwise Indonesian."""
    known = dict(settings.LANGUAGES)
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if (language := code.partition("-")[0]) in known:
            return language
    return settings.LANGUAGE_CODE


def _answered(view: View, names: Names, request: HttpRequest, place: dict[str, Any]) -> HttpResponse:
    name = request.resolver_match.url_name if request.resolver_match else ""
    known = names(name or "", request.method or "")
    if known is not None and (unknown := request.GET.keys() - known):
        errors = {each: [gettext("Isian ini tidak dikenal.")] for each in sorted(unknown)}
        return answer(Problem(INVALID, gettext("Alamat ini tidak mengenal isian itu; lihat errors."), errors))
    response = view(request, **place)
    if response.status_code == 405:
        allowed = response.headers.get("Allow", "GET")
        told = gettext("Alamat ini hanya melayani %(methods)s.") % {"methods": allowed}
        return answer(Problem(WRONG_METHOD, told, {}, {"Allow": allowed}))
    return response


def _note_opening(request: HttpRequest, response: HttpResponse) -> None:
    """As behind the pages: what an overseer opens of others is noted, here with the program's name."""
    caller = getattr(request, "auth", None)
    if isinstance(caller, Caller):
        with acting_through(caller.application.label):
            opening_middleware(lambda _request: response)(request)
