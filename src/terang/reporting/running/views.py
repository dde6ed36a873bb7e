"""Signs of life for monitors, and figures for those who may read them. Without session, account and cookies."""

import hmac

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from terang.reporting.running import facts, metrics

LOOPBACK = ("127.0.0.1", "::1")
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """That this process answers; asks nothing else, so that a slow database does not get it killed."""
    return _text("ok")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 where people can work: database, worker, room on the disk; 503 where not. What is amiss is told to those who
    may read the figures, and to nobody else."""
    amiss = _amiss()
    words = "\n".join(amiss) if amiss and _may_read(request) else "tidak siap" if amiss else "siap"
    return _text(words, status=503 if amiss else 200)


@require_safe
@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """For Prometheus: with the token, or from this machine and not through a proxy. For everybody else there is no such
    page."""
    if not _may_read(request):
        raise Http404
    return HttpResponse(metrics.exposition(facts.standing()), content_type=metrics.CONTENT_TYPE)


def _amiss() -> list[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        running = facts.worker_status().running
    except DatabaseError:
        return ["basis data tidak menjawab"]
    found = [] if running else ["pekerja latar tidak berjalan"]
    return [*found, "cakram data hampir penuh"] if facts.free_bytes() < facts.LEAST_FREE_BYTES else found


def _may_read(request: HttpRequest) -> bool:
    token = settings.TERANG_METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not any(name in request.META for name in FORWARDED)


def _text(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(f"{words}\n", content_type="text/plain; charset=utf-8", status=status)
