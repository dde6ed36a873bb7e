"""How often one address may try codes that do not exist: enough for typing slips, too little to try codes out."""

import time

from django.core.cache import cache
from django.http import HttpRequest

from terang.accounts.devices import address_of

WINDOW_SECONDS = 600
MOST_WRONG = 30


def too_many_wrong(request: HttpRequest) -> bool:
    """Whether this address has asked for too many unknown codes in the running window."""
    return int(cache.get(_key(request), 0)) >= MOST_WRONG


def count_wrong(request: HttpRequest) -> None:
    """Counts one more; each window has a key of its own."""
    cache.set(_key(request), int(cache.get(_key(request), 0)) + 1, WINDOW_SECONDS)


def _key(request: HttpRequest) -> str:
    window = int(time.time()) // WINDOW_SECONDS
    return f"terang:periksa:{address_of(request).replace(' ', '')}:{window}"
