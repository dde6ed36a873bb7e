"""What a person types about the indicators and steps of a result, read into parts of the document."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.measuring import Aspect, Direction, Gathering, Perspective
from terang.planning.plans.forms import Lines
from terang.planning.plans.models import new_key
from terang.planning.plans.presenting import LEVELS, RHYTHMS
from terang.rules.plans import (
    Manual,
    PlanDocument,
    PlannedIndicator,
    PlannedResult,
    Step,
)
from terang.rules.plans.checks import LEADING_LEVELS
from terang.rules.plans.promises import Promised
from terang.web.asked import asked_int
from terang.web.forms import DateInput
from terang.web.numbers import quantity
from terang.web.quantities import QuantityField

MANUAL_RHYTHMS = ("bulanan", "triwulanan", "semesteran", "tahunan")
_HINTS = {"target": "80", "target_max": "90", "unit_label": _("satuan")}


class KeyField(forms.CharField):
    """The hidden key of a row. Given by us, so a row is not called written only because it has one."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, max_length=12, initial=new_key)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class IndicatorForm(forms.Form):
    """One indicator. `approach` and `form` of the document decide what is asked: numbers or words, perspective and
    manual or neither."""

    key = KeyField()
    entry = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label=_("Indikator kinerja individu"), max_length=250, widget=Lines())
    target_text = forms.CharField(label=_("Target"), max_length=250, widget=Lines(), required=False)
    target = QuantityField(label=_("Target"), required=False)
    target_max = QuantityField(label=_("Target sampai dengan"), required=False)
    unit_label = forms.CharField(
        label=_("Satuan"), max_length=40, required=False, widget=forms.TextInput(attrs={"list": "satuan"})
    )
    promise = forms.ChoiceField(
        label=_("Indikator Perjanjian Kinerja"),
        required=False,
        help_text=_("Bila satu hasil kerja memuat beberapa indikator yang diperjanjikan."),
    )
    perspective = forms.ChoiceField(
        label=_("Perspektif"), choices=[("", _("Belum dipilih")), *Perspective.choices], required=False
    )
    aspects = forms.MultipleChoiceField(
        label=_("Aspek"),
        choices=Aspect.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Aspect.QUANTITY],
        required=False,
    )
    direction = forms.ChoiceField(label=_("Arah"), choices=Direction.choices, initial=Direction.HIGHER)
    gathering = forms.ChoiceField(
        label=_("Cara mengumpulkan capaian"), choices=Gathering.choices, initial=Gathering.SUM
    )
    baseline = QuantityField(
        label=_("Keadaan awal"), required=False, help_text=_("Hanya untuk dampak dari keadaan awal.")
    )
    purpose = forms.CharField(label=_("Tujuan"), max_length=500, widget=Lines(), required=False)
    definition = forms.CharField(label=_("Definisi"), max_length=1000, widget=Lines(), required=False)
    formula = forms.CharField(label=_("Formula"), max_length=500, widget=Lines(), required=False)
    level = forms.ChoiceField(
        label=_("Kualitas dan tingkat kendali"),
        choices=[("", _("Belum dipilih")), *((code, LEVELS[code]) for code in LEADING_LEVELS)],
        required=False,
    )
    source = forms.CharField(label=_("Sumber data"), max_length=250, required=False)
    rhythm = forms.ChoiceField(
        label=_("Periode pelaporan"),
        choices=[("", _("Belum dipilih")), *((code, RHYTHMS[code]) for code in MANUAL_RHYTHMS)],
        required=False,
    )
    manual_names = ("purpose", "definition", "formula", "level", "source", "rhythm")
    detail_names = ("aspects", "direction", "gathering", "baseline")

    def __init__(
        self,
        *args: Any,
        document: PlanDocument,
        known: dict[str, PlannedIndicator],
        entries: dict[int, DictionaryEntry],
        promises: Sequence[Promised] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.entries, self.leading = known, entries, document.form == "jpt"
        self._offer_promises(promises)
        dropped = ["target", "target_max", "unit_label", "direction", "gathering", "baseline"]
        dropped = dropped if document.approach == "kualitatif" else ["target_text"]
        if not self.leading:
            dropped += ["perspective", *self.manual_names]
        if not self.leading or not promises:
            dropped.append("promise")
        for name in dropped:
            del self.fields[name]
        self._label_target()

    def _offer_promises(self, promises: Sequence[Promised]) -> None:
        told = [
            (str(each.pk), gettext("draf: %(text)s") % {"text": each.text} if each.draft else each.text)
            for each in promises
        ]
        self.fields["promise"].choices = [("", _("Tidak dipilih")), *told]  # type: ignore[attr-defined]

    def _label_target(self) -> None:
        """The three parts of a target stand in one line without labels of their own."""
        for name in ("target", "target_max", "unit_label"):
            if name in self.fields:
                self.fields[name].widget.attrs |= {"aria-label": self.fields[name].label, "placeholder": _HINTS[name]}

    def target_errors(self) -> list[str]:
        """What is wrong with the target, in one list."""
        names = [name for name in ("target", "target_max", "unit_label") if name in self.fields]
        return [str(error) for name in names for error in self[name].errors] if self.is_bound else []

    def manual_fields(self) -> list[forms.BoundField]:
        """The fields of the manual (Format A.1.3), none on the form of administrators and functionals."""
        return [self[name] for name in self.manual_names if name in self.fields]

    def detail_fields(self) -> list[forms.BoundField]:
        """What most people leave as it is."""
        return [self[name] for name in self.detail_names if name in self.fields]

    def details_open(self) -> bool:
        """Whether one of those is wrong, so that its error can be seen."""
        return self.is_bound and any(bound.errors for bound in self.detail_fields())

    def planned(self) -> PlannedIndicator:
        """The indicator as typed; what the form does not ask stays as it was."""
        data = self.cleaned_data
        before = self.known.get(data["key"]) or PlannedIndicator(data["key"] or new_key(), "")
        row = replace(before, text=data["text"], aspects=tuple(data["aspects"]), **self._measured(before))
        if entry := self.entries.get(data["entry"] or 0):
            row = replace(row, entry_id=entry.pk, measure=entry.measure)
        if self.leading:
            manual = Manual(**{name: data[name] for name in self.manual_names})
            row = replace(row, perspective=data["perspective"], manual=None if manual == Manual() else manual)
        if "promise" in self.fields:
            row = replace(row, goal_indicator_id=asked_int(data["promise"]))
        return row

    def _measured(self, before: PlannedIndicator) -> dict[str, Any]:
        data = self.cleaned_data
        if "target_text" in self.fields:
            return {"target_text": data["target_text"]}
        return {
            "target_milli": data["target"],
            "target_max_milli": data["target_max"],
            "target_text": before.target_text if data["target"] is None else "",
            "unit_label": data["unit_label"],
            "direction": data["direction"],
            "gathering": data["gathering"],
            "baseline_milli": data["baseline"],
        }


def indicator_initial(row: PlannedIndicator) -> dict[str, Any]:
    """An indicator as its form begins with."""
    manual = row.manual or Manual()
    return {
        "key": row.key,
        "entry": row.entry_id,
        "text": row.text,
        "target_text": row.target_text,
        "target": typed(row.target_milli),
        "target_max": typed(row.target_max_milli),
        "unit_label": row.unit_label,
        "promise": "" if row.goal_indicator_id is None else str(row.goal_indicator_id),
        "perspective": row.perspective,
        "aspects": list(row.aspects),
        "direction": row.direction,
        "gathering": row.gathering,
        "baseline": typed(row.baseline_milli),
        **{name: getattr(manual, name) for name in IndicatorForm.manual_names},
    }


def typed(value_milli: int | None) -> str:
    """A quantity as a person would type it; empty where there is none."""
    return "" if value_milli is None else quantity(value_milli)


class StepForm(forms.Form):
    """A step of the action plan."""

    text = forms.CharField(label=_("Langkah"), max_length=250)
    due_on = forms.DateField(label=_("Paling lambat"), widget=DateInput, required=False)

    def planned(self) -> Step:
        due: date | None = self.cleaned_data["due_on"]
        return Step(self.cleaned_data["text"], due.isoformat() if due else "")


def rows_of(form: type[forms.Form], extra: int) -> Any:
    return forms.formset_factory(form, extra=extra, can_delete=True, max_num=40, absolute_max=60)


def written(rows: Any) -> list[Any]:
    """The forms of a valid formset that say something and were not ticked for removal."""
    return [form for form in rows if form.has_changed() | bool(form.initial) and form not in rows.deleted_forms]


def indicator_rows(
    data: Any,
    *,
    document: PlanDocument,
    result: PlannedResult | None,
    entries: Iterable[DictionaryEntry],
    extra: int,
    promises: Sequence[Promised] = (),
) -> Any:
    """The indicators of a result as forms under the prefix `i`, with `extra` empty ones."""
    known = result.indicators if result else ()
    named = {entry.pk: entry for entry in entries}
    given = {
        "document": document,
        "known": {each.key: each for each in known},
        "entries": named,
        "promises": promises,
    }
    initial = [indicator_initial(each) for each in known]
    return rows_of(IndicatorForm, extra)(data, prefix="i", initial=initial, form_kwargs=given)


def step_rows(data: Any, result: PlannedResult | None, extra: int = 2) -> Any:
    """The steps of a result as forms under the prefix `s`."""
    steps = result.steps if result else ()
    initial = [{"text": each.text, "due_on": each.due_on} for each in steps]
    return rows_of(StepForm, extra)(data, prefix="s", initial=initial)
