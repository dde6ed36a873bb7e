"""Outcome impact: (baseline − actual) / (baseline − target) of the community indicators carried in the plan.

Works in both directions: from 58 cases to a target of 40 as from 71 % to a target of 83 %. Each indicator counts
between 0 and 120 %. Where somebody carries several, they are weighed by the stated shares. No baseline, no target, or
both equal: the indicator is not counted (no_target where none is left).
"""

import narwhals as nw

from terang.rules.measures.arithmetic import Steps, exact_ratio_bp
from terang.rules.measures.measure import Setting, mean_measure
from terang.rules.measures.plan_achievement import MOST_BP


def _item_bp(_: Setting, item: str) -> Steps:
    baseline, target, actual = nw.col("baseline_milli"), nw.col("target_milli"), nw.col("actual_milli")
    rising = target > baseline
    change = nw.when(rising).then(actual - baseline).otherwise(baseline - actual)
    aim = nw.when(rising).then(target - baseline).otherwise(baseline - target)
    ratio = f"{item}_all"
    stated = nw.when(nw.col("share_bp") > 0).then(nw.col(ratio).clip(0, MOST_BP))
    return (*exact_ratio_bp(ratio, change, aim), {item: stated})


MEASURE = mean_measure(
    "outcome_impact",
    "plan_results",
    _item_bp,
    where=lambda _: (nw.col("direction") == "impact", ~nw.col("actual_milli").is_null()),
    weight=nw.col("share_bp"),
)
