"""Two systems about the same people: each kind of difference, its owner, and that order decides nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.reconciling import Coverage, Here, There, differences

NIP = "199203172019031004"
HERE = Here(NIP, "Perawat", "Puskesmas Melati", "1", "Dewi", "agreed", "baik")
THERE = There(NIP, "PERAWAT", "Puskesmas  Melati", "1", "Dewi", "agreed", "baik")
ALL = Coverage(frozenset({NIP}), frozenset({NIP}))


def found(here, there, coverage=ALL):
    return [(each.kind, each.owner) for each in differences([here] if here else [], [there] if there else [], coverage)]


def test_the_same_said_in_other_letters_is_no_difference():
    assert found(HERE, THERE) == []


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        (HERE, None, ("plan_missing_there", "person")),
        (replace(HERE, plan=""), None, ("unknown_there", "personnel")),
        (None, THERE, ("unknown_here", "personnel")),
        (replace(HERE, left=True), THERE, ("left_here", "personnel")),
        (replace(HERE, plan=""), THERE, ("plan_missing_here", "person")),
        (HERE, replace(THERE, plan=None), ("plan_missing_there", "person")),
        (HERE, replace(THERE, plan="draft"), ("plan_state", "person")),
        (HERE, replace(THERE, plan="submitted"), ("plan_state", "superior")),
        (replace(HERE, plan="draft"), replace(THERE, plan="submitted"), ("plan_state", "person")),
        (replace(HERE, plan="submitted"), THERE, ("plan_state", "superior")),
        (HERE, replace(THERE, superior_nip="2"), ("superior", "personnel")),
        (HERE, replace(THERE, post="Bidan"), ("post", "personnel")),
        (HERE, replace(THERE, unit="Puskesmas Mawar"), ("unit", "personnel")),
        (HERE, replace(THERE, predicate="sangat_baik"), ("predicate", "superior")),
        (HERE, replace(THERE, predicate=""), ("evaluation_missing_there", "superior")),
        (HERE, replace(THERE, predicate=None), ("evaluation_missing_there", "superior")),
        (replace(HERE, predicate=""), THERE, ("evaluation_missing_here", "superior")),
    ],
)
def test_each_difference_has_a_kind_and_who_must_act(here, there, expected):
    assert found(here, there) == [expected]


def test_what_a_report_does_not_tell_is_not_compared():
    assert found(HERE, There(NIP, plan="unknown"), Coverage()) == []
    assert found(HERE, None, Coverage()) == [], "nobody is missed where no report was expected to name them"
    assert found(replace(HERE, left=True), None) == []


def test_the_digest_changes_with_the_facts():
    first, second, again = (
        differences([HERE], [replace(THERE, post=post)], ALL)[0] for post in ("Bidan", "Dokter", "Bidan")
    )
    assert first.digest == again.digest != second.digest


people = st.lists(
    st.tuples(
        st.integers(0, 8),
        st.sampled_from(["", "draft", "submitted", "agreed"]),
        st.sampled_from(["", "baik", "kurang"]),
        st.sampled_from(["Perawat", "Bidan"]),
    ),
    unique_by=lambda each: each[0],
)


@given(people, people, st.randoms())
def test_order_decides_nothing_and_nobody_differs_from_themselves(ours, theirs, random):
    here = [Here(str(n), post, "U", "1", "D", plan, mark) for n, plan, mark, post in ours]
    there = [There(str(n), post, "U", "1", "D", plan or None, mark) for n, plan, mark, post in theirs]
    nips = frozenset(each.nip for each in here)
    told = differences(here, there, Coverage(nips, nips))
    random.shuffle(here)
    random.shuffle(there)
    assert differences(here, there, Coverage(nips, nips)) == told
    assert len({(each.nip, each.kind) for each in told}) == len(told)
    same = [There(each.nip, each.post, each.unit, "1", "D", each.plan or None, each.predicate) for each in here]
    assert differences(here, same, Coverage(nips, nips)) == []
