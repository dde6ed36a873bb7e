"""Values of a policy as people type them, and forms that are one table of its document."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext

from terang.rules.policies import Document
from terang.web.numbers import english

_PERCENT = re.compile(r"[0-9]{1,3}([.,][0-9]{1,2})?")
MOST = 100_000


class PercentField(forms.CharField):
    """A share as people write it ("12,5"), cleaned to basis points; None where left empty."""

    unit = "%"

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "data-percent": True, "size": 6})
        super().__init__(max_length=40, required=False, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return typed_percent(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:  # type: ignore[override]
        text = super().clean(value).replace("%", "").strip()
        if not text:
            return None
        if not _PERCENT.fullmatch(text):
            raise forms.ValidationError(gettext("Tulis persen, misalnya 40 atau 12,5."), code="percent")
        whole, _mark, part = text.replace(".", ",").partition(",")
        return int(whole) * 100 + int(f"{part:0<2}" if part else 0)


def typed_percent(value_bp: int) -> str:
    """Basis points as they are typed: 1250 → "12,5"."""
    whole, part = divmod(value_bp, 100)
    return f"{whole}{'.' if english() else ','}{part:02}".rstrip("0") if part else str(whole)


class CountField(forms.IntegerField):
    """A whole number that may still be missing. Whether it is within the limits is said by the policy's own check."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=MOST, required=False, **kwargs)


class WordField(forms.ChoiceField):
    """One of a few words; empty while nothing is chosen."""

    def __init__(self, *, choices: Any = (), empty: Any = "", **kwargs: Any) -> None:
        first = [("", empty)] if empty else []
        super().__init__(choices=[*first, *choices], required=False, **kwargs)


class WordsField(forms.MultipleChoiceField):
    """Several of a few words, ticked."""

    def __init__(self, *, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(choices=choices, widget=forms.CheckboxSelectMultiple, required=False, **kwargs)


class TextField(forms.CharField):
    """A text that may still be missing."""

    def __init__(self, *, rows: int = 0, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        super().__init__(widget=widget, required=False, **kwargs)


class PartForm(forms.Form):
    """Some fields of one table of the document, under the names they have there.

    `path` is the table's place as the check of policies writes it; `told` the table as it stands.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, path: str, told: Document, words: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": told, **kwargs})
        self.path, self.told, self.words = path, told, words
        self.general: list[str] = []

    def names(self) -> list[str]:
        """The fields of the document that this form writes."""
        return [name for name in self.fields if name not in {"DELETE", "ORDER"}]

    def part(self) -> Document:
        """What was typed, without what was left empty. Valid forms only."""
        data = self.cleaned_data
        return {name: data[name] for name in self.names() if data.get(name) not in (None, "", [])}

    def merged(self) -> Document:
        """The table with what was typed; what this form does not ask stays as it was."""
        own = set(self.names())
        return {**{name: value for name, value in self.told.items() if name not in own}, **self.part()}

    def place_of(self, name: str) -> str:
        """Where a field stands in the file."""
        return f"{self.path}.{name}" if self.path else name

    def takes(self, path: str, text: str) -> bool:
        """Says a problem at `path` beside its field, or for the table as a whole; False where it is not of this."""
        for name in self.names():
            place = self.place_of(name)
            if path == place or path.startswith(f"{place}["):
                self.errors.setdefault(name, self.error_class()).append(text)
                return True
        if path == self.path and path:
            self.general.append(text)
            return True
        return False
