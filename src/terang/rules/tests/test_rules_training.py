"""Which course helps whom, and the hours of a year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.errors import RuleInputError
from terang.rules.regulations.source import rule_set
from terang.rules.regulations.training_hours import hours_rule
from terang.rules.training import Aim, advised, code_of, is_weak, kind_of

SUBJECTS = ("element.perilaku", "element.waktu", "measure.service_speed")
aims = st.builds(Aim, st.integers(1, 4), st.sampled_from(SUBJECTS), st.integers(1, 10_000))
values = st.dictionaries(st.sampled_from(SUBJECTS), st.one_of(st.none(), st.integers(0, 12_000)))


def test_pns_learn_twenty_hours_at_least_and_pppk_at_most_twenty_four() -> None:
    """PP 11/2017 Pasal 203; PP 49/2018 and Peraturan LAN 15/2020."""
    pns, pppk = hours_rule("pns", 2026), hours_rule("pppk", 2026)
    assert (pns.least, pns.most, pppk.least, pppk.most) == (20, None, None, 24)
    assert [pns.missing(hours) for hours in (0, 19, 20, 40)] == [20, 1, 0, 0]
    assert pppk.missing(0) == 0
    assert pns.minutes == 45
    assert rule_set("training_hours", date(2026, 1, 1)).note


def test_an_unknown_status_is_refused() -> None:
    with pytest.raises(RuleInputError, match="honorer"):
        hours_rule("honorer", 2026)


def test_the_limit_itself_is_not_weak_and_nothing_is_made_of_nothing() -> None:
    assert is_weak(7_660, 7_661)
    assert not is_weak(7_661, 7_661)
    assert not is_weak(None, 7_661)
    assert is_weak(None, None)
    assert (kind_of("aspect.berakhlak.loyal"), code_of("aspect.berakhlak.loyal")) == ("aspect", "berakhlak.loyal")


def test_the_course_that_helps_with_most_comes_first() -> None:
    told = [Aim(1, "element.perilaku", 8_000), Aim(2, "element.perilaku", 8_000), Aim(2, "element.waktu", 8_000)]
    found = advised(told, {"element.perilaku": 6_000, "element.waktu": 7_000})
    assert list(found) == [2, 1]


@given(st.lists(aims, max_size=8), values, st.sampled_from(SUBJECTS), st.integers(0, 3_000))
def test_better_evidence_never_advises_more(told: list[Aim], known: dict, better: str, by: int) -> None:
    before = advised(told, known)
    risen = {**known, better: known[better] + by} if known.get(better) is not None else known
    after = advised(told, risen)
    assert set(after) <= set(before)
    assert all(set(after[course]) <= set(before[course]) for course in after)


@given(st.lists(aims, max_size=8), values)
def test_the_order_of_aims_changes_nothing_but_theirs(told: list[Aim], known: dict) -> None:
    forth, back = advised(told, known), advised(told[::-1], known)
    assert list(forth) == list(back)
    assert {course: set(why) for course, why in forth.items()} == {course: set(why) for course, why in back.items()}
