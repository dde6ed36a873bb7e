"""What is typed for a roster: the unit's shifts, painted cells, a pattern to copy."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.web.asked import asked_day, asked_int
from terang.web.forms import DateInput, TimeInput, VersionMixin


class ShiftForm(forms.Form):
    code = forms.CharField(label=_("Kode"), max_length=3, help_text=_("Seperti pada jadwal: P, S, M."))
    name = forms.CharField(label=_("Nama"), max_length=40, help_text=_("Misalnya Pagi."))
    starts_at = forms.TimeField(label=_("Mulai"), widget=TimeInput)
    ends_at = forms.TimeField(
        label=_("Selesai"), widget=TimeInput, help_text=_("Jam yang tidak sesudah jam mulai berarti esok pagi.")
    )
    break_minutes = forms.IntegerField(label=_("Istirahat (menit)"), min_value=0, max_value=300, initial=0)


class CopyForm(VersionMixin, forms.Form):
    back = forms.TypedChoiceField(
        label=_("Pola"),
        choices=[(7, _("minggu sebelumnya")), (28, _("empat minggu sebelumnya"))],
        coerce=int,
        initial=28,
    )
    since = forms.DateField(label=_("Mulai tanggal"), widget=DateInput)


def read_cells(texts: Iterable[str]) -> dict[tuple[int, date], int | None]:
    """Painted cells, "12:2026-12-01:3" or "12:2026-12-01:" for a day off; what is not one is passed over."""
    cells: dict[tuple[int, date], int | None] = {}
    for text in texts:
        parts = text.split(":")
        if len(parts) != 3:
            continue
        employee_id, day = asked_int(parts[0]), asked_day(parts[1])
        shift_id = asked_int(parts[2]) if parts[2] else None
        if employee_id is not None and day is not None and (shift_id is not None or not parts[2]):
            cells[employee_id, day] = shift_id
    return cells
