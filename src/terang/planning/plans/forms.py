"""What a person types about the own plan, read into parts of the document."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.measuring import Aspect, Direction, Gathering, Perspective
from terang.planning.plans.models import new_key
from terang.planning.plans.presenting import LEVELS, RHYTHMS
from terang.planning.plans.sources import LeaderOption
from terang.registry.people.models import Employee
from terang.registry.people.selectors import find_person, main_posts
from terang.rules.plans import (
    LeaderRow,
    Manual,
    PlanDocument,
    PlannedIndicator,
    PlannedResult,
    Step,
)
from terang.rules.plans.checks import LEADING_LEVELS
from terang.rules.plans.promises import Promised
from terang.web.asked import asked_int
from terang.web.forms import DateInput, FormKeyMixin, VersionMixin
from terang.web.numbers import quantity
from terang.web.quantities import QuantityField

LEAST_LETTERS = 4
"""A name is looked for from so many letters on: less would list the office."""
KEEP = "tetap"
"""The choice that keeps a leader's row which stands in no plan that can be chosen from."""
MANUAL_RHYTHMS = ("bulanan", "triwulanan", "semesteran", "tahunan")
_HINTS = {"target": "80", "target_max": "90", "unit_label": _("satuan")}
DECIDED = _("Sudah diputuskan penilai.")
_PRIORITY = [("1", _("Utama: prioritas tinggi")), ("0", _("Tambahan: prioritas rendah"))]


class Lines(forms.Textarea):
    """A text of a few lines."""

    def __init__(self, rows: int = 2, **attrs: Any) -> None:
        super().__init__(attrs={"rows": rows, **attrs})


