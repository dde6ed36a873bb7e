"""`terang policy`: a file checked, two files compared in words."""

import json
from pathlib import Path

import pytest

from terang.cli import main
from terang.rules.policies import document_of, json_text, load_preset, preset_text


def test_json_is_checked_as_toml_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "palu.json"
    path.write_text(json_text(document_of(load_preset("palu"))), encoding="utf-8")
    assert main(["policy", "check", str(path), "--json"]) == 0
    digest = json.loads(capsys.readouterr().out)["digest"]
    assert main(["policy", "check", "palu", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["digest"] == digest


def test_differences_are_said_one_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "baru.toml"
    text = preset_text("makassar").replace("weight_bp = 2000", "weight_bp = 1500")
    path.write_text(text.replace("weight_bp = 1000", "weight_bp = 1500"), encoding="utf-8")
    assert main(["policy", "diff", "makassar", str(path)]) == 0
    said = capsys.readouterr().out.replace("\u00a0", " ").splitlines()
    assert said == ["Kegiatan, bobot: 10 % → 15 %", "Disiplin, bobot: 20 % → 15 %"]
    assert main(["policy", "diff", "makassar", str(path), "--json"]) == 0
    assert [row["path"] for row in json.loads(capsys.readouterr().out)["changes"]] == [
        "aspects.kegiatan.weight_bp",
        "aspects.disiplin.weight_bp",
    ]


def test_the_same_policy_has_no_difference(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "diff", "semarang", "semarang"]) == 0
    assert "Tidak ada perbedaan" in capsys.readouterr().out


@pytest.mark.parametrize(("content", "told"), [(b"code = 1", "harus berupa teks"), (b"\xff\xfe", "bukan teks UTF-8")])
def test_a_file_that_is_no_policy_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, told: str
) -> None:
    path = tmp_path / "salah.toml"
    path.write_bytes(content)
    assert main(["policy", "diff", "makassar", str(path)]) == 1
    assert told in capsys.readouterr().err
