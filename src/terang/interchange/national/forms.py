"""What is filled in to bring a report in and to explain a difference."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evaluation.models import Period
from terang.interchange.national.handing import KINDS, SOURCES
from terang.registry.organization.forms import UnitChoice
from terang.registry.organization.models import Unit
from terang.registry.people.access import may_keep
from terang.registry.people.viewer import Viewer
from terang.web.forms import DateInput, FileField, FormKeyMixin, VersionMixin

OWN, OTHERS = "saya", "unit"
WHOSE = {OWN: _("Saya sendiri"), OTHERS: _("Satu unit, atau seluruh pemerintah daerah")}


class ReportForm(FormKeyMixin):
    """A report as downloaded. The period is for reports of evaluations, the day for files that do not tell theirs."""

    file = FileField(label=_("Berkas laporan"), types=("xlsx", "csv"), limit_mb=20, help_text=_("Seperti diunduh."))
    period = forms.ModelChoiceField(
        Period.objects.none(),
        label=_("Untuk periode penilaian"),
        help_text=_("Hanya untuk Laporan Penilaian SKP."),
        required=False,
        empty_label=_("Laporan SKP (tanpa periode)"),
    )
    told_on = forms.DateField(
        label=_("Tanggal data"),
        help_text=_("Hanya bila tidak tertulis di atas tabel pada berkas."),
        required=False,
        widget=DateInput(),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        periods = Period.objects.filter(agency_id=viewer.agency_id, starts_on__lte=viewer.today)
        self.fields["period"].queryset = periods.order_by("-ends_on", "-starts_on")  # type: ignore[attr-defined]
        self.fields["period"].label_from_instance = lambda period: period.title  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """Which file, of which days, of whom. Who keeps the registry takes those of a unit or of everybody, all others
    their own."""

    kind = forms.ChoiceField(label=_("Berkas"), choices=list(KINDS.items()))
    first = forms.DateField(label=_("Dari tanggal"), widget=DateInput())
    last = forms.DateField(label=_("Sampai tanggal"), widget=DateInput())
    whose = forms.ChoiceField(label=_("Milik siapa"), choices=list(WHOSE.items()), widget=forms.RadioSelect)
    unit = UnitChoice(label=_("Unit, dengan semua di bawahnya"), required=False)
    shape = forms.ChoiceField(label=_("Bentuk"), choices=[("xlsx", "XLSX"), ("csv", "CSV")])

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_keep(viewer):
            self.fields["unit"].queryset = Unit.objects.filter(agency_id=viewer.agency_id)  # type: ignore[attr-defined]
        else:
            del self.fields["whose"], self.fields["unit"]

    @property
    def asked(self) -> tuple[bool, Unit | None]:
        """Whether only one's own rows are asked for; otherwise of which unit, of all where it is missing."""
        own = self.cleaned_data.get("whose", OWN) == OWN
        return own, None if own else self.cleaned_data["unit"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last, kind = told.get("first"), told.get("last"), told.get("kind")
        if first and last and last < first:
            self.add_error("last", gettext("Tanggal akhir tidak boleh sebelum tanggal awal."))
        elif first and last and kind and (last - first).days >= SOURCES[kind].most_days:
            most = SOURCES[kind].most_days
            self.add_error("last", gettext("Paling lama %(days)s hari dalam satu berkas ini.") % {"days": most})
        return told


class ExplainForm(FormKeyMixin, VersionMixin):
    """Why a difference may stand."""

    reason = forms.CharField(
        label=_("Penjelasan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya: sudah diperbaiki, menunggu laporan berikutnya."),
    )