class KeyField(forms.CharField):
    """The hidden key of a row. Given by us, so a row is not called written only because it has one."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, max_length=12, initial=new_key)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class ResultForm(FormKeyMixin, VersionMixin):
    """A result: what is promised, what it serves, and who gave it."""

    text = forms.CharField(
        label=_("Rencana hasil kerja"),
        max_length=300,
        widget=Lines(),
        help_text=_("Tulis apa yang ada atau berubah sesudah dikerjakan, bukan kegiatannya."),
    )
    leader = forms.ChoiceField(label=_("Hasil kerja pimpinan yang didukung"), required=False)
    main = forms.ChoiceField(label=_("Prioritas"), choices=_PRIORITY, widget=forms.RadioSelect, initial="1")
    level = forms.ChoiceField(label=_("Tingkat kendali"), required=False)
    programme = forms.CharField(label=_("Program pemerintah yang didukung"), max_length=150, required=False)
    assigned_by = forms.CharField(
        label=_("Penugasan dari (jabatan atau tim)"),
        max_length=150,
        required=False,
        help_text=_("Kosongkan bila penugasan datang dari penilai Anda."),
    )
    assigner = forms.CharField(
        label=_("Nama atau NIP pimpinan yang menugaskan"),
        max_length=150,
        required=False,
        help_text=_("Hanya bila pimpinan itu bukan penilai Anda; penilai Anda menyetujui penugasan ini dahulu."),
    )
    acting = forms.BooleanField(label=_("Dikerjakan sebagai Plt. atau Plh. (selalu utama)"), required=False)
    vital = forms.CharField(
        label=_("Alasan target mutlak"),
        max_length=200,
        required=False,
        help_text=_("Hanya bila menyangkut nyawa, cedera, keamanan negara, atau kerugian keuangan besar."),
    )
    more = ("level", "programme", "assigned_by", "assigner", "acting", "vital")

    def __init__(
        self,
        *args: Any,
        document: PlanDocument,
        options: Sequence[LeaderOption],
        result: PlannedResult | None,
        agency_id: int,
        assigner: Employee | None = None,
        decided: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {**_result_initial(result, options, assigner), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.result, self.agency_id, self.giver = result, agency_id, assigner
        self.options = {option.value: option.row for option in options}
        self.fields["main"].disabled = decided
        self._offer(document, options)
        self.fields["text"].widget.attrs |= {
            "hx-get": reverse("plans:hint"),
            "hx-trigger": "change",
            "hx-target": "#wording",
        }

    def _offer(self, document: PlanDocument, options: Sequence[LeaderOption]) -> None:
        choices: list[tuple[str, Any]] = [("", pgettext("hasil kerja pimpinan", "Belum ada"))]
        if self.initial.get("leader") == KEEP and self.result and self.result.leader:
            choices.append((KEEP, self.result.leader.text))
        choices += [(option.value, option.label) for option in options]
        levels = LEADING_LEVELS if document.form == "jpt" else tuple(LEVELS)
        self.fields["leader"].choices = choices  # type: ignore[attr-defined]
        self.fields["level"].choices = [("", _("Belum dipilih")), *((code, LEVELS[code]) for code in levels)]  # type: ignore[attr-defined]

    def clean_assigner(self) -> Employee | None:
        text = self.cleaned_data["assigner"].strip()
        if not text:
            return None
        if self.giver and text == self.giver.name:
            return self.giver
        if sum(letter.isalpha() for letter in text) < LEAST_LETTERS and not text.isdigit():
            raise forms.ValidationError(gettext("Tulis nama lengkap atau NIP."), code="short")
        found = find_person(self.agency_id, text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(gettext("Tidak ada pegawai dengan nama atau NIP ini."), code="nobody")
        told = gettext("Ada beberapa orang: %(names)s. Tulis nama lengkap atau NIP-nya.")
        raise forms.ValidationError(told % {"names": _told_apart(found)}, code="several")

    def planned(self, indicators: Iterable[PlannedIndicator], steps: Iterable[Step]) -> PlannedResult:
        """The result as typed; what the form does not ask stays as it was. Work as Plt. or Plh. is always main."""
        data = self.cleaned_data
        before = self.result or PlannedResult(data["form_key"].hex[:12], "")
        giver = data["assigner"]
        given = (data["assigned_by"].strip() or (giver.name if giver else ""), giver.pk if giver else None)
        same = given == (before.assigned_by, before.assigner_id)
        return replace(
            before,
            text=data["text"],
            main=data["main"] == "1" or data["acting"],
            level=data["level"],
            programme=data["programme"],
            assigned_by=given[0],
            assigner_id=given[1],
            approved=before.approved if same else None,
            acting=data["acting"],
            vital=data["vital"],
            leader=self._leader(data["leader"], before),
            indicators=tuple(indicators),
            steps=tuple(steps),
        )

    def _leader(self, value: str, before: PlannedResult) -> LeaderRow | None:
        return before.leader if value == KEEP else self.options.get(value)


def _result_initial(
    result: PlannedResult | None, options: Sequence[LeaderOption], assigner: Employee | None
) -> dict[str, Any]:
    if result is None:
        return {}
    return {
        "text": result.text,
        "leader": _chosen(result.leader, options),
        "main": "1" if result.main else "0",
        "level": result.level,
        "programme": result.programme,
        "assigned_by": result.assigned_by,
        "assigner": assigner.name if assigner else "",
        "acting": result.acting,
        "vital": result.vital,
    }


def _told_apart(people: Sequence[Employee]) -> str:
    """Names with post and unit. Never the NIP: it holds the day of birth."""
    places = main_posts([person.pk for person in people], timezone.localdate())
    posts = {pk: f"{place.post.title}, {place.post.unit.name}" for pk, place in places.items()}
    return "; ".join(f"{person.name} ({posts[person.pk]})" if person.pk in posts else person.name for person in people)


def _chosen(row: LeaderRow | None, options: Sequence[LeaderOption]) -> str:
    if row is None:
        return ""
    same = (
        option.value
        for option in options
        if (option.row.text, option.row.indicator_text) == (row.text, row.indicator_text)
    )
    return next(same, KEEP)


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
