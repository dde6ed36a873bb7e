"""What opens a request to its applicant: a tracking number, with a link or a short code. Only digests are stored.

Both secrets are derived from the key of the form that made the request, under the server's own key, so that the same
form sent twice shows the same secrets although nobody keeps them: of the form's key only a digest is stored.
"""

import base64
import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from terang.evidence.citizens.models import KeyKind, RequestKey, Service, ServiceRequest
from terang.web.secrets import ALPHABET, plain_code, readable_code, token_hash

CODE_LENGTH = 10
_SALT = "terang.evidence.citizens.keys"


@dataclass(frozen=True)
class Secrets:
    """The two secrets of a request, shown once: 192 bits of a link, and 50 bits to type (throttled)."""

    token: str
    code: str

    @property
    def spaced_code(self) -> str:
        """The code in two groups, to be read aloud."""
        return f"{self.code[:5]}-{self.code[5:]}"


def secrets_of(form_key: UUID) -> Secrets:
    """The secrets of the request that this form makes; always the same."""
    link = _derived("link", form_key)[:24]
    code = "".join(ALPHABET[byte % 32] for byte in _derived("code", form_key)[:CODE_LENGTH])
    return Secrets(base64.urlsafe_b64encode(link).decode(), code)


def form_digest(form_key: UUID) -> str:
    return hashlib.sha256(form_key.bytes).hexdigest()


def new_number(service: Service) -> str:
    """A tracking number nobody can guess from another: `KTP-7F3K-9M2Q`."""
    head = plain_code(service.code)[:3] or "LAY"
    while ServiceRequest.objects.filter(tracking_code=(number := f"{head}-{readable_code(2)}")).exists():
        pass
    return number


def typed_number(typed: str) -> str:
    """A tracking number as it is stored, however it was typed; text that cannot be one comes back plain."""
    plain = plain_code(typed)[:20]
    return f"{plain[:-8]}-{plain[-8:-4]}-{plain[-4:]}" if len(plain) > 8 else plain


def store_keys(request: ServiceRequest, secrets: Secrets) -> None:
    """Makes these the keys of a request; those of before open nothing any more."""
    request.keys.all().delete()
    RequestKey.objects.bulk_create(
        [
            RequestKey(request=request, kind=KeyKind.LINK, digest=token_hash(secrets.token)),
            RequestKey(request=request, kind=KeyKind.CODE, digest=_code_digest(request.tracking_code, secrets.code)),
        ]
    )


def request_id_by_link(token: str) -> int | None:
    """One query."""
    keys = RequestKey.objects.filter(kind__in=(KeyKind.LINK, KeyKind.MAIL), digest=token_hash(token))
    return keys.values_list("request_id", flat=True).first()


def request_id_by_code(number: str, code: str) -> int | None:
    """None for an unknown number and a wrong code alike, after the same work. One query."""
    number, code = typed_number(number), plain_code(code)
    row = RequestKey.objects.filter(kind=KeyKind.CODE, request__tracking_code=number)
    found = row.values_list("request_id", "digest").first()
    stored = found[1] if found else "0" * 64
    matches = constant_time_compare(_code_digest(number, code), stored)
    return found[0] if found and matches else None


def _code_digest(number: str, code: str) -> str:
    """A plain hash of 50 bits could be searched by whoever has the database; this one needs the server's key too."""
    return salted_hmac(f"{_SALT}.stored", f"{number}:{code}", algorithm="sha256").hexdigest()


def _derived(purpose: str, form_key: UUID) -> bytes:
    return salted_hmac(f"{_SALT}.{purpose}", form_key.hex, algorithm="sha256").digest()
