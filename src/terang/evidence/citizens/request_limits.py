"""How often one address may apply or try out keys, and how often one number may be tried from anywhere."""

import hashlib
import time

from terang.accounts.counting import count_one, counted
from terang.accounts.passersby import Limit

APPLICATIONS = Limit("service-apply", most=20)
"""In ten minutes from one address: a village office that helps its people, no flood."""
WRONG_KEYS = Limit("service-key-wrong", most=20)
TRIES_A_NUMBER = 10
NUMBER_SECONDS = 60 * 60


def number_reached(number: str) -> bool:
    """Whether codes for this number were tried too often in this hour, from wherever; numbers that do not exist count
    alike. The link still opens."""
    return counted(_key(number)) >= TRIES_A_NUMBER


def count_wrong_number(number: str) -> None:
    count_one(_key(number), NUMBER_SECONDS)


def _key(number: str) -> str:
    digest = hashlib.sha256(number.encode()).hexdigest()[:32]
    return f"terang:citizens:number:{digest}:{int(time.time()) // NUMBER_SECONDS}"
