"""The same rules on a real Spark cluster of two worker processes give the same rows as on Polars, to the last digit."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from terang.engine import EngineUnavailableError, EvidenceError, evaluate
from terang.engine.on_spark import start_session
from terang.engine.tests import evidence_rows as given
from terang.rules.catalogue import MEASURES
from terang.rules.policies import Aspect, MeasureRule, Policy, Variant, load_preset

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="module")
def spark() -> Iterator["SparkSession"]:
    session = start_session()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def every_measure() -> Policy:
    """A policy that uses all measures of the catalogue, one of them held, and a variant."""
    rules = []
    for spec in MEASURES.values():
        parameters = {each.name: each.default for each in spec.parameters}
        if spec.code == "citizen_satisfaction":
            parameters["fallback"] = "unit"
        missing: Any = "hold" if spec.code == "service_speed" else "share_out"
        rules.append(MeasureRule(spec.code, 0, 12_000, missing, spec.min_answers, parameters=parameters))
    share = 10_000 // len(rules)
    shared = [replace(rule, share_bp=share + (10_000 - share * len(rules)) * (i == 0)) for i, rule in enumerate(rules)]
    short = Aspect("hasil", "Hasil", "Results", 10_000, (replace(shared[0], share_bp=10_000),))
    return replace(
        load_preset("makassar"),
        aspects=(Aspect("semua", "Semua", "All", 10_000, tuple(shared)),),
        variants=(Variant("guru", "Guru", "Teachers", ("guru",), (short,)),),
        least_coverage_bp=500,
    )


def edges() -> given.Rows:
    """Gaps, zeros, halves, great numbers, negative differences, a stranger, and a person nothing is known of."""
    big = 1_500_000_000_000_000
    directions = ("higher", "lower", "range", "yes_no")
    numbers: list[int | None] = [None, 0, 1, 2, 3, 7, 9_999, big // 7, big]
    people = [
        given.person(i, unit=i % 3, serves=i % 4 > 0, variant="guru" if i % 10 == 9 else "") for i in range(1, 41)
    ]
    rows = given.NONE | {"people": [*people, given.person(99, unit=50)]}
    rows["plan_results"] = [
        given.indicator(i, directions[i % 4], target or 0, actual, upper=(target or 0) * 6 // 5)
        for i, (target, actual) in enumerate(((t, a) for t in (0, 3, 8, big) for a in numbers), start=1)
    ] + [
        given.indicator(i, "impact", 40_000, actual, baseline=baseline, share=i * 100)
        for i, (baseline, actual) in enumerate(
            (b, a) for b in (None, 40_000, 58_001, 9) for a in (None, 0, 31_000, 90_000)
        )
    ]
    rows["tasks"] = [(i, None, i % 5 * 3_000, i * 1_111, i % 2 == 0) for i in range(1, 39)]
    rows["attendance"] = [(i, 202601 + m, i % 33, i % 17, i % 11) for i in range(1, 36) for m in range(2)]
    rows["reporting"] = [(i, 202601, 32, i % 33) for i in range(1, 39)]
    rows["report_ratings"] = [
        (i, None, reader, i * 211) for i in range(1, 39) for reader in ("superior", "oversight")[: 1 + i % 2]
    ]
    rows["services"] = [
        (i, 202601, i % 7, None if i % 5 == 0 else i, i % 3, i * 10, i * 15 % 90, 0) for i in range(1, 39)
    ]
    rows["surveys"] = [
        given.survey(i, [(2 * (n := i * 7 % (e + 3))) + (n > 2) for e in range(9)], [i * 7 % (e + 3) for e in range(9)])
        for i in range(1, 41)
    ] + [
        given.survey(i, [60_000 + i * e for e in range(9)], [30_000 - i * e for e in range(9)], 202602)
        for i in range(1, 9)
    ]
    rows["unit_surveys"] = [given.survey(unit, [40 + unit] * 9, [20 - unit] * 9) for unit in range(3)]
    rows["reviews"] = [
        (i, rater, aspect, i % 6, i % 6 * (1_000 + i * 97 % 4_000))
        for i in range(1, 39)
        for rater in ("superior", "peer", "subordinate")
        for aspect in ("akuntabel", "loyal", "lain")
    ]
    rows["inspections"] = [(i, None, i % 9, i % 4) for i in range(1, 39)]
    rows["observations"] = [(i, None, i * 91, 4_000) for i in range(1, 39, 2)]
    rows["complaints"] = [(i, 202601, i % 4, i % 3, 0) for i in range(1, 39)]
    rows["attendance"].append((12_345, 202601, 20, 20, 20))
    return rows


@pytest.mark.spark
def test_spark_and_polars_agree_on_every_row(spark: "SparkSession", tmp_path: Path) -> None:
    folder = given.write(edges(), tmp_path / "bukti")
    policy = every_measure()
    on_spark, on_polars = evaluate(folder, policy, engine="spark", spark=spark), evaluate(folder, policy)
    assert on_polars.totals.height == 41
    missing = {"no_evidence", "not_applicable", "too_few_answers", "no_target"}
    assert set(on_polars.measures["reason"]) == {"ok", "unit_average", *missing}
    assert on_spark.totals.rows() == on_polars.totals.rows()
    assert sorted(on_spark.components.rows(), key=repr) == sorted(on_polars.components.rows(), key=repr)
    assert sorted(on_spark.measures.rows(), key=repr) == sorted(on_polars.measures.rows(), key=repr)


@pytest.mark.spark
def test_cluster_has_two_worker_processes(spark: "SparkSession") -> None:
    workers = spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1
    assert spark.sparkContext.master == "local-cluster[2,1,1024]"
    assert workers == 2


@pytest.mark.spark
def test_spark_refuses_what_polars_refuses(spark: "SparkSession", tmp_path: Path) -> None:
    rows: given.Rows = {
        "people": [given.person(1), given.person(1), given.person(2, variant="dosen")],
        "attendance": [(1, 202601, 20, None, 18)],
    }
    folder = given.write(rows, tmp_path / "bukti")
    refusals = []
    for engine in ("polars", "spark"):
        with pytest.raises(EvidenceError) as refusal:
            evaluate(folder, load_preset("makassar"), engine=engine, spark=spark)  # type: ignore[arg-type]
        refusals.append(set(refusal.value.problems))
    assert refusals[0] == refusals[1]
    assert len(refusals[0]) == 3


def test_without_java_the_refusal_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(EngineUnavailableError, match="apt install openjdk-17-jre-headless"):
        start_session()


def test_without_pyspark_the_refusal_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    with pytest.raises(EngineUnavailableError, match="PySpark"):
        start_session()
