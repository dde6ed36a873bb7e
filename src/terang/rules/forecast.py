"""Where a figure will stand, when it goes on as it went: a straight line through what is known, with its uncertainty.

Exact in its method, modest in its claim: it knows nothing but the past values. Pure, no Django.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

FEWEST, MOST = 4, 12
"""With fewer values there is no forecast; older ones than the last twelve say little about now."""
T_80 = (0, 0, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372)
"""Student's t that leaves a tenth on either side, by degrees of freedom (2 to 10)."""


@dataclass(frozen=True)
class Forecast:
    """What to expect, and between which two values four of five such futures lie; in the unit of the values."""

    value: int
    low: int
    high: int
    values: int


def forecast(known: Sequence[tuple[int, int]], at: int) -> Forecast | None:
    """`known` are pairs of place and value (each place once, for example quarters by number); `at` is the place asked
    for. None with fewer than `FEWEST` values.

    The least-squares line, and the 80 % prediction interval of one further value: s·√(1 + 1/n + (x − x̄)²/Σ(xᵢ − x̄)²)
    times Student's t with n − 2 degrees of freedom.
    """
    points = sorted(known)[-MOST:]
    count = len(points)
    if count < FEWEST:
        return None
    middle, mean = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    spread = sum((x - middle) ** 2 for x, _ in points)
    slope = sum((x - middle) * (y - mean) for x, y in points) / spread
    rest = sum((y - mean - slope * (x - middle)) ** 2 for x, y in points)
    reach = T_80[count - 2] * sqrt(rest / (count - 2)) * sqrt(1 + 1 / count + (at - middle) ** 2 / spread)
    value = mean + slope * (at - middle)
    return Forecast(round(value), round(value - reach), round(value + reach), count)
