"""What somebody fills in to lend their access to a program."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.interchange.api.applications import LONGEST, Loan
from terang.interchange.api.scopes import SCOPES
from terang.web.forms import DateInput, FormKeyMixin

USUAL = timedelta(days=90)
"""So long a token lasts unless somebody chooses otherwise."""


class LoanForm(FormKeyMixin, forms.Form):
    name = forms.CharField(
        label=_("Nama aplikasi"), max_length=80, help_text=_("Misalnya “Catat kegiatan dari aplikasi dinas”.")
    )
    purpose = forms.CharField(
        label=_("Untuk apa"), max_length=200, help_text=_("Satu kalimat; dibaca juga pengelola kepegawaian.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("Yang boleh dilakukan aplikasi ini"),
        choices=[(scope.code, scope.means) for scope in SCOPES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Pilih sesedikit mungkin. Aplikasi tidak pernah melihat lebih dari Anda sendiri."),
        error_messages={"required": _("Pilih paling sedikit satu.")},
    )
    last_day = forms.DateField(
        label=_("Berlaku sampai"), widget=DateInput, help_text=_("Paling lama satu tahun; hari itu masih berlaku.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["last_day"]
        field.initial = today + USUAL
        field.widget.attrs |= {"min": today.isoformat(), "max": (today + LONGEST).isoformat()}

    def loan(self) -> Loan:
        told = self.cleaned_data
        return Loan(told["name"], told["purpose"], told["scopes"], told["last_day"])
