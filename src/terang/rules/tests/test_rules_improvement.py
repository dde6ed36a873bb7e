"""PP 30/2019 Pasal 56–58: six months with a check each, then steps in order, none before its time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.improvement import check_days, improvement_rule, later_steps, months_after, possible_steps

ON = date(2026, 2, 2)


def codes(*told, **carried):
    return [each.code for each in possible_steps(ON, told[0], carried)]


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 2, 2), 6, date(2026, 8, 2)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_later(day, months, after):
    assert months_after(day, months) == after


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_six_checks_one_a_month_the_last_at_the_end(start):
    rule = improvement_rule(ON)
    days = check_days(start, rule)
    assert len(days) == 6
    assert sorted(set(days)) == list(days)
    assert days[-1] == months_after(start, 6)


def test_the_competence_test_comes_first_for_everybody():
    assert codes("jpt") == codes("others") == ["competence_test"]


def test_after_the_test_another_post_or_a_temporary_one():
    assert codes("jpt", competence_test=ON) == ["other_post"]
    assert codes("others", competence_test=ON) == ["other_post", "temporary_post"]


def test_dismissal_only_after_a_temporary_post_and_not_before_its_year():
    [step] = possible_steps(ON, "others", {"competence_test": ON, "temporary_post": date(2026, 3, 1)})
    assert (step.code, step.not_before) == ("honourable_dismissal", date(2027, 3, 1))


def test_no_leader_and_nobody_by_agreement_is_dismissed_by_these_steps():
    assert "honourable_dismissal" not in {each.code for each in later_steps(ON, "jpt")}
    assert codes("pppk") == ["agreement"]
    assert codes("pppk", agreement=ON) == []


def test_every_step_says_who_decides_and_where_it_stands():
    for holder in ("jpt", "others", "pppk"):
        assert all(each.decides and each.article for each in later_steps(ON, holder))
    assert later_steps(date(2019, 1, 5), "jpt") == ()
