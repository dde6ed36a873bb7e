"""The time a plan is for: a calendar year, or what is left of it from the day a post is held."""

from datetime import date

from terang.registry.people.models import Assignment
from terang.rules.regulations.source import rule_set


def year_of(day: date) -> tuple[date, date]:
    """First day of the year and first day of the next."""
    return date(day.year, 1, 1), date(day.year + 1, 1, 1)


def plan_span(held: Assignment, day: date) -> tuple[date, date]:
    """From when to before when the plan on a post runs: the whole year of `day`, or from the day the post began in it
    (somebody new, or moved: a new plan on the new post, Lampiran II.C.6 p. 65)."""
    start, end = year_of(day)
    return max(start, held.starts_on), end


def plan_due(day: date) -> date:
    """The last day for the plans of the year of `day` (Pasal 14(1): end of January)."""
    month_day = rule_set("planning", day).values["plan_due"]
    return date(day.year, month_day["month"], month_day["day"])
