"""What is filled in to bring a report in, to explain a difference, and to take a file to hand over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.evaluation.models import Period
from terang.interchange.models import HandOverKind
from terang.registry.people.viewer import Viewer
from terang.web.forms import DateInput, FileField, FormKeyMixin, VersionMixin


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


class ExplainForm(FormKeyMixin, VersionMixin):
    """Why a difference may stand."""

    reason = forms.CharField(
        label=_("Penjelasan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Misalnya: sudah diperbaiki, menunggu laporan berikutnya."),
    )


class HandOverForm(FormKeyMixin):
    """What, of which unit, for which days, in which format."""

    kind = forms.ChoiceField(label=_("Isi"), choices=HandOverKind)
    unit = forms.ModelChoiceField(None, label=_("Unit"), help_text=_("Beserta semua unit di bawahnya."))
    first = forms.DateField(label=_("Dari"), widget=DateInput())
    last = forms.DateField(label=_("Sampai"), widget=DateInput())
    format = forms.ChoiceField(label=_("Jenis berkas"), choices=[("xlsx", "XLSX"), ("csv", "CSV")])

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        first, last = told.get("first"), told.get("last")
        if first and last and last < first:
            self.add_error("last", _("Tanggal akhir sebelum tanggal awal."))
        return told
