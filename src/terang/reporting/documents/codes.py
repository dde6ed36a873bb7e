"""The short code on paper and the way to the page that explains it."""

import io
import secrets

import segno
from django.conf import settings
from django.urls import reverse

from terang.reporting.documents.sheets import Proof

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base 32 without I, L, O and U: nothing that is misread on paper."""
LENGTH = 10
_MISREAD = str.maketrans("ILO", "110")


def new_code() -> str:
    """50 random bits: cannot be guessed through a page that counts wrong codes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(text: str) -> str:
    """A code as typed from paper: small letters, dashes and spaces are fine, I and L are read as 1, O as 0."""
    return "".join(text.upper().translate(_MISREAD).replace("-", "").split())


def shown_code(code: str) -> str:
    """In two groups of five: K7QF2-M9XAB."""
    return f"{code[:5]}-{code[5:]}"


def address_of(code: str) -> str:
    """The whole address of the page."""
    return f"{settings.SITE_URL}{reverse('documents:verify', args=[code])}"


def issued_proof(code: str, version: str, digest: str) -> Proof:
    """The foot of an issued document. `version` as it stands in words, `digest` that of the content."""
    address = address_of(code)
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False, omitsize=True)
    lines = (
        f"Kode {shown_code(code)} · {version} · sidik naskah {digest[:12]}",
        f"Periksa keaslian: {address.partition('://')[2]}",
    )
    return Proof(drawn.getvalue().decode(), shown_code(code), lines)


def draft_proof(version: str, digest: str) -> Proof:
    """The foot of a draft: no code, for nothing was issued."""
    return Proof(lines=(f"DRAF, belum disepakati · {version} · sidik naskah {digest[:12]}",))
