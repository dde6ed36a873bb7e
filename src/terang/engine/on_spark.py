"""The same rules on Apache Spark, for a ministry that outgrows one machine. Spark reads Parquet and nothing else.

Results come back through Parquet as well, so that both engines end in the same typed tables.
"""

import os
import shutil
import tempfile
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from terang.engine.errors import EngineUnavailableError, EvidenceError
from terang.engine.files import EvidenceFiles
from terang.engine.on_polars import DECLARED, Result
from terang.engine.schema import read_columns, schema_of
from terang.rules.layout import lay_out
from terang.rules.measures.values import measure_values, measured
from terang.rules.policies.model import Policy
from terang.rules.scoring import components, totals
from terang.rules.tables import EVIDENCE_TABLES, PEOPLE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from terang.engine.evaluation import Months

TWO_WORKERS = "local-cluster[2,1,1024]"
"""Two worker processes with one core and one gibibyte each, on this machine."""

_SQL_TYPES = {"int": "bigint", "text": "string", "bool": "boolean"}


def start_session(master: str = TWO_WORKERS) -> "SparkSession":
    """A Spark session. Raises `EngineUnavailableError` where PySpark or Java is missing, saying what to install."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EngineUnavailableError(
            "Mesin Spark memerlukan PySpark. Dari klona: ./test memasangnya. Tanpa itu pakai --engine polars."
        ) from error
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise EngineUnavailableError(
            "Mesin Spark memerlukan Java 17 atau lebih baru. Di Debian: apt install openjdk-17-jre-headless, "
            "atau pakai --engine polars."
        )
    settings: dict[str, bool | float | int | str | None] = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.ansi.enabled": "true",
        "spark.ui.showConsoleProgress": "false",
    }
    return SparkSession.builder.master(master).appName("terang").config(map=settings).getOrCreate()


def evaluate_on_spark(
    evidence: EvidenceFiles, policy: Policy, period: "Months | None", spark: "SparkSession | None"
) -> Result:
    """Evaluates on the given session, or on one of its own that it stops again."""
    session = spark or start_session()
    try:
        with tempfile.TemporaryDirectory(prefix="terang-spark-") as folder:
            return _evaluated(session, evidence, policy, period, Path(folder))
    finally:
        if spark is None:
            session.stop()


def _evaluated(
    session: "SparkSession", evidence: EvidenceFiles, policy: Policy, period: "Months | None", folder: Path
) -> Result:
    layout = lay_out(policy)
    names = [name for name in (PEOPLE.name, *layout.tables) if name in evidence.tables]
    native = {name: _read(session, evidence, name, period) for name in names}
    _check(native, list(layout.slots))
    frames: dict[str, Any] = {name: nw.from_native(frame) for name, frame in native.items()}
    # Through a file, so that the plans of the three results start short: Spark analyses a plan again at each step.
    measured(frames, layout).to_native().write.parquet(str(folder / "wide"))
    held: Any = nw.from_native(session.read.parquet(str(folder / "wide")))
    plans = {
        "measures": measure_values(held, layout),
        "components": components(held, layout),
        "totals": totals(held, layout, policy),
    }
    return Result(**{name: _fetched(plan.to_native(), name, folder) for name, plan in plans.items()})


def _read(session: "SparkSession", evidence: EvidenceFiles, name: str, period: "Months | None") -> "DataFrame":
    from pyspark.sql import functions

    table = EVIDENCE_TABLES[name]
    parts = [
        session.read.parquet(str(file.path)).select(
            *(
                (functions.col(each.name) if each.name in file.columns else functions.lit(each.absent))
                .cast(_SQL_TYPES[each.type])
                .alias(each.name)
                for each in read_columns(table)
            )
        )
        for file in evidence.tables[name]
    ]
    frame = reduce(lambda one, other: one.unionByName(other), parts)
    if period is not None and "month" in table.names:
        return frame.filter(functions.col("month").between(period.first, period.last))
    return frame


def _check(native: dict[str, "DataFrame"], variants: list[str]) -> None:
    """The same refusals as on Polars: gaps in required columns, people listed twice, unknown variants."""
    from pyspark.sql import functions

    problems: list[str] = []
    for name, frame in native.items():
        required = [column.name for column in read_columns(EVIDENCE_TABLES[name]) if not column.nullable]
        gaps = frame.agg(
            *(functions.count_if(functions.col(column).isNull()).alias(column) for column in required)
        ).first()
        problems.extend(
            f"{name}: kolom {column} kosong pada {gaps[column]} baris; kolom ini wajib diisi."
            for column in required
            if gaps is not None and gaps[column]
        )
    people = native[PEOPLE.name]
    twice = people.groupBy("employee_id").count().filter("count > 1").orderBy("employee_id")
    if found := twice.count():
        example = ", ".join(str(row["employee_id"]) for row in twice.take(5))
        problems.append(f"people: {found} pegawai tercatat lebih dari sekali, misalnya employee_id {example}.")
    unknown = people.filter(~functions.col("variant").isin(variants)).select("variant").distinct().orderBy("variant")
    if rows := unknown.take(5):
        problems.append(f"people: varian kebijakan tidak dikenal: {', '.join(row['variant'] for row in rows)}.")
    if problems:
        raise EvidenceError(problems)


def _fetched(frame: "DataFrame", name: str, folder: Path) -> pl.DataFrame:
    target = folder / name
    frame.write.parquet(str(target))
    parts = sorted(target.glob("*.parquet"))
    schema = schema_of(DECLARED[name])
    if not parts:
        return pl.DataFrame(schema=schema)
    return pl.scan_parquet(parts).select(*schema).cast(schema).collect().sort("employee_id", maintain_order=True)
