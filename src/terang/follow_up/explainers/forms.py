from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.follow_up.explainers.asking import ANSWER_LENGTH, QUESTION_LENGTH
from terang.follow_up.explainers.content import Explainer
from terang.follow_up.explainers.models import HelpKind
from terang.follow_up.explainers.services import Contact
from terang.web.forms import FormKeyMixin, VersionMixin


class AnswerForm(forms.Form):
    """One field for each question of an explainer, `q0`, `q1`, …; `version` is that of the text as shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, explainer: Explainer) -> None:
        super().__init__(data, initial={"version": explainer.version})
        self.explainer = explainer
        for number, question in enumerate(explainer.questions):
            self.fields[f"q{number}"] = forms.TypedChoiceField(
                label=question.asked,
                coerce=int,
                choices=[(str(place), told) for place, told in enumerate(question.choices)],
                widget=forms.RadioSelect,
                error_messages={"required": _("Pilih satu jawaban.")},
            )

    def answers(self) -> list[int]:
        return [self.cleaned_data[f"q{number}"] for number in range(len(self.explainer.questions))]

    def told(self) -> list[dict[str, object]]:
        """Each question with whether the answer was right, and why the right one is."""
        return [
            {
                "asked": each.asked,
                "given": each.choices[given],
                "right": given == each.right,
                "because": each.because,
            }
            for given, each in zip(self.answers(), self.explainer.questions, strict=True)
        ]


class ContactForm(FormKeyMixin):
    kind = forms.ChoiceField(label=_("Untuk"), choices=HelpKind.choices)
    name = forms.CharField(label=_("Nama orang atau tempat"), max_length=120)
    reach = forms.CharField(
        label=_("Cara menghubungi"), max_length=200, help_text=_("Nomor telepon, alamat surel, atau ruangan.")
    )
    hours = forms.CharField(label=_("Jam"), max_length=120, required=False)

    def contact(self) -> Contact:
        told = self.cleaned_data
        return Contact(told["kind"], told["name"], told["reach"], told["hours"])


class QuestionForm(FormKeyMixin):
    text = forms.CharField(
        label=_("Yang ingin Anda tanyakan"),
        max_length=QUESTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Jawabannya dibaca semua pegawai. Nama orang dihapus dari pertanyaan."),
    )
    nameless = forms.BooleanField(
        label=_("Tanpa nama"),
        required=False,
        initial=True,
        help_text=_("Tidak ada yang menyimpan siapa yang bertanya. Gaya menulis tetap dapat menunjukkan siapa Anda."),
    )


class ReplyForm(VersionMixin):
    answer = forms.CharField(label=_("Jawaban"), max_length=ANSWER_LENGTH, widget=forms.Textarea(attrs={"rows": 6}))
    withheld = forms.BooleanField(
        label=_("Jangan tampilkan pertanyaannya"),
        required=False,
        help_text=_("Hanya bila menyerang seseorang atau membuka data pribadi. Jawaban di atas menjelaskan mengapa."),
    )
