"""The rhythm of reporting: which days ask for an entry, and until when an entry is in time. Pure dates, no database.

The rhythm and the days of grace come from the policy. A system outage stops the clock: its days neither ask for an
entry
nor use up grace.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal


@dataclass(frozen=True)
class Window:
    """How often an entry is asked for, and how many working days after the day of work it is still in time."""

    rhythm: Literal["daily", "weekly", "monthly"] = "daily"
    grace_days: int = 1


@dataclass(frozen=True)
class Slot:
    """A stretch of working days that asks for one entry: `days` in order, counted in the month of the last one."""

    days: tuple[date, ...]

    @property
    def month(self) -> int:
        return self.days[-1].year * 100 + self.days[-1].month


def slots(window: Window, working_days: Sequence[date]) -> list[Slot]:
    """The slots of the rhythm over working days in order; outages must already be taken out."""
    keys = {
        "daily": lambda day: day,
        "weekly": lambda day: day.isocalendar()[:2],
        "monthly": lambda day: (day.year, day.month),
    }
    return [Slot(tuple(days)) for _, days in groupby(working_days, key=keys[window.rhythm])]


def slack_days(window: Window, asked: Sequence[Slot]) -> dict[int, list[date]]:
    """Days by the working days after them in which an entry is in time: the grace plus those left in the slot."""
    allowed: dict[int, list[date]] = {}
    for slot in asked:
        for left, day in enumerate(reversed(slot.days)):
            allowed.setdefault(window.grace_days + left, []).append(day)
    return allowed


def last_day_in_time(day: date, window: Window, working_days: Collection[date]) -> date:
    """The last day on which an entry about `day` is in time: the `grace_days`-th of `working_days` after it.

    `working_days` should reach a few weeks beyond `day`; where it holds too few, weekdays stand in for the rest.
    """
    candidate, left = day, window.grace_days
    known_until = max(working_days, default=day)
    while left:
        candidate += timedelta(days=1)
        left -= candidate in working_days if candidate <= known_until else candidate.weekday() < 5
    return candidate
