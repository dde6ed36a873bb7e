"""The rhythm of reporting: which days ask for an entry, and until when an entry is in time. Pure dates, no database.

The rhythm and the days of grace come from the policy, by kind of post. A system outage stops the clock: its days
neither ask for an entry nor use up grace; nor do the person's own days of leave and rest.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Literal

from terang.rules.policies import PostReporting, Reporting
from terang.rules.policies.model import Rhythm


@dataclass(frozen=True)
class Window:
    """How often an entry is asked for, and how many working days after the day of work it is still in time."""

    rhythm: Rhythm = "daily"
    grace_days: int = 1


@dataclass(frozen=True)
class Slot:
    """A stretch of working days that asks for one entry: `days` in order, counted in the month of the last one."""

    days: tuple[date, ...]

    @property
    def month(self) -> int:
        return self.days[-1].year * 100 + self.days[-1].month


def window_for(reporting: Reporting, *, kind: str = "", category: str = "", remote: bool = False) -> Window:
    """What a policy asks of a post: the rule of its category (rumpun) before that of its kind, else the general one.

    `remote`: the post's unit lies in a zone without signal; then the longer of both graces holds.
    """
    own = _own_rule(reporting, kind, category)
    rule = own or reporting
    grace = max(rule.grace_days, rule.remote_grace_days) if remote else rule.grace_days
    return Window(rule.rhythm, grace)


def _own_rule(reporting: Reporting, kind: str, category: str) -> PostReporting | None:
    by_category = (rule for rule in reporting.posts if category and category in rule.applies_to)
    by_kind = (rule for rule in reporting.posts if kind and kind in rule.kinds)
    return next(by_category, None) or next(by_kind, None)


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


def working_day_after(
    day: date, count: int, working_days: Collection[date], away: Collection[date] = frozenset()
) -> date:
    """The `count`-th of `working_days` after `day` on which the person is not `away`; `day` itself for 0.

    `working_days` should reach a few weeks beyond `day`; where it holds too few, weekdays stand in for the rest.
    """
    candidate, left = day, count
    known_until = max(working_days, default=day)
    while left:
        candidate += timedelta(days=1)
        due = candidate in working_days if candidate <= known_until else candidate.weekday() < 5
        left -= due and candidate not in away
    return candidate


def last_day_in_time(
    day: date, window: Window, working_days: Collection[date], away: Collection[date] = frozenset()
) -> date:
    """The last day on which an entry about `day`, the last of its slot, is in time. As `working_day_after`."""
    return working_day_after(day, window.grace_days, working_days, away)


def counted_moment(day: date, written_at: datetime | None, received_at: datetime, *, remote: bool) -> datetime:
    """The moment an entry about `day` counts as reported: in a zone without signal that of the device, where it can
    be (not after it was received, not before the day of work); else when it was received. All in the local time zone.
    """
    if not remote or written_at is None:
        return received_at
    plausible = day <= written_at.date() and written_at <= received_at
    return written_at if plausible else received_at


SlotKind = Literal["excused", "reported", "late", "open", "missed"]


@dataclass(frozen=True)
class SlotState:
    """Where a slot stands for one person: `last_day` is the last one in time. `excused`: away on all of its days;
    `open`: can still be reported in time; `missed`: nothing came in time, it may still come late."""

    slot: Slot
    kind: SlotKind
    last_day: date


def slot_states(
    window: Window,
    asked: Sequence[Slot],
    *,
    working_days: Collection[date],
    away: Collection[date],
    lags: Mapping[date, int],
    today: date,
) -> list[SlotState]:
    """Each slot's state. `lags` holds, by day of work, the least lag among the entries about it. In time counts what
    `slack_days` allows: a report early in a long slot has the rest of the slot beside the grace."""
    allowed = {day: lag for lag, days in slack_days(window, asked).items() for day in days}
    return [_state(slot, window, working_days, set(away), lags, allowed, today) for slot in asked]


def _state(
    slot: Slot,
    window: Window,
    working_days: Collection[date],
    away: set[date],
    lags: Mapping[date, int],
    allowed: Mapping[date, int],
    today: date,
) -> SlotState:
    last_day = last_day_in_time(slot.days[-1], window, working_days, away)
    told = [day for day in slot.days if day in lags]
    if any(lags[day] <= allowed[day] for day in told):
        return SlotState(slot, "reported", last_day)
    if away.issuperset(slot.days):
        return SlotState(slot, "excused", last_day)
    if told:
        return SlotState(slot, "late", last_day)
    return SlotState(slot, "open" if today <= last_day else "missed", last_day)
