"""How a figure of the same people changed: the mean of the differences and how far it could lie from that. Pure.

The interval is Student's for paired differences (95 %), rounded outwards. It tells the play of chance among people, not
what else happened meanwhile: a rise is no proof that the training caused it, and who was chosen because of a low figure
tends to stand better afterwards anyhow (regression to the mean).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, fsum, sqrt

LEAST_PEOPLE = 10
"""From so many people on a mean is told, so that nobody's own figure shows through. A declared choice."""
_T_95 = (2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064)
_T_95_BEYOND = 2.060
"""Quantiles of Student's distribution for 9 to 24 degrees of freedom; beyond, that of 25: a little too wide."""


@dataclass(frozen=True)
class Change:
    """Means before and after in basis points, of `people`; the mean change with its interval, both ends inside."""

    people: int
    before_bp: int
    after_bp: int
    change_bp: int
    low_bp: int
    high_bp: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval lies on one side of nothing."""
        return self.low_bp > 0 or self.high_bp < 0


def change_of(pairs: Sequence[tuple[int, int]]) -> Change | None:
    """From (before, after) of each person in basis points; None under ten people."""
    people = len(pairs)
    if people < LEAST_PEOPLE:
        return None
    differences = [after - before for before, after in pairs]
    mean = fsum(differences) / people
    spread = sqrt(fsum((each - mean) ** 2 for each in differences) / (people - 1))
    reach = _quantile(people - 1) * spread / sqrt(people)
    return Change(
        people,
        _half_up(sum(before for before, _ in pairs), people),
        _half_up(sum(after for _, after in pairs), people),
        _half_up(sum(differences), people),
        floor(mean - reach),
        ceil(mean + reach),
    )


def _quantile(freedom: int) -> float:
    place = freedom - (LEAST_PEOPLE - 1)
    return _T_95[place] if place < len(_T_95) else _T_95_BEYOND


def _half_up(above: int, below: int) -> int:
    return (2 * above + below) // (2 * below)
