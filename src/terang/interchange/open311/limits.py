"""How often programs may ask and send: by address for reading and for wrong keys, by key for sending."""

import time
from dataclasses import dataclass

from django.core.cache import caches
from django.http import HttpRequest

from terang.accounts.passersby import Limit
from terang.interchange.models import ApiKey

WRONG_KEYS = Limit("open311-key", 30)
REPORTS_OF_A_KEY = 200
LARGEST = 32 * 1024 * 1024
"""Bytes of one report with its photos."""


@dataclass(frozen=True)
class ReadLimit(Limit):
    """Counted by each process for itself: a look must not cost a write to the database."""

    def count(self, request: HttpRequest) -> int:
        counts, key = caches["counts"], self._key(request)
        counts.add(key, 0, self.seconds)
        return int(counts.incr(key))


READS = ReadLimit("open311-read", 600)


@dataclass(frozen=True)
class KeyLimit(Limit):
    """Counted by the key, whatever the address."""

    key_id: int = 0

    def _key(self, request: HttpRequest) -> str:
        return f"terang:{self.name}:{self.key_id}:{int(time.time()) // self.seconds}"


def reports_of(key: ApiKey) -> KeyLimit:
    return KeyLimit("open311-reports", REPORTS_OF_A_KEY, key_id=key.pk)
