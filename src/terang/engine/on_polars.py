"""The rules on Polars, in this process."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from terang.engine.schema import check_values, schema_of
from terang.rules.layout import Layout
from terang.rules.measures.values import measure_values, measured
from terang.rules.policies.model import Policy
from terang.rules.scoring import components, totals
from terang.rules.tables import COMPONENTS, MEASURE_VALUES, TOTALS

DECLARED = {"measures": MEASURE_VALUES, "components": COMPONENTS, "totals": TOTALS}
RESULT_TABLES = tuple(DECLARED)


@dataclass(frozen=True)
class Result:
    """The result tables as declared in `terang.rules.tables`, each sorted by employee."""

    measures: pl.DataFrame
    components: pl.DataFrame
    totals: pl.DataFrame


def evaluate_frames(
    frames: Mapping[str, pl.DataFrame], layout: Layout, policy: Policy, wanted: Collection[str] = RESULT_TABLES
) -> Result:
    """Evaluates typed evidence frames; result tables that are not `wanted` come empty.

    Raises `EvidenceError` where values break the declaration.
    """
    check_values(frames, layout.slots)
    evidence = {name: nw.from_native(frame.lazy()) for name, frame in frames.items()}
    values: pl.LazyFrame = measured(evidence, layout).to_native().sort("employee_id")
    if set(wanted) != {"totals"}:
        values = values.collect().lazy()
    wide = nw.from_native(values)
    plans = {
        "measures": measure_values(wide, layout),
        "components": components(wide, layout),
        "totals": totals(wide, layout, policy),
    }
    return Result(**{name: _collected(plan, name, name in wanted) for name, plan in plans.items()})


def _collected(plan: nw.LazyFrame[pl.LazyFrame], name: str, wanted: bool) -> pl.DataFrame:
    schema = schema_of(DECLARED[name])
    if not wanted:
        return pl.DataFrame(schema=schema)
    return plan.to_native().cast(schema).collect().sort("employee_id", maintain_order=True)
