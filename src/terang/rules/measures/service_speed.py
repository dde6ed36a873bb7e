"""Service speed: (2 · standard − time taken) / standard, over the minutes of all completed requests.

Exactly as fast as the published standard is 100 %, twice the standard or slower is zero. The clock stops while the
applicant must act. Nothing completed: missing. Guard: mix of services, reopened cases.
"""

import narwhals as nw

from terang.rules.measures.arithmetic import ratio_bp
from terang.rules.measures.measure import Facts, Formula, Measure, Setting, column_totals, total_of

_TABLE = "services"


def _facts(_: Setting) -> tuple[Facts, ...]:
    return (Facts(_TABLE, column_totals(_TABLE, "completed", "standard_minutes", "actual_minutes")),)


def _formula(_: Setting) -> Formula:
    standard, actual = (nw.col(total_of(_TABLE, name)) for name in ("standard_minutes", "actual_minutes"))
    saved = (standard * 2 - actual).clip(0, None)
    return Formula(
        numerator=saved,
        denominator=standard,
        n=nw.col(total_of(_TABLE, "completed")),
        value_bp=ratio_bp(saved, standard),
    )


MEASURE = Measure("service_speed", _facts, _formula, citizens=True)
