"""One axis of a chart: from where to where, and the round figures written beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

STEPS = (1, 2, 5, 10)
MOST_TICKS = 5


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`, in the unit of the values."""

    low: int
    high: int
    ticks: tuple[int, ...]

    @classmethod
    def over(cls, values: Sequence[int], from_zero: bool, highest: int | None) -> "Axis":
        """An axis that holds all values. With `from_zero` it begins at zero (or below, where values are)."""
        low = min(0, *values) if from_zero else min(values)
        high = highest if highest is not None else max(values)
        step = _step(max(high - low, 1))
        first = low // step * step
        last = high if highest is not None else -(-high // step) * step
        last = max(last, first + step)
        ticks = tuple(range(first, last + 1, step))
        return cls(first, last, ticks if ticks[-1] == last else (*ticks[:-1], last))

    def y(self, value: int, height: int) -> float:
        """Pixels from the top of a plot of this height."""
        return round(height - (value - self.low) * height / (self.high - self.low), 1)

    def across(self, value: int) -> float:
        """Per cent from the left."""
        return round((value - self.low) * 100 / (self.high - self.low), 2)


def _step(span: int) -> int:
    """The smallest round step (1, 2 or 5 times a power of ten) that needs at most `MOST_TICKS` steps."""
    power = 1
    while True:
        for step in STEPS[:-1]:
            if step * power * MOST_TICKS >= span:
                return step * power
        power *= 10
