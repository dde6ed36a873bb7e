"""How often one address, and one number, may do what needs no account."""

import time

from terang.accounts.counting import count_one, counted
from terang.accounts.passersby import Limit
from terang.web.secrets import plain_code

REPORTS = Limit("complaints-sent", most=12)
"""Reports sent: a village with one phone, not a flood."""
MESSAGES = Limit("complaints-messages", most=60)
WRONG_SECRETS = Limit("complaints-wrong", most=20)
"""Links and codes that open nothing."""
SUGGESTIONS = Limit("complaints-similar", most=200)

WRONG_PER_NUMBER = 10
HOUR = 3600


def number_is_shut(number: str) -> bool:
    """Whether codes were tried out on this number as often as may be within the hour; its link still works."""
    return counted(_key(number)) >= WRONG_PER_NUMBER


def count_wrong(number: str) -> None:
    """One more wrong code for this number, whether there is such a number or not."""
    count_one(_key(number), HOUR)


def _key(number: str) -> str:
    return f"terang:complaints:wrong:{plain_code(number)[:20]}:{int(time.time()) // HOUR}"
