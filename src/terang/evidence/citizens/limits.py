"""How often one address may try survey links: enough for a kiosk that many people use, too little to try out tokens."""

import time

from django.core.cache import cache
from django.http import HttpRequest

from terang.accounts.devices import address_of

WINDOW_SECONDS = 600
MOST_WRONG = 30
MOST_ANSWERS = 120


def too_many_wrong(request: HttpRequest) -> bool:
    """Whether this address has opened too many links that do not exist."""
    return int(cache.get(_key(request, "wrong"), 0)) >= MOST_WRONG


def too_many_answers(request: HttpRequest) -> bool:
    """Counts an answer; whether this address has sent too many."""
    return count(request, "answers") > MOST_ANSWERS


def count(request: HttpRequest, what: str) -> int:
    """Counts one more within the running window and returns how many there are."""
    key = _key(request, what)
    number = int(cache.get(key, 0)) + 1
    cache.set(key, number, WINDOW_SECONDS)
    return number


def _key(request: HttpRequest, what: str) -> str:
    """Each window counts under a key of its own: steady use of a kiosk never prolongs the one before."""
    window = int(time.time()) // WINDOW_SECONDS
    return f"terang:survey:{what}:{address_of(request).replace(' ', '')}:{window}"
