"""How often one address, and one number, may do what needs no account."""

from django.http import HttpRequest

from terang.accounts.passersby import Limit, NumberLimit
from terang.web.secrets import plain_code

REPORTS = Limit("complaints-sent", most=12)
"""Reports sent: a village with one phone, not a flood."""
MESSAGES = Limit("complaints-messages", most=60)
WRONG_SECRETS = Limit("complaints-wrong", most=20)
"""Links and codes that open nothing."""
SUGGESTIONS = Limit("complaints-similar", most=200)

WRONG_CODES = NumberLimit("complaint-code")
"""Codes tried out on one number; its link still works."""


def number_is_shut(request: HttpRequest, number: str) -> bool:
    """Whether codes were tried out on this number as often as may be within the hour."""
    return WRONG_CODES.reached(request, plain_code(number)[:20])


def count_wrong(request: HttpRequest, number: str) -> None:
    """One more wrong code for this number, whether there is such a number or not."""
    WRONG_CODES.count(request, plain_code(number)[:20])
