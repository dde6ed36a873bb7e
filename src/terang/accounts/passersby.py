"""How often one network address may do what needs no account: enough for a kiosk or a village behind one address, too
little to try out secrets or to flood an office. Counted in the cache, never stored."""

import hashlib
import time
from dataclasses import dataclass

from django.http import HttpRequest

from terang.accounts.counting import count_one, counted
from terang.accounts.devices import address_of

WINDOW_SECONDS = 600


@dataclass(frozen=True)
class Limit:
    """At most `most` times in a window of `seconds`, by address. `name` tells one limit from another."""

    name: str
    most: int
    seconds: int = WINDOW_SECONDS

    def reached(self, request: HttpRequest) -> bool:
        """Whether this address has done it as often as it may; counts nothing."""
        return counted(self._key(request)) >= self.most

    def count(self, request: HttpRequest) -> int:
        """Counts one more within the running window and returns how many there are."""
        return count_one(self._key(request), self.seconds)

    def exceeded(self, request: HttpRequest) -> bool:
        """Counts one more; whether that was too many."""
        return self.count(request) > self.most

    def _key(self, request: HttpRequest) -> str:
        """Each window counts under a key of its own: steady use of a kiosk never prolongs the one before."""
        window = int(time.time()) // self.seconds
        return f"terang:passersby:{self.name}:{address_of(request).replace(' ', '')}:{window}"


LOOKS = Limit("looks", most=900)
"""Pages that ask by themselves whether something moved (`web.fresh`): sixty open ones behind one address."""


@dataclass(frozen=True)
class NumberLimit:
    """How often codes may be tried out on one number within `seconds`: `from_one` network address, and from all
    together. The first shuts the number for whoever guesses and nobody else; the second is so high that only many
    addresses at once reach it, and still low beside the 50 bits of a code. Numbers that do not exist count alike."""

    name: str
    from_one: int = 10
    from_all: int = 300
    seconds: int = 60 * 60

    def reached(self, request: HttpRequest, number: str) -> bool:
        """Whether this address may try no more codes on this number; counts nothing."""
        here, anywhere = self._keys(request, number)
        return counted(here) >= self.from_one or counted(anywhere) >= self.from_all

    def count(self, request: HttpRequest, number: str) -> None:
        """One more wrong code."""
        for key in self._keys(request, number):
            count_one(key, self.seconds)

    def _keys(self, request: HttpRequest, number: str) -> tuple[str, str]:
        digest = hashlib.sha256(number.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        key = f"terang:numbers:{self.name}:{digest}:{int(time.time()) // self.seconds}"
        return f"{key}:{address_of(request).replace(' ', '')}", key
