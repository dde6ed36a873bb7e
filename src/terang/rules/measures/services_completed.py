"""Services completed: requests completed / requests that the workload norm expects.

Months without a norm are left out on both sides; no norm at all: missing with reason no_target. Nothing completed where
a norm is set is zero, and a fact. Guard: quality sample, reopened cases.
"""

import narwhals as nw

from terang.rules.measures.arithmetic import ratio_bp, whole
from terang.rules.measures.measure import Facts, Formula, Measure, Setting, total_of

_ROWS, _DONE, _EXPECTED = (total_of("services", name) for name in ("rows", "completed_with_norm", "expected"))


def _facts(_: Setting) -> tuple[Facts, ...]:
    expected = nw.col("expected")
    done = nw.when(~expected.is_null()).then(nw.col("completed"))
    return (Facts("services", {_ROWS: whole(1), _DONE: done, _EXPECTED: expected}),)


def _formula(_: Setting) -> Formula:
    done, expected = nw.col(_DONE), nw.col(_EXPECTED)
    return Formula(
        numerator=done,
        denominator=expected,
        n=done,
        value_bp=ratio_bp(done, expected),
        empty="no_target",
        rows=nw.col(_ROWS),
    )


MEASURE = Measure("services_completed", _facts, _formula, citizens=True)
