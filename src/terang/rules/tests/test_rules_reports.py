"""The rubric and the periods of performance reports: cases an official can read, and what always holds."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.reports.periods import MONTHS, span_of, spans_between
from terang.rules.reports.rubric import (
    Rubric,
    as_json,
    from_json,
    missing_marks,
    preset,
    problems,
    rating_bp,
)

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("report_rubric.toml").read_text("utf-8"))["cases"]
CODES = [each.code for each in preset().criteria]
MARKS = st.dictionaries(st.sampled_from(CODES), st.integers(1, 4))


def changed(case):
    """The preset with the weights of a case, and the points of its second levels."""
    criteria = []
    for each in preset().criteria:
        points = case.get("points", {}).get(each.code)
        levels = tuple(
            replace(level, points_bp=points) if points and level.number == 2 else level for level in each.levels
        )
        criteria.append(replace(each, weight=case.get("weights", {}).get(each.code, each.weight), levels=levels))
    return Rubric(tuple(criteria))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_rating(case):
    assert rating_bp(changed(case), case["marks"]) == case["rating_bp"]


def test_nothing_marked_is_missing_and_not_zero():
    assert rating_bp(preset(), {}) is None
    assert missing_marks(preset(), {"bukti": 3}) == ["tantangan", "manfaat", "rencana"]


@pytest.mark.parametrize("marks", [{"bukti": 5}, {"bukti": 0}, {"kehadiran": 3}])
def test_a_mark_that_the_rubric_does_not_have_is_refused(marks):
    with pytest.raises(KeyError):
        rating_bp(preset(), marks)


@given(MARKS.filter(bool))
def test_a_rating_lies_between_its_marks(marks):
    points = [2500 * level for level in marks.values()]
    assert min(points) <= rating_bp(preset(), marks) <= max(points)


@given(MARKS.filter(bool), st.randoms(use_true_random=False))
def test_the_order_of_marks_changes_nothing(marks, dice):
    shuffled = list(marks.items())
    dice.shuffle(shuffled)
    assert rating_bp(preset(), dict(shuffled)) == rating_bp(preset(), marks)


@given(MARKS.filter(bool), st.data())
def test_a_better_mark_never_lowers_a_rating(marks, data):
    code = data.draw(st.sampled_from(sorted(marks)))
    better = {**marks, code: min(4, marks[code] + 1)}
    assert rating_bp(preset(), better) >= rating_bp(preset(), marks)


def test_a_rubric_survives_being_stored():
    assert from_json(as_json(preset())) == preset()


def test_what_is_wrong_with_a_rubric_is_said():
    first = preset().criteria[0]
    falling = replace(first, levels=(replace(first.levels[0], points_bp=9000), *first.levels[1:]))
    assert problems(preset()) == []
    assert "naik" in problems(Rubric((falling,)))[0]
    assert "berbeda" in problems(Rubric((first, first)))[0]
    assert problems(Rubric(())) == ["Rubrik belum berisi kriteria."]
    assert any("Bobot" in each for each in problems(Rubric((replace(first, weight=0),))))
    bare = replace(first, levels=(replace(first.levels[0], text=" "), *first.levels[1:]))
    assert any("uraian" in each for each in problems(Rubric((bare,))))


@given(st.sampled_from(sorted(MONTHS)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_every_day_lies_in_one_period_of_each_kind(kind, day):
    span = span_of(kind, day)
    assert span.start <= day < span.end
    assert span_of(kind, span.end).start == span.end
    assert 1 <= span.number <= 12 // MONTHS[kind]


def test_periods_of_a_year():
    quarters = list(spans_between("triwulan", date(2026, 1, 1), date(2027, 1, 1)))
    assert [each.number for each in quarters] == [1, 2, 3, 4]
    assert quarters[-1].end == date(2027, 1, 1)
    assert [each.start for each in spans_between("tahun", date(2025, 6, 1), date(2027, 1, 1))] == [date(2026, 1, 1)]
