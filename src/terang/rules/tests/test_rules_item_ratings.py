"""What single ratings suggest: the cases of Lampiran IV p. 97–98, and that better marks never suggest worse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.errors import RuleInputError
from terang.rules.regulations.curve import expected_people
from terang.rules.regulations.item_ratings import ItemRating, suggest_from_items
from terang.rules.regulations.words import RATINGS


def rated(above=0, meets=0, below=0, extra_below=0):
    main = [ItemRating(code) for code, n in (("above", above), ("meets", meets), ("below", below)) for _ in range(n)]
    return [*main, *[ItemRating("below", main=False)] * extra_below]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        (rated(above=6, meets=2), "above"),  # V13
        (rated(above=6, meets=1, below=1), "meets"),  # V14
        (rated(above=6, meets=1, extra_below=1), "above"),  # V15
        (rated(meets=3, below=5), "below"),  # V16
        (rated(above=2, meets=2), "meets"),
        (rated(above=2, below=2), "meets"),
        (rated(meets=1), "meets"),
    ],
)
def test_cases_of_the_regulation(items, expected):
    assert suggest_from_items(items).rating == expected


def test_nothing_rated_suggests_nothing():
    assert suggest_from_items([]) is None


def test_the_reason_counts():
    told = suggest_from_items(rated(above=3, below=1)).reason
    assert told == "3 dari 4 hasil kerja di atas ekspektasi, tetapi 1 hasil utama di bawah."


def test_an_unknown_rating_is_refused():
    with pytest.raises(RuleInputError):
        suggest_from_items([ItemRating("hebat")])


ITEMS = st.lists(st.builds(ItemRating, st.sampled_from(RATINGS), st.booleans()), min_size=1, max_size=12)


@given(ITEMS, st.data())
def test_a_better_item_never_suggests_worse(items, data):
    place = data.draw(st.integers(0, len(items) - 1))
    worse = items[place]
    better = ItemRating(RATINGS[max(0, RATINGS.index(worse.rating) - 1)], worse.main)
    raised = [*items[:place], better, *items[place + 1 :]]
    assert RATINGS.index(suggest_from_items(raised).rating) <= RATINGS.index(suggest_from_items(items).rating)


@given(ITEMS, st.randoms())
def test_the_order_does_not_matter(items, random):
    mixed = list(items)
    random.shuffle(mixed)
    assert suggest_from_items(mixed) == suggest_from_items(items)


@pytest.mark.parametrize(
    ("organisation", "people", "expected"),
    [
        ("istimewa", 100, [62, 26, 6, 4, 2]),
        ("baik", 100, [17, 52, 17, 9, 4]),
        ("butuh_perbaikan", 100, [5, 15, 60, 15, 5]),
        ("kurang", 100, [4, 7, 18, 53, 18]),
        ("sangat_kurang", 100, [2, 4, 8, 25, 61]),
        ("baik", 0, [0, 0, 0, 0, 0]),
    ],
)
def test_the_curve_as_it_is_drawn(organisation, people, expected):
    """V22 and the table read from the pictures of Lampiran IV p. 94–96."""
    assert list(expected_people(organisation, people).values()) == expected
