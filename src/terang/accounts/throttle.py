"""How often a secret may be guessed: per account and per address, without shutting out an office behind one address.

Each limit is a row of slots in the shared cache. A try takes one free slot of each limit that applies, before anything
is checked; a right answer gives them back, so only wrong answers count. Taking a slot is `cache.add`, which one process
wins: tries that run side by side cannot share a slot. A slot empties by itself when its time is over.

| limit | slots | time | applies to |
|---|---|---|---|
| account at this source | 5 | 15 minutes | everybody; the source is the known device, otherwise the address |
| account anywhere | 20 | 1 hour | devices on which the account has never signed in |
| address, any account | 100 | 15 minutes | devices on which the account has never signed in |

So one colleague who mistypes, or somebody who tries many accounts from inside the office, does not stop those who have
signed in on their own device before; and nobody outside can lock a person out of their own device.
"""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.cache import cache
from django.http import HttpRequest

from terang.accounts.devices import address_of, device_of, nip_digest


@dataclass(frozen=True)
class Limit:
    """At most `tries` wrong answers within `seconds`, counted under `key`."""

    key: str
    tries: int
    seconds: int

    def slots(self) -> list[str]:
        return [f"terang:throttle:{self.key}:{number}" for number in range(self.tries)]


class Throttled(Exception):
    """Too many wrong answers. `until` is when the next try is free."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"throttled until {until.isoformat()}")
        self.until = until

    @property
    def seconds(self) -> int:
        return max(1, math.ceil(self.until.timestamp() - time.time()))


@dataclass
class Try:
    """A try that has begun: it counts as wrong until it is forgiven."""

    taken: list[str]

    def forgive(self) -> None:
        cache.delete_many(self.taken)


def begin_try(request: HttpRequest, nip: str) -> Try:
    """Takes a slot of every limit that applies; raises `Throttled` (and takes none) where one of them is full."""
    begun = Try([])
    for limit in _limits(request, nip):
        slot = _take(limit)
        if slot is None:
            begun.forgive()
            raise Throttled(_free_again(limit))
        begun.taken.append(slot)
    return begun


def _limits(request: HttpRequest, nip: str) -> Iterator[Limit]:
    account, device = nip_digest(nip), device_of(request)
    if device is not None and device.knows(nip):
        yield Limit(f"pair:{account}:device:{device.id}", 5, 15 * 60)
        return
    address = address_of(request).replace(" ", "")
    yield Limit(f"pair:{account}:address:{address}", 5, 15 * 60)
    yield Limit(f"account:{account}", 20, 60 * 60)
    yield Limit(f"address:{address}", 100, 15 * 60)


def _take(limit: Limit) -> str | None:
    slots = limit.slots()
    used = cache.get_many(slots)
    until = time.time() + limit.seconds
    return next((slot for slot in slots if slot not in used and cache.add(slot, until, limit.seconds)), None)


def _free_again(limit: Limit) -> datetime:
    ends = cache.get_many(limit.slots()).values()
    return datetime.fromtimestamp(min(ends, default=time.time()), UTC)
