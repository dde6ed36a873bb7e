"""Quantities as people type them."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext

_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,3})?")
_PLAIN = re.compile(r"\d+([.,]\d{1,3})?")
_MOST_MILLI = 10**12


class QuantityField(forms.CharField):
    """A quantity as people write it ("2,5", "1.200"), cleaned to milli-units; None where left empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def clean(self, value: Any) -> int | None:  # type: ignore[override]
        text = super().clean(value).replace(" ", "")
        if not text:
            return None
        if _THOUSANDS.fullmatch(text):
            text = text.replace(".", "")
        elif not _PLAIN.fullmatch(text):
            raise forms.ValidationError(gettext("Tuliskan angka, misalnya 3 atau 2,5."), code="quantity")
        whole, _mark, fraction = text.replace(".", ",").partition(",")
        milli = int(whole) * 1000 + int(f"{fraction:0<3}" if fraction else 0)
        if milli > _MOST_MILLI:
            raise forms.ValidationError(gettext("Angka ini terlalu besar. Periksa lagi."), code="quantity")
        return milli
