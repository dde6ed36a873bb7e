"""Counts of survey answers and what may be told of them (PermenPANRB 14/2017; small groups: design §4).

A tally holds how often each element got 1, 2, 3 and 4. Tallies add up exactly, so that a unit, a government and a
period are the sums of their services.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from terang.rules.errors import RuleInputError
from terang.rules.regulations.rounding import half_up
from terang.rules.regulations.satisfaction import Satisfaction, satisfaction_from_means
from terang.rules.tables import ELEMENTS

Counts = tuple[int, int, int, int]
_NOTHING: Counts = (0, 0, 0, 0)


@dataclass(frozen=True)
class Tally:
    """Answers of one group. `counts` has for each element how many gave 1, 2, 3 and 4.

    `straight` counts people who gave the same answer to all nine elements: they are told, and kept. `short` counts
    answers to the short form.
    """

    respondents: int = 0
    counts: Mapping[str, Counts] = field(default_factory=dict)
    straight: int = 0
    short: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        added = {element: _added(self.of(element), other.of(element)) for element in ELEMENTS}
        return Tally(
            self.respondents + other.respondents, added, self.straight + other.straight, self.short + other.short
        )

    def of(self, element: str) -> Counts:
        return self.counts.get(element, _NOTHING)

    def answered(self, element: str) -> int:
        return sum(self.of(element))

    def total(self, element: str) -> int:
        """The sum of the answers, from 1 to 4 for each person who answered."""
        return sum(place * count for place, count in enumerate(self.of(element), 1))

    def blanks(self, element: str) -> int:
        """People of this group who left it blank or were not asked."""
        return self.respondents - self.answered(element)

    def means(self) -> dict[str, Fraction]:
        """NRR of each element that somebody answered; an element without an answer is missing, not zero."""
        return {each: Fraction(self.total(each), self.answered(each)) for each in ELEMENTS if self.answered(each)}


def _added(one: Counts, other: Counts) -> Counts:
    first, second, third, fourth = (a + b for a, b in zip(one, other, strict=True))
    return first, second, third, fourth


def together(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies: pooled respondents."""
    return sum(tallies, Tally())


def index_of(tally: Tally, weights: str = "exact", on: date | None = None) -> Satisfaction | None:
    """The index of a tally; None where an element has no answer at all, or with old weights falls out of the scale."""
    means = tally.means()
    if len(means) < len(ELEMENTS):
        return None
    try:
        return satisfaction_from_means(means, weights, tally.respondents, on)
    except RuleInputError:
        return None


def mean_index(indexes: Iterable[Fraction]) -> Decimal | None:
    """The mean of exact unit indexes, rounded half-up once to two decimals; None of nothing."""
    known = list(indexes)
    return half_up(sum(known, Fraction(0)) / len(known), 2) if known else None


def ranks(means: Mapping[str, Fraction]) -> dict[str, int]:
    """The place of each element, 1 for the highest mean; equal means share a place."""
    return {each: 1 + sum(other > mean for other in means.values()) for each, mean in means.items()}


def weakest(means: Mapping[str, Fraction], number: int = 3) -> list[str]:
    """The elements with the lowest means, the lowest first; ties in the order of the regulation."""
    return sorted(means, key=lambda each: (means[each], ELEMENTS.index(each)))[:number]


def hidden_groups(sizes: Mapping[str, int], least: int) -> set[str]:
    """Groups that are not shown: those smaller than `least`, and where these together are smaller than it also the
    next larger ones, so that nobody works them out from the whole. Empty groups have nothing to hide.
    """
    ordered = sorted((size, key) for key, size in sizes.items() if size)
    hidden = {key for size, key in ordered if size < least}
    rest = [(size, key) for size, key in ordered if key not in hidden]
    total = sum(sizes[key] for key in hidden)
    while hidden and total < least and rest:
        size, key = rest.pop(0)
        hidden.add(key)
        total += size
    return hidden
