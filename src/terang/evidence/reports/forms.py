"""What is typed: the report, a judgement, a return, an answer, and a government's terms."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.reports.models import (
    Achievement,
    Audience,
    Disclosure,
    Drawing,
    Frequency,
    Reading,
    Report,
    Seat,
)
from terang.evidence.reports.services.keeping import Wanted
from terang.evidence.reports.services.reading import Judgement
from terang.evidence.reports.services.writing import Words
from terang.evidence.reports.wording import PHRASES
from terang.rules.reports.rubric import Criterion, Level, Rubric
from terang.web.forms import DateInput, VersionMixin

ROW = "achievement_"


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


NEEDED = ("challenges", "plans")
"""Parts a draft may lack and a report may not."""


class WriteForm(VersionMixin):
    """The report as typed. `page` names the page it is typed on, so that its own earlier saves never make it stale."""

    page = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    others = forms.CharField(label=_("Hasil lain di luar rencana"), max_length=4000, required=False, widget=_area(3))
    challenges = forms.CharField(
        label=_("Tantangan"),
        max_length=4000,
        required=False,
        widget=_area(5),
        help_text=_("Apa yang belum tercapai atau menghambat, apa sebabnya, dan apa yang sudah dicoba."),
    )
    plans = forms.CharField(
        label=_("Rencana ke depan"),
        max_length=4000,
        required=False,
        widget=_area(5),
        help_text=_("Langkah untuk periode berikutnya, dengan ukuran atau waktunya."),
    )

    def __init__(self, *args: Any, rows: Iterable[Achievement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            self.fields[f"{ROW}{row.pk}"] = forms.CharField(
                label=gettext("Capaian"), max_length=2000, required=False, widget=_area(4), initial=row.text
            )

    use_required_attribute = False

    def drawn(self) -> "WriteForm":
        """Ready to be shown: what a report needs is not called optional, though a draft is kept without it."""
        for name in NEEDED:
            self.fields[name].required = True
        return self

    def row_fields(self) -> list[tuple[Achievement, forms.BoundField]]:
        return [(row, self[f"{ROW}{row.pk}"]) for row in self.rows]

    def words(self) -> Words:
        data = self.cleaned_data
        written = {row.pk: data[f"{ROW}{row.pk}"] for row in self.rows}
        return Words(data["others"], data["challenges"], data["plans"], written)


def write_form(report: Report, data: Any = None) -> WriteForm:
    """The form of a report with what is kept, or with what was typed."""
    kept = {name: getattr(report, name) for name in ("version", "others", "challenges", "plans")}
    return WriteForm(data, initial=kept, rows=report.achievements.all())


class JudgeForm(VersionMixin):
    """A level of each criterion with an optional reason, and a word about the whole."""

    remark = forms.CharField(label=_("Catatan untuk pegawai"), max_length=2000, required=False, widget=_area(3))

    def __init__(self, *args: Any, rubric: Rubric, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = rubric.criteria
        for each in rubric.criteria:
            self.fields[f"level_{each.code}"] = forms.TypedChoiceField(
                label=each.name,
                help_text=each.question,
                coerce=int,
                choices=[(level.number, f"{level.number} · {level.name}: {level.text}") for level in each.levels],
                widget=forms.RadioSelect,
                error_messages={"required": gettext("Pilih satu tingkat.")},
            )
            self.fields[f"reason_{each.code}"] = forms.CharField(
                label=gettext("Alasan"), max_length=500, required=False
            )

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"level_{each.code}"], self[f"reason_{each.code}"]) for each in self.criteria]

    def judgement(self) -> Judgement:
        data = self.cleaned_data
        return Judgement(
            {each.code: data[f"level_{each.code}"] for each in self.criteria},
            {each.code: text for each in self.criteria if (text := data[f"reason_{each.code}"].strip())},
            data["remark"],
        )


def judge_form(reading: Reading, rubric: Rubric, data: Any = None) -> JudgeForm:
    """The form of a reading with the reader's own marks from before a return."""
    kept: dict[str, Any] = {"version": reading.version, "remark": reading.remark}
    for mark in reading.marks.all():
        kept |= {f"level_{mark.criterion}": mark.level, f"reason_{mark.criterion}": mark.remark}
    return JudgeForm(data, initial=kept, rubric=rubric)


def _phrases() -> list[tuple[str, str]]:
    return [(each, gettext(each)) for each in PHRASES]


