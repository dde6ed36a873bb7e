"""Numbers of a ledger in words: exact to what can be read, with Indonesian marks."""

from datetime import date
from fractions import Fraction
from functools import lru_cache

from terang.rules.allowance.ledger import Exact
from terang.rules.sentences import Sentence, joined

NO_BREAK = "\u00a0"


@lru_cache(maxsize=4096)
def rupiah(value: Exact) -> str:
    """Rp1.250.000; what is not whole with two decimals: Rp1.383.243,75."""
    return f"{'−' if value < 0 else ''}Rp{number(abs(value), 2)}"


@lru_cache(maxsize=4096)
def share(value: Exact) -> str:
    """Basis points as per cent, to four decimals at most: 9850 → "98,5 %"."""
    return f"{number(Fraction(value, 100), 4)}{NO_BREAK}%"


@lru_cache(maxsize=4096)
def number(value: Exact, places: int) -> str:
    """At most so many decimals, half-up, no trailing zeros."""
    scale: int = 10**places
    scaled = (2 * abs(value.numerator) * scale + value.denominator) // (2 * value.denominator)
    whole, decimals = divmod(scaled, scale)
    digits = f"{decimals:0{places}d}".rstrip("0") if places else ""
    sign = "−" if value < 0 and scaled else ""
    return f"{sign}{whole:,}".replace(",", ".") + (f",{digits}" if digits else "")


def amount(value: Exact, unit: str) -> str:
    """A value in its unit."""
    if unit == "rupiah":
        return rupiah(value)
    if unit == "share":
        return share(value)
    if unit == "minutes":
        return Sentence("%(n)s menit", {"n": number(value, 2)})
    if unit == "days":
        return Sentence("%(n)s hari", {"n": number(value, 2)})
    if unit == "months":
        return Sentence("%(n)s bulan", {"n": number(value, 2)})
    if unit == "flag":
        return Sentence("ya") if value else Sentence("tidak")
    return number(value, 2)


def times(parts: list[str]) -> Sentence:
    """Factors with the sign between them."""
    return _times(tuple(parts))


@lru_cache(maxsize=4096)
def _times(parts: tuple[str, ...]) -> Sentence:
    return joined(" × ", parts)


def day(value: date) -> str:
    return value.isoformat()
