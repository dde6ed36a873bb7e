"""Properties of the hierarchy: nobody appraises themselves, nobody is forgotten, the order of rows changes nothing."""

import random
from datetime import date, timedelta
from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from terang.registry.people.hierarchy import Delegation, Hierarchy, Node, Place

START = date(2026, 1, 1)
KINDS = ("definitif", "plt", "plh")


@st.composite
def governments(draw, *, root_led=True):
    """A tree of units and people on posts, definitive and acting; person 1 is the elected head of the root."""
    size = draw(st.integers(1, 12))
    units = {1: Node(None, "1")}
    units |= {number: Node(draw(st.integers(1, number - 1)), str(number)) for number in range(2, size + 1)}
    places = [Place(1, 1, 1, "definitif", START, True, True, "Wali Kota")] if root_led else []
    people = draw(st.integers(1, 25))
    for number in range(2, people + 2):
        places.append(_place(len(places) + 1, number, draw(st.integers(1, size)), "definitif", draw(st.booleans())))
    for _ in range(draw(st.integers(0, 6))):
        kind, person = draw(st.sampled_from(KINDS[1:])), draw(st.integers(2, people + 1))
        places.append(_place(len(places) + 1, person, draw(st.integers(2, size)) if size > 1 else 1, kind, True))
    if root_led:
        places = [p for p in places if p.employee_id == 1 or not (p.unit_id == 1 and p.is_head)]
    return units, places


def _place(number, person, unit, kind, is_head):
    return Place(number, person, unit, kind, START + timedelta(days=number % 5), is_head, False, "Jabatan")


@given(governments(root_led=False))
def test_nobody_appraises_or_reviews_themselves(government):
    hierarchy = Hierarchy(*government)
    for person in hierarchy.places:
        answer, above = hierarchy.appraiser(person), hierarchy.superior(person)
        assert answer is None or person not in (answer.appraiser_id, answer.stand_in_id)
        assert above is None or above.appraiser_id not in (person, answer.appraiser_id)


@given(governments())
def test_everybody_but_the_elected_head_has_an_appraiser(government):
    hierarchy = Hierarchy(*government)
    without = {person for person in hierarchy.places if hierarchy.appraiser(person) is None}
    assert without == {1}


@given(governments(root_led=False), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_answer(government, dice):
    units, places = government
    shuffled = random.Random(dice.random()).sample(places, len(places))  # noqa: S311
    one, other = Hierarchy(units, places), Hierarchy(dict(reversed(units.items())), shuffled)
    for person in one.places:
        assert one.appraiser(person) == other.appraiser(person)
        assert one.superior(person) == other.superior(person)
    assert one.circles() == other.circles()


@given(governments(root_led=False), st.data())
def test_the_units_led_hold_all_who_are_appraised_in_them(government, data):
    hierarchy = Hierarchy(*government)
    leader = data.draw(st.sampled_from(sorted(hierarchy.places)))
    units = hierarchy.led_units(leader)
    for person in hierarchy.places:
        answer = hierarchy.appraiser(person)
        if answer and leader in (answer.appraiser_id, answer.stand_in_id) and person not in hierarchy.leader_ids:
            assert hierarchy.governing_place(person).unit_id in units


@given(governments(root_led=False), st.data())
@settings(max_examples=50)
def test_a_tree_that_runs_in_a_circle_still_answers(government, data):
    units, places = government
    looped = {**units, 1: Node(data.draw(st.sampled_from(sorted(units))), "1")}
    hierarchy = Hierarchy(looped, places)
    for person in hierarchy.places:
        answer = hierarchy.appraiser(person)
        assert answer is None or answer.appraiser_id != person


def test_overrides_that_run_in_a_circle_are_found_once():
    units = {1: Node(None, "1")}
    places = [_place(1, 10, 1, "definitif", False), _place(2, 11, 1, "definitif", False)]
    chosen = {10: Delegation(1, 11, START, "a", "b"), 11: Delegation(2, 10, START, "a", "b")}
    assert Hierarchy(units, places, chosen).circles() == [(10, 11)]
    assert Hierarchy(units, places, {10: chosen[10]}).circles() == []


def test_ten_thousand_people_are_answered_quickly():
    units = {1: Node(None, "1"), **{number: Node(number // 8 or 1, str(number)) for number in range(2, 701)}}
    places = [_place(number, number, number, "definitif", True) for number in units]
    places += [_place(number, number, 1 + number % 700, "definitif", False) for number in range(701, 10_001)]
    hierarchy = Hierarchy(units, places)
    begun = perf_counter()
    assert sum(hierarchy.appraiser(person) is not None for person in hierarchy.places) == 9_999
    assert perf_counter() - begun < 1
