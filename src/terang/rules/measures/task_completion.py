"""Task completion: the mean over the tasks due of accepted / agreed quantity, each task between 0 and 100 %.

Quantities of different kinds are never added up, and a surplus in one task does not fill a gap in another. Nothing
accepted is zero, and a fact. A task without an agreed quantity is not counted.
"""

import narwhals as nw

from terang.rules.measures.arithmetic import Steps, exact_ratio_bp
from terang.rules.measures.measure import Setting, mean_measure
from terang.rules.policies.model import FULL_BP


def completed_bp(_: Setting, item: str) -> Steps:
    """What was accepted of each task, at most 100 %."""
    steps = exact_ratio_bp(f"{item}_all", nw.col("accepted_milli"), nw.col("planned_milli"))
    return (*steps, {item: nw.col(f"{item}_all").clip(0, FULL_BP)})


MEASURE = mean_measure("task_completion", "tasks", completed_bp)
