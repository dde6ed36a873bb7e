"""How long services take: published intervals, and what must hold for any requests whatever."""

import tomllib
from fractions import Fraction
from math import comb
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.rules.services import (
    LEAST_FINISHED,
    NOTHING,
    Range,
    Times,
    Verdict,
    compare,
    compare_mixes,
    median_interval,
    quantile,
    share_change_interval,
    share_interval,
    summary_of,
    together,
    windows_around,
)
from terang.rules.services.intervals import MISSED_EACH, MOST_EXACT, median_rank, weighted_change_interval

CASES = tomllib.loads((Path(__file__).parent / "cases" / "service_times.toml").read_text(encoding="utf-8"))
MONTHS = [202601, 202602, 202603, 202604, 202605, 202606, 202607]

histograms = st.dictionaries(st.integers(0, 20_000), st.integers(1, 40), min_size=1, max_size=12)


def times(counts: dict[int, int], standard: int = 450) -> Times:
    judged = sum(counts.values())
    return Times(counts, sum(count for minutes, count in counts.items() if minutes <= standard), judged)


groups = histograms.map(times)


@pytest.mark.parametrize("case", CASES["ranks"], ids=str)
def test_the_ranks_of_a_median_are_those_of_the_tables(case: dict[str, int]) -> None:
    assert median_rank(case["finished"]) == case["rank"]


@pytest.mark.parametrize("case", CASES["shares"], ids=str)
def test_a_share_has_the_published_interval(case: dict[str, int]) -> None:
    assert share_interval(case["part"], case["whole"]) == Range(case["low"], case["high"])


@pytest.mark.parametrize("case", CASES["share_changes"], ids=str)
def test_a_change_of_shares_has_the_published_interval(case: dict[str, Any]) -> None:
    found = share_change_interval(tuple(case["before"]), tuple(case["after"]))
    assert found == Range(case["low"], case["high"])


@pytest.mark.parametrize("case", CASES["summaries"], ids=str)
def test_quartiles_are_times_that_occurred(case: dict[str, Any]) -> None:
    found = summary_of(times({int(minutes): count for minutes, count in case["minutes"].items()}))
    wanted = (case["quarter"], case["median"], case["three_quarters"], case["ninetieth"])
    assert (found.quarter, found.median, found.three_quarters, found.ninetieth) == wanted


@pytest.mark.parametrize("case", CASES["windows"], ids=lambda case: case["told"])
def test_what_stands_for_before_and_after(case: dict[str, Any]) -> None:
    found = windows_around(case["day"], MONTHS, case["others"])
    wanted = (tuple(case["before"]), tuple(case["after"]), case.get("left_out"))
    assert (found.before, found.after, found.left_out) == wanted


def test_nothing_is_missing_and_not_zero() -> None:
    found = summary_of(NOTHING)
    assert (found.finished, found.median, found.ninetieth, found.timely_bp) == (0, None, None, None)
    assert median_interval({}) is None
    assert share_interval(0, 0) is None
    assert share_change_interval((0, 0), (1, 2)) is None


@pytest.mark.parametrize("tenths", [0, -1, 11])
def test_a_share_that_is_none_is_refused(tenths: int) -> None:
    with pytest.raises(ValueError, match="is none"):
        quantile({1: 1}, tenths)


@given(histograms)
def test_the_order_of_counting_does_not_matter(counts: dict[int, int]) -> None:
    turned = dict(reversed(counts.items()))
    assert summary_of(times(counts)) == summary_of(times(turned))
    singles = [times({minutes: 1}) for minutes, count in turned.items() for _ in range(count)]
    assert summary_of(together(singles)) == summary_of(times(counts)), "nobody lost or doubled"


@given(histograms)
def test_quartiles_stand_in_order_and_occurred(counts: dict[int, int]) -> None:
    found = summary_of(times(counts))
    told = [found.quarter, found.median, found.three_quarters, found.ninetieth]
    assert told == sorted(told)
    assert set(told) <= set(counts)


@given(st.integers(1, 400))
def test_the_interval_of_a_median_misses_no_more_than_it_may_and_is_the_narrowest(finished: int) -> None:
    for missed in (Fraction(1, 20), MISSED_EACH):
        rank = median_rank(finished, missed)
        outside = [2 * sum(comb(finished, k) for k in range(r)) for r in (rank, rank + 1)]
        assert outside[0] <= missed * 2**finished
        assert outside[1] > missed * 2**finished


def test_beyond_the_exact_ranks_the_interval_only_grows_a_little() -> None:
    exact, beyond = median_rank(MOST_EXACT), median_rank(MOST_EXACT + 1)
    assert exact - 2 <= beyond <= exact


@given(histograms)
def test_the_interval_of_a_median_holds_it(counts: dict[int, int]) -> None:
    found = median_interval(counts)
    assert found is None or quantile(counts, 1, 2) in found


