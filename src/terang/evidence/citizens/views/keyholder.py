"""How a browser holds a citizen's key: the two secrets for a quarter of an hour in a signed cookie of the browser that
made the request (the server keeps only digests), and which request is followed for half an hour in the session."""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from terang.evidence.citizens.keys import Secrets
from terang.evidence.citizens.models import ServiceRequest
from terang.evidence.citizens.request_selectors import request_of_key

COOKIE = "terang_kunci"
SHOWN_SECONDS = 15 * 60
"""How long a receipt can be shown again in the browser that got it."""
FOLLOWED = "citizens.followed"
FOLLOWED_SECONDS = 30 * 60
"""How long a browser follows a request before it needs the key again: many share a telephone."""


def show_secrets(response: HttpResponse, request_id: int, secrets: Secrets) -> HttpResponse:
    """Lets this browser show the secrets of a request again for a while, and no other one."""
    response.set_signed_cookie(
        COOKIE,
        f"{request_id} {secrets.token} {secrets.code}",
        salt=COOKIE,
        max_age=SHOWN_SECONDS,
        path="/layanan/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def shown_secrets(request: HttpRequest) -> tuple[int, Secrets] | None:
    """The request whose secrets this browser may still show."""
    value = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=SHOWN_SECONDS)
    parts = value.split(" ") if value else []
    return (int(parts[0]), Secrets(parts[1], parts[2])) if len(parts) == 3 else None


def follow(request: HttpRequest, request_id: int) -> None:
    """From now on this browser follows this request."""
    request.session[FOLLOWED] = [request_id, int(time.time()) + FOLLOWED_SECONDS]


def followed(request: HttpRequest) -> ServiceRequest | None:
    """The request this browser follows; missing once its time is over or the applicant was forgotten."""
    request_id, until = request.session.get(FOLLOWED, (0, 0))
    return request_of_key(request_id) if until > time.time() else None


def unfollow(request: HttpRequest) -> None:
    request.session.pop(FOLLOWED, None)
