"""What feeding Terang costs: declared, dated, each number with where it is from."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.burden import Spread, entry_kinds, kind_by_verb, minutes, seconds_of, spread
from terang.rules.regulations.source import rule_sets

KINDS = entry_kinds(date(2026, 11, 1))


@pytest.mark.parametrize("version", rule_sets("burden"), ids=lambda each: each.id)
def test_each_number_says_where_it_is_from_and_a_verb_counts_once(version):
    kinds = entry_kinds(version.valid_from)
    verbs = [verb for kind in kinds for verb in kind.verbs]
    assert len(verbs) == len(set(verbs))
    for kind in kinds:
        assert kind.told_by in {"anggapan", "diukur pada uji peramban"}
        assert kind.seconds > 0
        assert kind.label and kind.label_en and kind.drop and kind.drop_en  # noqa: PT018


def test_entries_times_their_seconds_and_nothing_else():
    assert seconds_of({"work.entry_submitted": 3, "work.entry_accepted": 2, "accounts.signed_in": 9}, KINDS) == 210
    assert kind_by_verb(KINDS)["pulse.answered"].code == "denyut"


def test_half_and_nine_of_ten_with_those_who_entered_nothing():
    assert spread([]) is None
    assert spread([0, 0, 60, 120, 600]) == Spread(5, 1, 10)
    assert spread([60 * each for each in range(1, 11)]) == Spread(10, 5, 9)
    assert (minutes(29), minutes(30), minutes(90)) == (0, 1, 2)


@given(st.lists(st.integers(0, 10**5), min_size=1))
def test_the_order_of_people_says_nothing_and_more_work_never_weighs_less(seconds):
    found = spread(seconds)
    assert found == spread(sorted(seconds, reverse=True))
    heavier = spread([each + 60 for each in seconds])
    assert heavier.median >= found.median
    assert found.median <= found.ninetieth
