from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.reporting.notices.models import Choice, Letters
from terang.reporting.notices.news import codes
from terang.reporting.notices.services import Wish
from terang.web.forms import VersionMixin

HOURS = range(5, 21)


class ChoiceForm(VersionMixin):
    letters = forms.ChoiceField(
        label=_("Surat ringkasan"),
        choices=Letters.choices,
        widget=forms.RadioSelect,
        help_text=_("Surat hanya menyebut jumlah dan tautan, tidak pernah isinya."),
    )
    hour = forms.TypedChoiceField(
        label=_("Paling pagi pukul"), coerce=int, choices=[(hour, f"{hour:02d}.00") for hour in HOURS]
    )
    silent = forms.MultipleChoiceField(
        label=_("Jangan hitung kabar tentang"),
        choices=codes,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kabar itu tetap ada di halaman Kabar, tanpa tanda dan tanpa surat."),
    )

    def __init__(self, data: Any = None, *, choice: Choice) -> None:
        initial = {name: getattr(choice, name) for name in ("letters", "hour", "version")}
        initial["silent"] = choice.silent_codes
        super().__init__(data, initial=initial)

    def wish(self) -> Wish:
        told = self.cleaned_data
        return Wish(told["letters"], told["hour"], told["silent"], told["version"])
