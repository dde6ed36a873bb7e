"""Where an indicator stands on a day: its latest value beside what is due and the year's target. Pure, no queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from terang.planning.goals.models import KeyIndicator, YearTarget
from terang.planning.measuring import Direction

QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))
"""Month and day on which the value of each quarter is due."""


class State(Enum):
    """A word and the kind of its badge. Only `BEHIND`, `WORSE` and `OLD` ask for something."""

    REACHED = _("memenuhi target"), "ok"
    ON_COURSE = _("sesuai lintasan"), "ok"
    BEHIND = _("tertinggal"), "attention"
    WORSE = _("memburuk"), "wrong"
    OLD = _("perlu nilai baru"), "attention"
    NOT_DUE = _("belum jatuh tempo"), "quiet"
    NO_VALUE = _("belum ada nilai tahun ini"), "quiet"
    NO_TARGET = _("belum ada target"), "quiet"

    @property
    def word(self) -> str:
        return str(self.value[0])

    @property
    def kind(self) -> str:
        return self.value[1]


@dataclass(frozen=True)
class LiveValue:
    """A value read from a measure of Terang: the mean of `people` who have one; `milli` is missing for few people."""

    milli: int | None
    people: int


@dataclass(frozen=True)
class Due:
    """What was expected at the end of a quarter that has passed: `day` is its last day, `since` its first."""

    milli: int
    day: date
    since: date


@dataclass(frozen=True)
class Standing:
    """One indicator on a day. `milli` and `day` are the latest known value, of whatever year; missing where there is
    none. `people` is set for values read from a measure."""

    indicator: KeyIndicator
    state: State
    milli: int | None
    day: date | None
    target: YearTarget | None
    due: Due | None
    on: date
    people: int | None = None

    @property
    def earlier(self) -> bool:
        """Whether the latest value is of another year than the one looked at."""
        return self.day is not None and self.day.year != self.on.year

    @property
    def live(self) -> bool:
        return bool(self.indicator.measure)

    @property
    def reached_percent(self) -> int | None:
        """How far the value has come from the baseline to the target, 0 to 100 and rounded down, to draw it; missing
        where one of the three is missing or baseline and target are the same."""
        start, goal = self.indicator.baseline_milli, self.target.target_milli if self.target else None
        if start is None or goal is None or self.milli is None or start == goal:
            return None
        return min(max((self.milli - start) * 100 // (goal - start), 0), 100)


def standings(
    indicators: Iterable[KeyIndicator], on: date, values: Mapping[int, LiveValue] | None = None
) -> list[Standing]:
    """The standing of each indicator of `selectors.indicators_of`, in their order. `values` are the live ones by
    indicator id; an indicator with a measure that is not among them has no value. No query."""
    return [_standing(indicator, on, (values or {}).get(indicator.pk)) for indicator in indicators]


def _standing(indicator: Any, on: date, live: LiveValue | None) -> Standing:
    targets = {target.year: target for target in indicator.near_targets}
    milli, day = indicator.latest_milli, indicator.latest_day
    if indicator.measure:
        milli, day = (live.milli, on) if live and live.milli is not None else (None, None)
    due = due_on(indicator, targets, on)
    target = targets.get(on.year)
    state = state_of(indicator, target, due, milli, day, on)
    return Standing(indicator, state, milli, day, target, due, on, live.people if live else None)


def due_on(indicator: KeyIndicator, targets: Mapping[int, YearTarget], on: date) -> Due | None:
    """What the trajectory asks for on a day: the value of the last quarter that has ended, this year's or the fourth of
    the year before. A year's target is the value of its fourth quarter where that has none of its own. Between
    two quarters nothing more is due than at the end of the first. A range is asked for whole and has no course."""
    if indicator.direction == Direction.RANGE:
        return None
    for year in (on.year, on.year - 1):
        for number in range(4, 0, -1):
            ends = date(year, *QUARTER_ENDS[number - 1])
            milli = quarter_milli(targets.get(year), number)
            if ends <= on and milli is not None:
                return Due(milli, ends, date(year, number * 3 - 2, 1))
    return None


def quarter_milli(target: YearTarget | None, number: int) -> int | None:
    """The value expected at the end of a quarter (1 to 4); of the last one the year's target where it has no own."""
    if target is None:
        return None
    own: int | None = getattr(target, f"quarter{number}_milli")
    return target.target_milli if own is None and number == 4 else own


def state_of(
    indicator: KeyIndicator,
    target: YearTarget | None,
    due: Due | None,
    milli: int | None,
    day: date | None,
    on: date,
) -> State:
    """The state of a value; see `State`. A value older than the quarter it is due for is asked for anew rather than
    judged, unless it has met what was due already."""
    if target is None:
        return State.NO_TARGET
    if milli is None or day is None or day.year != on.year:
        return State.NO_VALUE
    if meets(indicator, milli, target.target_milli, target.target_max_milli):
        return State.REACHED
    if worse_than_baseline(indicator, milli, target.target_milli) and not _counts_up(indicator, target):
        return State.WORSE
    if indicator.direction == Direction.RANGE:
        return State.BEHIND
    if due is None:
        return State.NOT_DUE
    if meets(indicator, milli, due.milli):
        return State.ON_COURSE
    return State.OLD if day < due.since else State.BEHIND


def meets(indicator: KeyIndicator, milli: int, goal: int, most: int | None = None) -> bool:
    """Whether a value is as good as a goal, by the indicator's direction; a goal equal to the baseline of an impact
    indicator asks that nothing gets worse, upwards."""
    match indicator.direction:
        case Direction.LOWER:
            return milli <= goal
        case Direction.RANGE:
            return goal <= milli <= (goal if most is None else most)
        case Direction.IMPACT if indicator.baseline_milli is not None and goal < indicator.baseline_milli:
            return milli <= goal
    return milli >= goal


def _counts_up(indicator: KeyIndicator, target: YearTarget) -> bool:
    """Whether the agreed course itself passes the wrong side of the baseline: a count that begins anew each year."""
    quarters = (getattr(target, f"quarter{number}_milli") for number in range(1, 5))
    return any(each is not None and worse_than_baseline(indicator, each, target.target_milli) for each in quarters)


def worse_than_baseline(indicator: KeyIndicator, milli: int, goal: int) -> bool:
    """Whether a value lies on the wrong side of where one began; never without a baseline, for ranges, or yes-or-no.
    An impact indicator's wrong side is the one away from its goal."""
    start = indicator.baseline_milli
    if start is None or indicator.direction in (Direction.RANGE, Direction.YES_NO):
        return False
    return milli > start if falls(indicator, goal) else milli < start


def falls(indicator: KeyIndicator, goal: int) -> bool:
    """Whether less is better: by its direction, or because an impact's goal lies below where it began."""
    start = indicator.baseline_milli
    falling = indicator.direction == Direction.IMPACT and start is not None and goal < start
    return indicator.direction == Direction.LOWER or falling
