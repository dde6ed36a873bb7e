"""How many letters one mail address gets in a day from what needs no account: who names somebody else's address makes
this government's server fill no mailbox. One cap for all rooms, counted in the cache by a digest of the address."""

import time

from terang.accounts.counting import count_one
from terang.audit.personal import digest_of

FIRST_A_DAY = 10
"""Letters that say something was received: whoever fills in a form chooses where they go."""
NEWS_A_DAY = 20
"""Later news, counted apart: a flood of forms silences nobody's real request."""
DAY = 24 * 3600


def has_enough(address: str, *, first: bool) -> bool:
    """Counts one more letter to `address` today (UTC); whether there were as many as may be. `first` is the letter
    that says something was received."""
    kind, most = ("first", FIRST_A_DAY) if first else ("news", NEWS_A_DAY)
    digest, day = digest_of(address.strip().casefold())[:32], int(time.time()) // DAY
    return count_one(f"terang:letters:{kind}:{digest}:{day}", DAY) > most
