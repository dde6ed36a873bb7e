"""What a form needs that anybody may send without an account: a trap for machines, and nothing asked of people.

No picture puzzles and no foreign services: they shut out people with poor sight and poor networks. How often one
address may send is `terang.accounts.passersby`.
"""

import time
from typing import Any

from django import forms
from django.core import signing
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, gettext_lazy

SOONEST_SECONDS = 2
LATEST_SECONDS = 24 * 60 * 60
_SALT = "terang.web.public_forms"


def stamp(now: float | None = None) -> str:
    """A signed moment: when a form was drawn."""
    return signing.dumps(int(time.time() if now is None else now), salt=_SALT)


class TrapInput(forms.TextInput):
    """A field that people neither see nor reach."""

    def __init__(self) -> None:
        super().__init__({"tabindex": "-1", "autocomplete": "off", "aria-hidden": "true", "class": "sr"})

    @property
    def is_hidden(self) -> bool:
        return True


class PublicFormMixin(forms.Form):
    """Adds a hidden trap and the signed moment of drawing. What was entered is never lost: the message asks to send
    again, with a fresh moment.

    Refused: a filled trap, and a form sent within two seconds or a day after it was drawn, or with a moment of others.
    """

    situs_web = forms.CharField(required=False, label=gettext_lazy("Kosongkan"), widget=TrapInput)
    digambar = forms.CharField(required=False, widget=forms.HiddenInput, initial=stamp)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        age = self._age(data.get("digambar", ""))
        soon = age is not None and age < SOONEST_SECONDS
        if data.get("situs_web") or age is None or soon or age > LATEST_SECONDS:
            self._draw_anew()
            quick = gettext("Formulir ini terkirim terlalu cepat, jadi belum kami terima. Tekan kirim sekali lagi.")
            other = gettext("Formulir ini belum terkirim. Periksa isian Anda, lalu tekan kirim sekali lagi.")
            raise forms.ValidationError(quick if soon else other, code="machine")
        return data

    def _age(self, sent: str) -> float | None:
        """Seconds since it was drawn; missing for a moment that is not ours."""
        try:
            return time.time() - int(signing.loads(sent, salt=_SALT))
        except (signing.BadSignature, TypeError, ValueError):
            return None

    def _draw_anew(self) -> None:
        """The form is drawn again with what was entered, an empty trap and a fresh moment."""
        drawn: MultiValueDict[str, Any] = MultiValueDict(dict(self.data.lists()))  # type: ignore[attr-defined]
        drawn[self.add_prefix("situs_web")] = ""
        drawn[self.add_prefix("digambar")] = stamp()
        self.data = drawn
