"""How often a program may ask and write, by its token; and how often an address may try tokens that are none."""

import time
from dataclasses import dataclass

from django.core.cache import caches
from django.http import HttpRequest

from terang.accounts.passersby import Limit
from terang.interchange.models import Application

WRONG_TOKENS = Limit("api-token", 300)
READS, WRITES = 600, 300
"""Of one token: reads in ten minutes, writes in an hour."""
HOUR = 60 * 60


@dataclass(frozen=True)
class TokenLimit(Limit):
    """Counted by the token, whatever the address."""

    token_id: int = 0

    @property
    def wait(self) -> int:
        """Seconds until the running window ends, at least one."""
        return max(self.seconds - int(time.time()) % self.seconds, 1)

    def _key(self, request: HttpRequest) -> str:
        return f"terang:{self.name}:{self.token_id}:{int(time.time()) // self.seconds}"


@dataclass(frozen=True)
class ReadLimit(TokenLimit):
    """Counted by each process for itself: a look must not cost a write to the database."""

    def count(self, request: HttpRequest) -> int:
        counts, key = caches["counts"], self._key(request)
        counts.add(key, 0, self.seconds)
        return int(counts.incr(key))


def limit_of(application: Application, method: str) -> TokenLimit:
    if method == "GET":
        return ReadLimit("api-read", READS, token_id=application.pk)
    return TokenLimit("api-write", WRITES, HOUR, token_id=application.pk)
