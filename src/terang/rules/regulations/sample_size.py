"""How many people to ask: Krejcie and Morgan, as PermenPANRB 14/2017 uses it for the satisfaction survey."""

from datetime import date
from fractions import Fraction

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
    spread = Fraction(values["chi_square"]) * Fraction(values["proportion"]) * (1 - Fraction(values["proportion"]))
    return int(half_up(spread * population / (Fraction(values["margin"]) ** 2 * (population - 1) + spread), 0))
