"""A form that anybody may send: machines fall into the trap, people lose nothing."""

import time
from urllib.parse import urlencode

import pytest
from django import forms
from django.http import QueryDict

from terang.web.public_forms import LATEST_SECONDS, PublicFormMixin, stamp


class Note(PublicFormMixin):
    text = forms.CharField()


def sent(trap="", drawn=lambda: stamp(time.time() - 30)):
    return Note(QueryDict(urlencode({"text": "Lampu jalan padam", "situs_web": trap, "digambar": drawn()})))


def test_a_person_who_takes_her_time_is_heard():
    assert sent().is_valid()


@pytest.mark.parametrize(
    "change",
    [
        {"trap": "https://example.org"},
        {"drawn": str},
        {"drawn": lambda: "1700000000"},
        {"drawn": stamp},
        {"drawn": lambda: stamp(time.time() - LATEST_SECONDS - 5)},
    ],
    ids=["trap", "no moment", "unsigned", "at once", "yesterday"],
)
def test_a_machine_is_not_and_the_form_keeps_what_was_entered(change):
    form = sent(**change)
    assert not form.is_valid()
    assert form.has_error("__all__", "machine")
    drawn = form.as_p()
    assert "Lampu jalan padam" in drawn
    assert "example.org" not in drawn


def test_the_form_drawn_anew_can_be_sent(monkeypatch):
    form = sent(drawn=str)
    assert not form.is_valid()
    later = time.time() + 10
    monkeypatch.setattr(time, "time", lambda: later)
    assert Note(form.data).is_valid()
