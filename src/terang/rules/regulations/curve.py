"""The drawn pattern of predicates: what a group would look like on the regulation's curve. A guide, never a limit
(PermenPANRB 6/2022, Lampiran IV p. 94–96; the percentages of the circular are in `distribution`)."""

from datetime import date
from fractions import Fraction

from terang.rules.regulations.rounding import half_up
from terang.rules.regulations.source import rule_set
from terang.rules.regulations.words import PREDICATES, organisation_predicate


def expected_people(organisation: str, people: int, on: date | None = None) -> dict[str, int]:
    """How many of `people` the curve of the organisation's predicate would show in each predicate, each rounded half-up
    by itself (so they need not add up). Raises RuleInputError for an unknown predicate."""
    heights = rule_set("curve", on).values["heights"][organisation_predicate(organisation)]
    whole = sum(heights.values())
    return {code: int(half_up(Fraction(people * heights[code], whole), 0)) for code in PREDICATES}
