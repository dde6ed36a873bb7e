"""A form that anybody may send: machines fall into the trap, people lose nothing."""

import time

import pytest
from django import forms

from terang.web.public_forms import LATEST_SECONDS, PublicFormMixin, stamp


class Note(PublicFormMixin):
    text = forms.CharField()


def sent(**change):
    return Note({"text": "Lampu jalan padam", "situs_web": "", "digambar": stamp(time.time() - 30), **change})


def test_a_person_who_takes_her_time_is_heard():
    assert sent().is_valid()


@pytest.mark.parametrize(
    "change",
    [
        {"situs_web": "https://example.org"},
        {"digambar": ""},
        {"digambar": "1700000000"},
        {"digambar": stamp(time.time())},
        {"digambar": stamp(time.time() - LATEST_SECONDS - 5)},
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
    again = Note({**form.data.dict()} if hasattr(form.data, "dict") else dict(form.data))
    assert again.data["digambar"] != change.get("digambar", "x")
