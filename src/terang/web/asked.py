"""Numbers and days as an address or a form names them; anything else is nothing asked, never an error."""

from collections.abc import Iterable
from datetime import date

MOST_DIGITS = 18
"""So many digits any key of the database can have."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
NEVER = -1
"""The version of nothing: what was sent without one is never current."""


def asked_int(text: object) -> int | None:
    """A whole number from zero in plain digits (0–9), at most `MOST_DIGITS` of them; None for anything else."""
    told = text if isinstance(text, str) else ""
    return int(told) if told.isascii() and told.isdigit() and len(told) <= MOST_DIGITS else None


def asked_ints(texts: Iterable[str]) -> list[int]:
    """The numbers among the texts, in order."""
    return [number for text in texts if (number := asked_int(text)) is not None]


def asked_pairs(texts: Iterable[str]) -> dict[int, int]:
    """Numbers told as `12:3`, the second by the first; what is no such pair is left out."""
    halves = (text.partition(":") for text in texts)
    pairs = ((asked_int(first), asked_int(second)) for first, _mark, second in halves)
    return {first: second for first, second in pairs if first is not None and second is not None}


def asked_version(text: object) -> int:
    """The version a page was drawn from; `NEVER` where none is told."""
    number = asked_int(text)
    return NEVER if number is None else number


def asked_year(text: object) -> int | None:
    """A year from `FIRST_YEAR` to `LAST_YEAR`."""
    number = asked_int(text)
    return number if number is not None and FIRST_YEAR <= number <= LAST_YEAR else None


def asked_day(text: object) -> date | None:
    """An ISO day in one of these years."""
    try:
        day = date.fromisoformat(text if isinstance(text, str) else "")
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
