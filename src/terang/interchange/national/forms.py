"""What is filled in to bring a report in and to explain a difference."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.evaluation.models import Period
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
