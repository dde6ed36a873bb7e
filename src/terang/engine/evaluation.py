"""The two ways through the engine for tables: frames in memory, and folders of Parquet of any size."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import polars as pl

from terang.engine.errors import EvidenceError
from terang.engine.files import EvidenceFiles, RangeReader, employee_ranges, find_evidence
from terang.engine.on_polars import Result, program_for
from terang.engine.output import ParquetOutput
from terang.engine.schema import schema_problems, typed
from terang.rules.policies.model import Policy
from terang.rules.tables import EVIDENCE_TABLES, PEOPLE

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EngineName = Literal["polars", "spark"]
Frames = Mapping[str, pl.DataFrame]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Months:
    """The months of a period, both included, as yyyymm. Tables without a month already belong to the period."""

    first: int
    last: int


@dataclass(frozen=True)
class Outputs:
    """Where the result tables go; only `totals` must be written."""

    totals: Path
    components: Path | None = None
    measures: Path | None = None


@dataclass(frozen=True)
class Summary:
    """What an evaluation of files came to."""

    people: int
    complete: int
    partial: int
    insufficient: int
    below_standard: int


def evaluate(
    evidence: Frames | Path,
    policy: Policy,
    period: Months | None = None,
    engine: EngineName = "polars",
    *,
    spark: "SparkSession | None" = None,
) -> Result:
    """The result tables for a folder of Parquet, or for frames by table name.

    A table that is not given is a kind of evidence that is not kept (reason `no_source`). Raises `EvidenceError` where
    evidence is not as declared, `EngineUnavailableError` where Spark is not installed. Spark reads folders only.
    """
    if engine == "spark":
        if not isinstance(evidence, Path):
            raise TypeError("Spark reads evidence from a folder of Parquet files")
        from terang.engine.on_spark import evaluate_on_spark

        return evaluate_on_spark(find_evidence(evidence), policy, period, spark)
    if isinstance(evidence, Path):
        files = find_evidence(evidence)
        program = program_for(policy, files.tables)
        reader = RangeReader(files, program.layout.tables)
        parts = [program.run(in_period(frames, period)) for frames in reader.read_ahead(employee_ranges(files))]
        return Result(
            *(pl.concat(tables) for tables in zip(*((p.measures, p.components, p.totals) for p in parts), strict=True))
        )
    return program_for(policy, evidence).run(in_period(_typed_frames(evidence), period))


def evaluate_files(
    directory: Path,
    policy: Policy,
    outputs: Outputs,
    period: Months | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Evaluates a folder range by range with bounded memory and writes each result table in one step at the end.

    `progress` is called with employees' ranges done and to do.
    """
    files = find_evidence(directory)
    program = program_for(policy, files.tables)
    reader = RangeReader(files, program.layout.tables)
    ranges = employee_ranges(files)
    counted = Summary(0, 0, 0, 0, 0)
    with ExitStack() as stack:
        writers = _writers(outputs, stack)
        for done, frames in enumerate(reader.read_ahead(ranges), start=1):
            result = program.run(in_period(frames, period), wanted=tuple(writers))
            for table, writer in writers.items():
                writer.add(getattr(result, table))
            counted = _plus(counted, result.totals)
            if progress:
                progress(done, len(ranges))
    return counted


def write_result(result: Result, outputs: Outputs) -> Summary:
    """Writes a result that is in memory, each table in one step."""
    with ExitStack() as stack:
        for table, writer in _writers(outputs, stack).items():
            writer.add(getattr(result, table))
    return _plus(Summary(0, 0, 0, 0, 0), result.totals)


def _writers(outputs: Outputs, stack: ExitStack) -> dict[str, ParquetOutput]:
    paths = {"totals": outputs.totals, "components": outputs.components, "measures": outputs.measures}
    return {table: stack.enter_context(ParquetOutput(path)) for table, path in paths.items() if path is not None}


def _plus(counted: Summary, totals: pl.DataFrame) -> Summary:
    by_status = dict(totals.group_by("status").len().iter_rows())
    return Summary(
        people=counted.people + totals.height,
        complete=counted.complete + by_status.get("complete", 0),
        partial=counted.partial + by_status.get("partial", 0),
        insufficient=counted.insufficient + by_status.get("insufficient", 0),
        below_standard=counted.below_standard + int(totals["below_standard"].sum()),
    )


def in_period(frames: Frames, period: Months | None) -> Frames:
    """The frames with only the months of the period."""
    if period is None:
        return frames
    within = pl.col("month").is_between(period.first, period.last)
    return {name: frame.filter(within) if "month" in frame.columns else frame for name, frame in frames.items()}


def _typed_frames(frames: Frames) -> Frames:
    problems = [f"tabel {name} tidak dikenal." for name in frames if name not in EVIDENCE_TABLES]
    if PEOPLE.name not in frames:
        problems.append("tabel people tidak ada.")
    for name, frame in frames.items():
        if name in EVIDENCE_TABLES:
            problems.extend(schema_problems(EVIDENCE_TABLES[name], frame.schema, name))
    if problems:
        raise EvidenceError(problems)
    return {name: typed(frame.lazy(), EVIDENCE_TABLES[name], frame.columns).collect() for name, frame in frames.items()}


__all__ = ["EvidenceFiles", "Months", "Outputs", "Result", "Summary", "evaluate", "evaluate_files", "write_result"]
