"""Forms of the official evaluation. They read what was typed; the services decide."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from terang.evaluation.appraisals.models import (
    USUAL_LEAST_PEOPLE,
    Appraisal,
    Objection,
    OrganisationWord,
    Outcome,
    Predicate,
    Rating,
    RatingWindow,
)
from terang.evaluation.appraisals.services import Days, Decision, Marks, Pattern
from terang.evaluation.periods import every_kind
from terang.planning.plans.models import PlanResult
from terang.registry.organization.models import Unit
from terang.web.asked import asked_ints
from terang.web.forms import DateInput, FormKeyMixin, VersionMixin

ITEM, REMARK, UNIT = "item_", "remark_", "unit_"
SHORT = [("", _("Belum dinilai")), ("above", _("Di atas")), ("meets", _("Sesuai")), ("below", _("Di bawah"))]
STUDY = [("", _("Tidak berlaku")), *[(each.value, each.label) for each in (Predicate.POOR, Predicate.VERY_POOR)]]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _one_of(label: Any, choices: type[models.TextChoices], **others: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices.choices, widget=forms.RadioSelect, **others)


class RateForm(FormKeyMixin, VersionMixin):
    """One person's ratings. Nothing is required: a draft may lack everything, and deciding says what is missing."""

    work_result = _one_of(_("Rating hasil kerja"), Rating, required=False)
    behaviour = _one_of(_("Rating perilaku kerja"), Rating, required=False)
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Perlu bila rating berbeda dari usul, dan untuk predikat Sangat Baik, Kurang, atau Sangat Kurang."),
        max_length=1000,
        required=False,
        widget=_area(3),
    )
    notes = forms.CharField(
        label=_("Catatan dan rekomendasi"),
        help_text=_("Dibaca pegawai dan tercetak pada dokumen evaluasi."),
        max_length=2000,
        required=False,
        widget=_area(3),
    )
    unfinished_study = forms.ChoiceField(
        label=_("Tugas belajar tidak selesai"),
        help_text=_("Hanya bila pegawai tidak lulus atau berhenti: satu-satunya predikat di luar kuadran."),
        choices=STUDY,
        required=False,
    )
    use_required_attribute = False

    def __init__(
        self, *args: Any, results: Iterable[PlanResult], kept: Appraisal | None, version: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{"initial": {**_initial(kept), "version": version}, **kwargs})
        self.results = list(results)
        given = {each.result_id: each for each in kept.items.all()} if kept else {}
        for result in self.results:
            item = given.get(result.pk)
            self.fields[f"{ITEM}{result.pk}"] = forms.ChoiceField(
                label=_("Rating hasil ini"),
                choices=SHORT,
                widget=forms.RadioSelect,
                required=False,
                initial=item.rating if item else "",
            )
            self.fields[f"{REMARK}{result.pk}"] = forms.CharField(
                label=_("Catatan"), max_length=500, required=False, initial=item.remark if item else ""
            )

    def rows(self) -> list[tuple[PlanResult, forms.BoundField, forms.BoundField]]:
        return [(each, self[f"{ITEM}{each.pk}"], self[f"{REMARK}{each.pk}"]) for each in self.results]

    def marks(self) -> Marks:
        told = self.cleaned_data
        return Marks(
            work_result=told["work_result"],
            behaviour=told["behaviour"],
            items={each.pk: (told[f"{ITEM}{each.pk}"], told[f"{REMARK}{each.pk}"]) for each in self.results},
            reason=told["reason"],
            notes=told["notes"],
            unfinished_study=told["unfinished_study"],
        )


def _initial(kept: Appraisal | None) -> dict[str, Any]:
    names = ("work_result", "behaviour", "reason", "notes", "unfinished_study")
    return {name: getattr(kept, name) for name in names} if kept else {}


class ReopenForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan"), max_length=250)


class ProposeForm(FormKeyMixin, VersionMixin):
    """The page of one version, for a button that asks nothing else and makes a row."""


class MoveForm(VersionMixin):
    """The page of one version, for a button that asks nothing else."""


class HandOverForm(forms.Form):
    """The page posts the appraisals it showed: what was decided meanwhile is not given along unseen."""

    spread_reason = forms.CharField(label=_("Alasan sebaran"), max_length=500, required=False, widget=_area(3))

    def chosen(self) -> list[int]:
        told = self.data.getlist("chosen") if isinstance(self.data, QueryDict) else []
        return asked_ints(told)


class ObjectionForm(FormKeyMixin, VersionMixin):
    text = forms.CharField(
        label=_("Keberatan Anda"),
        help_text=_("Sebut bagian yang tidak sesuai, mengapa, dan buktinya. Penilai dan atasannya membaca ini."),
        max_length=4000,
        widget=_area(8),
    )


class AnswerForm(VersionMixin):
    text = forms.CharField(label=_("Penjelasan Anda"), max_length=4000, widget=_area(8))

    def __init__(self, *args: Any, objection: Objection, **kwargs: Any) -> None:
        initial = {"version": objection.version, "text": objection.answer}
        super().__init__(*args, **{"initial": initial, **kwargs})


