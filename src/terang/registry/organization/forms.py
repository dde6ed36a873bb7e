"""Forms of the calendar and the outage ledger. They read what was typed; the services decide."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Agency, Unit
from terang.web.forms import DateInput, MomentField, TimeInput

WEEKDAYS = [
    ("1", _("Senin")),
    ("2", _("Selasa")),
    ("3", _("Rabu")),
    ("4", _("Kamis")),
    ("5", _("Jumat")),
    ("6", _("Sabtu")),
    ("7", _("Minggu")),
]


class HolidayForm(forms.Form):
    day = forms.DateField(label=_("Tanggal"), widget=DateInput)
    name = forms.CharField(label=_("Nama hari libur"), max_length=120)
    basis = forms.CharField(label=_("Dasar"), help_text=_("Misalnya nomor surat edaran kepala daerah."), max_length=200)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Alasan"), max_length=250)


class UnitChoice(forms.ModelChoiceField):
    """A unit of the agency; the empty choice means the whole agency."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), empty_label=_("Seluruh pemerintah daerah"), **kwargs)


class WorkWeekForm(forms.Form):
    unit = UnitChoice(label=_("Berlaku untuk"), required=False)
    weekdays = forms.MultipleChoiceField(label=_("Hari kerja"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple)
    starts_at = forms.TimeField(label=_("Jam masuk"), widget=TimeInput)
    ends_at = forms.TimeField(label=_("Jam pulang"), widget=TimeInput)
    shifts = forms.BooleanField(label=_("Kerja bergilir, juga pada hari libur"), required=False)
    on = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(agency=agency)  # type: ignore[attr-defined]


class OutageForm(forms.Form):
    unit = UnitChoice(label=_("Yang terganggu"), required=False)
    started_at = MomentField(label=_("Mulai"))
    ended_at = MomentField(label=_("Selesai"), required=False, help_text=_("Kosongkan bila masih berlangsung."))
    cause = forms.CharField(label=_("Sebab"), max_length=200)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(agency=agency)  # type: ignore[attr-defined]
        for name in ("started_at", "ended_at"):
            self.fields[name].zone = ZoneInfo(agency.time_zone)  # type: ignore[attr-defined]


class ZoneForm(forms.Form):
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    on = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)
    basis = forms.CharField(
        label=_("Dasar"), help_text=_("Misalnya nomor surat keputusan, atau peta sinyal yang dipakai."), max_length=200
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(agency=agency)  # type: ignore[attr-defined]


class ZoneEndForm(forms.Form):
    on = forms.DateField(label=_("Tidak berlaku sejak"), widget=DateInput)
    reason = forms.CharField(label=_("Alasan"), max_length=250)


class OutageEndForm(forms.Form):
    ended_at = MomentField(label=_("Selesai"))

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_at"].zone = ZoneInfo(agency.time_zone)  # type: ignore[attr-defined]
