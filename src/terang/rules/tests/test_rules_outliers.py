"""Who stands far from a small group: robust, in whole numbers, and the same for every order, place and size."""

from hypothesis import given
from hypothesis import strategies as st

from terang.rules.outliers import outliers

LIMITS = {"least_others": 4, "deviations_tenths": 52, "least_gap": 500}
TOTALS = st.integers(0, 12_000)
CROWDS = st.lists(st.integers(8_000, 8_400), min_size=5, max_size=20)
"""People whose totals lie close together."""
GROUPS = st.dictionaries(st.integers(1, 10_000), TOTALS, max_size=25)


def keys(values, **limits):
    return [each.key for each in outliers(values, **(LIMITS | limits))]


def test_one_far_below_the_others_is_found_with_middle_and_number():
    found = outliers({1: 8100, 2: 8200, 3: 8300, 4: 8400, 5: 6100}, **LIMITS)
    assert [(each.key, each.value, each.middle, each.others, each.is_above) for each in found] == [
        (5, 6100, 8250, 4, False)
    ]


def test_a_middle_between_two_values_is_rounded_half_up():
    (found,) = outliers({1: 8000, 2: 8001, 3: 8000, 4: 8001, 5: 1}, **LIMITS)
    assert found.middle == 8001


def test_a_small_gap_is_no_question_however_close_the_others_are():
    assert keys({1: 8000, 2: 8000, 3: 8000, 4: 8000, 5: 8499}) == []
    assert keys({1: 8000, 2: 8000, 3: 8000, 4: 8000, 5: 8500}) == [5]


def test_a_group_that_falls_into_two_halves_has_nobody_far():
    assert keys({1: 6286, 2: 6313, 3: 6500, 4: 10000, 5: 10000, 6: 10000}) == []


def test_one_wild_value_hides_no_other():
    assert keys({1: 8100, 2: 8150, 3: 8200, 4: 8250, 5: 8300, 6: 6000, 7: 12_000}) == [6, 7]


@given(GROUPS)
def test_the_order_of_the_rows_changes_nothing(values):
    assert outliers(values, **LIMITS) == outliers(dict(reversed(list(values.items()))), **LIMITS)


@given(st.dictionaries(st.integers(1, 100), TOTALS, max_size=4))
def test_too_few_others_are_never_compared(values):
    assert keys(values) == []


@given(GROUPS, st.integers(-5_000, 5_000))
def test_moving_everybody_alike_changes_nobody(values, by):
    assert keys({key: value + by for key, value in values.items()}) == keys(values)


@given(st.sets(st.integers(1, 1000), max_size=25), TOTALS)
def test_who_is_all_alike_is_never_asked_about(people, total):
    assert keys(dict.fromkeys(people, total)) == []


@given(GROUPS)
def test_at_most_a_third_stands_far_and_nobody_within_the_gap(values):
    found = outliers(values, **LIMITS)
    assert len(found) * 3 <= len(values)
    assert all(abs(each.value - each.middle) >= LIMITS["least_gap"] for each in found)


@given(CROWDS, st.integers(0, 12_000), st.integers(0, 3_000))
def test_who_stands_far_still_does_when_farther(crowd, total, by):
    values = dict(enumerate(crowd, start=1)) | {99: total}
    if found := outliers(values, **LIMITS):
        (one,) = found
        farther = values | {one.key: one.value + (by if one.is_above else -by)}
        assert one.key in keys(farther)
        assert one.key == 99


@given(CROWDS, st.integers(0, 12_000), st.integers(0, 4_000))
def test_a_larger_gap_asks_about_no_one_more(crowd, total, more):
    values = dict(enumerate(crowd, start=1)) | {99: total}
    assert set(keys(values, least_gap=LIMITS["least_gap"] + more)) <= set(keys(values))
