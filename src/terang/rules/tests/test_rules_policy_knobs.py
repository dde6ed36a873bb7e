"""Turning the numbers of a policy, and writing it out: what is locked stays, all adds up, nothing else changes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.policies import PRESETS, digest, document_of, load_policy, load_preset, toml_text
from terang.rules.policies.knobs import KnobError, balanced, groups, limits, turned

weights = st.lists(st.integers(-5_000, 30_000), min_size=2, max_size=9)


@pytest.mark.parametrize("code", PRESETS)
def test_a_policy_written_out_reads_as_the_same_policy(code):
    policy = load_preset(code)
    again = load_policy(toml_text(document_of(policy)))
    assert again == policy
    assert digest(again) == digest(policy)


def test_texts_with_quotes_survive_writing():
    policy = load_preset("aceh_tenggara")
    odd = turned(policy, {})
    object.__setattr__(odd, "title", 'Uji "kutip" \\ dan baris')
    assert load_policy(toml_text(document_of(odd))).title == odd.title


@pytest.mark.parametrize("code", PRESETS)
def test_nothing_wanted_changes_nothing(code):
    policy = load_preset(code)
    assert turned(policy, {}) == policy
    same = {group.knob(member): value for group in groups(policy) for member, value in group.values_bp.items()}
    assert turned(policy, same | limits(policy)) == policy


def test_weights_are_shared_out_by_hand():
    # 50 + 30 + 10 + 20 = 110 %: 50/110, 30/110, 10/110 and 20/110 of 10,000: 4545.45, 2727.27, 909.09, 1818.18.
    assert balanced([5000, 3000, 1000, 2000], [False] * 4) == [4546, 2727, 909, 1818]
    # Half is locked: the others share 5,000 as 3 : 1 : 2.
    assert balanced([5000, 3000, 1000, 2000], [True, False, False, False]) == [5000, 2500, 833, 1667]


@given(weights)
def test_whatever_is_asked_adds_up_and_stays(asked):
    found = balanced(asked, [False] * len(asked))
    assert sum(found) == 10_000
    assert min(found) >= 1
    assert balanced(found, [False] * len(found)) == found


@given(weights, st.data())
def test_what_is_locked_stays_as_asked_or_is_refused(asked, data):
    locked = data.draw(st.lists(st.booleans(), min_size=len(asked), max_size=len(asked)))
    kept = [min(max(value, 1), 10_000) for value in asked]
    try:
        found = balanced(asked, locked)
    except KnobError:
        room = 10_000 - sum(value for value, lock in zip(kept, locked, strict=True) if lock)
        assert room < locked.count(False) or all(locked)
        return
    assert sum(found) == 10_000
    assert all(value == was for value, was, lock in zip(found, kept, locked, strict=True) if lock)


@given(weights)
def test_who_asked_for_more_never_gets_less(asked):
    found = balanced(asked, [False] * len(asked))
    pairs = sorted(zip([min(max(value, 1), 10_000) for value in asked], found, strict=True))
    assert all(less <= more + 1 for (low, less), (high, more) in pairwise(pairs) if low < high)


def test_a_turned_policy_is_one_that_may_be_published():
    policy = load_preset("mamuju")
    other = turned(policy, {"w..hasil": 9_000, "standard": 7_000, "work_above": 9_500}, locked=["w..hasil"])
    again = load_policy(toml_text(document_of(other)))
    assert again == other
    assert [aspect.weight_bp for aspect in other.aspects] == [9_000, 500, 500]
    assert other.standard_bp == 7_000
    assert other.variants == policy.variants


def test_limits_the_wrong_way_round_are_refused():
    with pytest.raises(KnobError, match="harus di bawah"):
        turned(load_preset("makassar"), {"work_meets": 9_500})


def test_locks_without_room_are_refused():
    policy = load_preset("makassar")
    wanted = {"w..hasil": 7_000, "w..layanan": 4_000}
    with pytest.raises(KnobError, match="110 %"):
        turned(policy, wanted, locked=list(wanted))
