"""The forms of an instrument: what it is for, its levels, its indicators with their behaviours. One empty row of each
kind waits for more; a row whose name is emptied is left out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.evidence.observation.models import Instrument
from terang.evidence.observation.models.instruments import USUAL_CONTEST_DAYS
from terang.evidence.observation.services import Wanted
from terang.registry.organization.models import Unit, UnitKind
from terang.rules.observations.rubric import Behaviour, Indicator, Level, Rubric
from terang.web.forms import DateInput, FormKeyMixin


def _area(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class InstrumentForm(FormKeyMixin):
    name = forms.CharField(label=_("Nama instrumen"), max_length=120)
    valid_from = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)
    basis = forms.CharField(label=_("Dasar"), max_length=200, help_text=_("Misalnya nomor surat keputusan."))
    place = forms.CharField(
        label=_("Sebutan tempat"), max_length=60, help_text=_("Misalnya: Kelas dan mata pelajaran, Loket dan layanan.")
    )
    categories = forms.MultipleChoiceField(
        label=_("Untuk rumpun jabatan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kosong berarti semua."),
    )
    unit_kinds = forms.MultipleChoiceField(
        label=_("Di jenis unit"),
        choices=UnitKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kosong berarti semua."),
    )
    keeper = forms.ModelChoiceField(
        label=_("Unit pemegang"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("Kepala unit ini juga boleh menetapkan versi baru, misalnya Dinas Pendidikan."),
    )
    contest_days = forms.IntegerField(
        label=_("Hari kerja untuk meminta pengamat lain"),
        initial=USUAL_CONTEST_DAYS,
        help_text=_("Sesudah umpan balik; baru setelah itu observasi dihitung."),
    )
    formative = forms.BooleanField(
        label=_("Untuk belajar saja, tidak dinilai"),
        required=False,
    )

    def __init__(self, *args: Any, categories: Sequence[str], units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(each, each.replace("_", " ").capitalize()) for each in categories]
        self.fields["categories"].choices = told  # type: ignore[attr-defined]
        self.fields["keeper"].queryset = units  # type: ignore[attr-defined]

    def wanted(self, rubric: Rubric) -> Wanted:
        told = {name: self.cleaned_data[name] for name in Wanted.__dataclass_fields__ if name in self.fields}
        lists = {name: tuple(told[name]) for name in ("categories", "unit_kinds")}
        return Wanted(**(told | lists), rubric=rubric)


class LevelForm(forms.Form):
    value = forms.IntegerField(label=_("Poin"), required=False, min_value=0, max_value=100)
    name = forms.CharField(label=_("Nama tingkat"), max_length=60, required=False)
    text = forms.CharField(label=_("Artinya"), max_length=250, required=False)

    def level(self) -> Level | None:
        told = self.cleaned_data
        return Level(told["value"] or 0, told["name"].strip(), told["text"].strip()) if told["name"].strip() else None


class BehaviourForm(forms.Form):
    text = forms.CharField(label=_("Perilaku yang diamati"), max_length=250, required=False, widget=_area())
    good = forms.CharField(label=_("Contoh yang dicari"), max_length=250, required=False)
    avoid = forms.CharField(label=_("Contoh yang dihindari"), max_length=250, required=False)
    looks = forms.CharField(
        label=_("Uraian tiap tingkat"),
        max_length=1000,
        required=False,
        widget=_area(3),
        help_text=_("Satu baris tiap tingkat, dari yang terendah. Kosong: memakai arti tingkat umum."),
    )

    def behaviour(self, code: str) -> Behaviour | None:
        told = {name: value.strip() for name, value in self.cleaned_data.items()}
        looks = tuple(line.strip() for line in told.pop("looks").splitlines() if line.strip())
        return Behaviour(code, **told, looks=looks) if told["text"] else None


class IndicatorForm(forms.Form):
    """With its behaviours in `rows`: their codes stay, an empty one comes last."""

    name = forms.CharField(label=_("Indikator"), max_length=120, required=False)
    about = forms.CharField(label=_("Mengapa penting"), max_length=250, required=False)

    def __init__(self, data: Any, *, code: str, before: Indicator | None) -> None:
        initial = {"name": before.name, "about": before.about} if before else {}
        super().__init__(data, prefix=code, initial=initial)
        self.code = code
        known = list(before.behaviours) if before else []
        free = str(max((int(each.code) for each in known if each.code.isdecimal()), default=0) + 1)
        rows: list[tuple[str, Behaviour | None]] = [*((each.code, each) for each in known), (free, None)]
        self.rows = [
            (number, BehaviourForm(data, prefix=f"{code}-{number}", initial=_start(row))) for number, row in rows
        ]

    def all_valid(self) -> bool:
        return all([self.is_valid(), *(form.is_valid() for _number, form in self.rows)])

    def has_errors(self) -> bool:
        return bool(self.errors or any(form.errors for _number, form in self.rows))

    def indicator(self) -> Indicator | None:
        told = self.cleaned_data
        rows = tuple(found for number, form in self.rows if (found := form.behaviour(number)))
        if not told["name"].strip():
            return None
        return Indicator(self.code, told["name"].strip(), told["about"].strip(), rows)


def _start(before: Behaviour | None) -> dict[str, str]:
    if before is None:
        return {}
    return {
        "text": before.text,
        "good": before.good,
        "avoid": before.avoid,
        "looks": "\n".join(before.looks),
    }


class RubricForms:
    """The levels and indicators of a rubric as forms, with room for one more of each."""

    def __init__(self, data: Any, before: Rubric) -> None:
        levels: list[Level | None] = [*before.levels, None]
        self.levels = [
            LevelForm(data, prefix=f"level-{number}", initial=vars(each) if each else {})
            for number, each in enumerate(levels)
        ]
        free = next(f"ind-{n}" for n in range(1, 1000) if before.indicator(f"ind-{n}") is None)
        rows: list[tuple[str, Indicator | None]] = [*((each.code, each) for each in before.indicators), (free, None)]
        self.indicators = [IndicatorForm(data, code=code, before=each) for code, each in rows]

    def all_valid(self) -> bool:
        return all([*(form.is_valid() for form in self.levels), *(form.all_valid() for form in self.indicators)])

    def rubric(self) -> Rubric:
        levels = tuple(level for form in self.levels if (level := form.level()))
        return Rubric(levels, tuple(found for form in self.indicators if (found := form.indicator())))


def start_of(instrument: Instrument) -> dict[str, Any]:
    """Initial values from the version before."""
    kept = ("name", "basis", "place", "categories", "unit_kinds", "keeper", "contest_days", "formative")
    return {name: getattr(instrument, name) for name in kept}
