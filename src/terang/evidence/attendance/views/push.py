"""What attendance devices talk to: plain text, no session, no account; only known serial numbers get an answer."""

from collections.abc import Callable
from functools import wraps

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.devices import address_of
from terang.evidence.attendance.models import Device
from terang.evidence.attendance.services import pushing

LARGEST = 1024 * 1024
"""Bytes of one message. A device sends some hundred lines at once, about twenty kilobytes."""
MESSAGES_A_MINUTE = 240
"""Messages of one device that are taken in a minute; more are sent again later."""
View = Callable[[HttpRequest, Device], HttpResponse]


def plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def for_devices(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Lets only known devices in, with a limit on size and number of their messages."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        serial = request.GET.get("SN", "").strip()[:40]
        device = pushing.known_device(serial) if serial else None
        if device is None:
            pushing.note_refusal(serial, address_of(request))
            return plain("ERROR: unknown device\n", 403)
        if _length(request) > LARGEST:
            return plain("ERROR: too large\n", 413)
        if request.method == "POST" and _too_many(device):
            return plain("ERROR: too many\n", 429)
        return view(request, device)

    return guarded


def _length(request: HttpRequest) -> int:
    told = request.headers.get("Content-Length", "")
    return int(told) if told.isascii() and told.isdigit() else 0


def _too_many(device: Device) -> bool:
    key = f"terang:iclock:{device.pk}"
    if cache.add(key, 1, 60):
        return False
    try:
        return int(cache.incr(key)) > MESSAGES_A_MINUTE
    except ValueError:  # the minute has just ended
        return False


@require_http_methods(["GET", "HEAD", "POST"])
def _data(request: HttpRequest, device: Device) -> HttpResponse:
    """GET: the device asks how to send. POST: it sends; only the attendance log is kept."""
    steady = pushing.note_seen(device)
    if request.method != "POST":
        return plain(pushing.greeting(device))
    if request.GET.get("table", "").upper() != "ATTLOG":
        return plain("OK\n")
    text = request.body.decode("latin-1")
    stamp = request.GET.get("Stamp", "")
    return plain(f"OK: {pushing.take_log(device, text, stamp, steady=steady)}\n")


@require_safe
def _nothing_to_do(request: HttpRequest, device: Device) -> HttpResponse:
    """The device asks for commands: there are never any."""
    pushing.note_seen(device)
    return plain("OK\n")


@require_http_methods(["GET", "HEAD", "POST"])
def _taken(request: HttpRequest, device: Device) -> HttpResponse:
    return plain("OK\n")


data, request_of_device, result, ping = (
    for_devices(_data),
    for_devices(_nothing_to_do),
    for_devices(_taken),
    for_devices(_nothing_to_do),
)
