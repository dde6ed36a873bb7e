"""What a request says about the device behind it: browser by name, network by prefix, and whether it is known."""

import ipaddress
import re
import secrets
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "terang_perangkat"
COOKIE_SECONDS = 180 * 24 * 60 * 60
ACCOUNTS_PER_DEVICE = 20
_SALT = "terang.accounts.devices"

_BROWSERS = (
    (r"Edg[A-Z]*/", "Edge"),
    (r"OPR/", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"UCBrowser/", "UC Browser"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/", "Chrome"),
    (r"Safari/", "Safari"),
)
_SYSTEMS = (
    (r"Android", "Android"),
    (r"iPhone|iPad", "iOS"),
    (r"Windows", "Windows"),
    (r"Mac OS X", "macOS"),
    (r"Linux|X11", "Linux"),
)


@dataclass(frozen=True)
class Device:
    """A browser that carries our cookie. `accounts` are digests of the NIPs that have signed in on it."""

    id: str
    accounts: tuple[str, ...]

    def knows(self, nip: str) -> bool:
        return nip_digest(nip) in self.accounts


def nip_digest(nip: str) -> str:
    """The NIP as a salted digest, for journals, caches and cookies that must not hold it in clear."""
    return salted_hmac("terang.accounts.nip", nip, algorithm="sha256").hexdigest()[:24]


def browser_of(request: HttpRequest) -> str:
    """For example "Chrome, Android"; "Peramban lain" where the request does not say."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for pattern, name in _BROWSERS if re.search(pattern, agent)), "Peramban lain")
    system = next((name for pattern, name in _SYSTEMS if re.search(pattern, agent)), "")
    return f"{browser}, {system}" if system else browser


def address_of(request: HttpRequest) -> str:
    """The client's address as limits count it: IPv4 whole, IPv6 by its /64, which one subscriber holds entirely."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    return str(address) if address.version == 4 else str(ipaddress.ip_network(f"{address}/64", strict=False))


def place_of(request: HttpRequest) -> str:
    """The network as people see it in their list of sessions: 10.2.3.x, or the /48 of an IPv6 address."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    if address.version == 4:
        return f"{str(address).rpartition('.')[0]}.x"
    return str(ipaddress.ip_network(f"{address}/48", strict=False))


def device_of(request: HttpRequest) -> Device | None:
    """The known device behind the request, or None where the cookie is missing, forged or too old."""
    try:
        content = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=COOKIE_SECONDS)
        return Device(content["id"], tuple(content["accounts"]))
    except (signing.BadSignature, KeyError, TypeError):
        return None


def remember_device(request: HttpRequest, response: HttpResponse, nip: str) -> None:
    """Lets the browser prove later that this account has signed in on it before."""
    device = device_of(request) or Device(secrets.token_hex(8), ())
    others = [digest for digest in device.accounts if digest != nip_digest(nip)]
    accounts = [nip_digest(nip), *others][:ACCOUNTS_PER_DEVICE]
    response.set_cookie(
        COOKIE,
        signing.dumps({"id": device.id, "accounts": accounts}, salt=_SALT),
        max_age=COOKIE_SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
