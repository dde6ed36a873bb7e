"""What every form needs against double clicks, stale pages and unclear files."""

import uuid
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.web.errors import Stale

SCALE = [("1", _("Tidak baik")), ("2", _("Kurang baik")), ("3", _("Baik")), ("4", _("Sangat baik"))]
"""Default words of the scale 1–4; a survey element brings its own (PermenPANRB 14/2017)."""


class FormKeyMixin(forms.Form):
    """A hidden UUID, the same on every submission of one rendered form.

    A service stores it as unique and returns the row that has it instead of making a second one.
    `cleaned_data["form_key"]` is a `uuid.UUID`.
    """

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class VersionMixin(forms.Form):
    """The hidden version of the row the form was drawn from; `require_current` refuses when the row has moved on."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def require_current(self, row: Any) -> None:
        """Raises `Stale` where `row.version` differs from the version the form was drawn from."""
        if self.cleaned_data["version"] != row.version:
            raise Stale(
                gettext(
                    "Data ini sudah diubah orang lain sejak Anda membukanya. Muat ulang, lalu ulangi perubahan Anda."
                )
            )


class ScaleField(forms.ChoiceField):
    """A choice of 1–4, drawn by `{% scale_field %}`; cleans to an int, or None where optional and empty."""

    def __init__(self, *, choices: Any = SCALE, **kwargs: Any) -> None:
        super().__init__(choices=choices, widget=forms.RadioSelect, **kwargs)

    def clean(self, value: Any) -> int | None:  # type: ignore[override]
        cleaned = super().clean(value)
        return int(cleaned) if cleaned else None


class DateInput(forms.DateInput):
    """The browser's own date picker; always posts ISO dates, so the language of the page does not matter."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of date and time, to the minute."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A moment as the agency's clocks show it; cleans to an aware datetime."""

    def __init__(self, **kwargs: Any) -> None:
        self.zone = ZoneInfo("UTC")
        super().__init__(widget=MomentInput(), input_formats=["%Y-%m-%dT%H:%M"], **kwargs)

    def clean(self, value: Any) -> datetime | None:
        moment = super().clean(value)
        return moment.replace(tzinfo=self.zone) if moment else None


class FileField(forms.FileField):
    """A file with its limits told before and checked after choosing. `types` are extensions without the dot.

    Only name and size are checked here; the real type is checked by custody.
    """

    def __init__(self, *, types: tuple[str, ...], limit_mb: int = 10, **kwargs: Any) -> None:
        self.types, self.limit_mb = types, limit_mb
        super().__init__(**kwargs)
        self.widget.attrs.update({"accept": ",".join(f".{name}" for name in types), "data-limit-mb": limit_mb})

    def hint(self) -> str:
        names = ", ".join(name.upper() for name in self.types)
        return gettext("%(types)s, paling besar %(limit)s MB.") % {"types": names, "limit": self.limit_mb}

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if data and file:
            self._check(file)
        return file

    def _check(self, file: Any) -> None:
        extension = file.name.rpartition(".")[2].lower()
        if extension not in self.types:
            message = gettext("Jenis berkas ini tidak diterima. Pilih %(hint)s")
            raise forms.ValidationError(message % {"hint": self.hint()}, code="type")
        if file.size > self.limit_mb * 1024 * 1024:
            message = gettext("Berkas ini %(size)s MB, lebih besar dari batas. Pilih %(hint)s")
            size = -(-file.size // (1024 * 1024))
            raise forms.ValidationError(message % {"size": size, "hint": self.hint()}, code="size")
