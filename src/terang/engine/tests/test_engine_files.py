"""Evidence as Parquet: what is read, what is refused in which words, and that results appear whole or not at all."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from terang.engine import EvidenceError, Months, Outputs, evaluate, evaluate_files, evaluate_rows
from terang.engine.files import EmployeeRange, employee_ranges, find_evidence
from terang.engine.simulation import Plan, simulated, write_evidence
from terang.engine.tests import evidence_rows as given
from terang.rules.policies import load_preset
from terang.rules.tables import EVIDENCE_TABLES, TOTALS

POLICY = load_preset("makassar")
PLAN = Plan(300, seed=3, months=3, aspects=tuple(each.code for each in POLICY.instruments[0].aspects))


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bukti") / "bukti"
    write_evidence(PLAN, folder)
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    rows = {
        "people": [given.person(1), given.person(2)],
        "attendance": [(1, 202601, 20, 18, 18), (1, 202602, 20, 0, 0)],
    }
    return given.write(rows, tmp_path / "bukti")


def test_simulated_evidence_is_the_same_for_the_same_seed() -> None:
    one, again, other = (dict(simulated(plan, 1, 50)) for plan in (PLAN, PLAN, Plan(300, 4, 3, PLAN.aspects)))
    assert set(one) == set(EVIDENCE_TABLES)
    assert all(one[name].equals(again[name]) for name in one)
    assert not one["attendance"].equals(other["attendance"])


def test_simulated_people_do_not_depend_on_the_file_they_are_in() -> None:
    whole, part = dict(simulated(PLAN, 1, 100)), dict(simulated(PLAN, 51, 100))
    for name in ("people", "tasks", "surveys"):
        assert whole[name].filter(pl.col("employee_id") > 50).equals(part[name])


def test_files_and_rows_give_the_same_result(evidence: Path) -> None:
    from_files = evaluate(evidence, POLICY)
    rows = {name: pl.read_parquet(evidence / name).rows() for name in EVIDENCE_TABLES}
    from_rows = evaluate_rows(rows, POLICY)
    assert from_files.totals.rows(named=True) == [asdict(each) for each in from_rows.totals]
    assert from_files.components.rows(named=True) == [asdict(each) for each in from_rows.components]
    assert from_files.measures.rows(named=True) == [asdict(each) for each in from_rows.measures]


def test_ranges_of_employees_give_the_same_as_all_at_once(evidence: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = evaluate(evidence, POLICY)
    ranges = [EmployeeRange(1, 99), EmployeeRange(100, 100), EmployeeRange(101, 300)]
    monkeypatch.setattr("terang.engine.evaluation.employee_ranges", lambda _: ranges)
    parts = evaluate(evidence, POLICY)
    assert parts.totals.equals(whole.totals)
    assert parts.components.equals(whole.components)


def test_ranges_hold_every_employee_once(tmp_path: Path) -> None:
    people = [given.person(each) for each in (*range(1, 40), 70, 71, 500)]
    folder = given.write({"people": people}, tmp_path / "bukti")
    ranges = employee_ranges(find_evidence(folder), size=10)
    held = [sum(each.first <= row[0] <= each.last for each in ranges if each.first and each.last) for row in people]
    assert held == [1] * len(people)
    assert len(ranges) > 1


def test_period_takes_its_months_only(small: Path) -> None:
    whole, first = evaluate(small, POLICY), evaluate(small, POLICY, Months(202601, 202601))
    value = pl.col("measure") == "attendance_rate"
    assert whole.measures.filter(value)["value_bp"].to_list() == [4_500, None]
    assert first.measures.filter(value)["value_bp"].to_list() == [9_000, None]


def test_columns_of_other_whole_number_types_are_read(small: Path) -> None:
    path = small / "attendance.parquet"
    pl.read_parquet(path).cast({"present_days": pl.Int16, "month": pl.UInt32}).write_parquet(path)
    assert evaluate(small, POLICY).totals.height == 2


def rename(small: Path) -> None:
    pl.read_parquet(small / "attendance.parquet").rename({"present_days": "hadir"}).write_parquet(
        small / "attendance.parquet"
    )


def as_float(small: Path) -> None:
    path = small / "attendance.parquet"
    pl.read_parquet(path).cast({"present_days": pl.Float64}).write_parquet(path)


def with_gap(small: Path) -> None:
    path = small / "attendance.parquet"
    pl.read_parquet(path).with_columns(present_days=pl.lit(None, pl.Int64)).write_parquet(path)


def broken(small: Path) -> None:
    (small / "tasks.parquet").write_bytes(b"bukan parquet")


def mistyped(small: Path) -> None:
    (small / "attendance.parquet").rename(small / "attendence.parquet")


def without_people(small: Path) -> None:
    (small / "people.parquet").unlink()


def twice(small: Path) -> None:
    path = small / "people.parquet"
    pl.concat([pl.read_parquet(path)] * 2).write_parquet(path)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (rename, "attendance.parquet: kolom present_days tidak ada"),
        (as_float, "kolom present_days bertipe Float64, seharusnya bilangan bulat"),
        (with_gap, "attendance: kolom present_days kosong pada 2 baris"),
        (broken, "tasks.parquet: berkas tidak dapat dibaca sebagai Parquet"),
        (mistyped, "tabel attendence tidak dikenal"),
        (without_people, "tabel people tidak ada"),
        (twice, "people: 2 pegawai tercatat lebih dari sekali, misalnya employee_id 1, 2"),
    ],
)
def test_bad_evidence_is_refused_and_the_old_result_stays(
    small: Path, tmp_path: Path, spoil: Any, message: str
) -> None:
    out = tmp_path / "nilai.parquet"
    evaluate_files(small, POLICY, Outputs(out))
    before = out.read_bytes()
    spoil(small)
    with pytest.raises(EvidenceError, match=message):
        evaluate_files(small, POLICY, Outputs(out))
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bukti", "nilai.parquet"]


def test_all_problems_are_named_at_once(small: Path) -> None:
    rename(small)
    broken(small)
    with pytest.raises(EvidenceError) as refusal:
        find_evidence(small)
    assert len(refusal.value.problems) == 2


def test_results_are_written_as_declared(small: Path, tmp_path: Path) -> None:
    outputs = Outputs(tmp_path / "t.parquet", tmp_path / "c.parquet", tmp_path / "m.parquet")
    summary = evaluate_files(small, POLICY, outputs)
    assert (summary.people, summary.insufficient) == (2, 2)
    assert pl.read_parquet(outputs.totals).columns == list(TOTALS.names)
    assert pl.read_parquet(tmp_path / "c.parquet").height == 2 * 9
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
