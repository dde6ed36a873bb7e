"""Invented evidence for load work: plausible, the same for the same seed on every machine, of any size.

Every number is drawn from a hash of seed, employee, row and column, so a range of employees can be made by itself. Each
employee has a steady ability that all measures share, so that totals spread as they do in life.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from terang.engine.schema import schema_of
from terang.rules.tables import ELEMENTS, EVIDENCE_TABLES

FILE_SIZE = 100_000
"""Employees per file."""

UNIT_SIZE = 25
FIRST_MONTH = 202601
WORKING_DAYS = 20
DIRECTIONS = ("higher", "lower", "range", "yes_no")

_ODD = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
_HALF = 2**32
_BITS = 2**33


@dataclass(frozen=True)
class Plan:
    """What to make: how many employees over how many months, and the aspects colleagues are asked about."""

    employees: int
    seed: int = 1
    months: int = 12
    aspects: tuple[str, ...] = ()


def write_evidence(plan: Plan, out: Path, progress: Callable[[int, int], None] | None = None) -> int:
    """Writes a folder of evidence, one file per table and 100,000 employees; returns the number of rows.

    Raises FileExistsError where the folder already holds something.
    """
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise FileExistsError(str(out))
    rows = 0
    for name in EVIDENCE_TABLES:
        (out / name).mkdir()
    starts = range(1, plan.employees + 1, FILE_SIZE)
    for part, first in enumerate(starts):
        last = min(first + FILE_SIZE - 1, plan.employees)
        for name, frame in simulated(plan, first, last):
            frame.write_parquet(out / name / f"part-{part:04}.parquet", compression="zstd", compression_level=1)
            rows += frame.height
        if progress:
            progress(last, plan.employees)
    return rows


def simulated(plan: Plan, first: int, last: int) -> Iterator[tuple[str, pl.DataFrame]]:
    """Every evidence table for the employees from `first` to `last`, both included."""
    surveys = _typed("surveys", _surveys(plan, first, last))
    yield "surveys", surveys
    yield "unit_surveys", _unit_surveys(surveys)
    for name, make in _MAKERS.items():
        yield name, _typed(name, make(plan, first, last))


def _typed(name: str, frame: pl.LazyFrame) -> pl.DataFrame:
    schema = schema_of(EVIDENCE_TABLES[name])
    return frame.select(pl.col(column).cast(kind) for column, kind in schema.items()).collect()


def _grid(plan: Plan, first: int, last: int, per_employee: int) -> pl.LazyFrame:
    """`per_employee` rows for each employee, numbered by `row`, with the seed of the row's draws and the ability."""
    position = pl.int_range(0, (last - first + 1) * per_employee, dtype=pl.Int64, eager=True).alias("position")
    return (
        pl.LazyFrame(position)
        .select(
            employee_id=first + pl.col("position") // per_employee,
            row=pl.col("position") % per_employee,
        )
        .with_columns(
            person=_mixed(pl.col("employee_id").cast(pl.UInt64) + plan.seed * _BITS),
            record_id=pl.col("employee_id") * 64 + pl.col("row"),
        )
        .with_columns(
            key=_mixed(pl.col("person") + pl.col("row").cast(pl.UInt64)),
            ability=(_drawn("person", 11, 500) + _drawn("person", 12, 500)),
        )
    )


