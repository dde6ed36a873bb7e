"""The form of a working week: seven rows at once, with what they add up to."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.attendance.models import WorkMode
from terang.evidence.attendance.services.hours import DayHours
from terang.registry.organization.forms import WEEKDAYS, UnitChoice
from terang.registry.organization.models import Agency, Unit
from terang.web.forms import DateInput, TimeInput

USUAL = {day: ("07:30", "16:30" if day == 4 else "16:00", 90 if day == 4 else 60) for day in range(5)}
"""Monday to Thursday and Friday as Perpres 21/2023 lets them be: 2,250 minutes."""


class HoursForm(forms.Form):
    unit = UnitChoice(label=_("Berlaku untuk"), required=False)
    label = forms.CharField(label=_("Nama"), max_length=60, help_text=_("Misalnya “Jam kerja biasa” atau “Ramadan”."))
    valid_from = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)
    valid_to = forms.DateField(
        label=_("Sampai sebelum"), widget=DateInput, required=False, help_text=_("Isi untuk Ramadan.")
    )
    ramadan = forms.BooleanField(
        label=_("Ini jam kerja Ramadan"), help_text=_("1.950 menit seminggu, bukan 2.250."), required=False
    )
    basis = forms.CharField(label=_("Dasar"), max_length=200, help_text=_("Misalnya nomor keputusan kepala daerah."))

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(agency=agency)  # type: ignore[attr-defined]
        for number, (_digit, name) in enumerate(WEEKDAYS):
            self._add_day(number, str(name))

    def _add_day(self, number: int, name: str) -> None:
        start, end, pause = USUAL.get(number, (None, None, 60))
        told = {"name": name}
        self.fields[f"start_{number}"] = forms.TimeField(
            label=gettext("%(name)s, masuk") % told, widget=TimeInput, required=False, initial=start
        )
        self.fields[f"end_{number}"] = forms.TimeField(
            label=gettext("%(name)s, pulang") % told, widget=TimeInput, required=False, initial=end
        )
        self.fields[f"break_{number}"] = forms.IntegerField(
            label=gettext("%(name)s, istirahat (menit)") % told, min_value=0, max_value=300, initial=pause
        )
        self.fields[f"mode_{number}"] = forms.ChoiceField(
            label=gettext("%(name)s, cara kerja") % told, choices=WorkMode.choices, initial=WorkMode.OFFICE
        )

    def above(self) -> list[BoundField]:
        """What is not of one day."""
        return [self[name] for name in ("unit", "label", "valid_from", "valid_to", "ramadan", "basis")]

    def days(self) -> list[tuple[str, list[BoundField]]]:
        """The rows of the table of days."""
        parts = ("start", "end", "break", "mode")
        return [(str(name), [self[f"{part}_{n}"] for part in parts]) for n, (_digit, name) in enumerate(WEEKDAYS)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for number, (_digit, name) in enumerate(WEEKDAYS):
            if (values.get(f"start_{number}") is None) != (values.get(f"end_{number}") is None):
                self.add_error(f"end_{number}", gettext("%s: isi jam masuk dan jam pulang, atau kosongkan.") % name)
        return values

    def week(self) -> list[DayHours]:
        """The days that have been filled in so far."""
        told = self.cleaned_data
        return [
            DayHours(n, told[f"start_{n}"], told[f"end_{n}"], told.get(f"break_{n}") or 0, told.get(f"mode_{n}", ""))
            for n in range(7)
            if told.get(f"start_{n}") is not None and told.get(f"end_{n}") is not None
        ]


class HoursEndForm(forms.Form):
    on = forms.DateField(
        label=_("Berakhir"),
        widget=DateInput,
        help_text=_("Sejak hari ini jam kerja di atasnya berlaku. Tanggal mulai: jam kerja ini dihapus."),
    )
