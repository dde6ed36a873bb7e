"""The demo answers to the machine it runs on, and to nobody else."""

import ipaddress

from django.conf import settings
from django.http import Http404, HttpRequest

_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via")


def require_demo(request: HttpRequest) -> None:
    """Raises `Http404` outside demo mode, and for another machine, another host name or what a proxy passed on."""
    if not settings.DEMO or not _is_loopback(request.META.get("REMOTE_ADDR", "")):
        raise Http404
    if not _is_loopback(_host(request)) or any(name in request.headers for name in _FORWARDED):
        raise Http404


def _host(request: HttpRequest) -> str:
    name = request.get_host()
    return name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
