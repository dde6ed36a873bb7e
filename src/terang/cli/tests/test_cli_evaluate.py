"""`terang simulate evidence` and `terang evaluate`: they answer exactly, and refuse without leaving anything behind."""

import json
from pathlib import Path

import polars as pl
import pytest

from terang.cli import main


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    assert main(["simulate", "evidence", "--employees", "40", "--months", "2", "--out", str(tmp_path / "bukti")]) == 0
    return tmp_path / "bukti"


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(list(words)) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err


def test_evaluates_simulated_evidence(evidence: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    out, components = tmp_path / "nilai.parquet", tmp_path / "komponen.parquet"
    words = [
        "evaluate",
        "--evidence",
        str(evidence),
        "--policy",
        "palu",
        "--out",
        str(out),
        "--components",
        str(components),
    ]
    assert main([*words, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["people"], answer["engine"], answer["policy"]) == (40, "polars", "palu")
    assert answer["complete"] + answer["partial"] + answer["insufficient"] == 40
    assert pl.read_parquet(out)["employee_id"].to_list() == list(range(1, 41))
    assert pl.read_parquet(components).height == 40 * 5


def test_same_seed_same_evidence(evidence: Path, tmp_path: Path) -> None:
    again = ["simulate", "evidence", "--employees", "40", "--months", "2", "--out", str(tmp_path / "lagi")]
    assert main(again) == 0
    assert main([*again[:-1], str(tmp_path / "lain"), "--seed", "2"]) == 0
    one, same, other = (
        pl.read_parquet(each / "attendance") for each in (evidence, tmp_path / "lagi", tmp_path / "lain")
    )
    assert one.equals(same)
    assert not one.equals(other)


def test_simulating_into_a_folder_with_something_is_refused(evidence: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(evidence.rglob("*"))
    assert "tidak kosong" in refused(capsys, "simulate", "evidence", "--employees", "5", "--out", str(evidence))
    assert sorted(evidence.rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--employees", "0"], "Banyak pegawai harus 1 sampai"),
        (["--employees", "5", "--months", "0"], "Banyak bulan harus 1 sampai"),
        (["--employees", "5", "--seed", "-1"], "Benih harus"),
    ],
)
def test_impossible_sizes_are_refused(
    words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "bukti"
    assert message in refused(capsys, "simulate", "evidence", "--out", str(out), *words)
    assert not out.exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"--evidence": "tiada"}, "tidak ada"),
        ({"--policy": "tiada.toml"}, "tidak ditemukan"),
        ({"--out": "tiada/nilai.parquet"}, "Folder"),
        ({"--out": "bukti"}, "adalah folder"),
        ({"--components": "nilai.parquet"}, "tiga berkas yang berbeda"),
        ({"--period": "2026-13"}, "tidak dapat dibaca"),
        ({"--period": "202603-202601"}, "tidak dapat dibaca"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(
    change: dict[str, str],
    message: str,
    evidence: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(evidence.parent)
    options = {"--evidence": "bukti", "--policy": "makassar", "--out": "nilai.parquet"} | change
    error = refused(capsys, "evaluate", *(word for option in options.items() for word in option))
    assert message in error
    assert sorted(path.name for path in Path().iterdir()) == ["bukti"]


def test_a_period_without_evidence_gives_no_totals(
    evidence: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = sorted(pl.read_parquet(evidence / "attendance")["month"].unique())
    out = tmp_path / "nilai.parquet"
    words = ["evaluate", "--evidence", str(evidence), "--policy", "palu", "--out", str(out), "--period"]
    error = refused(capsys, *words, "203001-203003")
    assert "Tidak ada bukti untuk periode 203001-203003" in error
    assert f"{kept[0]}-{kept[-1]}" in error
    assert not out.exists()


def test_months_without_evidence_inside_a_period_are_named(
    evidence: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, last = sorted(pl.read_parquet(evidence / "attendance")["month"].unique())
    assert (first % 100, last % 100) == (1, 2)
    words = ["evaluate", "--evidence", str(evidence), "--policy", "palu", "--out", str(tmp_path / "nilai.parquet")]
    capsys.readouterr()
    assert main([*words, "--json", "--period", f"{first - 89}-{last + 2}"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["months_without_evidence"] == [first - 89, last + 1, last + 2]
    assert f"{first - 89} dan {last + 1}-{last + 2}" in shown.err
    assert main([*words, "--json", "--period", f"{first}-{last}"]) == 0
    shown = capsys.readouterr()
    assert (json.loads(shown.out)["months_without_evidence"], shown.err) == ([], "")


def test_policy_with_mistakes_is_refused(evidence: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policy = tmp_path / "salah.toml"
    policy.write_text('code = "x"\n')
    out = str(tmp_path / "nilai.parquet")
    error = refused(capsys, "evaluate", "--evidence", str(evidence), "--policy", str(policy), "--out", out)
    assert "belum dapat dipakai" in error
    assert f"terang policy check {policy}" in error
