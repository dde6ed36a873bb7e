"""The form of one's own next steps: only what is still open, each with its limit. Sent by GET, stored nowhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext

from terang.evaluation.whatif import ahead as before
from terang.evaluation.whatif.ahead import Ahead
from terang.evaluation.whatif.imagining import Steps
from terang.planning.measuring import Direction, Gathering
from terang.planning.plans.models import Indicator
from terang.web.numbers import longdate

MILLI = 1000
DIGITS = 12


class StepsForm(forms.Form):
    """Fields by what the person is judged by and what is open. `steps()` after `is_valid()`."""

    def __init__(self, data: Any, *, ahead: Ahead, **more: Any) -> None:
        super().__init__(data, **more)
        self.ahead = ahead
        self._add_tasks()
        self._add_count("hadir", before.DAYS, ahead.days, gettext("Hadir tepat waktu, hari kerja lagi"))
        self._add_count("lapor", before.REPORTS, ahead.slots, gettext("Kegiatan dilaporkan tepat waktu, kali lagi"))
        self._add_count(
            "layanan",
            before.REQUESTS,
            len(ahead.requests.standards),
            gettext("Permohonan selesai sesuai standar waktu"),
        )
        self._add_count(
            "pengaduan", before.ANSWERS, len(ahead.answers), gettext("Pengaduan dijawab tepat waktu dan tidak dibantah")
        )
        if ahead.judged_by(before.INDICATORS):
            for each in ahead.indicators:
                self.fields[f"iki_{each.pk}"] = _value_field(each)

    def _add_tasks(self) -> None:
        if self.ahead.tasks and self.ahead.judged_by(before.TASKS):
            due = gettext("%(task)s, tenggat %(day)s")
            self.fields["tugas"] = forms.MultipleChoiceField(
                label=gettext("Tugas yang saya selesaikan"),
                choices=[(str(t.pk), due % {"task": t.text, "day": longdate(t.due_on)}) for t in self.ahead.tasks],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def _add_count(self, name: str, measures: frozenset[str], most: int, label: str) -> None:
        if most and self.ahead.judged_by(measures):
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=most,
                required=False,
                help_text=ngettext("Paling banyak %(n)s.", "Paling banyak %(n)s.", most) % {"n": most},
            )

    def steps(self) -> Steps:
        """What was chosen; empty fields change nothing."""
        told = self.cleaned_data
        return Steps(
            tasks=frozenset(int(pk) for pk in told.get("tugas", ())),
            values_milli=self._values(),
            days=told.get("hadir") or 0,
            reports=told.get("lapor") or 0,
            requests=told.get("layanan") or 0,
            answers=told.get("pengaduan") or 0,
        )

    def _values(self) -> dict[int, int]:
        told = {each: self.cleaned_data.get(f"iki_{each.pk}") for each in self.ahead.indicators}
        return {
            each.pk: MILLI if value is True else int(value * MILLI)
            for each, value in told.items()
            if value is not None and value is not False
        }


def _value_field(each: Indicator) -> forms.Field:
    if each.direction == Direction.YES_NO:
        return forms.BooleanField(label=each.text, required=False)
    adds = each.gathering == Gathering.SUM
    asked = gettext("Tambahan, %(unit)s.") if adds else gettext("Nilai terakhir yang akan dilaporkan, %(unit)s.")
    return forms.DecimalField(
        label=each.text,
        help_text=asked % {"unit": each.unit_label},
        min_value=0,
        max_digits=DIGITS,
        decimal_places=3,
        required=False,
    )
