"""Where an indicator will stand at the end of the year if its distance from the trajectory goes on as it went.

The distance is looked at, not the value: a trajectory knows whether a figure grows within a year and begins anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from terang.planning.goals.models import KeyIndicator, Reading, YearTarget
from terang.planning.goals.presenting import bare, by_quarter, expected_by_quarter, figure
from terang.planning.goals.standing import QUARTER_ENDS, falls
from terang.planning.measuring import Direction
from terang.rules.forecast import forecast


@dataclass(frozen=True)
class Outlook:
    """The expected value at the end of a year with its 80 % interval (rounded outwards), in thousandths; `quarters` it
    rests on."""

    indicator: KeyIndicator
    year: int
    milli: int
    low: int
    high: int
    target: int
    quarters: int

    @property
    def reaches(self) -> bool | None:
        """Whether the target is met throughout the interval (True) or nowhere in it (False); None in between."""
        if falls(self.indicator, self.target):
            return True if self.high <= self.target else False if self.low > self.target else None
        return True if self.low >= self.target else False if self.high < self.target else None

    @property
    def sentence(self) -> str:
        told = {
            "year": self.year,
            "value": figure(self.indicator, self.milli),
            "low": bare(self.indicator, self.low),
            "high": bare(self.indicator, self.high),
        }
        return _("Perkiraan akhir %(year)s: %(value)s (%(low)s sampai %(high)s).") % told


def outlook_of(
    indicator: KeyIndicator, targets: Sequence[YearTarget], readings: Sequence[Reading], on: date
) -> Outlook | None:
    """None for yes or no and for a range, for figures read live, without a target, and while fewer than four quarters
    that have ended had both a value and an expectation. The baseline counts as one: there the trajectory begins. No
    query."""
    if indicator.direction in (Direction.RANGE, Direction.YES_NO) or indicator.measure:
        return None
    by_year = {target.year: target for target in targets}
    target = by_year.get(on.year)
    if target is None:
        return None
    expected, values = expected_by_quarter(by_year, span=False), by_quarter(readings, {}, on)
    known = {
        year * 4 + number: value - due
        for (year, number), value in values.items()
        if date(year, *QUARTER_ENDS[number - 1]) < on and (due := expected.get((year, number))) is not None
    }
    if indicator.baseline_milli is not None and indicator.baseline_year and indicator.baseline_year < on.year:
        known.setdefault(indicator.baseline_year * 4 + 4, 0)
    found = forecast(list(known.items()), on.year * 4 + 4)
    if found is None:
        return None
    end = target.target_milli
    step = _step([*values.values(), end])
    low, high = (end + found.low) // step * step, -(-(end + found.high) // step) * step
    if min(values.values()) >= 0:
        low = max(low, 0)
    value = max(low, (2 * (end + found.value) + step) // (2 * step) * step)
    return Outlook(indicator, on.year, value, low, high, end, found.values)


def _step(values: Sequence[int]) -> int:
    """How finely the figures are told, in thousandths: a forecast is not told more finely than what it rests on."""
    return next(step for step in (1_000, 100, 10, 1) if all(value % step == 0 for value in values))
