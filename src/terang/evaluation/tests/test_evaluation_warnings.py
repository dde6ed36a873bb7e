"""The warning below the standard: after the policy's working days, told once, gone when the total rises again."""

from datetime import date, timedelta

import pytest

from terang.audit.models import JournalEntry
from terang.evaluation.services import open_periods, raise_warnings, recompute
from terang.evaluation.services.warnings import days_below
from terang.registry.organization.calendars import calendar_of

THURSDAY = date(2026, 11, 12)
FIFTH_DAY = date(2026, 11, 19)


@pytest.fixture
def low(city):
    """Andi falls below the standard of 65 on Thursday 12 November."""
    city.attend("andi", present=1, absent=9)
    city.serve("andi", timely=0, late=3)
    city.compute("andi", as_of=THURSDAY)
    return city


def warnings():
    return JournalEntry.objects.filter(verb="evaluation.warning_raised")


def test_a_warning_comes_after_five_working_days_and_once(low):
    agency = low.cast.agency
    assert raise_warnings(agency=agency, day=FIFTH_DAY - timedelta(days=1)) == []
    [score] = raise_warnings(agency=agency, day=FIFTH_DAY)
    assert raise_warnings(agency=agency, day=FIFTH_DAY + timedelta(days=1)) == []
    entry = warnings().get()
    assert (score.warned_on, entry.subject_employee_id) == (FIFTH_DAY, low.cast.andi.pk)
    assert entry.changes["below_since"] == "2026-11-12"


def test_weekends_are_not_counted(low):
    score = low.score("andi")
    calendar = calendar_of(low.cast.agency)
    assert [days_below(score, calendar, day) for day in (THURSDAY, date(2026, 11, 15), FIFTH_DAY)] == [0, 1, 5]


def test_who_is_above_the_standard_is_not_warned(measured):
    assert raise_warnings(agency=measured.cast.agency, day=date(2026, 12, 1)) == []
    assert not warnings().exists()


def test_rising_above_the_standard_ends_the_warning(low):
    raise_warnings(agency=low.cast.agency, day=FIFTH_DAY)
    low.serve("andi", timely=40)
    low.attend("andi", present=9, first=THURSDAY)
    low.compute("andi")
    score = low.score("andi")
    assert (score.below_since, score.warned_on) == (None, None)


def test_a_new_month_does_not_start_the_count_again(low):
    [december] = open_periods(agency=low.cast.agency, start=date(2026, 12, 1), end=date(2026, 12, 2))
    low.attend("andi", present=0, absent=1, first=date(2026, 12, 1))
    low.serve("andi", timely=0, late=1, day=date(2026, 12, 1))
    recompute(employee_ids=[low.cast.andi.pk], period=december, as_of=date(2026, 12, 1))
    score = december.scores.get()
    assert (score.below_standard, score.below_since) == (True, THURSDAY)


def test_too_little_evidence_does_not_clear_a_count(low):
    [december] = open_periods(agency=low.cast.agency, start=date(2026, 12, 1), end=date(2026, 12, 2))
    recompute(employee_ids=[low.cast.andi.pk], period=december, as_of=date(2026, 12, 1))
    score = december.scores.get()
    assert (score.total_bp, score.below_standard, score.below_since) == (None, False, THURSDAY)
