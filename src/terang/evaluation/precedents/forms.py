"""The form of a decision told without names."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.evaluation.appraisals.models import Objection
from terang.evaluation.precedents.models import Precedent, Topic
from terang.evaluation.precedents.services import Words
from terang.evaluation.precedents.wording import without_names
from terang.web.forms import VersionMixin

MOST_QUESTION = 300


class PrecedentForm(VersionMixin):
    topic = forms.ChoiceField(label=_("Perihal"), choices=[("", _("Pilih")), *Topic.choices])
    question = forms.CharField(
        label=_("Yang dipersoalkan"),
        max_length=MOST_QUESTION,
        help_text=_("Satu atau dua kalimat, tanpa nama orang dan unit."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answer = forms.CharField(
        label=_("Putusan dan alasannya"),
        max_length=2000,
        help_text=_("Diisi dari pertimbangan pemutus, nama sudah dibuang. Baca lagi: cerita pun dapat menunjuk orang."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, objection: Objection, known: Precedent | None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _initial(objection, known), **kwargs})

    def words(self) -> Words:
        told = self.cleaned_data
        return Words(told["topic"], told["question"], told["answer"])


class WithdrawForm(VersionMixin):
    """The page of one version, for a button that asks nothing else."""


def _initial(objection: Objection, known: Precedent | None) -> dict[str, Any]:
    if known:
        return {name: getattr(known, name) for name in ("topic", "question", "answer", "version")}
    return {
        "version": 0,
        "question": without_names(objection, objection.text)[:MOST_QUESTION],
        "answer": without_names(objection, objection.reason)[:2000],
    }