class ReturnForm(VersionMixin):
    """What is to be completed: phrases to tick, and one's own words."""

    phrases = forms.MultipleChoiceField(
        label=_("Yang perlu dilengkapi"),
        choices=_phrases,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label=_("Dengan kata sendiri"), max_length=600, required=False, widget=_area(2))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        whole = "\n".join([*data.get("phrases", []), *filter(None, [data.get("note", "").strip()])])
        if not whole:
            self.add_error("note", gettext("Tuliskan apa yang perlu dilengkapi."))
        data["whole"] = whole[:1000]
        return data


class FinishForm(VersionMixin):
    reply = forms.CharField(label=_("Tanggapan Anda"), max_length=2000, required=False, widget=_area(3))


class LookForm(VersionMixin):
    """Which marks somebody else should look at, and why."""

    seat = forms.ChoiceField(label=_("Penilaian yang ingin ditinjau"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Apa yang perlu dilihat lagi?"),
        max_length=1000,
        widget=_area(3),
        help_text=_("Sebutkan kriteria dan buktinya. Peninjau membaca alasan ini."),
    )

    def __init__(self, *args: Any, seats: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = [(each, Seat(each).label) for each in seats]  # type: ignore[attr-defined]


def _days(label: Any, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=most, **more)


class TermsForm(forms.Form):
    """What a government asks of reports from a day on."""

    valid_from = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)
    basis = forms.CharField(label=_("Dasar hukum"), max_length=200)
    frequencies = forms.MultipleChoiceField(
        label=_("Laporan yang diminta"), choices=Frequency.choices, widget=forms.CheckboxSelectMultiple
    )
    due_days = _days(_("Hari kerja untuk mengajukan sesudah periode berakhir"), 60)
    opens_days = _days(_("Boleh diajukan berapa hari sebelum periode berakhir"), 366)
    reading_days = _days(_("Hari kerja untuk membaca"), 60)
    second_look_days = _days(_("Hari kerja untuk meminta tinjauan kedua"), 60)
    oversight_reads = forms.BooleanField(label=_("Tim pengawas ikut membaca dan menilai"), required=False)
    drawing = forms.ChoiceField(label=_("Pengawas dipilih"), choices=Drawing.choices, widget=forms.RadioSelect)
    disclosure = forms.ChoiceField(
        label=_("Pegawai melihat penilaian"), choices=Disclosure.choices, widget=forms.RadioSelect
    )
    audience = forms.ChoiceField(
        label=_("Sesudah selesai diumumkan kepada"), choices=Audience.choices, widget=forms.RadioSelect
    )
    shows_ratings = forms.BooleanField(label=_("Penilaian ikut diumumkan"), required=False)

    def wanted(self, rubric: Rubric) -> Wanted:
        data = {name: value for name, value in self.cleaned_data.items() if name != "valid_from"}
        return Wanted(rubric=rubric, **data)


class CriterionForm(forms.Form):
    """One criterion with four described levels. Their worth is that of the rubric before, a quarter each otherwise."""

    name = forms.CharField(label=_("Kriteria"), max_length=80)
    question = forms.CharField(label=_("Pertanyaan bagi pembaca"), max_length=200)
    weight = forms.IntegerField(label=_("Bobot"), min_value=1, max_value=100, initial=1)
    text_1 = forms.CharField(label=_("Tingkat 1, terendah"), max_length=300)
    text_2 = forms.CharField(label=_("Tingkat 2"), max_length=300)
    text_3 = forms.CharField(label=_("Tingkat 3"), max_length=300)
    text_4 = forms.CharField(label=_("Tingkat 4, tertinggi"), max_length=300)

    def criterion(self, before: Criterion) -> Criterion:
        data = self.cleaned_data
        levels = tuple(
            Level(each.number, each.points_bp, each.name, data[f"text_{each.number}"]) for each in before.levels
        )
        return Criterion(before.code, data["name"], data["question"], data["weight"], levels)


def criterion_forms(rubric: Rubric, data: Any = None) -> list[CriterionForm]:
    """A form for each criterion of a rubric, with what it says."""
    return [
        CriterionForm(
            data,
            prefix=each.code,
            initial={
                "name": each.name,
                "question": each.question,
                "weight": each.weight,
                **{f"text_{level.number}": level.text for level in each.levels},
            },
        )
        for each in rubric.criteria
    ]


def rubric_typed(forms_: Iterable[CriterionForm], before: Rubric) -> Rubric:
    """The rubric as typed; the forms must be valid."""
    return Rubric(tuple(form.criterion(each) for form, each in zip(forms_, before.criteria, strict=True)))
