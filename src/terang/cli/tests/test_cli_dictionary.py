"""`terang dictionary`: checks and loads the indicators of a government."""

import json

import pytest

from terang.cli import main
from terang.planning.dictionary.models import DictionaryEntry


@pytest.mark.parametrize("code", ["makassar", "palu", "aceh_tenggara", "semarang", "mamuju"])
def test_presets_are_sound(code, capsys):
    assert main(["dictionary", "check", code, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"]


def test_a_faulty_file_is_refused_with_its_places_and_changes_nothing(cast, tmp_path, capsys):
    file = tmp_path / "kamus.toml"
    file.write_text('title = "Kamus"\n[[entries]]\ncode = "a b"\n', encoding="utf-8")
    for action in (["check", str(file)], ["load", str(file), "--agency", cast.agency.code]):
        assert main(["dictionary", *action]) == 1
        told = capsys.readouterr().err
        assert "entries[0].code" in told
        assert "entries[0].definition" in told
    assert not DictionaryEntry.objects.exists()


def test_a_preset_is_loaded_and_told(cast, capsys):
    assert main(["dictionary", "load", "palu", "--agency", cast.agency.code, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["added"] == DictionaryEntry.objects.count() > 0
    assert main(["dictionary", "load", "palu", "--agency", "00.00"]) == 1
    assert "tidak ditemukan" in capsys.readouterr().err


def test_an_unknown_file_is_told(capsys):
    assert main(["dictionary", "check", "tidak-ada.toml"]) == 1
    assert "tidak ditemukan" in capsys.readouterr().err
