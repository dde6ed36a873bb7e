"""Review by colleagues: the mean that no one drags away, the draw that is even and fair, the days of reminding."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from terang.rules.reviews.draw import Numbers, Person, draw, eligible, replacement
from terang.rules.reviews.robust import robust_mean_milli
from terang.rules.reviews.tallying import Figure, Sheet, tally
from terang.rules.reviews.terms import least_of, reminder_days

ANSWERS = st.lists(st.integers(1, 10), min_size=1, max_size=30)
LEAST = {"superior": 1, "peer": 3, "subordinate": 3}


def dice(seed):
    return Random(seed)  # noqa: S311 (tests repeat a draw)


def numbers(cap=5, peer=4, subordinate=4, superior=1):
    return Numbers({"superior": superior, "peer": peer, "subordinate": subordinate}, LEAST, cap)


@pytest.mark.parametrize(
    ("answers", "milli"),
    [
        ([4], 4000),
        ([1, 5, 5], 3667),
        ([1, 5, 5, 5], 5000),
        ([1, 2, 4, 5], 3000),
        ([5, 5, 5, 5, 1], 5000),
        ([1, 3, 3, 4], 3000),
        ([1, 1, 3, 3, 4, 4, 4, 4, 5, 5], 3600),
    ],
)
def test_the_robust_mean_by_hand(answers, milli):
    assert robust_mean_milli(answers) == milli


def test_no_answers_have_no_mean():
    with pytest.raises(ValueError, match="no answers"):
        robust_mean_milli([])


@given(ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(answers, lot):
    shuffled = lot.sample(answers, len(answers))
    assert robust_mean_milli(shuffled) == robust_mean_milli(answers)


@given(ANSWERS)
def test_the_mean_lies_between_the_lowest_and_the_highest(answers):
    assert min(answers) * 1000 <= robust_mean_milli(answers) <= max(answers) * 1000


@given(st.lists(st.integers(1, 10), min_size=3, max_size=30), st.integers(1, 10))
def test_from_four_on_one_rater_cannot_leave_what_the_others_said(others, said):
    assert min(others) * 1000 <= robust_mean_milli([*others, said]) <= max(others) * 1000


def team(leader, ids, unit=1, above=9):
    return [Person(pk, leader, unit, above) for pk in ids]


def test_who_is_eligible():
    people = [Person(100, None, 9, None, is_head=True), Person(1, 100, 1, 9, is_head=True), *team(1, [2, 3, 4])]
    found = eligible(people, [], LEAST)
    assert found[2, "superior"] == (1,)
    assert found[2, "peer"] == (3, 4)
    assert found[1, "subordinate"] == (2, 3, 4)
    assert (2, "subordinate") not in found
    assert (100, "superior") not in found


def test_sister_units_stand_in_where_colleagues_are_too_few():
    people = [
        *team(1, [2, 3]),
        *team(5, [6, 7], unit=2),
        *team(8, [10], unit=3, above=99),
        Person(5, 100, 2, 9, is_head=True),
    ]
    found = eligible(people, [], LEAST)
    assert found[2, "peer"] == (3, 6, 7)
    assert found[10, "peer"] == ()
    enough = [*team(1, [2, 3, 4, 11]), *team(5, [6, 7], unit=2)]
    assert eligible(enough, [], LEAST)[2, "peer"] == (3, 4, 11)


def test_a_conflict_of_interest_bars_both_ways_and_nobody_without_an_account_is_asked():
    people = [*team(1, [2, 3, 4]), Person(5, 1, 1, 9, can_answer=False), Person(1, None, 1, 9, is_head=True)]
    found = eligible(people, [frozenset((2, 3)), frozenset((1, 4))], LEAST)
    assert (found[2, "peer"], found[3, "peer"]) == ((4,), (4,))
    assert found[4, "superior"] == ()
    assert found[1, "subordinate"] == (2, 3)
    assert found[5, "peer"] == (2, 3, 4)


@st.composite
def offices(draw_):
    """Some teams under a head, with conflicts here and there."""
    people, number = [Person(1, None, 1, None, is_head=True)], 2
    for unit, size in enumerate(draw_(st.lists(st.integers(0, 9), min_size=1, max_size=5)), 2):
        head, number = number, number + 1
        people.append(Person(head, 1, unit, 1, is_head=True))
        people += [Person(number + n, head, unit, 1, can_answer=draw_(st.booleans()) or n % 4 > 0) for n in range(size)]
        number += size
    ids = st.sampled_from([person.id for person in people])
    pairs = draw_(st.lists(st.tuples(ids, ids), max_size=8))
    return people, {frozenset(pair) for pair in pairs if pair[0] != pair[1]}


@given(offices(), st.integers(1, 8), st.integers(0, 6), st.integers(0, 6), st.integers(0, 999))
@settings(max_examples=150)
def test_what_holds_for_every_draw(office, cap, peer, subordinate, seed):
    people, barred = office
    terms, groups = numbers(cap, peer, subordinate), eligible(people, barred, LEAST)
    drawn = draw(groups, terms, dice(seed))
    load = Counter(pair.rater for pair in drawn.pairs if pair.kind != "superior")
    assert all(count <= cap for count in load.values())
    assert all(pair.rater != pair.subject for pair in drawn.pairs)
    assert not {frozenset((pair.rater, pair.subject)) for pair in drawn.pairs} & barred
    assert len({(pair.rater, pair.subject) for pair in drawn.pairs}) == len(drawn.pairs)
    assert all(pair.rater in groups[pair.subject, pair.kind] for pair in drawn.pairs)
    sizes = Counter((pair.subject, pair.kind) for pair in drawn.pairs)
    assert all(LEAST[kind] <= size <= max(terms.wanted[kind], LEAST[kind]) for (_subject, kind), size in sizes.items())
    named = {(each.subject, each.kind) for each in drawn.short}
    assert named.isdisjoint(sizes)
    assert named | set(sizes) == {group for group in groups if terms.wanted[group[1]]}
    assert drawn == draw(groups, terms, dice(seed))


@given(offices(), st.integers(3, 8), st.integers(0, 999))
@settings(max_examples=80)
def test_no_single_move_would_make_the_burden_more_even(office, cap, seed):
    people, barred = office
    groups = eligible(people, barred, LEAST)
    pairs = draw(groups, numbers(cap), dice(seed)).pairs
    load = Counter(pair.rater for pair in pairs if pair.kind != "superior")
    asked = {(pair.subject, pair.kind): set() for pair in pairs}
    for pair in pairs:
        asked[pair.subject, pair.kind].add(pair.rater)
    for pair in pairs:
        if pair.kind != "superior":
            others = set(groups[pair.subject, pair.kind]) - asked[pair.subject, pair.kind]
            assert all(load[other] >= load[pair.rater] - 1 for other in others)


def test_among_equals_everybody_carries_about_the_same():
    groups = eligible(team(1, range(2, 14)), [], LEAST)
    for seed in range(20):
        pairs = draw(groups, numbers(), dice(seed)).pairs
        load = Counter(pair.rater for pair in pairs if pair.kind == "peer")
        assert sum(load.values()) == 12 * 4
        assert max(load.values()) - min(load.values()) <= 1


def test_the_draw_is_fair_between_colleagues():
    """Everybody is drawn for everybody, about as often."""
    groups = eligible(team(1, range(2, 10)), [], LEAST)
    met = Counter()
    for seed in range(400):
        met.update((pair.rater, pair.subject) for pair in draw(groups, numbers(peer=3, cap=3), dice(seed)).pairs)
    assert len(met) == 8 * 7
    assert 400 * 3 / 7 * 0.7 < min(met.values()) <= max(met.values()) < 400 * 3 / 7 * 1.3


def test_too_few_are_named_and_not_asked_in_vain():
    groups = eligible([Person(1, None, 1, None, is_head=True), *team(1, [2, 3], above=None)], [], LEAST)
    drawn = draw(groups, numbers(), dice(1))
    assert {pair.kind for pair in drawn.pairs} == {"superior"}
    short = {(each.subject, each.kind): (each.found, each.least) for each in drawn.short}
    assert short == {(2, "peer"): (1, 3), (3, "peer"): (1, 3), (1, "subordinate"): (2, 3)}


def test_a_full_rater_is_freed_for_a_group_that_lacks_one():
    groups = {(100, "peer"): (1, 2, 3), (200, "peer"): (1, 2, 3, 4, 5, 6)}
    for seed in range(20):
        drawn = draw(groups, numbers(cap=1, peer=3), dice(seed))
        assert not drawn.short
        assert {pair.rater for pair in drawn.pairs if pair.subject == 100} == {1, 2, 3}


def test_a_replacement_is_the_least_burdened_that_is_free():
    load = {1: 0, 2: 3, 3: 1, 4: 1}
    assert replacement([1, 2, 3, 4], {1}, load, 3, dice(1)) in {3, 4}
    assert replacement([1, 2], {1}, load, 3, dice(1)) is None


def test_a_policy_may_ask_for_more_answers_never_for_fewer():
    assert least_of({"peer": 5}) == {"superior": 1, "peer": 5, "subordinate": 3}
    assert least_of({"peer": 1, "superior": 4, "subordinate": None}) == {"superior": 1, "peer": 3, "subordinate": 3}


@pytest.mark.parametrize(
    ("closes", "days"),
    [
        (date(2026, 11, 21), (date(2026, 11, 11), date(2026, 11, 19))),
        (date(2026, 11, 5), (date(2026, 11, 3),)),
        (date(2026, 11, 2), ()),
    ],
)
def test_reminders_come_at_half_time_and_when_two_days_are_left(closes, days):
    assert reminder_days(date(2026, 11, 1), closes) == days


def test_small_groups_and_small_aspects_have_no_figures():
    sheets = [
        Sheet(1, "peer", {"a": 4, "b": 2}),
        Sheet(1, "peer", {"a": 5, "b": 3}),
        Sheet(1, "peer", {"a": 3}),
        Sheet(1, "peer", None),
        Sheet(1, "superior", {"a": 2}),
        Sheet(2, "peer", {"a": 1}),
        Sheet(2, "peer", None),
        Sheet(2, "peer", {"a": 1}),
    ]
    told = tally(sheets, LEAST)
    assert told.groups == {(1, "peer"): True, (1, "superior"): True, (2, "peer"): False}
    assert told.figures == (Figure(1, "peer", "a", 3, 4000), Figure(1, "superior", "a", 1, 2000))


@given(
    st.lists(
        st.builds(
            Sheet,
            st.integers(1, 3),
            st.sampled_from(["peer", "superior"]),
            st.none() | st.dictionaries(st.sampled_from("ab"), st.integers(1, 5), min_size=1),
        ),
        max_size=20,
    ),
    st.randoms(use_true_random=False),
)
def test_the_tally_does_not_depend_on_the_order_of_sheets(sheets, lot):
    assert tally(lot.sample(sheets, len(sheets)), LEAST) == tally(sheets, LEAST)