class DecisionForm(VersionMixin):
    outcome = _one_of(_("Putusan"), Outcome)
    work_result = _one_of(_("Rating hasil kerja yang baru"), Rating, required=False)
    behaviour = _one_of(_("Rating perilaku kerja yang baru"), Rating, required=False)
    reason = forms.CharField(label=_("Pertimbangan"), max_length=4000, widget=_area(6))

    def decision(self) -> Decision:
        told = self.cleaned_data
        return Decision(told["outcome"], told["reason"], told["work_result"], told["behaviour"])


class DaysForm(forms.Form):
    opens_on = forms.DateField(label=_("Dibuka"), widget=DateInput)
    closes_on = forms.DateField(
        label=_("Ditutup"),
        widget=DateInput,
        help_text=_("Sesudah hari ini, yang belum dinilai menjadi giliran atasan pejabat penilai."),
    )
    basis = forms.CharField(label=_("Dasar"), max_length=200, help_text=_("Nomor surat edaran atau keputusan."))
    least_people = forms.IntegerField(
        label=_("Pola sebaran dilihat mulai (orang)"),
        min_value=2,
        max_value=100,
        initial=USUAL_LEAST_PEOPLE,
        help_text=_("Kelompok yang lebih kecil tidak menunjukkan pola."),
    )

    def days(self) -> Days:
        told = self.cleaned_data
        return Days(told["opens_on"], told["closes_on"], told["basis"], told["least_people"])


class WindowForm(DaysForm):
    """A new window: of which kind, and a day within its period."""

    kind = forms.ChoiceField(label=_("Jenis evaluasi"))
    day = forms.DateField(
        label=_("Satu hari dalam periodenya"),
        widget=DateInput,
        help_text=_("Misalnya 15 November untuk periode yang memuat hari itu."),
    )
    field_order = ("kind", "day", "opens_on", "closes_on", "basis", "least_people")

    def __init__(self, *args: Any, kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = every_kind()
        self.fields["kind"].choices = [(kind, names[kind]) for kind in kinds]  # type: ignore[attr-defined]


class YearForm(forms.Form):
    """A year of windows: which year, and how many working days before and after the end of each period."""

    year = forms.IntegerField(label=_("Tahun"))
    opens_before = forms.IntegerField(label=_("Periode: dibuka sebelum hari terakhir (hari kerja)"))
    closes_after = forms.IntegerField(label=_("Periode: ditutup sesudah hari terakhir (hari kerja)"))
    year_opens_before = forms.IntegerField(label=_("Tahunan: dibuka sebelum akhir tahun (hari kerja)"))
    year_closes_after = forms.IntegerField(label=_("Tahunan: ditutup sesudah akhir tahun (hari kerja)"))
    basis = forms.CharField(label=_("Dasar"), max_length=200, help_text=_("Nomor surat edaran atau keputusan."))

    def pattern(self) -> Pattern:
        return Pattern(**{each.name: self.cleaned_data[each.name] for each in fields(Pattern)})


class MoveWindowForm(VersionMixin, DaysForm):
    def __init__(self, *args: Any, window: RatingWindow, **kwargs: Any) -> None:
        names = ("opens_on", "closes_on", "basis", "least_people", "version")
        super().__init__(*args, **{"initial": {name: getattr(window, name) for name in names}, **kwargs})


class UnitDaysForm(FormKeyMixin, VersionMixin):
    """Other days for one unit."""

    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("Unit"), help_text=_("Berlaku juga untuk semua unit di bawahnya.")
    )
    opens_on = forms.DateField(label=_("Dibuka"), widget=DateInput)
    closes_on = forms.DateField(
        label=_("Ditutup"),
        widget=DateInput,
        help_text=_("Sesudah hari ini, yang belum dinilai menjadi giliran atasan pejabat penilai."),
    )
    reason = forms.CharField(label=_("Alasan"), max_length=500, widget=_area(3))
    basis = forms.CharField(
        label=_("Dokumen"), max_length=200, help_text=_("Nomor surat yang menetapkannya, misalnya surat Sekda.")
    )

    def __init__(self, *args: Any, window: RatingWindow, **kwargs: Any) -> None:
        names = ("opens_on", "closes_on", "version")
        super().__init__(*args, **{"initial": {name: getattr(window, name) for name in names}, **kwargs})
        self.fields["unit"].queryset = Unit.objects.filter(  # type: ignore[attr-defined]
            agency=window.period.agency_id, parent__isnull=False
        )

    def days(self) -> Days:
        told = self.cleaned_data
        return Days(told["opens_on"], told["closes_on"], told["basis"])


class OrganisationsForm(forms.Form):
    """The predicates of the units on one page, and the decree they rest on."""

    basis = forms.CharField(
        label=_("Dasar perubahan"),
        max_length=250,
        required=False,
        help_text=_("Nomor keputusan kepala daerah; diisi bila ada yang diubah."),
    )

    def __init__(self, *args: Any, units: Iterable[Unit], known: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = list(units)
        for unit in self.units:
            self.fields[f"{UNIT}{unit.pk}"] = forms.ChoiceField(
                label=unit.name,
                choices=[("", _("Belum ditetapkan")), *OrganisationWord.choices],
                required=False,
                initial=known.get(unit.pk, ""),
            )

    def rows(self) -> list[tuple[Unit, forms.BoundField]]:
        return [(unit, self[f"{UNIT}{unit.pk}"]) for unit in self.units]

    def words(self) -> dict[int, str]:
        return {unit.pk: self.cleaned_data[f"{UNIT}{unit.pk}"] for unit in self.units}
