"""Who may be nominated, how votes count, how much praise one gives, and service medals."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.awards import (
    ServiceFacts,
    Span,
    Terms,
    all_met,
    eligibility,
    medal,
    praise_limit,
    tally,
    week_of,
    years_after,
)

TODAY = date(2026, 11, 24)
CLEAN = date(2026, 1, 5)
TERMS = Terms(tenure_years=2, least_predicate="baik", predicate_years=2, clean_years=2)
PAPERS = {"rank": True, "post": True}
KNOWN = ServiceFacts(
    "pns", date(2016, 11, 24), ((2025, "baik"), (2024, "sangat_baik")), (), CLEAN, (), CLEAN, frozenset(), PAPERS
)


def states(facts: ServiceFacts, terms: Terms = TERMS) -> dict[str, str]:
    return {each.code: each.state for each in eligibility(facts, terms, TODAY)}


def test_who_meets_everything_may_be_nominated() -> None:
    assert all_met(eligibility(KNOWN, TERMS, TODAY))
    assert states(KNOWN) == dict.fromkeys(("tenure", "predicate.2025", "predicate.2024", "clean"), "met")


def test_a_call_that_asks_nothing_has_no_conditions() -> None:
    assert eligibility(ServiceFacts("pppk"), Terms(), TODAY) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"since": None}, "tenure"),
        ({"predicates": ((2025, None), (2024, "baik"))}, "predicate.2025"),
        ({"clean_on": None}, "clean"),
        ({"clean_on": date(2025, 11, 23)}, "clean"),
    ],
)
def test_what_nobody_declared_is_not_known_and_never_a_no(change, code) -> None:
    assert states(replace(KNOWN, **change)) | {code: "unknown"} == states(replace(KNOWN, **change))
    assert not all_met(eligibility(replace(KNOWN, **change), TERMS, TODAY))


def test_what_only_needs_time_says_from_when() -> None:
    young = replace(KNOWN, since=date(2025, 2, 1))
    tenure = eligibility(young, TERMS, TODAY)[0]
    assert (tenure.state, tenure.by) == ("not_met", date(2027, 2, 1))


def test_a_sanction_counts_until_so_many_years_after_its_end() -> None:
    ended = Span("light", date(2024, 1, 1), date(2024, 11, 25))
    clean = eligibility(replace(KNOWN, sanctions=(ended,)), TERMS, TODAY)[-1]
    assert (clean.state, clean.has, clean.by) == ("not_met", "light", date(2026, 11, 25))
    gone = replace(ended, until=date(2024, 11, 24))
    assert states(replace(KNOWN, sanctions=(gone,)))["clean"] == "met"
    running = replace(ended, until=None)
    assert eligibility(replace(KNOWN, sanctions=(running,)), TERMS, TODAY)[-1].by is None


def test_a_statement_from_before_a_sanction_says_nothing_about_after() -> None:
    over = Span("medium", date(2026, 2, 1), date(2026, 3, 1))
    found = {each.code: each.state for each in medal(replace(KNOWN, sanctions=(over,)), TODAY).conditions}
    assert found["discipline"] == "unknown"
    later = replace(KNOWN, sanctions=(over,), clean_on=date(2026, 3, 1))
    assert {each.code: each.state for each in medal(later, TODAY).conditions}["discipline"] == "met"


class TestMedals:
    def test_ten_years_to_the_day(self) -> None:
        found = medal(KNOWN, TODAY)
        assert (found.grade, found.reached_on, found.is_complete) == ("x", TODAY, True)
        early = medal(KNOWN, TODAY - timedelta(days=1))
        assert (early.grade, early.is_complete) == ("x", False)
        assert early.conditions[0].by == TODAY

    def test_a_leap_day_is_complete_on_the_first_of_march(self) -> None:
        assert years_after(date(2016, 2, 29), 10) == date(2026, 3, 1)

    def test_the_highest_that_is_reached_and_not_held(self) -> None:
        old = replace(KNOWN, since=date(1996, 3, 1))
        assert medal(old, TODAY).grade == "xxx"
        assert medal(replace(KNOWN, since=date(2006, 3, 1), medals=frozenset({"x"})), TODAY).grade == "xx"
        assert medal(replace(KNOWN, medals=frozenset({"x"})), TODAY).reached_on == date(2036, 11, 24)
        assert medal(replace(old, medals=frozenset({"xxx"})), TODAY).grade == ""

    @pytest.mark.parametrize("word", ["medium", "heavy"])
    def test_a_heavier_sanction_begins_the_count_anew(self, word) -> None:
        found = medal(replace(KNOWN, sanctions=(Span(word, date(2018, 1, 1), date(2019, 1, 1)),)), TODAY)
        assert (found.counted_from, found.reached_on, found.broken_by) == (
            date(2019, 1, 1),
            date(2029, 1, 1),
            "sanction",
        )

    def test_a_light_one_does_not(self) -> None:
        assert medal(replace(KNOWN, sanctions=(Span("light", date(2018, 1, 1), date(2019, 1, 1)),)), TODAY).is_complete

    def test_unpaid_leave_begins_it_anew_and_stops_it_while_it_lasts(self) -> None:
        over = medal(replace(KNOWN, leaves=(Span("ya", date(2020, 1, 1), date(2021, 1, 1)),)), TODAY)
        assert (over.counted_from, over.broken_by) == (date(2021, 1, 1), "leave")
        lasting = medal(replace(KNOWN, leaves=(Span("ya", date(2026, 1, 1), None),)), TODAY)
        assert (lasting.counted_from, lasting.conditions[0].state) == (None, "not_met")

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"since": None}, "service"),
            ({"present_on": None}, "leave"),
            ({"clean_on": None}, "discipline"),
            ({"predicates": ((2025, None), (2024, "baik"))}, "predicate.2025"),
            ({"papers": {"rank": False, "post": True}}, "paper.rank"),
        ],
    )
    def test_what_is_missing_is_named(self, change, code) -> None:
        found = medal(replace(KNOWN, **change), TODAY)
        assert {each.code for each in found.conditions if each.state == "unknown"} == {code}
        assert not found.is_complete

    def test_contract_staff_have_none(self) -> None:
        assert medal(replace(KNOWN, status="pppk"), TODAY).conditions == ()

    @given(st.dates(date(1980, 1, 1), TODAY), st.dates(date(1990, 1, 1), TODAY))
    def test_a_break_never_brings_a_medal_nearer(self, since, ended) -> None:
        plain = medal(replace(KNOWN, since=since), TODAY)
        broken = medal(replace(KNOWN, since=since, leaves=(Span("ya", date(1985, 1, 1), ended),)), TODAY)
        assert broken.counted_from >= plain.counted_from
        assert broken.years <= plain.years


class TestVotes:
    def test_the_most_votes_lead(self) -> None:
        assert tally([2, 1, 2]).leaders == (2,)
        assert tally([]).leaders == ()

    def test_as_many_votes_are_a_tie(self) -> None:
        assert (tally([2, 1]).leaders, tally([2, 1]).is_tie) == ((1, 2), True)

    @given(st.lists(st.integers(1, 5)))
    def test_no_vote_is_lost_and_their_order_does_not_matter(self, votes) -> None:
        assert sum(tally(votes).counts.values()) == len(votes)
        assert tally(votes) == tally(list(reversed(votes)))


class TestPraise:
    def test_three_in_a_week(self) -> None:
        given_ = [(pk, TODAY) for pk in (1, 2)]
        assert praise_limit(given_, 9, [], TODAY) is None
        limit = praise_limit([*given_, (3, TODAY)], 9, [], TODAY)
        assert limit is not None
        assert (limit.code, limit.on) == ("week", date(2026, 11, 30))

    def test_once_to_the_same_person(self) -> None:
        limit = praise_limit([(9, week_of(TODAY))], 9, [], TODAY)
        assert limit is not None
        assert limit.code == "same"
        assert praise_limit([(9, week_of(TODAY) - timedelta(days=1))], 9, [], TODAY) is None

    def test_thanks_are_not_swapped(self) -> None:
        limit = praise_limit([], 9, [TODAY - timedelta(days=6)], TODAY)
        assert limit is not None
        assert (limit.code, limit.on) == ("swap", TODAY + timedelta(days=1))
        assert praise_limit([], 9, [TODAY - timedelta(days=7)], TODAY) is None
