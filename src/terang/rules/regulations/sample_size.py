"""How many people to ask: Krejcie and Morgan, as PermenPANRB 14/2017 uses it for the satisfaction survey."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import isqrt
from typing import Any

from terang.rules.errors import RuleInputError
from terang.rules.regulations.rounding import half_up
from terang.rules.regulations.source import rule_set


def sample_size(population: int, on: date | None = None) -> int:
    """Respondents needed for a population: the formula for the real number, rounded to the nearest person.

    Reproduces every entry of the printed table (rounding up would miss half of them). Raises RuleInputError below 1.
    """
    if population < 1:
        raise RuleInputError(f"Populasi {population} tidak mungkin.", "Isi jumlah penerima layanan, paling sedikit 1.")
    values = rule_set("sample_size", on).values
    spread = _spread(values)
    return int(half_up(spread * population / (Fraction(values["margin"]) ** 2 * (population - 1) + spread), 0))


def achieved_margin_bp(population: int, respondents: int, on: date | None = None) -> int:
    """The margin that so many answers reach, in basis points: the same formula solved for d, rounded up so that it
    never promises too much. Nothing (0) where everybody answered.

    It is the margin of a proportion at the regulation's confidence, not that of the index. Raises RuleInputError
    below 1 person or answer.
    """
    if population < 1 or respondents < 1:
        raise RuleInputError("Margin perlu sekurang-kurangnya satu penerima layanan dan satu jawaban.")
    if respondents >= population:
        return 0
    spread = _spread(rule_set("sample_size", on).values)
    square = spread * (population - respondents) / (respondents * (population - 1)) * 10_000**2
    whole = -(-square.numerator // square.denominator)
    root = isqrt(whole)
    return root if root * root == whole else root + 1


def _spread(values: Mapping[str, Any]) -> Fraction:
    return Fraction(values["chi_square"]) * Fraction(values["proportion"]) * (1 - Fraction(values["proportion"]))
