"""Forms of evaluation: a new version of the policy, typed or chosen as a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.web.forms import FileField

LIMIT_MB = 1


class PolicyForm(forms.Form):
    """The text of a policy. A chosen file goes before what is typed; whether it is a good policy is for the service."""

    file = FileField(label=_("Berkas kebijakan"), types=("toml",), limit_mb=LIMIT_MB, required=False)
    text = forms.CharField(
        label=_("Isi kebijakan"),
        help_text=_("Bobot dan batas dalam basis poin: 10000 = 100 %. Naikkan nomor versi dan isi tanggal berlaku."),
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "autocapitalize": "off"}),
        required=False,
        max_length=200_000,
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if file := cleaned.get("file"):
            try:
                cleaned["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise forms.ValidationError(
                    gettext("Berkas ini bukan teks UTF-8. Simpan ulang sebagai UTF-8."), code="encoding"
                ) from None
        if not (cleaned.get("text") or "").strip():
            raise forms.ValidationError(gettext("Tulis isi kebijakan atau pilih berkasnya."), code="required")
        return cleaned
