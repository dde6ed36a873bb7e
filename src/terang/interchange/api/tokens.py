"""Who asks: the application behind a bearer token, acting as its lender within its scopes."""

from dataclasses import dataclass
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from ninja.security import HttpBearer

from terang.interchange.api.applications import application_of, note_use, why_ended
from terang.interchange.api.limits import WRONG_TOKENS, limit_of
from terang.interchange.api.problems import NO_SCOPE, NO_TOKEN, TOO_MANY, Problem
from terang.interchange.api.scopes import BY_CODE
from terang.interchange.models import Application
from terang.registry.people.viewer import Viewer, viewer_for

CHALLENGE = 'Bearer realm="Terang"'


@dataclass(frozen=True)
class Caller:
    """An application and the person it acts for: the same viewer as on the pages."""

    application: Application
    viewer: Viewer


class Token(HttpBearer):
    """Lets in whose token is alive and lent for the scope. Four queries, one more on the first request of a day."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) or _refuse(gettext("Kirim token di kepala Authorization: Bearer."))

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        application = _application(request, token)
        _require_within(request, application)
        viewer = _viewer(application)
        if why := why_ended(application, viewer.today):
            _refuse(why, "invalid_token")
        if self.scope not in application.scopes:
            _refuse_scope(self.scope)
        note_use(application, viewer.today)
        request.viewer = viewer  # type: ignore[attr-defined]
        return Caller(application, viewer)


def caller_of(request: HttpRequest) -> Caller:
    """Who asks; only behind `Token`."""
    found: Caller = request.auth  # type: ignore[attr-defined]
    return found


def viewer_of(request: HttpRequest) -> Viewer:
    return caller_of(request).viewer


def _application(request: HttpRequest, token: str) -> Application:
    """Who tries out tokens is slowed; a token that is one passes, whatever others at its address do."""
    found = application_of(token)
    if found is None and WRONG_TOKENS.exceeded(request):
        wait = {"Retry-After": str(WRONG_TOKENS.seconds)}
        raise Problem(TOO_MANY, gettext("Terlalu banyak token yang salah dari alamat ini."), {}, wait)
    return found or _refuse(gettext("Token ini tidak dikenal."), "invalid_token")


def _viewer(application: Application) -> Viewer:
    user = application.lender.user
    viewer = viewer_for(user, timezone.now()) if user else None
    if viewer is None:
        _refuse(gettext("Pegawai yang meminjamkan akses ini sudah tidak aktif."), "invalid_token")
    timezone.activate(viewer.employee.agency.time_zone)
    return viewer


def _require_within(request: HttpRequest, application: Application) -> None:
    limit = limit_of(application, request.method or "")
    if limit.exceeded(request):
        told = gettext("Token ini dipakai terlalu sering. Coba lagi %(n)s detik lagi.") % {"n": limit.wait}
        raise Problem(TOO_MANY, told, {}, {"Retry-After": str(limit.wait)})


def _refuse(why: str, error: str = "") -> NoReturn:
    challenge = f'{CHALLENGE}, error="{error}"' if error else CHALLENGE
    raise Problem(NO_TOKEN, why, {}, {"WWW-Authenticate": challenge})


def _refuse_scope(scope: str) -> NoReturn:
    told = gettext("Token ini tidak dipinjami cakupan %(scope)s (%(label)s).")
    challenge = f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"'
    words = told % {"scope": scope, "label": BY_CODE[scope].label}
    raise Problem(NO_SCOPE, words, {}, {"WWW-Authenticate": challenge})
