"""The survey's sums, sample and small groups: the printed table, blanks, ties, and what never may be worked out."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.errors import RuleInputError
from terang.rules.regulations.sample_size import achieved_margin_bp, sample_size
from terang.rules.regulations.satisfaction import grade_label, satisfaction_from_answers
from terang.rules.regulations.survey_tally import (
    Tally,
    hidden_groups,
    index_of,
    mean_index,
    ranks,
    together,
    weakest,
)
from terang.rules.tables import ELEMENTS

People = st.lists(
    st.fixed_dictionaries({each: st.sampled_from([None, 1, 2, 3, 4]) for each in ELEMENTS}), min_size=1, max_size=30
)


def tally_of(people: list[dict[str, int | None]]) -> Tally:
    counts = {e: tuple(sum(person[e] == n for person in people) for n in (1, 2, 3, 4)) for e in ELEMENTS}
    return Tally(len(people), counts)  # type: ignore[arg-type]


@given(People)
def test_counts_give_the_index_of_the_single_answers(people: list[dict[str, int | None]]) -> None:
    tally = tally_of(people)
    if any(not tally.answered(each) for each in ELEMENTS):
        assert index_of(tally) is None
        return
    found, exact = index_of(tally), satisfaction_from_answers(people)
    assert found is not None
    assert (found.index, found.value, found.grade) == (exact.index, exact.value, exact.grade)
    assert sum(tally.blanks(each) for each in ELEMENTS) == exact.blanks


@given(People, People)
def test_pooling_is_counting_everybody_together_in_any_order(
    one: list[dict[str, int | None]], other: list[dict[str, int | None]]
) -> None:
    assert (
        together([tally_of(one), tally_of(other)])
        == together([tally_of(other), tally_of(one)])
        == tally_of(one + other)
    )


@given(People, st.sampled_from(ELEMENTS))
def test_a_better_answer_never_lowers_the_index(people: list[dict[str, int | None]], element: str) -> None:
    before = index_of(tally_of(people))
    better = [
        person | {element: min((person[element] or 0) + 1, 4)} if person[element] else person for person in people
    ]
    after = index_of(tally_of(better))
    assert before is None or (after is not None and after.index >= before.index)


def test_an_element_without_answers_is_missing_and_not_zero() -> None:
    short = Tally(7, {"waktu": (0, 0, 3, 4), "perilaku": (0, 0, 0, 7), "produk": (0, 1, 2, 4)}, short=7)
    assert set(short.means()) == {"waktu", "perilaku", "produk"}
    assert short.means()["waktu"] == Fraction(25, 7)
    assert (short.answered("biaya"), short.blanks("biaya")) == (0, 7)
    assert index_of(short) is None


def test_old_weights_that_fall_out_of_the_scale_have_no_index() -> None:
    lowest = Tally(5, dict.fromkeys(ELEMENTS, (5, 0, 0, 0)))
    assert str(index_of(lowest).value) == "25.00"  # type: ignore[union-attr]
    assert index_of(lowest, "0.11") is None


def test_units_count_alike_in_the_mean_and_by_people_in_the_pool() -> None:
    large, small = Tally(90, dict.fromkeys(ELEMENTS, (0, 0, 90, 0))), Tally(10, dict.fromkeys(ELEMENTS, (0, 0, 0, 10)))
    assert str(index_of(together([large, small])).value) == "77.50"  # type: ignore[union-attr]
    assert str(mean_index([Fraction(75), Fraction(100)])) == "87.50"
    assert str(mean_index([Fraction("95.32"), Fraction("95.33")])) == "95.33"
    assert mean_index([]) is None


def test_equal_means_share_a_place_and_the_regulation_orders_the_weakest() -> None:
    means = {each: Fraction(3) for each in ELEMENTS} | {"biaya": Fraction(4), "waktu": Fraction(2)}
    places = ranks(means)
    assert (places["biaya"], places["syarat"], places["sarana"], places["waktu"]) == (1, 2, 2, 9)
    assert weakest(means) == ["waktu", "syarat", "prosedur"]


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"a": 40, "b": 3}, {"a", "b"}),
        ({"a": 40, "b": 9, "c": 3}, {"b", "c"}),
        ({"a": 40, "b": 3, "c": 3}, {"b", "c"}),
        ({"a": 40, "b": 5, "c": 0}, set()),
        ({}, set()),
    ],
)
def test_a_small_group_cannot_be_worked_out_from_the_whole(sizes: dict[str, int], hidden: set[str]) -> None:
    assert hidden_groups(sizes, 5) == hidden


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 60), max_size=8), st.integers(2, 10))
def test_what_is_hidden_is_never_a_small_remainder(sizes: dict[str, int], least: int) -> None:
    hidden = hidden_groups(sizes, least)
    rest = sum(sizes[key] for key in hidden)
    assert all(sizes[key] >= least for key in sizes if key not in hidden and sizes[key])
    assert rest == 0 or rest >= least or all(key in hidden for key in sizes if sizes[key])


def test_the_margin_is_the_sample_formula_read_backwards() -> None:
    for population in (95, 400, 2_940, 75_000):
        reached = achieved_margin_bp(population, sample_size(population))
        assert 450 <= reached <= 530
    assert achieved_margin_bp(300, 300) == achieved_margin_bp(1, 1) == 0
    assert achieved_margin_bp(1_000, 29) > achieved_margin_bp(1_000, 100) > achieved_margin_bp(1_000, 278)
    with pytest.raises(RuleInputError):
        achieved_margin_bp(100, 0)


def test_classes_have_the_words_of_the_regulation() -> None:
    assert [grade_label(letter) for letter in "ABCD"] == ["Sangat baik", "Baik", "Kurang baik", "Tidak baik"]