@given(st.integers(1, 500), st.data())
def test_the_interval_of_a_share_holds_it_and_mirrors(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    found, mirror = share_interval(part, whole), share_interval(whole - part, whole)
    assert found
    assert mirror
    assert 0 <= found.low * whole <= part * 10_000 <= found.high * whole
    assert (mirror.low, mirror.high) == (10_000 - found.high, 10_000 - found.low)


@given(groups, groups)
def test_turning_before_and_after_turns_the_change(before: Times, after: Times) -> None:
    there, back = compare(before, after, 7), compare(after, before, 7)
    turned = {Verdict.FASTER: Verdict.SLOWER, Verdict.SLOWER: Verdict.FASTER}
    assert back.verdict == turned.get(there.verdict, there.verdict)
    if there.minutes is not None and there.minutes_range and back.minutes_range:
        assert back.minutes == -there.minutes
        assert (back.minutes_range.low, back.minutes_range.high) == (
            -there.minutes_range.high,
            -there.minutes_range.low,
        )
        assert there.minutes in there.minutes_range
    if there.timely_bp is not None and there.timely_range:
        assert there.timely_range.low - 1 <= there.timely_bp <= there.timely_range.high + 1


@given(groups)
def test_no_change_is_never_called_one(before: Times) -> None:
    found = compare(before, before, 7)
    assert found.verdict in (Verdict.UNCLEAR, Verdict.TOO_FEW)


@given(groups, groups, st.integers(1, 5_000))
def test_slower_requests_never_give_a_better_word(before: Times, after: Times, delay: int) -> None:
    slower = times({minutes + delay: count for minutes, count in after.counts.items()})
    order = [Verdict.FASTER, Verdict.UNCLEAR, Verdict.SLOWER]
    first, second = compare(before, after, 7).verdict, compare(before, slower, 7).verdict
    assert (first is Verdict.TOO_FEW) == (second is Verdict.TOO_FEW)
    assert first is Verdict.TOO_FEW or order.index(second) >= order.index(first)


def test_below_the_least_number_nothing_is_claimed() -> None:
    long, short = {4000 + n: 1 for n in range(LEAST_FINISHED)}, {400 + n: 1 for n in range(LEAST_FINISHED - 1)}
    few = compare(times(long), times(short))
    assert (few.verdict, few.minutes, few.minutes_range, few.timely_bp) == (Verdict.TOO_FEW, None, None, None)
    assert few.after.median == 409, "what was counted is still told"
    assert compare(times(long), times(short | {500: 1})).verdict is Verdict.FASTER


def test_a_median_halved_is_called_faster_with_how_much() -> None:
    before = times(dict.fromkeys(range(3000, 5000, 100), 4), 2250)
    after = times(dict.fromkeys(range(1500, 2500, 50), 4), 2250)
    found = compare(before, after)
    assert (found.verdict, found.minutes, found.relative_bp) == (Verdict.FASTER, -1950, -5000)
    assert found.minutes_range == Range(1850 - 4200, 2100 - 3700), "the 30th and 51st of 80"
    assert (found.before.timely_bp, found.after.timely_bp, found.timely_bp) == (0, 8000, 8000)


@given(groups, groups)
def test_one_service_alone_is_not_adjusted(before: Times, after: Times) -> None:
    found = compare_mixes({1: before}, {1: after}, 7)
    assert found.adjusted == found.plain == compare(before, after, 7)
    assert found.by_mix_minutes in (0, None)


def test_a_mix_that_moved_to_quick_services_fools_nobody() -> None:
    slow = dict.fromkeys(range(2000, 2400, 10), 2)
    quick = dict.fromkeys(range(50, 70), 1)
    many = dict.fromkeys(quick, 20)
    found = compare_mixes({1: times(slow), 2: times(quick)}, {1: times(slow), 2: times(many)})
    assert found.plain.verdict is Verdict.FASTER
    assert found.adjusted.verdict is Verdict.UNCLEAR
    assert found.adjusted.minutes == 0
    assert found.by_mix_minutes == found.plain.minutes != 0
    assert [(row.service, row.share_before_bp, row.share_after_bp) for row in found.rows] == [
        (2, 2000, 8333),
        (1, 8000, 1667),
    ]


def test_a_service_that_ended_is_left_out_and_said() -> None:
    slow = times(dict.fromkeys(range(2000, 2400, 10), 2))
    faster = times(dict.fromkeys(range(1000, 1400, 10), 2))
    found = compare_mixes({1: slow, 2: times({60: 20})}, {1: faster, 3: times({30: 50})})
    assert found.covered_bp == 8000
    assert found.adjusted.minutes == -1000
    assert found.adjusted.verdict is Verdict.FASTER


@given(st.lists(groups, min_size=2, max_size=4), st.lists(groups, min_size=2, max_size=4))
def test_the_adjusted_change_lies_in_its_interval(before: list[Times], after: list[Times]) -> None:
    found = compare_mixes(dict(enumerate(before)), dict(enumerate(after)), 7).adjusted
    if found.minutes is not None and found.minutes_range is not None:
        assert found.minutes in found.minutes_range
    if found.timely_bp is not None and found.timely_range is not None:
        assert found.timely_range.low - 1 <= found.timely_bp <= found.timely_range.high + 1


@given(st.lists(groups, min_size=2, max_size=4))
def test_the_same_requests_again_change_nothing(before: list[Times]) -> None:
    numbered = dict(enumerate(before))
    if any(each.finished < 5 for each in before):
        return
    found = compare_mixes(numbered, numbered, 7)
    assert found.covered_bp == 10_000
    assert found.adjusted.minutes in (0, None)
    assert found.adjusted.verdict in (Verdict.UNCLEAR, Verdict.TOO_FEW)
    assert sum(row.share_before_bp or 0 for row in found.rows) in range(9_997, 10_004)


def test_weighted_shares_of_one_row_are_newcombe() -> None:
    one = Fraction(1)
    assert weighted_change_interval([(one, 3, 10)], [(one, 9, 10)]) == share_change_interval((3, 10), (9, 10))
    assert weighted_change_interval([], [(one, 9, 10)]) is None
