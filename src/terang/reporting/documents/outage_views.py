"""Printing forms for days without electricity or network."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.reporting.documents.access import packet_units, require_asker, require_unit
from terang.reporting.documents.outage_sheets import MOST_PEOPLE, outage_sheets
from terang.reporting.documents.rendering import render as to_pdf
from terang.reporting.documents.views import pdf_response
from terang.web.forms import DateInput

AHEAD = timedelta(days=60)


class OutageForm(forms.Form):
    """For whom, for which day, which parts."""

    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("Unit"), help_text=_("Termasuk semua unit di bawahnya.")
    )
    day = forms.DateField(label=_("Untuk hari"), widget=DateInput)
    parts = forms.MultipleChoiceField(
        label=_("Isi"),
        choices=[
            ("presensi", _("Daftar hadir")),
            ("kegiatan", _("Catatan kegiatan, satu lembar setiap pegawai")),
            ("layanan", _("Buku permohonan setiap layanan, dengan nomor sobekan")),
            ("pengaduan", _("Lembar pengaduan")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.fields["unit"].queryset = packet_units(viewer).select_related("agency")  # type: ignore[attr-defined]

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if not self.viewer.today <= day <= self.viewer.today + AHEAD:
            raise forms.ValidationError(_("Pilih hari dari hari ini sampai 60 hari ke depan."))
        return day


@require_safe
def outage_forms(request: SignedInRequest) -> HttpResponse:
    """Choosing, and with a choice the PDF; it is made at once and kept nowhere, since it holds nothing that was
    decided."""
    viewer = require_asker(request.viewer)
    start = {"unit": next(iter(viewer.headed_unit_ids), None), "day": viewer.today, "parts": ["presensi", "kegiatan"]}
    form = OutageForm(request.GET if "unit" in request.GET else None, viewer=viewer, initial=start)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        require_unit(viewer, told["unit"])
        sheets = outage_sheets(told["unit"], told["day"], told["parts"])
        author, name = told["unit"].agency.name, f"lembar-darurat-{told['unit'].code}-{told['day']}"
        return pdf_response(to_pdf(sheets, title="Lembar darurat", author=author, made_on=viewer.today), name)
    context = {"form": form, "most": MOST_PEOPLE}
    return render(request, "documents/outage.html", context, status=422 if form.errors else 200)
