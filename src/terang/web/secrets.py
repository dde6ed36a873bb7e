"""Secrets for people without an account: long tokens of links, and a link as a picture."""

import hashlib
import io
import secrets

import segno
from django.utils.safestring import SafeString, mark_safe


def new_token() -> str:
    """192 random bits as text for an address."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """What is stored of a token: it is random and long, so that a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def qr_code(address: str) -> SafeString:
    """The address as a QR code in inline SVG, dark on white in every colour scheme."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", scale=6, border=3, dark="#000", light="#fff", xmldecl=False, svgns=False, omitsize=True
    )
    return mark_safe(drawn.getvalue().decode())  # noqa: S308 (drawn by segno from an address of our own)
