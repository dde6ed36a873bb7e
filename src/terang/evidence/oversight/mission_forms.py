"""Forms of missions. They read what was typed; the services decide."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from terang.evidence.oversight.models import MissionUnit
from terang.evidence.oversight.services import Brief
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.web.forms import DateInput, FormKeyMixin, VersionMixin


class BriefFields(forms.Form):
    """`brief()` gives what the letter orders."""

    purpose = forms.CharField(label=_("Tujuan"), max_length=250, help_text=_("Misalnya: keterisian loket."))
    letter = forms.CharField(label=_("Nomor surat tugas"), max_length=100)
    letter_day = forms.DateField(label=_("Tanggal surat tugas"), widget=DateInput)
    starts_on = forms.DateField(label=_("Mulai"), widget=DateInput)
    last_day = forms.DateField(
        label=_("Hari terakhir"), widget=DateInput, help_text=_("Sesudahnya misi ini terbuka bagi semua pegawai.")
    )
    lots = forms.IntegerField(
        label=_("Unit yang diundi"), min_value=0, help_text=_("Unit karena risiko tidak termasuk hitungan ini.")
    )
    reply_days = forms.IntegerField(label=_("Waktu menanggapi (hari kerja)"))
    lead = forms.ModelChoiceField(
        label=_("Ketua tim"), queryset=Employee.objects.none(), empty_label=_("Pilih ketua tim")
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Anggota tim"),
        queryset=Employee.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Anda sendiri selalu termasuk. Hanya tim ini yang tahu unitnya sebelum kunjungan."),
    )
    field_order = (
        *("purpose", "letter", "letter_day", "starts_on", "last_day"),
        *("lots", "reply_days", "lead", "members"),
    )

    def __init__(self, *args: Any, overseers: QuerySet[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lead", "members"):
            self.fields[name].queryset = overseers  # type: ignore[attr-defined]
            self.fields[name].label_from_instance = lambda person: person.name  # type: ignore[attr-defined]

    def brief(self) -> Brief:
        told = {name: self.cleaned_data[name] for name in Brief.__annotations__}
        return Brief(**told)


class PrepareForm(BriefFields, FormKeyMixin):
    """A new mission."""


class ReviseForm(BriefFields, VersionMixin):
    """What the letter orders, while the list is still made up."""


class ListForm(VersionMixin):
    units = forms.ModelMultipleChoiceField(
        label=_("Unit yang ikut diundi"), queryset=Unit.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = units  # type: ignore[attr-defined]


class RiskForm(VersionMixin):
    """An empty reason puts the unit back into the draw."""

    listed = forms.ModelChoiceField(label=_("Unit"), queryset=MissionUnit.objects.none(), empty_label=_("Pilih unit"))
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=250,
        required=False,
        help_text=_("Misalnya: tujuh pengaduan dalam sebulan. Kosongkan untuk mengembalikannya ke undian."),
    )
    field_order = ("listed", "reason")

    def __init__(self, *args: Any, listed: QuerySet[MissionUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["listed"].queryset = listed  # type: ignore[attr-defined]
        self.fields["listed"].label_from_instance = (  # type: ignore[attr-defined]
            lambda row: f"{row.name} ({row.reason})" if row.reason else row.name
        )


class CancelMissionForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan"), max_length=250, help_text=_("Terbuka bagi semua pegawai."))


class SureForm(VersionMixin):
    """Nothing to fill in: only the version of what was looked at."""


class VisitForm(FormKeyMixin):
    """Nothing to fill in: the mission knows."""
