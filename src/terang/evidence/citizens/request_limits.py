"""How often one address may apply or try out keys, and how often one number may be tried from anywhere."""

import hashlib
import time

from django.core.cache import cache

from terang.accounts.passersby import Limit

APPLICATIONS = Limit("service-apply", most=20)
"""In ten minutes from one address: a village office that helps its people, no flood."""
WRONG_KEYS = Limit("service-key-wrong", most=20)
TRIES_A_NUMBER = 10
NUMBER_SECONDS = 60 * 60


def number_reached(number: str) -> bool:
    """Whether codes for this number were tried too often in this hour, from wherever; numbers that do not exist count
    alike. The link still opens."""
    return int(cache.get(_key(number), 0)) >= TRIES_A_NUMBER


def count_wrong_number(number: str) -> None:
    key = _key(number)
    cache.add(key, 0, NUMBER_SECONDS)
    try:
        cache.incr(key)
    except ValueError:  # the hour ended between the two calls
        cache.set(key, 1, NUMBER_SECONDS)


def _key(number: str) -> str:
    digest = hashlib.sha256(number.encode()).hexdigest()[:32]
    return f"terang:citizens:number:{digest}:{int(time.time()) // NUMBER_SECONDS}"
