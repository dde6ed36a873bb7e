"""Contribution to programmes: task completion over the tasks that belong to a government programme.

No such task: missing with reason no_evidence.
"""

import narwhals as nw

from terang.rules.measures.measure import mean_measure
from terang.rules.measures.task_completion import completed_bp

MEASURE = mean_measure("programme_contribution", "tasks", completed_bp, where=lambda _: (nw.col("for_programme"),))
