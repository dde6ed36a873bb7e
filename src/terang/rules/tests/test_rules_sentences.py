"""A sentence is Indonesian until somebody says it in another language."""

import copy
import json

import pytest

from terang.rules.nip import InvalidNip, check_nip
from terang.rules.sentences import Sentence, joined, restored, said

ENGLISH = {
    "%(what)s berjumlah %(sum)s.": "%(what)s add up to %(sum)s.",
    "Bobot aspek": "The weights",
    "harus 100 %": "must be 100 %",
}


def english(text: str) -> str:
    return ENGLISH.get(text, text)


def nested() -> Sentence:
    return Sentence("%(what)s berjumlah %(sum)s.", {"what": Sentence("Bobot aspek"), "sum": 95})


def test_a_sentence_is_its_indonesian_text() -> None:
    assert nested() == "Bobot aspek berjumlah 95."
    assert json.dumps(nested()) == '"Bobot aspek berjumlah 95."'


def test_a_sentence_is_said_with_the_sentences_in_it() -> None:
    assert said(nested(), english) == "The weights add up to 95."
    assert said(Sentence("harus 100 %"), english) == "must be 100 %"


def test_names_stay_as_they_are_even_where_they_read_like_a_sentence() -> None:
    unit = joined(", ", ["Bobot aspek", Sentence("Bobot aspek"), "100 %(what)s"])
    assert said(unit, english) == "Bobot aspek, The weights, 100 %(what)s"


def test_what_is_stored_is_restored() -> None:
    again = restored(json.loads(json.dumps(nested().stored())))
    assert (again, said(again, english)) == (nested(), "The weights add up to 95.")
    assert said(copy.deepcopy(nested()), english) == "The weights add up to 95."


def test_a_wrong_nip_is_told_in_either_language() -> None:
    with pytest.raises(InvalidNip, match="yang tertulis 3 angka") as refused:
        check_nip("123")
    assert said(refused.value.sentence, lambda text: "%(length)s digits") == "3 digits"
