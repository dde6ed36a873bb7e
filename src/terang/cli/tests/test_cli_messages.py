import json
from pathlib import Path

import pytest

from terang.cli import main
from terang.web import extraction, unmarked

PO = 'msgid "Simpan"\nmsgstr "Save"\n'


@pytest.fixture
def english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small catalogue in place of the real one."""
    path = tmp_path / "en" / "django.po"
    path.parent.mkdir()
    path.write_text(PO)
    monkeypatch.setattr(extraction, "ENGLISH", path)
    return path


def test_compile_writes_the_binary_file(english: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["messages", "compile", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"compiled": 1}
    assert english.with_suffix(".mo").stat().st_size > 0


def test_check_fails_and_names_what_is_missing(
    english: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(unmarked, "unmarked_sentences", list)
    monkeypatch.setattr(extraction, "missing_translations", lambda: ["a.html: 'Batal'"])
    assert main(["messages", "check"]) == 1
    assert "a.html: 'Batal'" in capsys.readouterr().err
    monkeypatch.setattr(extraction, "missing_translations", list)
    assert main(["messages", "check"]) == 0


def test_check_fails_and_names_a_sentence_without_a_mark(
    english: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(extraction, "missing_translations", list)
    monkeypatch.setattr(unmarked, "unmarked_sentences", lambda: ["a.py:3: 'Berkas tidak ada.'"])
    assert main(["messages", "check"]) == 1
    assert "a.py:3: 'Berkas tidak ada.'" in capsys.readouterr().err
    assert main(["messages", "check", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {"missing": [], "unmarked": ["a.py:3: 'Berkas tidak ada.'"]}


def test_update_collects_and_counts(
    english: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {m.key: m for m in extraction.from_module('_("Simpan"); _("Batal")', "a.py")}
    monkeypatch.setattr(extraction, "extract", lambda: found)
    assert main(["messages", "update", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"messages": 2, "missing": 1, "removed": 0}
    assert 'msgstr "Save"' in english.read_text()


def test_a_damaged_catalogue_is_refused_and_nothing_is_compiled(
    english: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    english.write_text('msgid "a"\nmsgstr "tidak ditutup\n')
    assert main(["messages", "compile"]) == 1
    assert "tidak ditutup" in capsys.readouterr().err
    assert not english.with_suffix(".mo").exists()
