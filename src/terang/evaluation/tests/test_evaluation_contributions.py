"""The rounding "running contribution", as a table and as a property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.evaluation.contributions import contributions_bp, half_up, shown_bp


@pytest.mark.parametrize(
    ("weighted", "expected"),
    [
        ([(3333, 8765), (3333, 9105), (3334, 7001)], [2920, 3040, 2330]),
        ([(5000, 10000), (5000, None)], [10000, None]),
        ([(5000, 10000), (5000, 0)], [5000, 0]),
        ([(5000, None), (5000, None)], [None, None]),
        ([], []),
    ],
)
def test_contributions_by_hand(weighted, expected):
    assert contributions_bp(weighted) == expected


@given(st.lists(st.tuples(st.integers(1, 10_000), st.one_of(st.none(), st.integers(0, 12_000))), max_size=12))
def test_contributions_add_up_to_the_shown_total(weighted):
    steps = contributions_bp(weighted)
    counted = [(weight, score) for weight, score in weighted if score is not None]
    assert [step is None for step in steps] == [score is None for _, score in weighted]
    assert all(step % 10 == 0 for step in steps if step is not None)
    if counted:
        mean = half_up(sum(w * s for w, s in counted), sum(w for w, _ in counted))
        assert sum(step for step in steps if step is not None) == shown_bp(mean)
