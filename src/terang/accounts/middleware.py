"""What every signed-in request must pass: a young enough session, an employee, a second factor where required."""

import time
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from terang.accounts.access import needs_second_factor
from terang.accounts.models import SignIn
from terang.accounts.requests import SignedInRequest
from terang.accounts.selectors import has_second_factor
from terang.accounts.services import DEMO, SEEN, SIGN_IN, STARTED, close_session
from terang.web.htmx import redirect as redirect_page

TOUCH_SECONDS = 5 * 60
HAS_FACTOR = "has_second_factor"

_ALWAYS = {
    "account_logout",
    "account_inactive",
    "set_language",
    "manifest",
    "service_worker",
    "offline",
    *cast(list[str], settings.TERANG_OUTBOX["pages"]),
}
_PROVING = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
_ENROLLING = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
}
_OWN = {
    "accounts:profile",
    "accounts:language",
    "accounts:email",
    "accounts:confirm_email",
    "accounts:end_session",
    "account_change_password",
}


class AccountPolicyMiddleware:
    """Stands after the viewer. Costs nothing for people who are not signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: SignedInRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        if _too_old(request):
            close_session(request)
            return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.path})}")
        _touch(request)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in _ALWAYS | _PROVING:
            return None
        return _without_employee(request, name) or _without_factor(request, name)


def _too_old(request: SignedInRequest) -> bool:
    started = request.session.get(STARTED)
    return started is not None and time.time() - started > settings.SESSION_COOKIE_AGE


def _touch(request: SignedInRequest) -> None:
    """Notes at most every five minutes that the session is alive: a write per page view costs more than it tells."""
    seen = request.session.get(SEEN)
    if seen is not None and time.time() - seen > TOUCH_SECONDS:
        request.session[SEEN] = time.time()
        SignIn.objects.filter(pk=request.session.get(SIGN_IN, 0)).update(last_seen_at=timezone.now())


def _without_employee(request: SignedInRequest, name: str) -> HttpResponse | None:
    if request.viewer or name in _OWN | _ENROLLING or name.startswith("demo:"):
        return None
    return render(request, "accounts/no_employee.html", status=403)


def _without_factor(request: SignedInRequest, name: str) -> HttpResponse | None:
    if name in _ENROLLING or name.startswith("demo:") or not _factor_missing(request):
        return None
    return redirect_page(request, reverse("mfa_index"))


def _factor_missing(request: SignedInRequest) -> bool:
    """True where a role requires a second factor and none is enrolled. The demo's own door is let through."""
    if request.session.get(HAS_FACTOR) or (settings.DEMO and request.session.get(DEMO)):
        return False
    if not needs_second_factor(request.viewer):
        return False
    if has_second_factor(request.user):
        request.session[HAS_FACTOR] = True
        return False
    return True
