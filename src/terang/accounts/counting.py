"""Counts how often something happened in a window, in the cache: what limits are made of.

Django's cache in the database counts by reading and writing back, and gives the key its own five minutes; so the window
is set anew with every count. A key names its window, and ends with it.
"""

from django.core.cache import cache


def count_one(key: str, seconds: int) -> int:
    """One more under `key`, kept for `seconds` from now; returns how many there are."""
    if cache.add(key, 1, seconds):
        return 1
    try:
        number = int(cache.incr(key))
    except ValueError:  # it ended between the two calls
        cache.set(key, 1, seconds)
        return 1
    cache.touch(key, seconds)
    return number


def counted(key: str) -> int:
    """How many there are; counts nothing."""
    return int(cache.get(key, 0))
