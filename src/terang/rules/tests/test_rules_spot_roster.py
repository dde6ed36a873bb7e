"""The roster of a visit: reconciliation and summary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.oversight.roster import Away, Line, Mark, Outcome, outcome, summary

lines = st.builds(
    Line,
    st.booleans(),
    st.none() | st.sampled_from(Away),
    st.none() | st.sampled_from(Mark),
    st.none() | st.sampled_from(Away),
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (Line(True, None, Mark.SEEN), Outcome.MATCHED),
        (Line(False, None, Mark.SEEN), Outcome.NOTE),
        (Line(False, Away.LEAVE, Mark.SEEN), Outcome.NOTE),
        (Line(True, None, Mark.ABSENT), Outcome.QUESTION),
        (Line(True, None, Mark.EXCUSED, Away.SICK), Outcome.QUESTION),
        (Line(True, Away.DUTY, Mark.ABSENT), Outcome.MATCHED),
        (Line(True, Away.LEAVE, Mark.ABSENT), Outcome.QUESTION),
        (Line(False, Away.SHIFT_OFF, Mark.ABSENT), Outcome.MATCHED),
        (Line(False, None, Mark.EXCUSED, Away.PERMISSION), Outcome.NOTE),
        (Line(False, None, Mark.ABSENT), Outcome.FINDING),
        (Line(True, None, None), None),
    ],
)
def test_what_was_seen_against_what_is_recorded(line, expected):
    assert outcome(line) == expected


def test_the_figures_of_jembrana():
    """1,794 of whom 107 were not there: 18 sick, 20 with permission, 6 on leave, 45 off shift, 18 without a reason."""
    rows = [Line(True, None, Mark.SEEN)] * (1794 - 107)
    rows += [Line(False, Away.SICK, Mark.ABSENT)] * 18 + [Line(False, None, Mark.EXCUSED, Away.PERMISSION)] * 20
    rows += [Line(False, Away.LEAVE, Mark.ABSENT)] * 6 + [Line(False, Away.SHIFT_OFF, Mark.ABSENT)] * 45
    rows += [Line(False, None, Mark.ABSENT)] * 18
    told = summary(rows)
    assert (told.sick, told.permission, told.leave, told.shift_off, told.unexplained) == (18, 20, 6, 45, 18)
    assert told.presence_bp == 9646, "1,687 of 1,749"


def test_missing_is_not_zero():
    assert summary([]).presence_bp is None
    assert summary([Line(False, Away.SHIFT_OFF, Mark.ABSENT)]).presence_bp is None
    assert summary([Line(True, None, Mark.SEEN), Line(True)]).presence_bp is None
    assert summary([Line(False, None, Mark.ABSENT)]).presence_bp == 0


@given(st.lists(lines, max_size=40))
def test_everybody_is_counted_once_whatever_the_order(rows):
    told = summary(rows)
    away = told.sick + told.permission + told.leave + told.duty + told.shift_off + told.other
    assert told.present + away + told.unexplained + told.unmarked == told.expected == len(rows)
    assert told == summary(reversed(rows))
    assert told.presence_bp is None or 0 <= told.presence_bp <= 10_000


@given(lines)
def test_only_who_is_neither_there_nor_recorded_nor_excused_gets_a_finding(line):
    told = outcome(line)
    assert (told == Outcome.FINDING) == (line.mark == Mark.ABSENT and not line.punched and line.recorded is None)
    if line.mark == Mark.SEEN:
        assert told in (Outcome.MATCHED, Outcome.NOTE), "who was there is asked nothing"
