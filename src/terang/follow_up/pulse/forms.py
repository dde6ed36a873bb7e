from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.follow_up.pulse.questions import QUESTIONS, STEPS
from terang.follow_up.pulse.services.answering import REMARK_LENGTH
from terang.web.forms import ScaleField


class PulseForm(forms.Form):
    """One scale for each question; what one would rather not say stays empty."""

    remark = forms.CharField(
        label=_("Ada yang ingin Anda sampaikan?"),
        required=False,
        max_length=REMARK_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Paling panjang 300 huruf. Nama orang dihapus, dan catatan baru tampil bersama catatan orang lain. Gaya "
            "menulis atau peristiwa yang hanya Anda tahu tetap dapat menunjukkan siapa Anda."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in QUESTIONS:
            self.fields[each.code] = ScaleField(label=each.statement, choices=STEPS, required=False)

    @property
    def scales(self) -> list[forms.BoundField]:
        return [self[each.code] for each in QUESTIONS]

    def answers(self) -> dict[str, int]:
        told = self.cleaned_data
        return {each.code: told[each.code] for each in QUESTIONS if told.get(each.code) is not None}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not self.answers():
            raise forms.ValidationError(gettext("Jawab sekurang-kurangnya satu pertanyaan."), code="empty")
        return data


class EndForm(forms.Form):
    reason = forms.CharField(
        label=_("Mengapa dihentikan?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca semua pegawai di halaman Suara pegawai."),
    )
