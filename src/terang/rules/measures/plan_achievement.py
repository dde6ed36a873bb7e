"""Plan achievement: the mean achievement of the plan's indicators that have a result.

Per indicator, between 0 and 120 %: higher is better actual / target; lower is better (2 · target − actual) / target,
and with target zero all or nothing; range 100 % inside, below it actual / lower limit, above it (2 · upper − actual) /
upper; yes_no all or nothing. An indicator without a result is not counted (its absence shows in n); an indicator
without a usable target is not counted either. Impact indicators belong to outcome_impact.
"""

import narwhals as nw

from terang.rules.measures.arithmetic import Steps, count_where, exact_ratio_bp, whole
from terang.rules.measures.measure import Setting, mean_measure

MOST_BP = 12_000
"""One indicator counts at most 120 %, so that one surplus does not hide several gaps."""

_ACTUAL, _TARGET, _UPPER = nw.col("actual_milli"), nw.col("target_milli"), nw.col("target_max_milli")


def _item_bp(_: Setting, item: str) -> Steps:
    """Each indicator becomes one ratio: what was reached, where more is better, to the goal it is measured by."""
    kinds = ("higher", "lower", "range", "yes_no")
    higher, lower, span, yes_no = (nw.col(f"{item}_{kind}") for kind in kinds)
    zero = lower & (_TARGET == 0)
    over, inside = span & (_ACTUAL > _UPPER), span & (_ACTUAL >= _TARGET)
    ratio = f"{item}_ratio"
    return (
        {f"{item}_{kind}": nw.col("direction") == kind for kind in kinds},
        {
            f"{item}_reached": _reached(yes_no, zero, lower, over, inside),
            f"{item}_goal": _goal(yes_no | zero, higher | lower, span, over, inside),
        },
        *exact_ratio_bp(ratio, nw.col(f"{item}_reached"), nw.col(f"{item}_goal")),
        {item: nw.col(ratio).clip(0, MOST_BP)},
    )


def _reached(yes_no: nw.Expr, zero: nw.Expr, lower: nw.Expr, over: nw.Expr, inside: nw.Expr) -> nw.Expr:
    """The result, or its mirror image about the goal where less is better. All or nothing is one or zero."""
    return (
        nw.when(yes_no)
        .then(count_where(_ACTUAL > 0))
        .when(zero)
        .then(count_where(_ACTUAL <= 0))
        .when(lower)
        .then(_TARGET * 2 - _ACTUAL)
        .when(over)
        .then(_UPPER * 2 - _ACTUAL)
        .when(inside)
        .then(whole(1))
        .otherwise(_ACTUAL)
    )


def _goal(all_or_nothing: nw.Expr, one_sided: nw.Expr, span: nw.Expr, over: nw.Expr, inside: nw.Expr) -> nw.Expr:
    """What the result is measured by; missing, zero or negative where the indicator has no usable target."""
    in_order = span & (_UPPER >= _TARGET) & (_UPPER > 0)
    return (
        nw.when(all_or_nothing)
        .then(whole(1))
        .when(one_sided)
        .then(_TARGET)
        .when(in_order & over)
        .then(_UPPER)
        .when(in_order & inside)
        .then(whole(1))
        .when(in_order)
        .then(_TARGET)
    )


MEASURE = mean_measure(
    "plan_achievement",
    "plan_results",
    _item_bp,
    where=lambda _: (nw.col("direction") != "impact", ~_ACTUAL.is_null()),
    empty="no_evidence",
)
