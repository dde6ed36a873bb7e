"""A small world of evidence rows for the engine's tests: plain tuples in declared order."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from terang.engine.schema import schema_of
from terang.rules.tables import EVIDENCE_TABLES

Rows = dict[str, list[tuple[Any, ...]]]

NONE: Rows = {name: [] for name in EVIDENCE_TABLES}


def frames(rows: Mapping[str, Sequence[tuple[Any, ...]]]) -> dict[str, pl.DataFrame]:
    return {
        name: pl.DataFrame(list(given), schema=schema_of(EVIDENCE_TABLES[name]), orient="row")
        for name, given in rows.items()
    }


def write(rows: Mapping[str, Sequence[tuple[Any, ...]]], folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    for name, frame in frames(rows).items():
        frame.write_parquet(folder / f"{name}.parquet")
    return folder


def person(employee: int, *, unit: int = 7, serves: bool = True, variant: str = "") -> tuple[Any, ...]:
    return (employee, unit, serves, variant)


def survey(employee: int, sums: Iterable[int], answered: Iterable[int], month: int = 202601) -> tuple[Any, ...]:
    answers = list(answered)
    return (employee, month, max(answers), max(answers) + 5, *sums, *answers)


def indicator(employee: int, direction: str, target: int, actual: int | None, **more: Any) -> tuple[Any, ...]:
    return (
        employee,
        more.get("record"),
        direction,
        True,
        more.get("baseline"),
        target,
        more.get("upper"),
        actual,
        more.get("share", 10_000),
    )
