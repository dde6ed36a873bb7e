"""The rules on Polars, in this process.

Building a plan from the rules costs Python some 100 ms; running it on fifty people a tenth of that. So a plan is built
once per policy and reads whatever evidence is put into its sources.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import narwhals as nw
import polars as pl
from polars.io.plugins import register_io_source

from terang.engine.schema import check_values, read_columns, schema_of
from terang.rules.layout import lay_out
from terang.rules.measures.values import measure_values, measured
from terang.rules.policies import Policy, digest
from terang.rules.scoring import component_rows, scored_by_variant, totals
from terang.rules.tables import COMPONENTS, EVIDENCE_TABLES, MEASURE_VALUES, PEOPLE, TOTALS

DECLARED = {"measures": MEASURE_VALUES, "components": COMPONENTS, "totals": TOTALS}
RESULT_TABLES = tuple(DECLARED)
KEPT_PROGRAMS = 32
SLICE = 32_768
"""Rows handed over at a time, so that all cores have something to do."""

AS_IT_STANDS = pl.QueryOptFlags.none()
"""Plans are written the way they shall run: looking for better ones costs a micro-batch half its time, and a hundred
thousand people gain nothing by it.
"""


@dataclass(frozen=True)
class Result:
    """The result tables as declared in `terang.rules.tables`, each sorted by employee."""

    measures: pl.DataFrame
    components: pl.DataFrame
    totals: pl.DataFrame


class Source:
    """A table of a plan whose rows are put in later."""

    def __init__(self, schema: pl.Schema) -> None:
        self.rows = pl.DataFrame(schema=schema)
        self.plan: pl.LazyFrame = register_io_source(self._read, schema=schema)

    def _read(
        self, columns: list[str] | None, predicate: pl.Expr | None, most: int | None, _: int | None
    ) -> Iterator[pl.DataFrame]:
        rows = self.rows if columns is None else self.rows.select(columns)
        rows = rows if predicate is None else rows.filter(predicate)
        rows = rows if most is None else rows.head(most)
        yield from rows.iter_slices(SLICE) if rows.height else [rows]


class Program:
    """A policy made ready to run on the given kinds of evidence, as often as wanted."""

    def __init__(self, policy: Policy, tables: Collection[str]) -> None:
        """`tables`: the evidence tables that are kept; the rest gives `no_source`."""
        self.layout = lay_out(policy)
        names = [name for name in (PEOPLE.name, *self.layout.tables) if name in tables]
        self._sources = {name: Source(_read_schema(name)) for name in names}
        evidence = {name: nw.from_native(source.plan) for name, source in self._sources.items()}
        self._values: pl.LazyFrame = measured(evidence, self.layout).to_native()
        self._held = Source(self._values.collect_schema())
        held = nw.from_native(self._held.plan)
        self._scoring: dict[str, pl.LazyFrame] = {
            variant: frame.to_native() for variant, frame in scored_by_variant(held, self.layout).items()
        }
        self._scored = {variant: Source(plan.collect_schema()) for variant, plan in self._scoring.items()}
        scored = {variant: nw.from_native(source.plan) for variant, source in self._scored.items()}
        plans = {
            "measures": measure_values(held, self.layout),
            "components": component_rows(scored, self.layout),
            "totals": totals(held, self.layout, policy),
        }
        self._plans: dict[str, pl.LazyFrame] = {name: plan.to_native() for name, plan in plans.items()}
        self._running = Lock()

    def run(self, frames: Mapping[str, pl.DataFrame], wanted: Collection[str] = RESULT_TABLES) -> Result:
        """Evaluates typed evidence frames; result tables that are not `wanted` come empty.

        Raises `EvidenceError` where values break the declaration.
        """
        check_values(frames, self.layout.slots)
        with self._running:
            for name, source in self._sources.items():
                source.rows = frames[name]
            self._held.rows = self._values.collect(optimizations=AS_IT_STANDS)
            for variant, plan in self._scoring.items() if "components" in wanted else ():
                self._scored[variant].rows = plan.collect(optimizations=AS_IT_STANDS)
            result = Result(**{name: self._table(name, name in wanted) for name in RESULT_TABLES})
            for source in (*self._sources.values(), self._held, *self._scored.values()):
                source.rows = source.rows.clear()
        return result

    def _table(self, name: str, wanted: bool) -> pl.DataFrame:
        schema = schema_of(DECLARED[name])
        if not wanted:
            return pl.DataFrame(schema=schema)
        rows = self._plans[name].cast(schema).collect(optimizations=AS_IT_STANDS)
        return rows if rows["employee_id"].is_sorted() else rows.sort("employee_id", maintain_order=True)


def _read_schema(name: str) -> pl.Schema:
    table = EVIDENCE_TABLES[name]
    declared = schema_of(table)
    return pl.Schema({column.name: declared[column.name] for column in read_columns(table)})


class _SamePolicy:
    """A policy as a key: by its digest, so that a policy read again from its text finds its program."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.digest = digest(policy)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SamePolicy) and other.digest == self.digest


@lru_cache(maxsize=KEPT_PROGRAMS)
def _program(key: _SamePolicy, tables: frozenset[str]) -> Program:
    return Program(key.policy, tables)


def program_for(policy: Policy, tables: Collection[str]) -> Program:
    """The program of a policy, built at its first use and kept while it is among the last used."""
    return _program(_SamePolicy(policy), frozenset(tables))
