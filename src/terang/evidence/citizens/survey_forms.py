"""The survey as a form for citizens, and what managers and owners of actions fill in."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.citizens.models import Service
from terang.evidence.citizens.models.survey import ATTRIBUTES
from terang.evidence.citizens.models.survey_periods import (
    MONTHS,
    ActionState,
    Published,
    SurveyKind,
    WeightMode,
)
from terang.evidence.citizens.questionnaire import QUESTIONS
from terang.evidence.citizens.services import REMARK_LENGTH
from terang.evidence.citizens.survey_forms_asked import SHORT, USUAL_SHORT
from terang.evidence.citizens.survey_presenting import label_of, period_name
from terang.evidence.citizens.survey_repairs import COMPONENTS
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.rules.tables import ELEMENTS
from terang.web.forms import DateInput, FormKeyMixin, ScaleField, VersionMixin

ABOUT = {
    "sex": _("Jenis kelamin"),
    "education": _("Pendidikan terakhir"),
    "occupation": _("Pekerjaan"),
    "slot": _("Jam kedatangan"),
}
EARLIER = 4
"""How many periods before the running one may still be opened."""


class SurveyForm(forms.Form):
    """The questions a service asks, each may stay empty, what the regulation records of a person, and a remark.

    `answers()` gives element → 1 to 4 or None for all nine; `about()` only what was told.
    """

    remark = forms.CharField(
        label=_("Saran atau kritik"),
        max_length=REMARK_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Jangan menulis nama atau nomor telepon; bila tertulis, dihapus sebelum disimpan."),
    )

    def __init__(self, *args: Any, asked: Sequence[str] = ELEMENTS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = tuple(asked)
        for element in self.asked:
            question = QUESTIONS[element]
            self.fields[element] = ScaleField(label=question.text, choices=question.choices, required=False)
        for name, kinds in ATTRIBUTES.items():
            choices = [("", _("Tidak diisi")), *kinds.choices]
            self.fields[name] = forms.ChoiceField(label=ABOUT[name], choices=choices, required=False)

    def scales(self) -> list[tuple[int, forms.BoundField]]:
        """The questions with their numbers, in order."""
        return [(number, self[element]) for number, element in enumerate(self.asked, 1)]

    def about_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ATTRIBUTES]

    def answers(self) -> dict[str, int | None]:
        return {element: self.cleaned_data[element] for element in self.asked}

    def about(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ATTRIBUTES if self.cleaned_data[name]}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and all(data.get(element) is None for element in self.asked):
            raise forms.ValidationError(gettext("Jawab sekurang-kurangnya satu pertanyaan."), code="empty")
        return data


def spans(today: date) -> Iterable[tuple[str, str]]:
    """The periods that may be opened: of each kind the running one and a few before. Values are `kind:ISO day`."""
    for kind, months in MONTHS.items():
        index = (today.year * 12 + today.month - 1) // months
        for place in range(index, index - EARLIER - 1, -1):
            start = date(place * months // 12, place * months % 12 + 1, 1)
            yield f"{kind.value}:{start.isoformat()}", period_name(kind, start)


class OpenForm(forms.Form):
    """Which survey period of which unit."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), empty_label=None)
    span = forms.ChoiceField(label=_("Periode"))
    headline = forms.ChoiceField(
        label=_("Angka yang diumumkan"),
        choices=Published.choices,
        help_text=_("Hanya berbeda bila mencakup beberapa unit. Keduanya disimpan dan ditampilkan."),
    )
    weights = forms.ChoiceField(label=_("Bobot unsur"), choices=WeightMode.choices)

    def __init__(self, *args: Any, units: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["span"].choices = list(spans(today))  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """As `services.survey_periods.open_period` takes it."""
        kind, _sep, start = self.cleaned_data["span"].partition(":")
        return {
            "unit": self.cleaned_data["unit"],
            "kind": SurveyKind(kind).value,
            "start": date.fromisoformat(start),
            "headline": self.cleaned_data["headline"],
            "weights": self.cleaned_data["weights"],
        }


class PopulationForm(VersionMixin):
    """How many people got services, with where the number comes from."""

    population = forms.IntegerField(
        label=_("Jumlah penerima layanan"),
        min_value=1,
        max_value=10_000_000,
        required=False,
        help_text=_("Kosongkan untuk memakai jumlah permohonan selesai di Terang."),
    )
    note = forms.CharField(
        label=_("Sumber jumlahnya"), max_length=200, required=False, help_text=_("Contoh: buku register loket.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("population") is not None and not data.get("note", "").strip():
            self.add_error("note", gettext("Tulis dari mana jumlah itu."))
        return data


class PublishForm(forms.Form):
    """Why a published result is revised; nothing to fill in for the first one."""

    reason = forms.CharField(
        label=_("Alasan revisi"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ditampilkan pada hasil baru. Hasil lama tetap dapat dibaca."),
    )

    def __init__(self, *args: Any, revises: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = revises


class ActionForm(FormKeyMixin):
    """What is done about a weak element, by whom, until when."""

    element = forms.ChoiceField(label=_("Unsur"), choices=())
    component = forms.ChoiceField(
        label=_("Komponen standar pelayanan yang diperbaiki"), choices=list(COMPONENTS.items())
    )
    action = forms.CharField(label=_("Tindakan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    owner = forms.ModelChoiceField(Employee.objects.none(), label=_("Penanggung jawab"))
    due_on = forms.DateField(label=_("Paling lambat"), widget=DateInput())

    def __init__(self, *args: Any, owners: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.fields["element"].choices = [(each, label_of(each)) for each in ELEMENTS]  # type: ignore[attr-defined]

    def clean_due_on(self) -> date:
        due: date = self.cleaned_data["due_on"]
        if due < self.today:
            raise forms.ValidationError(gettext("Pilih tanggal hari ini atau sesudahnya."), code="past")
        return due


class MoveForm(VersionMixin):
    """How an action stands."""

    state = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    proof = forms.CharField(
        label=_("Bukti atau alasan"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wajib bila selesai (apa yang dikerjakan, di mana dapat dilihat) atau dibatalkan (mengapa)."),
    )

    def __init__(self, *args: Any, states: Iterable[ActionState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(each.value, each.label) for each in states]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("state") in (ActionState.DONE, ActionState.DROPPED) and not data.get("proof", "").strip():
            self.add_error("proof", gettext("Tulis buktinya bila selesai, atau alasannya bila dibatalkan."))
        return data


class KioskForm(forms.Form):
    """The name of a tablet."""

    name = forms.CharField(label=_("Nama kios"), max_length=60, help_text=_("Contoh: Loket 2."))


class ReasonForm(forms.Form):
    """Why a kiosk is revoked or a remark hidden."""

    reason = forms.CharField(label=_("Alasan"), max_length=200)


class QuestionsForm(forms.Form):
    """Nine questions or three, for a unit or one of its services."""

    service = forms.ModelChoiceField(
        Service.objects.none(), label=_("Untuk"), required=False, empty_label=_("Semua layanan unit ini")
    )
    length = forms.ChoiceField(
        label=_("Panjang survei"),
        choices=[("9", _("Sembilan unsur (lengkap)")), ("3", _("Tiga unsur (singkat)"))],
        widget=forms.RadioSelect,
        initial="9",
    )
    elements = forms.MultipleChoiceField(
        label=_("Tiga unsur yang ditanyakan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=list(USUAL_SHORT),
        help_text=_("Hanya dipakai untuk survei singkat. IKM tetap perlu jawaban untuk kesembilan unsur."),
    )

    def __init__(self, *args: Any, services: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]
        self.fields["elements"].choices = [(each, label_of(each)) for each in ELEMENTS]  # type: ignore[attr-defined]

    def chosen(self) -> list[str]:
        """The three elements, or none for all nine."""
        return self.cleaned_data["elements"] if self.cleaned_data["length"] == str(SHORT) else []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("length") == str(SHORT) and len(data.get("elements") or []) != SHORT:
            self.add_error("elements", gettext("Pilih tepat tiga unsur."))
        return data
