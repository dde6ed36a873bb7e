"""Minutes of a week: what is due, what a roster or free hours add up to, and what a roster should be looked at for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from terang.rules.regulations.source import rule_set, rule_sets
from terang.rules.regulations.working_time import weekly_minutes

WEEK = 7
DAY = 1_440


@dataclass(frozen=True)
class Planned:
    """A shift of a roster: the day's ordinal, minutes from its midnight (over 1,440 the next day), the break."""

    day: int
    start: int
    end: int
    break_minutes: int = 0

    @property
    def minutes(self) -> int:
        return max(0, self.end - self.start - self.break_minutes)


@dataclass(frozen=True)
class Finding:
    """Two shifts after one another: `overlap` is wrong, `short_rest` is to be looked at. `day` is the later one's."""

    kind: Literal["overlap", "short_rest"]
    day: int
    minutes: int


@dataclass(frozen=True)
class WeekSum:
    """Minutes worked or planned beside those due. `unknown` days have no two records: their minutes are not known, and
    the difference only tells of the others."""

    minutes: int
    due: int
    unknown: int = 0

    @property
    def difference(self) -> int:
        return self.minutes - self.due

    @property
    def gap(self) -> int:
        return abs(self.difference)


def findings(shifts: Sequence[Planned], on: date | None = None) -> tuple[Finding, ...]:
    """What stands out in one person's roster, in the order of the days, by the rest that is usual on a day (the newest
    rule where none is given)."""
    found, least = [], int(rule_set("shifts", on).values["rest_minutes"])
    ordered = sorted(shifts, key=lambda shift: (shift.day, shift.start, shift.end))
    for before, after in pairwise(ordered):
        rest = (after.day * DAY + after.start) - (before.day * DAY + before.end)
        if rest < 0:
            found.append(Finding("overlap", after.day, -rest))
        elif rest < least:
            found.append(Finding("short_rest", after.day, rest))
    return tuple(found)


def hours_known_from() -> date:
    """The first day of which a rule says how long the week is."""
    return rule_sets("working_time")[0].valid_from


def weekly_due(ramadan_days: int, on: date | None = None) -> int:
    """Minutes due in a week of which `ramadan_days` of its seven days lie in Ramadan: each day its seventh, half-up
    (Perpres 21/2023 Pasal 4)."""
    normal, fasting = weekly_minutes(on=on), weekly_minutes(ramadan=True, on=on)
    return (2 * (normal * (WEEK - ramadan_days) + fasting * ramadan_days) + WEEK) // (2 * WEEK)


def worked(arrived: int | None, left: int | None, break_minutes: int, on: date | None = None) -> int | None:
    """Minutes between two records of a day without the break; None where one is missing. A stay of a few hours has no
    break; how many, the rule of the day says (the newest where none is given)."""
    if arrived is None or left is None:
        return None
    span = left - arrived if left >= arrived else left + DAY - arrived
    return span - break_minutes if span > rule_set("shifts", on).values["no_break_minutes"] else span


def total(days: Sequence[tuple[int | None, int]]) -> WeekSum:
    """Adds up (worked, due) of a week's days."""
    return WeekSum(
        sum(done for done, _due in days if done is not None),
        sum(due for _done, due in days),
        sum(done is None for done, _due in days),
    )
