"""Results, activities and categories: every example the regulation prints, and some of our own."""

import tomllib
from pathlib import Path

import pytest

from terang.rules.plans.wording import absolute_words, statement, wording_hint

CASES = tomllib.loads((Path(__file__).parent / "cases" / "wording.toml").read_text(encoding="utf-8"))
ROWS = [(kind, text) for section in CASES.values() for kind, texts in section.items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), ROWS)
def test_a_statement_is_told_apart_as_printed(kind: str, text: str) -> None:
    assert statement(text) == kind
    assert (wording_hint(text) is None) == (kind in ("pencapaian", ""))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Semua pemrosesan klaim selesai dalam waktu cepat", "semua"),
        ("Laporan selalu terkirim", "selalu"),
        ("100% dokumen terbit", "100%"),
        ("80–90 % dokumen terbit", ""),
        ("Persemaian bibit", ""),
    ],
)
def test_absolute_words_are_found_as_whole_words(text: str, word: str) -> None:
    assert absolute_words(text) == word
