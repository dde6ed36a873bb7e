"""The live path: plain tuples in, plain dataclasses out, for the handful of people somebody's new evidence touches."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from terang.engine.errors import EvidenceError
from terang.engine.on_polars import program_for
from terang.engine.schema import read_columns, schema_of
from terang.rules.layout import Layout
from terang.rules.policies.model import Policy
from terang.rules.tables import EVIDENCE_TABLES, PEOPLE, Table

EvidenceRows = Mapping[str, Sequence[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class MeasureValue:
    """A row of `MEASURE_VALUES`."""

    employee_id: int
    measure: str
    value_bp: int | None
    numerator: int | None
    denominator: int | None
    n: int
    reason: str


@dataclass(frozen=True, slots=True)
class Component:
    """A row of `COMPONENTS`."""

    employee_id: int
    aspect: str
    measure: str
    value_bp: int | None
    score_bp: int | None
    capped: bool
    weight_bp: int
    effective_weight_bp: int
    numerator: int | None
    denominator: int | None
    n: int
    reason: str


@dataclass(frozen=True, slots=True)
class Total:
    """A row of `TOTALS`."""

    employee_id: int
    unit_id: int
    total_bp: int | None
    coverage_bp: int
    status: str
    work_result: str
    behaviour: str
    below_standard: bool
    work_result_bp: int | None
    behaviour_bp: int | None


@dataclass(frozen=True)
class Rows:
    """The result of a micro-batch. `digests`: employee to the SHA-256 of all rows the result was made of."""

    measures: list[MeasureValue]
    components: list[Component]
    totals: list[Total]
    digests: dict[int, str]


def evaluate_rows(rows: EvidenceRows, policy: Policy) -> Rows:
    """Evaluates evidence given as tuples in declared column order; `people` may leave off its last column.

    A table that is not given is a kind of evidence that is not kept. Raises `EvidenceError` where a tuple does not fit
    its table.
    """
    if PEOPLE.name not in rows:
        raise EvidenceError(["tabel people tidak ada."])
    if unknown := [name for name in rows if name not in EVIDENCE_TABLES]:
        raise EvidenceError([f"tabel {name} tidak dikenal." for name in unknown])
    program = program_for(policy, rows)
    needed = [name for name in rows if name == PEOPLE.name or name in program.layout.tables]
    result = program.run({name: _frame(name, rows[name]) for name in needed})
    return Rows(
        measures=[MeasureValue(*row) for row in result.measures.iter_rows()],
        components=[Component(*row) for row in result.components.iter_rows()],
        totals=[Total(*row) for row in result.totals.iter_rows()],
        digests=input_digests(rows, program.layout),
    )


@cache
def _width(table: Table) -> tuple[int, int]:
    """The least and the most columns a tuple may have: those at the end that may be absent may be left off."""
    least = len(table.columns)
    while table.columns[least - 1].absent is not None:
        least -= 1
    return least, len(table.columns)


def frame_of(name: str, given: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    """Tuples of a declared table as typed columns, all of them. Raises `EvidenceError` where one does not fit."""
    table = EVIDENCE_TABLES[name]
    least, most = _width(table)
    wrong = next((row for row in given if not least <= len(row) <= most), None)
    if wrong is not None:
        raise EvidenceError([f"{name}: baris berisi {len(wrong)} nilai, seharusnya {most} ({', '.join(table.names)})."])
    absent = tuple(column.absent for column in table.columns)
    full = [row if len(row) == most else (*row, *absent[len(row) :]) for row in given]
    try:
        return pl.DataFrame(full, schema=schema_of(table), orient="row", strict=True)
    except (TypeError, pl.exceptions.PolarsError) as error:
        raise EvidenceError([f"{name}: ada nilai dengan tipe yang salah ({error})."]) from error


def _frame(name: str, given: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    """As `frame_of`, with the columns that the rules read."""
    return frame_of(name, given).select(column.name for column in read_columns(EVIDENCE_TABLES[name]))


def input_digests(rows: EvidenceRows, layout: Layout) -> dict[int, str]:
    """A digest per employee over the rows of the tables the policy reads, one's own and one's unit's, in any order."""
    lines: dict[tuple[str, int], list[str]] = {}
    for name in layout.tables:
        by = EVIDENCE_TABLES[name].names[0]
        for row in rows.get(name, ()):
            lines.setdefault((by, row[0]), []).append(f"{name}{row}")
    kept = ",".join(name for name in layout.tables if name in rows)
    return {
        person[0]: _sha256(
            [kept, str(person), *_sorted(lines, "employee_id", person[0]), *_sorted(lines, "unit_id", person[1])]
        )
        for person in rows[PEOPLE.name]
    }


def _sorted(lines: Mapping[tuple[str, int], list[str]], by: str, key: int) -> list[str]:
    return sorted(lines.get((by, key), ()))


def _sha256(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
