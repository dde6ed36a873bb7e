"""The declared tables as Polars schemas, and the checks that evidence keeps to them."""

from collections.abc import Iterable, Mapping

import polars as pl

from terang.engine.errors import EvidenceError
from terang.rules.tables import EVIDENCE_TABLES, PEOPLE, Column, Table

TYPES: dict[str, type[pl.DataType]] = {"int": pl.Int64, "text": pl.String, "bool": pl.Boolean}
_WORDS = {"int": "bilangan bulat", "text": "teks", "bool": "benar/salah"}
_SHOWN = 5


def schema_of(table: Table) -> pl.Schema:
    """Column name to Polars type, in declared order."""
    return pl.Schema({column.name: TYPES[column.type] for column in table.columns})


def read_columns(table: Table) -> tuple[Column, ...]:
    """The columns the rules read. The record behind a row is for people, not for arithmetic."""
    return tuple(column for column in table.columns if column.name != "record_id")


def schema_problems(table: Table, found: Mapping[str, pl.DataType], place: str) -> list[str]:
    """Indonesian sentences on missing columns and wrong types; empty where the table may be read."""
    problems = []
    for column in table.columns:
        if column.name not in found:
            if column.absent is None:
                problems.append(
                    f"{place}: kolom {column.name} tidak ada. Kolom tabel {table.name}: {', '.join(table.names)}."
                )
        elif not _fits(column, found[column.name]):
            problems.append(
                f"{place}: kolom {column.name} bertipe {found[column.name]}, seharusnya {_WORDS[column.type]}."
            )
    return problems


def _fits(column: Column, found: pl.DataType) -> bool:
    if found == pl.Null:
        return column.nullable
    if column.type == "int":
        return found.is_integer()
    return found == TYPES[column.type]


def typed(frame: pl.LazyFrame, table: Table, found: Iterable[str]) -> pl.LazyFrame:
    """The columns the rules read, in their declared types; a column that may be absent gets its stated value."""
    present = set(found)
    return frame.select(
        (pl.col(column.name) if column.name in present else pl.lit(column.absent).alias(column.name)).cast(
            TYPES[column.type]
        )
        for column in read_columns(table)
    )


def check_values(frames: Mapping[str, pl.DataFrame], variants: Iterable[str]) -> None:
    """Refuses gaps in columns that must be known, people listed twice, and variants the policy does not have."""
    problems = [problem for name, frame in frames.items() for problem in _gaps(EVIDENCE_TABLES[name], frame)]
    people = frames[PEOPLE.name]
    twice = people.filter(pl.col("employee_id").is_duplicated())["employee_id"].unique().sort()
    if len(twice):
        problems.append(
            f"people: {len(twice)} pegawai tercatat lebih dari sekali, misalnya employee_id {_some(twice)}."
        )
    unknown = people.filter(~pl.col("variant").is_in(list(variants)))["variant"].unique().sort()
    if len(unknown):
        problems.append(f"people: varian kebijakan tidak dikenal: {_some(unknown)}.")
    if problems:
        raise EvidenceError(problems)


def _gaps(table: Table, frame: pl.DataFrame) -> list[str]:
    return [
        f"{table.name}: kolom {column.name} kosong pada {frame[column.name].null_count()} baris; kolom ini wajib diisi."
        for column in read_columns(table)
        if not column.nullable and column.name in frame.columns and frame[column.name].null_count()
    ]


def _some(values: pl.Series) -> str:
    shown = ", ".join(str(value) for value in values.head(_SHOWN))
    return shown if len(values) <= _SHOWN else f"{shown}, …"
