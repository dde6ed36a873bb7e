"""The fairness lens: cases counted by hand, properties, and a small run of its experiment with fixed seeds."""

import importlib
import sys
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.fairness.comparing import compare, holm, stratum
from terang.rules.fairness.groups import look_at_groups
from terang.rules.fairness.model import Lens, Rated
from terang.rules.fairness.raters import agreement, look_at_raters
from terang.rules.fairness.shares import Share, ratio
from terang.rules.fairness.strata import bands, left_open
from terang.rules.fairness.tiers import shrunk, tiers

BENCHMARKS = Path(__file__).resolve().parents[4] / "benchmarks"


def test_the_chance_is_counted_out() -> None:
    """Two of four people are looked at, both rated 0, the others 1 and 1: one of six choices is as low."""
    found = compare([stratum((0, 0), (1, 1))])
    assert found is not None
    assert (found.people, found.effect) == (2, -1)
    assert found.p_low == pytest.approx(1 / 6)
    assert found.p_high == 1
    assert found.p_two_sided == pytest.approx(1 / 3)


def test_two_strata_are_counted_together() -> None:
    """A half of each stratum, lowest in both: 1/2 times 1/3."""
    found = compare([stratum((0,), (1,)), stratum((0,), (2, 2))])
    assert found is not None
    assert found.p_low == pytest.approx(1 / 6)
    assert found.effect == pytest.approx((-1 * 1 / 2 - 2 * 2 / 3) / (1 / 2 + 2 / 3))


def test_nobody_to_compare_with_is_nothing_known() -> None:
    assert compare([]) is None
    assert compare([stratum((1, 2), ())]) is None
    assert compare([stratum((1,), (1, 1))]) is None


VALUES = st.lists(st.integers(0, 4), min_size=1, max_size=7).map(tuple)


@given(st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=4))
def test_turned_round_it_is_the_other_side(sides) -> None:
    ours, theirs = compare([stratum(a, b) for a, b in sides]), compare([stratum(b, a) for a, b in sides])
    assert (ours is None) == (theirs is None)
    if ours and theirs:
        assert ours.effect == pytest.approx(-theirs.effect)
        assert ours.p_low == pytest.approx(theirs.p_high)


def test_large_numbers_are_close_to_what_would_be_counted(monkeypatch) -> None:
    strata = [stratum((0, 1, 1, 2) * 6, (1, 2, 2, 3) * 20)] * 2
    counted = compare(strata)
    monkeypatch.setattr("terang.rules.fairness.comparing.MOST_EXACT", 0)
    taken = compare(strata)
    assert counted is not None
    assert taken is not None
    assert taken.p_low == pytest.approx(counted.p_low, abs=2e-4)


def test_holm_by_hand() -> None:
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])
    assert holm([]) == []


def test_shares_by_hand() -> None:
    assert ratio(Share(0, 10), Share(5, 10)) is None
    known = ratio(Share(20, 100), Share(40, 100))
    assert known is not None
    assert (round(known[0], 2), round(known[1][0], 2), round(known[1][1], 2)) == (0.5, 0.32, 0.79)


def test_a_tier_ends_only_where_intervals_separate() -> None:
    assert tiers({1: (0.0, 1.0), 2: (0.9, 2.0), 3: (3.0, 4.0)}) == [(3,), (1, 2)]
    assert tiers({1: (0, 5), 2: (1, 2), 3: (3, 4)}) == [(1, 2, 3)]
    assert tiers({}) == []


INTERVALS = st.dictionaries(
    st.integers(0, 30), st.tuples(st.integers(-50, 50), st.integers(0, 30)).map(lambda t: (t[0], t[0] + t[1]))
)


@given(INTERVALS)
def test_everybody_is_in_one_tier_and_tiers_do_not_touch(intervals) -> None:
    found = tiers(intervals)
    assert sorted(key for tier in found for key in tier) == sorted(intervals)
    for upper, lower in pairwise(found):
        assert min(intervals[key][0] for key in upper) > max(intervals[key][1] for key in lower)


def test_the_less_is_known_the_more_is_shrunk() -> None:
    sure, unsure, _other = shrunk([(1.0, 0.1), (1.0, 0.8), (-1.0, 0.1)])
    assert 0 < unsure[0] < sure[0] < 1
    assert unsure[1][1] - unsure[1][0] > sure[1][1] - sure[1][0]
    assert [each[0] for each in shrunk([(0.1, 1.0), (-0.1, 1.0)])] == [0, 0]


