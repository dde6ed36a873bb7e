"""What a round of review rests on: kinds of raters, the least number of answers, the days of reminding. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

Kind = Literal["superior", "peer", "subordinate"]
KINDS: tuple[Kind, ...] = ("superior", "peer", "subordinate")

LEAST_ANONYMOUS = 3
"""Fewer answers than this are never shown where raters are promised not to be found out: with two, each knows the
other's. A policy may ask for more, never for less (design §4: three colleagues)."""

DAYS_BEFORE_END = 2


def least_of(policy: Mapping[Kind, int | None]) -> dict[Kind, int]:
    """The least number of answers for each kind. A superior is one person and known: one answer is enough."""
    return {kind: 1 if kind == "superior" else max(policy.get(kind) or 0, LEAST_ANONYMOUS) for kind in KINDS}


def reminder_days(opens_on: date, closes_on: date) -> tuple[date, ...]:
    """The days to remind on: half time, and when two days are left. `closes_on` is the first day without answers. Days
    on or before the opening are left out; a short round may have none."""
    half = opens_on + (closes_on - opens_on) // 2
    days = {half, closes_on - timedelta(days=DAYS_BEFORE_END)}
    return tuple(sorted(day for day in days if opens_on < day < closes_on))
