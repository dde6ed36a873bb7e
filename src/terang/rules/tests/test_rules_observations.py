"""Instruments, points, agreement of two observers, and the change between two observations."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.observations import marks
from terang.rules.observations.rubric import PRESETS, Behaviour, as_json, from_json, preset, problems

MARKS = st.dictionaries(st.sampled_from("12345"), st.integers(0, 2))


@pytest.mark.parametrize("code", PRESETS)
def test_what_terang_proposes_can_be_used_and_stored(code):
    rubric = preset(code).rubric
    assert problems(rubric) == []
    assert from_json(as_json(rubric)) == rubric


def test_a_teacher_picks_one_of_eight_with_three_behaviours_on_three_levels():
    rubric = preset("pembelajaran").rubric
    assert len(rubric.indicators) == 8
    assert {len(each.behaviours) for each in rubric.indicators} == {3}
    assert [(level.value, level.name) for level in rubric.levels] == [
        (0, "Belum dilakukan"),
        (1, "Dilakukan, belum efektif"),
        (2, "Dilakukan dan efektif"),
    ]
    assert rubric.look(rubric.indicators[0].behaviours[0], 1) == rubric.levels[1].text
    counter = preset("loket").rubric
    assert counter.look(counter.indicators[0].behaviours[0], 1) == "Disapa, tetapi keperluannya tidak ditanyakan."


def test_what_cannot_be_used_is_told_in_words():
    rubric = preset("pembelajaran").rubric
    one = rubric.indicators[0]
    for broken, told in (
        (replace(rubric, levels=rubric.levels[:1]), "dua tingkat"),
        (replace(rubric, levels=rubric.levels[::-1]), "harus naik"),
        (replace(rubric, levels=(replace(rubric.levels[0], text=" "), *rubric.levels[1:])), "nama dan uraian"),
        (replace(rubric, indicators=()), "belum berisi indikator"),
        (replace(rubric, indicators=(one, one)), "Kode indikator"),
        (replace(rubric, indicators=(replace(one, name=""),)), "perlu nama"),
        (replace(rubric, indicators=(replace(one, behaviours=()),)), "belum berisi perilaku"),
        (replace(rubric, indicators=(replace(one, behaviours=(Behaviour("1", " "),)),)), "perlu uraian"),
        (replace(rubric, indicators=(replace(one, behaviours=(one.behaviours[0],) * 2),)), "Nomor perilaku"),
        (replace(rubric, indicators=(replace(one, behaviours=(Behaviour("1", "A", looks=("x",)),)),)), "lengkap"),
    ):
        assert any(told in each for each in problems(broken)), told


def test_points_are_summed_over_what_was_marked():
    assert marks.points({"1": 2, "2": 1, "3": 2}, 2) == marks.Points(5_000, 6_000)
    assert marks.points({"1": 0}, 2) == marks.Points(0, 2_000)
    assert marks.points({}, 2) == marks.Points(0, 0)


def test_agreement_by_hand():
    """Three behaviours: equal, one apart, two apart. Exactly 1 of 3; near (6 - 3) / 6."""
    found = marks.agreement({"1": 2, "2": 1, "3": 0}, {"1": 2, "2": 2, "3": 2}, 2)
    assert found == marks.Agreement(3, 1, 3_333, 5_000)
    assert marks.differing({"1": 2, "2": 1, "3": 0}, {"1": 2, "2": 2, "3": 2}) == ["2", "3"]
    assert marks.agreement({"1": 2}, {"2": 2}, 2) == marks.Agreement(0, 0, None, None)


@given(MARKS, MARKS)
def test_agreement_does_not_ask_who_came_first_and_never_exceeds_all(one, other):
    found = marks.agreement(one, other, 2)
    assert found == marks.agreement(other, one, 2)
    if found.pairs:
        assert 0 <= found.exact_bp <= found.near_bp <= 10_000
        assert (found.exact_bp == 10_000) == (marks.differing(one, other) == [])


@given(MARKS)
def test_who_agrees_with_themselves_agrees_wholly(one):
    found = marks.agreement(one, one, 2)
    assert found.exact_bp in (None, 10_000)


def test_two_settle_within_what_both_saw():
    assert marks.may_settle_on(1, 0, 2, (0, 1, 2))
    assert not marks.may_settle_on(2, 0, 1, (0, 1, 2))
    assert not marks.may_settle_on(3, 0, 4, (0, 1, 2))
    assert marks.may_settle_on(2, None, 2, (0, 1, 2))
    assert not marks.may_settle_on(2, None, None, (0, 1, 2))


def test_practice_changed_where_any_behaviour_rises():
    found = marks.changes({"1": 1, "2": 2}, {"1": 2, "2": 1, "3": 2})
    assert [(each.code, each.rise) for each in found] == [("1", 1), ("2", -1), ("3", None)]
    assert marks.practice_changed(found)
    assert not marks.practice_changed(marks.changes({"1": 1}, {"1": 1}))
    assert not marks.practice_changed(marks.changes({}, {"1": 2}))


def test_missing_is_told_in_order():
    assert marks.missing(("1", "2", "3"), {"2": 0}) == ["1", "3"]
