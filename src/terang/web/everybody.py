"""Addresses that are the same for everybody: answered before session, account and form protection are looked at.

What stands under `TERANG_FOR_EVERYBODY`, but for `TERANG_WITH_SESSION`, reads no cookie and sets none, so that shared
caches may keep it, and it costs nothing of what a signed-in page costs. Such a view sees no `user`, no `viewer` and no
messages, and chooses its own language.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from terang.web.errors import Refusal
from terang.web.states import refused

GetResponse = Callable[[HttpRequest], HttpResponse]


def everybody_middleware(get_response: GetResponse) -> GetResponse:
    """Stands before the session. Raises Http404 and DisallowedHost as the middleware behind it would."""
    prefixes, others = tuple(settings.TERANG_FOR_EVERYBODY), tuple(settings.TERANG_WITH_SESSION)

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(prefixes) or request.path_info.startswith(others):
            return get_response(request)
        request.get_host()
        request.resolver_match = resolve(request.path_info)
        view, args, kwargs = request.resolver_match
        try:
            response: HttpResponse = view(request, *args, **kwargs)
        except Refusal as refusal:
            response = refused(request, refusal)
        response.headers.setdefault("X-Frame-Options", "DENY")
        return response

    return middleware
