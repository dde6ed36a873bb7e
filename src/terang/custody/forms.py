"""What the person answers, what the appraiser says, and the dated rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.custody.models import UseKind, Verdict
from terang.web.forms import DateInput, FormKeyMixin, VersionMixin


class ExplainForm(FormKeyMixin, VersionMixin):
    text = forms.CharField(
        label=_("Penjelasan Anda"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu kalimat cukup, misalnya: kegiatan yang sama, foto dari rekan, atau salah pilih berkas."),
    )


class CloseForm(VersionMixin):
    verdict = forms.ChoiceField(label=_("Menurut Anda"), choices=Verdict.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Catatan"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Dibaca pegawai. Wajib diisi bila perlu dibicarakan."),
    )


class RetentionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Jenis berkas"), choices=UseKind.choices)
    years = forms.IntegerField(
        label=_("Disimpan selama (tahun)"),
        required=False,
        min_value=1,
        help_text=_("Dihitung dari tanggal kegiatan. Kosongkan: disimpan selamanya."),
    )
    valid_from = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)
    basis = forms.CharField(
        label=_("Dasar hukum"), max_length=200, help_text=_("Misalnya nomor jadwal retensi arsip pemerintah daerah.")
    )


class TermsForm(forms.Form):
    valid_from = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)
    answer_days = forms.IntegerField(
        label=_("Hari kerja untuk menjelaskan"),
        min_value=1,
        help_text=_("Selama itu hanya pegawai yang bersangkutan yang melihat pertanyaannya."),
    )
    asks_same_day = forms.BooleanField(
        label=_("Tanyakan juga foto yang dipakai orang lain pada hari yang sama"),
        required=False,
        help_text=_("Matikan bila pegawai biasa berbagi foto kegiatan bersama."),
    )
    basis = forms.CharField(label=_("Dasar"), max_length=200, required=False)
