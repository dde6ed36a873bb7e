"""What the personnel agency fills in to bring people in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.web.forms import FormKeyMixin
from terang.web.sheets import MAX_BYTES


class PeopleImportForm(FormKeyMixin, forms.Form):
    file = forms.FileField(
        label=_("Berkas pegawai"),
        help_text=_("XLSX atau CSV, paling besar 20 MB. Kolom NIP harus berjenis teks."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    effective_on = forms.DateField(
        label=_("Berlaku sejak"),
        help_text=_("Perpindahan dan penugasan baru dicatat mulai tanggal ini."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    complete = forms.BooleanField(
        label=_("Ini daftar lengkap seluruh pegawai"),
        help_text=_("Bila dicentang, pegawai yang tidak ada dalam berkas dinyatakan keluar pada tanggal di atas."),
        required=False,
    )

    def clean_file(self):  # type: ignore[no-untyped-def]
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _(
                    "Berkas %(size)d MB terlalu besar; batasnya 20 MB. "
                    "Hapus gambar dan lembar lain, atau bagi per perangkat daerah."
                ),
                params={"size": file.size // 1024 // 1024},
            )
        if not file.name.lower().endswith((".xlsx", ".csv")):
            raise forms.ValidationError(
                _("Jenis berkas tidak dikenal. Simpan sebagai .xlsx atau .csv lalu unggah lagi.")
            )
        return file
