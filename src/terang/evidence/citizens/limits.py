"""How often one address may try survey links: enough for a kiosk that many people use, too little to try out tokens."""

from django.core.cache import cache
from django.http import HttpRequest

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
    cache.add(key, 0, WINDOW_SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # the window ended between the two
        cache.set(key, 1, WINDOW_SECONDS)
        return 1


def _key(request: HttpRequest, what: str) -> str:
    return f"terang:survey:{what}:{request.META.get('REMOTE_ADDR', '')}"
