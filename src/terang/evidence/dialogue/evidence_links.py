"""What feedback may point to as its evidence: a page of Terang, or an address on the web."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import Resolver404, resolve
from django.utils.translation import gettext

_ON_THE_WEB = URLValidator(schemes=["https", "http"])


def check_link(text: str) -> None:
    """Raises ValidationError beside the field where it is neither. Empty is fine. Whether the reader may open the page
    is decided by the page."""
    if not text or is_inside(text):
        return
    try:
        _ON_THE_WEB(text)
    except ValidationError:
        message = gettext("Salin alamat lengkapnya, misalnya https://… atau alamat sebuah halaman di Terang.")
        raise ValidationError({"evidence": message}) from None


def is_inside(text: str) -> bool:
    """Whether it is a page of Terang."""
    if not text.startswith("/") or text.startswith("//"):
        return False
    try:
        resolve(urlsplit(text).path)
    except Resolver404:
        return False
    return True
