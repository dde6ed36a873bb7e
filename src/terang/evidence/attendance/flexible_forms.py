"""A decision on flexible work as typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.evidence.attendance.duty_forms import PeopleForm
from terang.evidence.attendance.models import FlexibleMode
from terang.registry.organization.forms import WEEKDAYS

DAYS = [(str(number), name) for number, (_digit, name) in enumerate(WEEKDAYS)]


class FlexibleForm(PeopleForm):
    mode = forms.ChoiceField(label=_("Bentuk"), choices=FlexibleMode.choices, widget=forms.RadioSelect)
    weekdays = forms.MultipleChoiceField(
        label=_("Pada hari"), choices=DAYS, widget=forms.CheckboxSelectMultiple, initial=["0", "1", "2", "3", "4"]
    )
    place = forms.CharField(
        label=_("Tempat"), max_length=150, required=False, help_text=_("Untuk lokasi lain, misalnya rumah.")
    )
    letter = forms.CharField(label=_("Nomor surat keputusan"), max_length=100)
    signed_by = forms.CharField(label=_("Ditetapkan oleh"), max_length=150)

    field_order = ("team", "others", "mode", "place", "starts_on", "last_day", "weekdays", "letter", "signed_by")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["weekdays"] = "".join(data.get("weekdays") or [])
        return data
