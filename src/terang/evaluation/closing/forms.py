"""Forms of closing and correcting a period."""

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.web.forms import FormKeyMixin


class CloseForm(FormKeyMixin):
    basis = forms.CharField(label=_("Dasar"), max_length=200, help_text=_("Nomor keputusan atau berita acara."))
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=1000,
        required=False,
        help_text=_("Perlu bila masih ada penilaian yang belum selesai. Dibaca semua yang membuka penutupan ini."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CorrectForm(FormKeyMixin):
    basis = forms.CharField(label=_("Dasar"), max_length=200, help_text=_("Nomor keputusan atau berita acara."))
    reason = forms.CharField(
        label=_("Bukti baru dan sebabnya terlambat"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
