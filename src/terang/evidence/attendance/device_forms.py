"""Forms of devices, their files and PINs. They read what was typed; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.evidence.attendance.models import Device
from terang.evidence.attendance.reading import KINDS, LONGEST_PIN
from terang.registry.organization.forms import UnitChoice
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.forms import PersonField
from terang.web.forms import DateInput, FileField, VersionMixin

LAYOUT = ("hint_column", "pin", "time", "clock", "hint", "order")
FILE_MB = 100


class DeviceForm(forms.Form):
    """A device with the columns of its files; `layout` gathers what was filled in."""

    serial = forms.CharField(label=_("Nomor seri"), max_length=40, help_text=_("Seperti pada label atau menu alat."))
    name = forms.CharField(label=_("Nama"), max_length=80, help_text=_("Misalnya “Pintu depan Balai Kota”."))
    unit = UnitChoice(label=_("Unit yang memakai"), required=False)
    may_push = forms.BooleanField(
        label=_("Boleh mengirim langsung"),
        help_text=_("Alat mengirim rekaman sendiri ke alamat Terang, /iclock/. Hanya nomor seri ini yang diterima."),
        required=False,
    )
    hint_column = forms.TypedChoiceField(
        label=_("Kolom tombol pada attlog.dat"),
        choices=[(n, n) for n in (3, 4, 5, 6)],
        coerce=int,
        initial=4,
        help_text=_("Urutan kolom berbeda menurut versi alat. Tombol hanya petunjuk; jam menentukan masuk dan pulang."),
    )
    pin = forms.CharField(
        label=_("Judul kolom PIN pada CSV/XLSX"),
        max_length=60,
        required=False,
        help_text=_("Kosongkan bila memakai judul yang umum, seperti PIN, No. ID, atau User ID."),
    )
    time = forms.CharField(
        label=_("Judul kolom waktu, atau tanggal"),
        max_length=60,
        required=False,
        help_text=_("Kosongkan bila memakai judul yang umum, seperti Waktu atau Date/Time."),
    )
    clock = forms.CharField(
        label=_("Judul kolom jam"), max_length=60, required=False, help_text=_("Hanya bila tanggal dan jam terpisah.")
    )
    hint = forms.CharField(label=_("Judul kolom tombol"), max_length=60, required=False)
    order = forms.ChoiceField(
        label=_("Urutan tanggal"), choices=[("dmy", _("hari/bulan/tahun")), ("mdy", _("bulan/hari/tahun"))]
    )

    def __init__(self, *args: Any, agency: Agency, device: Device | None = None, **kwargs: Any) -> None:
        if device is not None:
            told = {"name": device.name, "unit": device.unit_id, "may_push": device.may_push}
            kwargs["initial"] = {**device.layout, **told, "version": device.version}
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(agency=agency)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["layout"] = {name: value for name in LAYOUT if (value := values.pop(name, None))}
        return values


class DeviceChangeForm(VersionMixin, DeviceForm):
    """The serial number is what the device is; another one is another device."""

    serial = None  # type: ignore[assignment]


class RetireForm(VersionMixin, forms.Form):
    on = forms.DateField(
        label=_("Tidak dipakai sejak"),
        widget=DateInput,
        required=False,
        help_text=_("Kosongkan bila alat dipakai lagi. Sejak tanggal ini hari tanpa rekaman tidak menunggu alat ini."),
    )


class PunchFileForm(forms.Form):
    device = forms.ModelChoiceField(label=_("Alat"), queryset=Device.objects.none())
    file = FileField(
        label=_("Berkas dari alat"),
        types=KINDS,
        limit_mb=FILE_MB,
        help_text=_("attlog.dat dari alat, atau CSV/XLSX. Berkas yang sama boleh diunggah lagi: tidak ada yang ganda."),
    )


class PinForm(forms.Form):
    pin = forms.CharField(label=_("PIN"), max_length=LONGEST_PIN, help_text=_("Nomor pada alat, bukan NIP."))
    employee = PersonField(label=_("Pegawai"))
    starts_on = forms.DateField(label=_("Mulai"), widget=DateInput)
    ends_on = forms.DateField(
        label=_("Berakhir"), widget=DateInput, required=False, help_text=_("Hari ini tidak lagi termasuk.")
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employee"].agency_id = agency.pk  # type: ignore[attr-defined]


class PinEndForm(forms.Form):
    on = forms.DateField(
        label=_("Berakhir"),
        widget=DateInput,
        help_text=_("Sejak hari ini rekaman PIN ini menunggu pemegang baru. Tanggal mulai: penetapan dibatalkan."),
    )
