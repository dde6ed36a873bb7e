"""A forecast is the line and the interval of the textbooks; it is silent where little is known."""

from hypothesis import given
from hypothesis import strategies as st

from terang.rules.forecast import FEWEST, MOST, forecast


def test_a_straight_line_goes_on_and_is_sure_of_it():
    found = forecast([(1, 100), (2, 110), (3, 120), (4, 130)], at=6)
    assert (found.value, found.low, found.high, found.values) == (150, 150, 150, 4)


def test_the_interval_is_that_of_the_textbook():
    # x = 1…5, y = 2, 4, 5, 4, 5 (thousands): slope 0.6, intercept 2.2, s² = 2.4/3;
    # at 6: 5.8 ± 1.638·s·√(1 + 1/5 + 9/10)
    found = forecast([(1, 2_000), (2, 4_000), (3, 5_000), (4, 4_000), (5, 5_000)], at=6)
    assert (found.value, found.low, found.high) == (5_800, 3_677, 7_923)


def test_too_few_values_say_nothing():
    assert forecast([(number, number) for number in range(FEWEST - 1)], at=9) is None


@given(st.lists(st.integers(-(10**9), 10**9), min_size=FEWEST, max_size=20), st.integers(1, 8), st.integers(-99, 99))
def test_it_moves_with_its_values_and_holds_itself(values, ahead, shift):
    known = list(enumerate(values))
    at = len(values) - 1 + ahead
    found = forecast(known, at)
    assert found.low <= found.value <= found.high
    assert found.values == min(len(values), MOST)
    moved = forecast([(place, value + shift) for place, value in known], at)
    assert abs(moved.value - found.value - shift) <= 1
    assert forecast(list(reversed(known)), at) == found
