"""The nine boxes of talent management: performance against potential, with what is missing (PermenPANRB 3/2020)."""

from dataclasses import dataclass
from datetime import date

from terang.rules.regulations.source import rule_set
from terang.rules.regulations.words import predicate as predicate_code

PERFORMANCE = ("above", "meets", "below")
POTENTIAL = ("high", "medium", "low")


@dataclass(frozen=True)
class Placing:
    """Where somebody stands. `box` is None where an axis is: nobody is put in a box by what is not known."""

    performance: str | None
    potential: str | None
    box: int | None
    rule_set: str


def placing(predicate: str | None, potential_bp: int | None, on: date | None = None) -> Placing:
    """The box by the last yearly predicate and the assessed potential (basis points of its scale).

    Raises RuleInputError for an unknown predicate.
    """
    found = rule_set("talent", on)
    values = found.values
    performance = values["performance"][predicate_code(predicate)] if predicate else None
    potential = None if potential_bp is None else _potential(potential_bp, values["high_bp"], values["medium_bp"])
    box = values["boxes"][performance][potential] if performance and potential else None
    return Placing(performance, potential, box, found.id)


def _potential(value_bp: int, high_bp: int, medium_bp: int) -> str:
    return "high" if value_bp >= high_bp else "medium" if value_bp >= medium_bp else "low"


def box_of(performance: str, potential: str, on: date | None = None) -> int:
    """The number of a box by its two axes."""
    return int(rule_set("talent", on).values["boxes"][performance][potential])
