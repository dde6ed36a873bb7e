"""How a group is spread: golden numbers by hand, and what holds for every group."""

from hypothesis import given
from hypothesis import strategies as st

from terang.rules.services.intervals import Range
from terang.rules.spreads import CLASSES, changes, classes, spread_of, tellable

VALUES = st.lists(st.integers(-2_000, 12_000), min_size=1, max_size=60)


def test_eight_people_by_hand():
    """In order 5000 6000 6500 7000 7500 8000 9000 9900. Lower quantiles are the 2nd, 4th and 6th. The second and the
    second last enclose the median in all but 2 · (1 + 8) / 256 = 7 %, so only the outermost miss less than 5 %."""
    found = spread_of([7000, 5000, 9900, 6000, 8000, 6500, 7500, 9000])
    assert (found.n, found.low, found.quarter, found.median, found.three_quarters, found.high) == (
        8,
        5000,
        6000,
        7000,
        8000,
        9900,
    )
    assert found.interval == Range(5000, 9900)


def test_too_few_have_no_interval_and_nobody_has_no_spread():
    assert spread_of([1, 2, 3, 4, 5]).interval is None
    assert spread_of([1, 2, 3, 4, 5, 6]).interval == Range(1, 6)
    assert spread_of([]) is None


def test_classes_of_ten_points():
    assert classes([0, 999, 1000, 8999, 9000, 10_000, 12_000, -5]) == (3, 1, 0, 0, 0, 0, 0, 0, 1, 3)


def test_a_change_is_that_of_the_same_person():
    assert changes([(5000, 6000), (7000, 6900), (8000, None), (None, 9000), (6000, 6500)]).median == 500
    assert changes([(None, 1), (1, None)]) is None


def test_groups_of_fewer_than_five_unseen_people_are_left_out_whole():
    assert tellable({"a": [1, 2, 3, 4], "b": [5, 6, 7, 8, 9]}) == frozenset({5, 6, 7, 8, 9})


@given(VALUES)
def test_quartiles_occur_and_are_in_order(values):
    found = spread_of(values)
    ordered = [found.low, found.quarter, found.median, found.three_quarters, found.high]
    assert ordered == sorted(ordered)
    assert set(ordered) <= set(values)
    assert found.n == len(values)
    assert found.interval is None or found.median in found.interval


@given(VALUES, st.randoms())
def test_the_order_of_people_changes_nothing(values, dice):
    mixed = list(values)
    dice.shuffle(mixed)
    assert spread_of(mixed) == spread_of(values)


@given(VALUES, st.integers(-500, 500))
def test_moving_everybody_moves_every_figure(values, by):
    moved, found = spread_of([value + by for value in values]), spread_of(values)
    assert moved.median == found.median + by
    assert changes([(value, value + by) for value in values]).median == by


@given(VALUES)
def test_nobody_is_lost_or_doubled_in_classes(values):
    assert sum(classes(values)) == len(values)
    assert len(classes(values)) == CLASSES


@given(st.dictionaries(st.integers(0, 20), st.lists(st.integers(), max_size=12), max_size=8))
def test_a_union_of_groups_never_tells_of_few(hidden):
    """Whatever groups are put together, what one of them adds is nobody, or at least five people."""
    told = tellable(hidden)
    assert all(len(people) >= 5 for people in hidden.values() if people and set(people) <= told and len(people) >= 5)
    assert told == {p for people in hidden.values() if len(people) >= 5 for p in people}
