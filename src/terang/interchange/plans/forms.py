"""What the personnel agency fills in to bring plans in."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.web.forms import FileField, FormKeyMixin


class PlanImportForm(FormKeyMixin):
    """A file and the year it is for."""

    file = FileField(
        label=_("Berkas SKP"), types=("xlsx", "csv"), limit_mb=20, help_text=_("Kolom NIP harus berjenis teks.")
    )
    year = forms.TypedChoiceField(label=_("Untuk tahun"), coerce=int)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        years = [(str(year), str(year)) for year in (today.year, today.year + 1)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]

    @property
    def day(self) -> date:
        """Whose posts are meant: today, or the first day of the next year."""
        year = self.cleaned_data["year"]
        return self.today if year == self.today.year else date(year, 1, 1)
