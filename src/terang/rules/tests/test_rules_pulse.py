"""The pulse: nobody is asked too often, no small group can be worked out, and no share names what everybody said."""

from datetime import date
from itertools import combinations, pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from terang.rules.pulse import draw, lineage, pulse_terms, rests, shown_groups, told_share

TERMS = pulse_terms(date(2026, 11, 1))
LEAST = TERMS.least_answers
PATHS = [
    "/1/",
    *(f"/1/{a}/" for a in range(2, 6)),
    *(f"/1/{a}/{b}/" for a in range(2, 6) for b in range(10, 13)),
    *(f"/1/{a}/10/{c}/" for a in range(2, 4) for c in range(20, 23)),
]
counts = st.dictionaries(st.sampled_from(PATHS), st.integers(0, 25))


@given(counts)
def test_whatever_is_worked_out_is_empty_or_large_enough(answers):
    shown = shown_groups(answers, LEAST)
    assert all(count >= LEAST for count in shown.values())
    assert all(rest == 0 or rest >= LEAST for rest in rests(shown).values())


@given(counts)
def test_no_parent_without_its_parts_leaves_a_few(answers):
    """The attacker takes any shown groups that do not overlap from any shown group around them."""
    shown = shown_groups(answers, LEAST)
    for whole in shown:
        inside = [each for each in shown if each != whole and each.startswith(whole)]
        for number in range(1, min(len(inside), 4) + 1):
            for parts in combinations(inside, number):
                if not any(a != b and a.startswith(b) for a in parts for b in parts):
                    left = shown[whole] - sum(shown[each] for each in parts)
                    assert left == 0 or left >= LEAST


@given(counts)
def test_the_whole_government_is_shown_whenever_enough_answered(answers):
    assert ("/1/" in shown_groups(answers, LEAST)) == (sum(answers.values()) >= LEAST)


def test_a_unit_gives_way_where_its_sister_would_be_worked_out():
    assert shown_groups({"/1/2/": 12, "/1/3/": 14, "/1/4/": 3}, LEAST) == {"/1/": 29, "/1/3/": 14}
    assert shown_groups({"/1/2/": 12, "/1/3/": 14}, LEAST) == {"/1/": 26, "/1/2/": 12, "/1/3/": 14}
    assert shown_groups({"/1/2/": 9}, LEAST) == {}
    assert lineage("/1/2/30/") == ["/1/", "/1/2/", "/1/2/30/"]


@given(st.lists(st.integers(1, 5), min_size=10, max_size=60))
def test_a_share_never_says_all_or_nobody(values):
    told = told_share(values, TERMS.agree_from)
    assert 0 <= told.low_bp <= told.agree_bp <= told.high_bp <= 10_000
    assert 1000 <= told.agree_bp <= 9000


def test_a_share_hides_a_single_voice_at_its_ends():
    """Whether all ten agree or nine of them is not to be seen."""
    assert told_share([5] * 10, 4) == told_share([5] * 9 + [1], 4)
    assert told_share([1] * 10, 4) == told_share([1] * 9 + [5], 4)


@given(st.integers(0, 400), st.integers(0, 2**32))
def test_nobody_is_asked_twice_in_a_quarter_and_everybody_comes_round(people, seed):
    """Two years of months, whoever the lot falls on."""
    dice, asked, last = Random(seed), {each: [] for each in range(people)}, {}  # noqa: S311
    for number in range(24):
        month = date(2026 + number // 12, number % 12 + 1, 1)
        for each in draw(range(people), last, month, TERMS, dice):
            asked[each].append(number)
            last[each] = month
    for numbers in asked.values():
        assert all(later - earlier >= TERMS.rest_months for earlier, later in pairwise(numbers))
    if people >= 3 * TERMS.least_asked:
        assert all(len(numbers) >= 7 for numbers in asked.values())


def test_too_few_are_not_asked_at_all():
    assert draw(range(9), {}, date(2026, 11, 1), TERMS, Random(1)) == []  # noqa: S311