def _person(key: int, rater: int, work: int = 1, behaviour: int = 1, evidence: int = 7500, **others) -> Rated:
    told = {"suggested_work": 1, "suggested_behaviour": 1, "work_bp": evidence, "behaviour_bp": evidence}
    return Rated(key, rater, work, behaviour, **(told | others))


def test_small_teams_and_missing_evidence_show_counts_only() -> None:
    rated = [_person(n, 1) for n in range(4)] + [_person(9, 1, work_bp=None, behaviour_bp=None)]
    [line] = look_at_raters(rated, Lens())
    assert (line.rated, line.compared, line.severity, line.findings) == (5, 4, None, ())


def test_a_rating_without_evidence_is_not_compared() -> None:
    """Only work is known: it counts twice, behaviour not at all."""
    one = _person(1, 1, work=2, behaviour=0, suggested_behaviour=None, behaviour_bp=None)
    assert (one.levels, one.whole_bp2, one.distance, one.is_middle) == (4, 15_000, 2, False)
    assert one.has_evidence
    assert not one.knows_both
    both = _person(2, 1, work=2, behaviour=1)
    assert (both.levels, both.whole_bp2, both.distance) == (3, 15_000, 1)


def test_small_groups_show_their_size_only() -> None:
    rated = [_person(n, 1, groups={"sex": "woman" if n < 9 else "man"}) for n in range(40)]
    lines = look_at_groups(rated, Lens())
    assert [(each.group, each.size, each.share, each.ratio) for each in lines] == [
        ("man", 31, None, None),
        ("woman", 9, None, None),
    ]


def test_the_ratio_is_taken_to_the_best_off_group() -> None:
    """Shares 1/2, 1/4 and 1/5: the last two against the first, not against everybody else."""
    ages = ["young"] * 20 + ["middle"] * 20 + ["old"] * 20
    high = {*range(10), *range(20, 25), *range(40, 44)}
    rated = [_person(n, 1, groups={"age": age}, is_high=n in high) for n, age in enumerate(ages)]
    lines = {each.group: each for each in look_at_groups(rated, Lens())}
    assert {each.best for each in lines.values()} == {"young"}
    assert lines["young"].ratio is None
    told = {group: round(each.ratio[0], 2) for group, each in lines.items() if each.ratio}
    assert told == {"middle": 0.5, "old": 0.4}
    nobody = look_at_groups([replace(each, is_high=False) for each in rated], Lens())
    assert {(each.best, each.ratio) for each in nobody} == {(None, None)}


