"""How often one address may ask for codes: unknown ones enough for typing slips, known ones enough for an office behind
one address; too little to try codes out or to keep the server busy."""

import time

from django.core.cache import cache
from django.http import HttpRequest

from terang.accounts.devices import address_of

WINDOW_SECONDS = 600
MOST_WRONG = 30
MOST_ASKED = 300


def too_many_asked(request: HttpRequest) -> bool:
    """Whether this address has asked for too many codes, or too many unknown ones, in the running window."""
    return _count(request, "salah") >= MOST_WRONG or _count(request, "semua") >= MOST_ASKED


def count_asked(request: HttpRequest, *, known: bool) -> None:
    """Counts one more; each window has keys of its own."""
    for what in ("semua",) if known else ("semua", "salah"):
        cache.set(_key(request, what), _count(request, what) + 1, WINDOW_SECONDS)


def _count(request: HttpRequest, what: str) -> int:
    return int(cache.get(_key(request, what), 0))


def _key(request: HttpRequest, what: str) -> str:
    window = int(time.time()) // WINDOW_SECONDS
    return f"terang:periksa:{what}:{address_of(request).replace(' ', '')}:{window}"