def _mixed(number: pl.Expr) -> pl.Expr:
    """A well-spread 64-bit hash (multiplications wrap around)."""
    one, two, three = (pl.lit(odd, pl.UInt64) for odd in _ODD)
    number = number * one
    number = (number ^ (number // _HALF)) * two
    return number ^ (number // _HALF) * three


def _drawn(key: str, salt: int, below: int) -> pl.Expr:
    """A number from 0 to below − 1, the same for the same key and salt."""
    mixed = _mixed(pl.col(key) + pl.lit(salt * _ODD[2] % 2**64, pl.UInt64))
    return (mixed // _BITS % below).cast(pl.Int64)


def _draw(salt: int, below: int) -> pl.Expr:
    return _drawn("key", salt, below)


def _fixed(salt: int, below: int) -> pl.Expr:
    """Like `_draw`, but the same for all rows of an employee."""
    return _drawn("person", salt, below)


def _some_of(whole: pl.Expr | int, salt: int, least_percent: int) -> pl.Expr:
    """Part of a whole: at least so many percent, more with ability and a little luck."""
    percent = least_percent + (pl.col("ability") * 2 + _draw(salt, 1000)) * (100 - least_percent) // 2400
    return (percent.clip(0, 100) * whole + 50) // 100


def _serves() -> pl.Expr:
    return _fixed(1, 100) < 40


def _month() -> pl.Expr:
    return FIRST_MONTH + pl.col("row") // 12 * 100 + pl.col("row") % 12


def _people(plan: Plan, first: int, last: int) -> pl.LazyFrame:
    return _grid(plan, first, last, 1).select(
        "employee_id",
        unit_id=(pl.col("employee_id") - 1) // UNIT_SIZE + 1,
        serves_citizens=_serves(),
        variant=pl.lit(""),
    )


def _plan_results(plan: Plan, first: int, last: int) -> pl.LazyFrame:
    target = (1 + _draw(3, 50)) * 1000
    impact = pl.col("row") == 4
    actual = target * (400 + pl.col("ability") * 3 // 5 + _draw(4, 250)) // 1000
    rows = _grid(plan, first, last, 5).filter(~impact | (_fixed(2, 100) < 12))
    kind = pl.when(impact).then(pl.lit("impact")).when(_draw(5, 10) < 6).then(pl.lit("higher"))
    for number, direction in enumerate(DIRECTIONS[1:-1], start=7):
        kind = kind.when(_draw(5, 10) < number + 1).then(pl.lit(direction))
    return rows.select(
        "employee_id",
        "record_id",
        direction=kind.otherwise(pl.lit("yes_no")),
        main=pl.col("row") < 2,
        baseline_milli=pl.when(impact).then(target * 2),
        target_milli=target,
        target_max_milli=target * 6 // 5,
        actual_milli=pl.when(_draw(6, 100) < 92).then(actual),
        share_bp=pl.when(impact).then(1000 * (1 + _draw(7, 10))).otherwise(10_000),
    )


def _tasks(plan: Plan, first: int, last: int) -> pl.LazyFrame:
    planned = (1 + _draw(1, 20)) * 1000
    return _grid(plan, first, last, 6).select(
        "employee_id",
        "record_id",
        planned_milli=planned,
        accepted_milli=_some_of(planned, 2, 30),
        for_programme=_draw(3, 100) < 30,
    )


def _reporting(plan: Plan, first: int, last: int) -> pl.LazyFrame:
    required = WORKING_DAYS - _draw(1, 4)
    return _grid(plan, first, last, plan.months).select(
        "employee_id", month=_month(), required_days=required, reported_days=_some_of(required, 2, 40)
    )


def _report_ratings(plan: Plan, first: int, last: int) -> pl.LazyFrame:
    readers = pl.when(pl.col("row") == 0).then(pl.lit("superior")).otherwise(pl.lit("oversight"))
    return (
        _grid(plan, first, last, 2)
        .filter(_draw(1, 100) < 95)
        .select("employee_id", "record_id", reader=readers, rating_bp=_some_of(100, 2, 50) * 100)
    )


def _attendance(plan: Plan, first: int, last: int) -> pl.LazyFrame:
    required = WORKING_DAYS - _draw(1, 4)
    present = _some_of(required, 2, 75)
    return _grid(plan, first, last, plan.months).select(
        "employee_id",
        month=_month(),
        required_days=required,
        present_days=present,
        punctual_days=_some_of(present, 3, 60),
    )


def _services(plan: Plan, first: int, last: int) -> pl.LazyFrame:
    done = 5 + _draw(1, 60)
    standard = done * 240
    return (
        _grid(plan, first, last, plan.months)
        .filter(_serves())
        .select(
            "employee_id",
            month=_month(),
            completed=done,
            expected=pl.when(_fixed(2, 100) < 90).then(35),
            timely=_some_of(done, 3, 30),
            standard_minutes=standard,
            actual_minutes=standard * (1900 - pl.col("ability") - _draw(4, 300)) // 1000,
            reopened=_draw(5, 100) // 95,
        )
    )


def _surveys(plan: Plan, first: int, last: int) -> pl.LazyFrame:
    respondents = _draw(1, 9)
    answered = {f"answered_{each}": respondents - (_draw(20 + i, 50) == 0) for i, each in enumerate(ELEMENTS)}
    rows = (
        _grid(plan, first, last, plan.months)
        .filter(_serves() & (respondents > 0))
        .with_columns(month=_month(), respondents=respondents, invited=respondents + _draw(2, 20), **answered)
    )
    level = 200 + pl.col("ability") // 6
    sums = {
        f"sum_{each}": (pl.col(f"answered_{each}") * (level + _draw(40 + i, 60)).clip(100, 400) + 50) // 100
        for i, each in enumerate(ELEMENTS)
    }
    return rows.with_columns(**sums)


def _unit_surveys(surveys: pl.DataFrame) -> pl.DataFrame:
    schema = schema_of(EVIDENCE_TABLES["unit_surveys"])
    by_unit = surveys.with_columns(unit_id=(pl.col("employee_id") - 1) // UNIT_SIZE + 1)
    return (
        by_unit.group_by("unit_id", "month", maintain_order=True).agg(pl.exclude("employee_id").sum()).select(*schema)
    )


def _reviews(plan: Plan, first: int, last: int) -> pl.LazyFrame:
    aspects: Sequence[str] = plan.aspects
    number = pl.col("row") % len(aspects)
    kind = pl.col("row") // len(aspects)
    answers = pl.when(kind == 0).then(1).otherwise(2 + _fixed(1, 5))
    point = (2500 + pl.col("ability") * 2 + _draw(3, 600)).clip(1000, 5000)
    names = pl.Series("aspect", aspects, dtype=pl.String)
    return (
        _grid(plan, first, last, 3 * len(aspects))
        .filter((kind < 2) | (_fixed(2, 100) < 20))
        .select(
            "employee_id",
            rater=pl.when(kind == 0)
            .then(pl.lit("superior"))
            .when(kind == 1)
            .then(pl.lit("peer"))
            .otherwise(pl.lit("subordinate")),
            aspect=pl.lit(names).gather(number),
            answers=answers,
            sum_milli=answers * (point // 1000 * 1000),
        )
    )


def _inspections(plan: Plan, first: int, last: int) -> pl.LazyFrame:
    checked = 8 + _draw(1, 12)
    return (
        _grid(plan, first, last, 1)
        .filter(_serves() & (_draw(2, 100) < 30))
        .select("employee_id", "record_id", checked=checked, met=_some_of(checked, 3, 50))
    )


def _observations(plan: Plan, first: int, last: int) -> pl.LazyFrame:
    return (
        _grid(plan, first, last, 2)
        .filter(_fixed(4, 100) < 8)
        .select("employee_id", "record_id", points_milli=_some_of(40, 1, 40) * 100, max_milli=4000)
    )


def _complaints(plan: Plan, first: int, last: int) -> pl.LazyFrame:
    due = 1 + _draw(1, 3)
    return (
        _grid(plan, first, last, plan.months)
        .filter(_serves() & (_draw(2, 100) < 15))
        .select(
            "employee_id", month=_month(), due=due, in_time_confirmed=_some_of(due, 3, 30), reopened=_draw(4, 10) // 9
        )
    )


_MAKERS: dict[str, Callable[[Plan, int, int], pl.LazyFrame]] = {
    "people": _people,
    "plan_results": _plan_results,
    "tasks": _tasks,
    "reporting": _reporting,
    "report_ratings": _report_ratings,
    "attendance": _attendance,
    "services": _services,
    "reviews": _reviews,
    "inspections": _inspections,
    "observations": _observations,
    "complaints": _complaints,
}
