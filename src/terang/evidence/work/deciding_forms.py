"""What an appraiser sends with a decision: nothing but the version, or why an entry comes back."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.work.phrases import combined, offered
from terang.web.forms import VersionMixin

NOTE_LENGTH = 500


class DecisionForm(VersionMixin):
    """Accepting: nothing but the version."""


class ReturnForm(VersionMixin):
    """Returning: a ready phrase, a note, or both. `cleaned_data["note"]` is what the employee reads."""

    phrase = forms.ChoiceField(label=_("Apa yang perlu diperbaiki"), widget=forms.RadioSelect, required=False)
    note = forms.CharField(
        label=_("Catatan sendiri atau tambahan"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, appraiser_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._texts = offered(appraiser_id)
        self.fields["phrase"].choices = list(self._texts.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        note = combined(self._texts.get(data.get("phrase", ""), ""), data.get("note", ""))
        if not note:
            self.add_error("phrase", gettext("Pilih atau tuliskan apa yang perlu diperbaiki."))
        elif len(note) > NOTE_LENGTH:
            self.add_error("note", gettext("Catatan ini terlalu panjang. Ringkaskan."))
        return data | {"note": note}
