"""Plan achievement: the mean achievement of the plan's indicators that have a result.

Per indicator, between 0 and 120 %: higher is better actual / target; lower is better (2 · target − actual) / target,
and with target zero all or nothing; range 100 % inside, below it actual / lower limit, above it (2 · upper − actual) /
upper; yes_no all or nothing. An indicator without a result is not counted (its absence shows in n); an indicator
without a usable target is not counted either. Impact indicators belong to outcome_impact.
"""

import narwhals as nw

from terang.rules.measures.arithmetic import Steps, exact_ratio_bp, whole
from terang.rules.measures.measure import Setting, mean_measure
from terang.rules.policies.model import FULL_BP

MOST_BP = 12_000
"""One indicator counts at most 120 %, so that one surplus does not hide several gaps."""

_IS = nw.col("direction")
_ACTUAL, _TARGET, _UPPER = nw.col("actual_milli"), nw.col("target_milli"), nw.col("target_max_milli")


def _item_bp(_: Setting, item: str) -> Steps:
    compared, goal, ratio = nw.col(f"{item}_compared"), nw.col(f"{item}_goal"), f"{item}_ratio"
    achieved = nw.coalesce(nw.col(f"{item}_whole"), nw.col(ratio).clip(0, MOST_BP))
    usable = ~_ACTUAL.is_null() & ~goal.is_null()
    return (
        {f"{item}_whole": _all_or_nothing_bp(), f"{item}_goal": _goal()},
        {f"{item}_compared": _compared(goal)},
        *exact_ratio_bp(ratio, compared, goal),
        {item: nw.when(usable).then(achieved)},
    )


def _goal() -> nw.Expr:
    """What the result is measured by; missing where the indicator has no usable target. A yes_no goal is one whole."""
    in_order = (_UPPER >= _TARGET) & (_UPPER > 0)
    return (
        nw.when(_IS == "yes_no")
        .then(whole(1))
        .when((_IS == "lower") & (_TARGET >= 0))
        .then(_TARGET)
        .when((_IS == "higher") & (_TARGET > 0))
        .then(_TARGET)
        .when((_IS == "range") & in_order & (_ACTUAL > _UPPER))
        .then(_UPPER)
        .when((_IS == "range") & in_order)
        .then(_TARGET)
    )


def _compared(goal: nw.Expr) -> nw.Expr:
    """The result where more is better, and its mirror image about the goal where less is."""
    mirrored = (_IS == "lower") | ((_IS == "range") & (_ACTUAL > _UPPER))
    return nw.when(mirrored).then(goal * 2 - _ACTUAL).otherwise(_ACTUAL)


def _all_or_nothing_bp() -> nw.Expr:
    """Indicators that are reached or not: yes_no, a result inside a range, and "lower" with target zero."""
    return (
        nw.when((_IS == "yes_no") & (_ACTUAL > 0))
        .then(whole(FULL_BP))
        .when(_IS == "yes_no")
        .then(whole(0))
        .when((_IS == "range") & (_ACTUAL >= _TARGET) & (_ACTUAL <= _UPPER))
        .then(whole(FULL_BP))
        .when((_IS == "lower") & (_TARGET == 0) & (_ACTUAL <= 0))
        .then(whole(FULL_BP))
        .when((_IS == "lower") & (_TARGET == 0))
        .then(whole(0))
    )


MEASURE = mean_measure(
    "plan_achievement",
    "plan_results",
    _item_bp,
    concerns=lambda _: _IS != "impact",
    empty="no_evidence",
)