def test_who_has_nobody_with_like_evidence_is_not_compared() -> None:
    """All women below all men: no gap is told. One level less with the same evidence: it is."""
    apart = [
        _person(n, 1, work=n % 2, evidence=6000 + n, groups={"sex": "woman" if n < 15 else "man"}) for n in range(30)
    ]
    assert {(each.adjusted, each.is_pointed_at) for each in look_at_groups(apart, Lens())} == {(None, False)}
    alike = [
        _person(n, 1, work=n % 2, evidence=6000 + n // 2, groups={"sex": "man" if n % 2 else "woman"})
        for n in range(30)
    ]
    [man, woman] = look_at_groups(alike, Lens())
    assert man.is_pointed_at
    assert woman.is_pointed_at


def test_what_evidence_leaves_open_by_hand() -> None:
    """Ratings 0, 4 and 2 together at evidence 1, 2 and 3: the line rises by 1 a step, from 1."""
    people = [_person(n, 1, work=mark, behaviour=mark, evidence=n + 1) for n, mark in enumerate((0, 2, 1))]
    assert left_open(people, dict.fromkeys(range(3), 0)) == {0: -4, 1: 8, 2: -4}


PEOPLE = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 12000)), min_size=1, max_size=30).map(
    lambda rows: [_person(n, n // 5, work, behaviour, proof) for n, (work, behaviour, proof) in enumerate(rows)]
)


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(people, dice) -> None:
    place = bands(people)
    told = left_open(people, place)
    shuffled = dice.sample(people, len(people))
    assert left_open(shuffled, bands(shuffled)) == told
    assert look_at_raters(shuffled, Lens()) == look_at_raters(people, Lens())


@given(PEOPLE)
def test_a_better_rating_on_the_same_evidence_leaves_more_open(people) -> None:
    told = left_open(people, dict.fromkeys(range(len(people)), 0))
    for one, other in combinations(people, 2):
        if one.whole_bp2 == other.whole_bp2 and one.levels > other.levels:
            assert told[one.key] > told[other.key]
        if one.levels == other.levels and one.whole_bp2 > other.whole_bp2:
            assert told[one.key] <= told[other.key]


def test_results_rated_alike_count_only_where_there_are_some() -> None:
    """One appraiser gives all three results of everybody the same, the other never; a third rates no results."""
    rated = [_person(n, n // 10, items=0 if n >= 20 else 3, are_items_alike=n < 10) for n in range(30)]
    found = {
        line.rater: {each.pattern for each in line.findings if each.is_pointed_at}
        for line in look_at_raters(rated, Lens())
    }
    assert found == {0: {"same"}, 1: set(), 2: set()}


def test_agreement_by_hand() -> None:
    assert agreement([_person(n, 1, work=n, evidence=n) for n in range(3)]) == pytest.approx(1)
    assert agreement([_person(n, 1, work=2 - n, evidence=n) for n in range(3)]) == pytest.approx(-1)
    assert agreement([_person(n, 1, evidence=n) for n in range(3)]) is None


@pytest.fixture(scope="module")
def experiment():
    sys.path.insert(0, str(BENCHMARKS))
    yield importlib.import_module("fairness")
    sys.path.remove(str(BENCHMARKS))


def test_where_all_rate_alike_little_is_pointed_at(experiment) -> None:
    """At most the declared 5 %, as far as 60 governments can tell: 8 of 60 would be a chance of 1 in 100."""
    row = experiment.measured(experiment.Case("clean", people=300), 60)
    assert row["false_rater"] < 8 / 60
    assert row["false_group"] < 8 / 60


@pytest.mark.parametrize("people", [30, 60])
def test_truly_lower_evidence_in_a_small_government_is_no_finding(experiment, people: int) -> None:
    """Women's evidence lies more than a band's width lower, and everybody is rated alike."""
    row = experiment.measured(experiment.Case("clean", people=people, apart=1.0), 60)
    assert row["false_group"] < 8 / 60
    assert row["false_rater"] < 8 / 60


PLANTED = (
    ("severe", 1.0, 500, 0.9),
    ("halo", 1.0, 500, 0.6),
    ("same", 1.0, 500, 0.6),
    ("central", 1.0, 500, 0.6),
    ("recent", 1.0, 500, 0.4),
    ("women", 0.2, 2000, 0.9),
    ("women", 0.5, 60, 0.7),
)


@pytest.mark.parametrize(("name", "effect", "people", "least"), PLANTED)
def test_what_was_planted_is_found(experiment, name: str, effect: float, people: int, least: float) -> None:
    team = 10 if name == "women" else 25
    assert experiment.measured(experiment.Case(name, effect, people, team), 10)["found"] >= least


def test_the_last_weeks_are_told_from_the_whole_period() -> None:
    """Same evidence over the whole period; who ended well got a level more, from one appraiser only."""
    rated = [
        _person(n, n // 12, work=1 + (n < 12 and n % 2), evidence=7500, recent_bp=7000 + 1000 * (n % 2))
        for n in range(48)
    ]
    found = {
        line.rater: {each.pattern: each for each in line.findings}["recency"].is_pointed_at
        for line in look_at_raters(rated, Lens())
        if any(each.pattern == "recency" for each in line.findings)
    }
    assert found == {0: True}
    unknown = [replace(each, recent_bp=None) for each in rated]
    seen = {each.pattern for line in look_at_raters(unknown, Lens()) for each in line.findings}
    assert "recency" not in seen


def test_a_severe_appraiser_is_told_from_a_weak_team(experiment) -> None:
    """The same low ratings, once beside like evidence, once beside better evidence."""
    rated = list(experiment.people_of(experiment.Case("severe", 1.0), Random(3)))  # noqa: S311 (made-up people)
    lines = {line.rater: line for line in look_at_raters(rated, Lens())}
    [found] = [each for each in lines[1].findings if each.is_pointed_at and each.pattern == "severity"]
    assert found.effect < -0.5
    interval = lines[1].interval
    assert interval is not None
    assert interval[1] < 0
