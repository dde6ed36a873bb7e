"""The dated terms of a government: how it asks about look-alikes, and how long it keeps files."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from terang.custody.models import CustodyTerms, RetentionRule
from terang.registry.organization.calendars import calendar_of
from terang.registry.organization.models import Agency


@dataclass(frozen=True)
class Terms:
    """As `CustodyTerms`, whether entered or usual."""

    answer_days: int
    asks_same_day: bool


USUAL = Terms(answer_days=5, asks_same_day=True)
"""Terang's own starting point: no regulation fixes it."""


def terms_on(agency_id: int, day: date) -> Terms:
    """The terms in force on a day. One query."""
    row = CustodyTerms.objects.filter(agency_id=agency_id, valid_from__lte=day).first()
    return Terms(row.answer_days, row.asks_same_day) if row else USUAL


def answer_due(agency: Agency, day: date, terms: Terms) -> date:
    """The last day on which only the person sees a question asked on `day`: so many working days later. Two queries."""
    calendar = calendar_of(agency)
    due, left = day, terms.answer_days
    while left:
        due += timedelta(days=1)
        left -= calendar.is_working_day(due)
    return due


def rules_on(agency_id: int, day: date) -> dict[str, RetentionRule]:
    """The retention rule in force on a day by kind of use; kinds without one are left out. One query."""
    rows = RetentionRule.objects.filter(agency_id=agency_id, valid_from__lte=day).order_by("valid_from")
    return {row.kind: row for row in rows}


def kept_until(day: date, years: int) -> date:
    """The first day on which a file used on `day` need not be kept. The 29th of February counts as the 1st of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def in_force(rows: Iterable[RetentionRule], today: date) -> set[int]:
    """The ids of those rules that hold today."""
    latest = {row.kind: row.pk for row in sorted(rows, key=lambda row: row.valid_from) if row.valid_from <= today}
    return set(latest.values())
