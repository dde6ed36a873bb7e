"""`terang bench`: what it refuses, and how its tables read."""

import json
from types import SimpleNamespace

import pytest

from terang.cli import bench, main


def test_an_unknown_program_is_refused(capsys):
    assert main(["bench", "kopi"]) == 1
    assert ", ".join(bench.PROGRAMS) in capsys.readouterr().err


@pytest.mark.parametrize("sizes", ["banyak", "0", "1000,", "-5"])
def test_sizes_that_are_no_numbers_are_refused(sizes, capsys):
    assert main(["bench", "evaluation", f"--sizes={sizes}"]) == 1
    assert "--sizes 1000,10000" in capsys.readouterr().err


def test_without_the_clone_there_is_nothing_to_run(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(bench, "FOLDER", tmp_path)
    assert main(["bench", "pages"]) == 1
    assert "salinan sumber" in capsys.readouterr().err


def test_json_names_the_machine_and_the_rows(monkeypatch, capsys):
    program = SimpleNamespace(
        TITLE="Uji", SIZES=(1, 2), QUICK=(1,), COLUMNS={}, run=lambda sizes: [{"n": n} for n in sizes]
    )
    monkeypatch.setattr(bench, "_program", lambda _: program)
    assert main(["bench", "live", "--quick", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["live"]
    assert told["rows"] == [{"n": 1}]
    assert told["machine"]["cores"] >= 1


def test_a_failed_measurement_is_told(monkeypatch, capsys):
    def run(_):
        raise RuntimeError("server tidak menjawab")

    program = SimpleNamespace(TITLE="Uji", SIZES=(1,), QUICK=(1,), COLUMNS={}, run=run)
    monkeypatch.setattr(bench, "_program", lambda _: program)
    assert main(["bench", "live"]) == 1
    assert "server tidak menjawab" in capsys.readouterr().err


def test_rows_of_one_key_are_compared_with_the_first():
    rows = [{"page": "a", "ms": 10.0}, {"page": "b", "ms": 4.0}, {"page": "a", "ms": 25.0}]
    assert [row["ratio"] for row in bench.with_ratio(rows, "page", "ms")] == [1.0, 1.0, 2.5]


def test_a_table_sets_words_left_and_numbers_right():
    text = bench.table(("page", "ms"), [{"page": "hari ini", "ms": 8.5}, {"page": "nilai", "ms": 1200}])
    assert text.splitlines() == ["page         ms", "hari ini    8,5", "nilai     1 200"]


def test_a_meaning_is_told_only_for_figures_that_are_there():
    program = SimpleNamespace(COLUMNS={"ms": "milidetik", "mib": "mebibita"})
    text = bench.report(program, [{"ms": 3}])
    assert "milidetik" in text
    assert "mebibita" not in text
