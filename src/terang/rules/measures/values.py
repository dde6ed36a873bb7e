"""From evidence to one value per employee and measure, with its reason.

Wide tables travel between the stages: one row per employee, and for every use of a measure the columns `KEY__value_bp`,
`KEY__numerator`, `KEY__denominator`, `KEY__n` and `KEY__reason`. `measure_values` lays them out as declared.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

import narwhals as nw

from terang.rules.layout import Layout, Use
from terang.rules.measures.arithmetic import Steps, whole
from terang.rules.measures.measure import Facts, Formula
from terang.rules.tables import MEASURE_VALUES, PEOPLE

Frame = nw.LazyFrame[Any]
Evidence = Mapping[str, Frame]

PERSON = PEOPLE.names


def measured(evidence: Evidence, layout: Layout) -> Frame:
    """One row for every row of `people`, whatever evidence there is, with the value of every use of a measure.

    A table that is not in `evidence` is a kind of evidence that is not kept: measures made of it are missing with
    reason `no_source`. Evidence about somebody who is not in `people` is not looked at.
    """
    kept = [use for use in layout.uses if any(facts.table in evidence for facts in use.facts)]
    frame = with_facts(evidence, [facts for use in kept for facts in use.facts])
    frame = with_steps(frame, [({f"{use.key}__ok": _measurable(use) for use in kept},)])
    columns: dict[str, nw.Expr] = {}
    for use in layout.uses:
        columns.update(_value_columns(use) if use in kept else _without_source(use))
    return frame.select(*PERSON, **columns)


def with_facts(evidence: Evidence, needed: Iterable[Facts]) -> Frame:
    """`people` with every fact as a column: the sum over one's rows, zero where there are none."""
    frame = evidence[PEOPLE.name].select(*PERSON)
    for group in _grouped_together(needed):
        table, by, names = group[0].table, group[0].by, list(_names(group))
        if table in evidence:
            frame = frame.join(_grouped(evidence[table], group).select(by, *names), on=by, how="left")
            frame = frame.with_columns(nw.col(*names).fill_null(0).cast(nw.Int64))
        else:
            frame = frame.with_columns(**dict.fromkeys(names, whole(0)))
    return frame


def _grouped_together(needed: Iterable[Facts]) -> list[list[Facts]]:
    """Facts over the same rows share one grouping; facts over some rows of their own stand alone."""
    groups: dict[object, list[Facts]] = {}
    for facts in needed:
        groups.setdefault(facts if facts.where else (facts.table, facts.by), []).append(facts)
    return list(groups.values())


def _names(group: Iterable[Facts]) -> dict[str, None]:
    """The facts that go on, each once, in order."""
    return dict.fromkeys(name for facts in group for name in facts.names or facts.sums)


def _grouped(rows: Frame, group: Sequence[Facts]) -> Frame:
    """One row for each employee or unit that has rows: the sums and what is derived from them."""
    by, sums = group[0].by, {name: term for facts in group for name, term in facts.sums.items()}
    for condition in group[0].where:
        rows = rows.filter(condition)
    terms = with_steps(rows, [facts.steps for facts in group]).select(by, **sums)
    return with_steps(terms.group_by(by).agg(nw.col(*sums).sum()), [facts.derived for facts in group])


def with_steps(frame: Frame, several: Iterable[Steps]) -> Frame:
    """Adds the columns of several independent sequences of steps, first steps first."""
    for level in zip_longest(*several, fillvalue={}):
        columns = {name: expression for step in level for name, expression in step.items()}
        frame = frame.with_columns(**columns) if columns else frame
    return frame


def _measurable(use: Use) -> nw.Expr:
    formula = use.formula
    measurable = formula.denominator > 0
    least = use.setting.min_answers
    return measurable & (formula.n >= least) if least > 1 else measurable


def _value_columns(use: Use) -> dict[str, nw.Expr]:
    formula = use.formula
    ok = nw.col(f"{use.key}__ok")
    return {
        f"{use.key}__value_bp": nw.when(ok).then(formula.value_bp),
        f"{use.key}__numerator": nw.when(ok).then(formula.numerator),
        f"{use.key}__denominator": nw.when(ok).then(formula.denominator),
        f"{use.key}__n": formula.n.cast(nw.Int64),
        f"{use.key}__reason": _reason(ok, use),
    }


def _reason(ok: nw.Expr, use: Use) -> nw.Expr:
    formula = use.formula
    reason = nw.when(ok & formula.substitute).then(nw.lit("unit_average")) if formula.substitute is not None else nw
    return (
        reason.when(ok)
        .then(nw.lit("ok"))
        .when(nw.col("serves_citizens") | (not use.measure.citizens))
        .then(_missing(formula))
        .otherwise(nw.lit("not_applicable"))
    )


def _missing(formula: Formula) -> nw.Expr:
    reason = nw.when(formula.rows <= 0).then(nw.lit("no_evidence")) if formula.rows is not None else nw
    return reason.when(formula.denominator <= 0).then(nw.lit(formula.empty)).otherwise(nw.lit("too_few_answers"))


def _without_source(use: Use) -> dict[str, nw.Expr]:
    missing = nw.lit(None, nw.Int64)
    return {
        f"{use.key}__value_bp": missing,
        f"{use.key}__numerator": missing,
        f"{use.key}__denominator": missing,
        f"{use.key}__n": whole(0),
        f"{use.key}__reason": nw.lit("no_source"),
    }


def measure_values(wide: Frame, layout: Layout) -> Frame:
    """`MEASURE_VALUES`: one row per employee and measure that holds for the employee's variant of the policy."""
    parts = [
        of_variant(wide, variant, layout).select(
            "employee_id", measure=nw.lit(code), **{name: nw.col(f"{key}__{name}") for name in MEASURE_VALUES.names[2:]}
        )
        for variant, codes in layout.codes.items()
        for code, key in codes.items()
    ]
    return nw.concat(parts)


def of_variant(wide: Frame, variant: str, layout: Layout) -> Frame:
    """The people for whom this variant of the policy holds."""
    return wide if len(layout.slots) == 1 else wide.filter(nw.col("variant") == variant)
