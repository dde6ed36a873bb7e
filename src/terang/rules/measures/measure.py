"""What a measure is: the sums it takes from an evidence table, and the formula over those sums.

Every fact is a plain sum over the rows of one employee (or one unit), or computed from such sums. So the rows of an
evidence table are grouped once, whatever the number of measures that read them, and row order cannot matter.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import narwhals as nw

from terang.rules.catalogue import ParameterValue
from terang.rules.measures.arithmetic import Steps, half_up, ratio_bp, whole
from terang.rules.policies.model import FULL_BP, Instrument

ROWS = "rows"


@dataclass(frozen=True)
class Setting:
    """What a policy sets for one measure. `key` is unique within the policy and prefixes the measure's own facts."""

    key: str
    min_answers: int = 1
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    instrument: Instrument | None = None

    def fact(self, name: str) -> str:
        return f"{self.key}__{name}"


@dataclass(frozen=True, eq=False)
class Facts:
    """Sums over one evidence table: fact name to the row expression that is summed. `by` is the grouping column.

    `where`: conditions that a row must meet, one after the other; such rows are grouped by themselves. `steps` are
    columns added to the rows before. `derived` are facts computed from the sums, where there are any rows; with
    `names` only these facts go on, so that what is needed for few people is not carried along for all.
    """

    table: str
    sums: Mapping[str, nw.Expr]
    by: str = "employee_id"
    where: tuple[nw.Expr, ...] = ()
    steps: Steps = ()
    derived: Steps = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Formula:
    """Expressions over the facts of one employee (a fact without rows is zero).

    `denominator` zero gives the reason `empty`, or `no_evidence` where there are no `rows` (evidence rows seen; needed
    only where the two differ). `n` below the policy's least number gives `too_few_answers`. `value_bp` is read only
    where none of these holds. `substitute` is true where the unit's average stands in for one's own.
    """

    numerator: nw.Expr
    denominator: nw.Expr
    n: nw.Expr
    value_bp: nw.Expr
    empty: str = "no_evidence"
    rows: nw.Expr | None = None
    substitute: nw.Expr | None = None


@dataclass(frozen=True)
class Measure:
    """One measure. `scale`: value_bp is numerator × scale / denominator (10,000 for counts, 1 for means of basis
    points).

    `citizens`: made of contacts with citizens; it is never held against somebody who does not serve any.
    """

    code: str
    facts: Callable[[Setting], tuple[Facts, ...]]
    formula: Callable[[Setting], Formula]
    scale: int = FULL_BP
    citizens: bool = False


def total_of(table: str, column: str) -> str:
    """Name of the fact "sum of this column" or made of such sums, shared by all measures that need it."""
    return f"{table}__{column}"


def column_totals(table: str, *columns: str) -> dict[str, nw.Expr]:
    """Facts that are sums of whole columns; `ROWS` stands for the number of rows."""
    return {total_of(table, column): whole(1) if column == ROWS else nw.col(column) for column in columns}


def ratio_measure(
    code: str, table: str, numerator: str, denominator: str, *, n: str | None = None, citizens: bool = False
) -> Measure:
    """A measure that divides one summed column by another. `n` is the column that counts records, or `ROWS`."""
    counted = n or denominator

    def facts(_: Setting) -> tuple[Facts, ...]:
        return (Facts(table, column_totals(table, numerator, denominator, counted)),)

    def formula(_: Setting) -> Formula:
        above, below = nw.col(total_of(table, numerator)), nw.col(total_of(table, denominator))
        return Formula(
            numerator=above,
            denominator=below,
            n=nw.col(total_of(table, counted)),
            value_bp=ratio_bp(above, below),
        )

    return Measure(code, facts, formula, citizens=citizens)


def mean_measure(
    code: str,
    table: str,
    item_bp: Callable[[Setting, str], Steps],
    *,
    where: Callable[[Setting], tuple[nw.Expr, ...]] = lambda _: (),
    weight: nw.Expr | None = None,
    n: nw.Expr | None = None,
    empty: str = "no_target",
) -> Measure:
    """A measure that is the mean of one value per evidence row, each already rounded to basis points ("per item").

    `item_bp` gives the steps that end in the column of the given name. Rows that do not meet every condition of `where`
    are not looked at; rows whose item is missing are not counted. `weight` weighs the mean (each row once where it is
    not given); `n` says how many records a row stands for (one).
    """
    each = whole(1) if weight is None else weight
    records = whole(1) if n is None else n
    rows_matter = empty != "no_evidence"
    divisor = "n" if weight is None and n is None else "weight"

    def facts(setting: Setting) -> tuple[Facts, ...]:
        item = nw.col(setting.fact("item"))
        counted = ~item.is_null()
        sums = {setting.fact("rows"): whole(1)} if rows_matter else {}
        sums |= {
            setting.fact("sum"): item if weight is None else item * weight,
            setting.fact(divisor): nw.when(counted).then(each),
            setting.fact("n"): nw.when(counted).then(records),
        }
        return (Facts(table, sums, where=where(setting), steps=item_bp(setting, setting.fact("item"))),)

    def formula(setting: Setting) -> Formula:
        above, below = nw.col(setting.fact("sum")), nw.col(setting.fact(divisor))
        return Formula(
            numerator=above,
            denominator=below,
            n=nw.col(setting.fact("n")),
            value_bp=half_up(above, below),
            empty=empty,
            rows=nw.col(setting.fact("rows")) if rows_matter else None,
        )

    return Measure(code, facts, formula, scale=1)
