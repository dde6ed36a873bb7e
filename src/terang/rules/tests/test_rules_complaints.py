"""Deadlines of complaints, closing by silence, and what counts: golden cases, and properties."""

import tomllib
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.complaints import deadlines
from terang.rules.complaints.closing import closes_by_silence, outcome
from terang.rules.complaints.deadlines import CITIZENS_OWN, CLASSES, Terms, local_terms, national_terms
from terang.rules.errors import RuleInputError
from terang.rules.regulations.source import rule_sets
from terang.rules.regulations.working_days import Calendar, deadline, national_calendar

CASES = tomllib.loads((Path(__file__).parent / "cases" / "complaints.toml").read_text(encoding="utf-8"))
CALENDAR = national_calendar()
DAYS = st.dates(date(2025, 6, 1), date(2027, 6, 1))


@pytest.mark.parametrize("case", CASES["deadlines"], ids=lambda case: case["received"].isoformat())
def test_working_days(case):
    assert {days: deadline(case["received"], int(days), CALENDAR) for days in case["days"]} == case["days"]


def test_due_days_of_each_class_are_those_of_the_case():
    received, days = CASES["deadlines"][1]["received"], CASES["deadlines"][1]["days"]
    terms = national_terms(received)
    assert deadlines.verification_due(received, terms, CALENDAR) == days["3"]
    assert deadlines.first_answer_due(received, terms, CALENDAR) == days["5"]
    assert deadlines.response_due(received, terms, CALENDAR) == days["10"]
    found = {name: deadlines.finish_due(received, name, terms, CALENDAR) for name in CLASSES}
    assert found == {"informasi": days["5"], "aspirasi": days["5"], "pelayanan": days["14"], "pengawasan": days["60"]}
    assert deadlines.completion_due(received, terms) == date(2026, 4, 12)
    assert deadlines.ombudsman_on(received, terms) == date(2026, 5, 12)


def test_without_joint_leave_the_third_day_would_be_another():
    only_national = [holiday for holiday in CALENDAR.holidays if holiday not in {date(2026, 3, 18), date(2026, 3, 20)}]
    assert deadline(date(2026, 3, 13), 3, CALENDAR) == date(2026, 3, 25)
    assert deadline(date(2026, 3, 13), 3, Calendar(frozenset(only_national))) == date(2026, 3, 18)


@pytest.mark.parametrize("case", CASES["outcomes"], ids=lambda case: case["told"])
def test_outcomes(case):
    found = outcome(
        answered_on=case.get("answered"), due_on=case["due"], settled=case["settled"], reopened=case["reopened"],
        as_of=case["as_of"],
    )  # fmt: skip
    told = case.get("counts")
    if told is None:
        assert found is None
    else:
        assert (found.day, found.in_time_confirmed, found.reopened) == (told["day"], told["in_time"], told["reopened"])


def test_every_deadline_names_its_source_and_how_sure_it_is():
    for version in rule_sets("complaints"):
        named = {each.name for each in fields(Terms)}
        assert set(version.values["told_by"]) == named
        assert all(
            each["source"] and each["confidence"] in ("high", "medium", "low")
            for each in version.values["told_by"].values()
        )
    newest = rule_sets("complaints")[-1]
    assert newest.confidence == "low", "PermenPANRB 5/2025 is unseen"
    assert "belum dibaca" in newest.note


@given(DAYS, st.sampled_from(CLASSES))
def test_no_due_day_lies_before_receipt(day, complaint_class):
    terms = national_terms(day)
    due = [
        deadlines.verification_due(day, terms, CALENDAR),
        deadlines.first_answer_due(day, terms, CALENDAR),
        deadlines.finish_due(day, complaint_class, terms, CALENDAR),
        deadlines.response_due(day, terms, CALENDAR),
        deadlines.completion_due(day, terms),
        deadlines.ombudsman_on(day, terms),
    ]
    assert min(due) > day


@given(DAYS, st.sampled_from(CLASSES))
def test_reminders_lie_between_start_and_due_day_and_rise(day, complaint_class):
    due = deadlines.finish_due(day, complaint_class, national_terms(day), CALENDAR)
    found = deadlines.reminders(day, due, CALENDAR)
    assert all(day < each <= due for each in found)
    assert list(found) == sorted(set(found))


@pytest.mark.parametrize(("days", "first", "second"), [(5, 4, 5), (14, 11, 13), (60, 45, 54)])
def test_reminders_at_three_quarters_and_nine_tenths(days, first, second):
    start = date(2026, 1, 14)
    wanted = tuple(deadline(start, number, CALENDAR) for number in (first, second))
    assert deadlines.reminders(start, deadline(start, days, CALENDAR), CALENDAR) == wanted


@given(st.sampled_from([each.name for each in fields(Terms)]), st.integers(-5, 200))
def test_own_terms_are_never_worse_for_citizens(name, days):
    national = national_terms(date(2026, 5, 5))
    base = getattr(national, name)
    worse = days < base if name in CITIZENS_OWN else days > base
    if worse or days < 1:
        with pytest.raises(RuleInputError):
            local_terms(national, {name: days})
    else:
        assert getattr(local_terms(national, {name: days}), name) == days


def test_a_missing_own_term_is_the_national_one():
    national = national_terms(date(2026, 5, 5))
    assert local_terms(national, {"pelayanan": None, "verification": 2}).pelayanan == national.pelayanan
    with pytest.raises(RuleInputError):
        local_terms(national, {"unknown": 3})
    with pytest.raises(RuleInputError):
        national.finish("gosip")


MOMENTS = st.none() | st.integers(0, 500).map(lambda hours: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=hours))


@given(MOMENTS, MOMENTS, st.none() | DAYS, DAYS)
def test_silence_never_closes_without_an_answer_after_the_last_message(answered, wrote, until, today):
    closes = closes_by_silence(answered_at=answered, citizen_wrote_at=wrote, response_due_on=until, today=today)
    if closes:
        assert answered is not None
        assert wrote is None or wrote < answered
        assert until is not None
        assert today > until


def test_silence_closes_after_the_last_day_and_not_on_it():
    answered = datetime(2026, 11, 2, tzinfo=UTC)
    told = {
        "answered_at": answered,
        "citizen_wrote_at": answered - timedelta(hours=1),
        "response_due_on": date(2026, 11, 16),
    }
    assert not closes_by_silence(**told, today=date(2026, 11, 16))
    assert closes_by_silence(**told, today=date(2026, 11, 17))
    assert not closes_by_silence(**told | {"citizen_wrote_at": answered}, today=date(2026, 12, 17))


@given(st.none() | DAYS, DAYS, st.booleans(), st.booleans(), DAYS)
def test_who_is_reopened_or_late_is_never_in_time(answered, due, settled, reopened, as_of):
    found = outcome(answered_on=answered, due_on=due, settled=settled, reopened=reopened, as_of=as_of)
    if found and found.in_time_confirmed:
        assert answered is not None
        assert answered <= due
        assert settled
        assert not reopened
