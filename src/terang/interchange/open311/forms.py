"""What the operator fills in for a program's key."""

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.web.forms import FormKeyMixin


class KeyForm(FormKeyMixin, forms.Form):
    name = forms.CharField(
        label=_("Nama program"), max_length=80, help_text=_("Misalnya aplikasi warga atau situs pengaduan lain.")
    )
    contact = forms.CharField(
        label=_("Penanggung jawab program"),
        max_length=150,
        help_text=_("Siapa yang dihubungi bila kiriman program ini bermasalah."),
    )
    by_token = forms.BooleanField(
        label=_("Nomor laporan menyusul"),
        required=False,
        help_text=_(
            "Centang hanya bila program itu memakai token: nomornya baru diberikan setelah laporan tampil di halaman "
            "publik. Tanpa centang nomornya langsung diberikan."
        ),
    )


class RevokeForm(forms.Form):
    reason = forms.CharField(label=_("Alasan pencabutan"), max_length=200)
