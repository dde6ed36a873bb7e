"""What a person types about an activity, read into what the services take."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.custody.kinds import EXTENSIONS
from terang.evidence.work.models import Entry, Task
from terang.evidence.work.selectors import Desk
from terang.planning.plans.models import Indicator, PlanResult
from terang.web.forms import DateInput, FileField, FormKeyMixin, VersionMixin
from terang.web.numbers import longdate, quantity
from terang.web.quantities import QuantityField


class ProofForm(forms.Form):
    """What an entry says and shows; alone it is what a returned entry is corrected with."""

    text = forms.CharField(
        label=_("Apa yang dikerjakan"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Tuliskan hasilnya, bukan hanya kegiatannya."),
    )
    quantity = QuantityField(label=_("Jumlah"), required=False)
    proof = FileField(label=_("Bukti: foto atau berkas"), types=EXTENSIONS, required=False)


class CorrectionForm(VersionMixin, ProofForm):
    """A returned entry, corrected."""


class EntryForm(FormKeyMixin, ProofForm):
    """An activity. `purpose` is one list of all it can count for: indicators and open tasks of one's own plan."""

    day = forms.DateField(label=_("Tanggal"), widget=DateInput)
    purpose = forms.ChoiceField(label=_("Untuk hasil kerja"), widget=forms.RadioSelect)

    field_order = ("purpose", "text", "quantity", "proof", "day")

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purposes = dict(_purposes(desk))
        choices = [(key, label) for key, (label, *_parts) in self.purposes.items()]
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Adds result, indicator, task and quantity_milli. Without a quantity nothing is reported to a figure."""
        data = super().clean() or self.cleaned_data
        if data.get("purpose") in self.purposes:
            _label, result, indicator, task = self.purposes[data["purpose"]]
            milli = data.get("quantity")
            data |= {"result": result, "task": task, "indicator": indicator if milli is not None else None}
            data["quantity_milli"] = milli or 0
        return data


def _purposes(desk: Desk) -> list[tuple[str, tuple[str, PlanResult, Indicator | None, Task | None]]]:
    rows: list[tuple[str, tuple[str, PlanResult, Indicator | None, Task | None]]] = []
    results = list(desk.plan.results.all()) if desk.plan else []
    by_id = {result.pk: result for result in results}
    for task in desk.tasks:
        label = gettext("Tugas: %(text)s, tenggat %(due)s") % {"text": task.text, "due": longdate(task.due_on)}
        rows.append((f"t{task.pk}", (f"{label} ({task.unit_label})", by_id[task.result_id], None, task)))
    for result in results:
        indicators = list(result.indicators.all())
        for indicator in indicators:
            label = f"{result.text}: {indicator.text} ({indicator.unit_label})"
            rows.append((f"i{indicator.pk}", (label, result, indicator, None)))
        if not indicators:
            rows.append((f"r{result.pk}", (result.text, result, None, None)))
    return sorted(rows, key=lambda row: row[0][0] == "t")


def like(entry: Entry) -> dict[str, Any]:
    """The start of a form that repeats an entry ("seperti terakhir"): purpose, text and quantity, no proof."""
    purpose = next(
        f"{letter}{pk}"
        for letter, pk in (("t", entry.task_id), ("i", entry.indicator_id), ("r", entry.result_id))
        if pk
    )
    amount = quantity(entry.quantity_milli) if entry.indicator_id or entry.task_id else ""
    return {"purpose": purpose, "text": entry.text, "quantity": amount}
