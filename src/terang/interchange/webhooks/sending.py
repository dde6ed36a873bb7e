"""One message on its way: signed by the public convention (standardwebhooks.com), to an allowed address, no further.

The operator of the server names the hosts that may be told (`TERANG_WEBHOOK_HOSTS`): nobody makes this server call
addresses of the internal network by filling in a form. A redirect is not followed.
"""

import base64
import hashlib
import hmac
import http.client
import secrets
import socket
import ssl
import time
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.translation import gettext

TIMEOUT_SECONDS = 5
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PREFIX = "whsec_"
GONE = 410


@dataclass(frozen=True)
class Answer:
    """What came of one attempt: `status` missing where nobody answered, `error` empty where it arrived."""

    status: int | None
    error: str
    took_ms: int

    @property
    def arrived(self) -> bool:
        return not self.error


def new_secret() -> str:
    """192 random bits, in the form that libraries of receivers take."""
    return PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def hidden(secret: str) -> str:
    """Encrypted for the database."""
    return _cipher().encrypt(secret.encode()).decode()


def shown(stored: str) -> str:
    return _cipher().decrypt(stored.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"terang.interchange.webhooks" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def why_not(address: str) -> str:
    """Why messages may not go to an address, in the reader's language; empty where they may."""
    parts = urlsplit(address)
    try:
        parts.port  # noqa: B018 (raises where it is no number)
    except ValueError:
        return gettext("Nomor port pada alamat ini tidak terbaca.")
    host = parts.hostname or ""
    if parts.username or parts.password:
        return gettext("Alamat tidak boleh memuat nama atau kata sandi.")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        return gettext("Alamat harus dimulai dengan https://.")
    if host not in settings.TERANG_WEBHOOK_HOSTS:
        told = gettext("Server ini belum diizinkan mengirim ke %(host)s. Minta operator server menambahkannya.")
        return told % {"host": host or "–"}
    return ""


def signature(secret: str, message_id: str, stamp: int, body: bytes) -> str:
    """HMAC-SHA256 over id, second and body."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = b".".join((message_id.encode(), str(stamp).encode(), body))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def send(address: str, secret: str, message_id: str, body: bytes, now: datetime) -> Answer:
    """Sends one message and waits a few seconds at most. Raises nothing that the other side could cause."""
    if why := why_not(address):
        return Answer(None, why, 0)
    stamp = int(now.timestamp())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Terang",
        "webhook-id": message_id,
        "webhook-timestamp": str(stamp),
        "webhook-signature": signature(secret, message_id, stamp, body),
    }
    start = time.monotonic()
    status, error = _post(address, headers, body)
    return Answer(status, error, int((time.monotonic() - start) * 1000))


def _post(address: str, headers: dict[str, str], body: bytes) -> tuple[int | None, str]:
    parts = urlsplit(address)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    line = _line(parts.scheme, parts.hostname or "", parts.port)
    try:
        line.request("POST", path, body=body, headers=headers)
        status = line.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return None, _failure(error)[:300]
    finally:
        line.close()
    if 200 <= status < 300:
        return status, ""
    if 300 <= status < 400:
        return status, gettext("Alamat mengalihkan; isi alamat tujuannya langsung.")
    return status, gettext("Dijawab dengan status %(status)s.") % {"status": status}


def _failure(error: Exception) -> str:
    """Why nothing came back, in words that say where to look."""
    match error:
        case TimeoutError():
            return gettext("Tidak dijawab dalam %(n)s detik.") % {"n": TIMEOUT_SECONDS}
        case socket.gaierror():
            return gettext("Nama host pada alamat itu tidak ditemukan.")
        case ssl.SSLError():
            return gettext("Sertifikat alamat itu tidak dapat dipercaya: %(error)s") % {"error": error}
        case ConnectionRefusedError():
            return gettext("Tidak ada yang menjawab di alamat itu.")
    return gettext("Sambungan putus: %(error)s") % {"error": error}


def _line(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
    context = ssl.create_default_context()
    return http.client.HTTPSConnection(host, port, timeout=TIMEOUT_SECONDS, context=context)
