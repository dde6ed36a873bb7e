"""The small forms of a plan: where to begin, what is expected of behaviour, what is agreed around it, study leave."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.planning.plans.forms import DECIDED, Lines
from terang.planning.plans.indicator_forms import rows_of, written
from terang.planning.plans.presenting import RESOURCES, RHYTHMS
from terang.planning.plans.suggestions import open_suggestions
from terang.rules.plans import Consequence, PlanDocument, Report, Resource, Study
from terang.rules.plans.behaviour import VALUES
from terang.web.errors import NotNow
from terang.web.forms import DateInput, VersionMixin
from terang.web.numbers import decimal
from terang.web.quantities import QuantityField


class SeenForm(VersionMixin):
    """A step that needs nothing but the version of the page."""


def seen_in(data: QueryDict) -> int:
    """The version of the page that sent this. Raises NotNow where it tells none."""
    form = SeenForm(data)
    if not form.is_valid():
        raise NotNow(gettext("Halaman ini tidak lengkap. Muat ulang, lalu ulangi langkah Anda."))
    version: int = form.cleaned_data["version"]
    return version


class DiscardForm(VersionMixin):
    """Why a change that the appraiser opened is given up; the appraiser reads it."""

    reason = forms.CharField(label=_("Alasan membatalkan"), max_length=300, widget=Lines())


class ReasonForm(forms.Form):
    """Why an agreed plan is changed."""

    reason = forms.CharField(label=_("Alasan perubahan"), max_length=300, widget=Lines())


class BeginForm(forms.Form):
    """Where to begin; `row` is the template or the colleague's wording."""

    SOURCES = ("matriks", "templat", "lalu", "rekan", "kamus", "kosong")
    source = forms.ChoiceField(choices=[(name, name) for name in SOURCES])
    row = forms.IntegerField(required=False, min_value=1)
    year = forms.IntegerField(min_value=2000, max_value=2100)


class ApproachForm(VersionMixin):
    """Measured, or told in words; the leader's choice (p. 50)."""

    approach = forms.ChoiceField(
        label=_("Pendekatan"),
        choices=[("kuantitatif", _("Kuantitatif")), ("kualitatif", _("Kualitatif"))],
        widget=forms.RadioSelect,
    )


class BehaviourForm(VersionMixin):
    """The special expectation per value. The leader decides; in a draft the person may propose. `decided` are the
    values on which the appraiser has spoken: they stay as they are."""

    def __init__(self, *args: Any, document: PlanDocument, decided: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value in VALUES:
            self.fields[value.code] = forms.CharField(
                label=_("Ekspektasi khusus pimpinan"),
                max_length=500,
                required=False,
                widget=Lines(),
                initial=document.behaviour.get(value.code, ""),
                disabled=value.code in decided,
                help_text=DECIDED if value.code in decided else "",
            )

    def written(self, document: PlanDocument) -> PlanDocument:
        texts = {value.code: self.cleaned_data[value.code].strip() for value in VALUES}
        return replace(document, behaviour={code: text for code, text in texts.items() if text})


class ResourceForm(forms.Form):
    kind = forms.ChoiceField(label=_("Jenis"), choices=list(RESOURCES.items()))
    text = forms.CharField(label=_("Dukungan"), max_length=250)

    def planned(self) -> Resource:
        return Resource(**{name: self.cleaned_data[name] for name in ("kind", "text")})


class ReportForm(forms.Form):
    what = forms.CharField(label=_("Yang dilaporkan"), max_length=250)
    rhythm = forms.ChoiceField(label=_("Seberapa sering"), choices=list(RHYTHMS.items()), initial="bulanan")
    evidence = forms.CharField(label=_("Bukti atau data"), max_length=250, required=False)

    def planned(self) -> Report:
        return Report(**{name: self.cleaned_data[name] for name in ("what", "rhythm", "evidence")})


class ConsequenceForm(forms.Form):
    positive = forms.ChoiceField(
        label=_("Bila"), choices=[("1", _("hasil tercapai")), ("0", _("hasil tidak tercapai"))]
    )
    text = forms.CharField(label=_("Konsekuensi"), max_length=250)

    def planned(self) -> Consequence:
        return Consequence(self.cleaned_data["positive"] == "1", self.cleaned_data["text"])


def annex_rows(data: Any, document: PlanDocument) -> dict[str, Any]:
    """The three parts of the annex as formsets, each with one empty row, by the name of the part."""
    parts: tuple[tuple[str, type[forms.Form], list[dict[str, Any]]], ...] = (
        ("resources", ResourceForm, [{"kind": row.kind, "text": row.text} for row in document.resources]),
        (
            "reports",
            ReportForm,
            [{"what": row.what, "rhythm": row.rhythm, "evidence": row.evidence} for row in document.reports],
        ),
        (
            "consequences",
            ConsequenceForm,
            [{"positive": "1" if row.positive else "0", "text": row.text} for row in document.consequences],
        ),
    )
    return {name: rows_of(form, 1)(data, prefix=name, initial=initial) for name, form, initial in parts}


def annex_parts(rows: dict[str, Any], document: PlanDocument) -> list[dict[str, Any]]:
    """The parts of the annex to draw: name, title, forms, and what can still be suggested."""
    titles = {
        "resources": gettext("Dukungan sumber daya"),
        "reports": gettext("Skema pertanggungjawaban"),
        "consequences": gettext("Konsekuensi"),
    }
    offered = open_suggestions(document)
    return [
        {"name": name, "title": titles[name], "rows": each, "suggestions": offered[name]} for name, each in rows.items()
    ]


def annexed(document: PlanDocument, parts: dict[str, Any]) -> PlanDocument:
    """The document with the annex as typed; the formsets are valid."""
    change: dict[str, Any] = {name: tuple(form.planned() for form in written(rows)) for name, rows in parts.items()}
    return replace(document, **change)


class StudyForm(VersionMixin):
    """Study leave that runs in the plan's time (Lampiran II.B p. 62–65). Without an institution there is none."""

    LEVELS = [(code, code) for code in ("D-4", "S-1", "Profesi", "S-2", "S-3")]
    GRADES = [("", _("Belum diketahui")), *((code, code) for code in ("A", "B", "C"))]
    institution = forms.CharField(
        label=_("Perguruan tinggi"),
        max_length=150,
        required=False,
        help_text=_("Kosongkan bila Anda tidak sedang tugas belajar."),
    )
    level = forms.ChoiceField(label=_("Jenjang"), choices=LEVELS, initial="S-2")
    abroad = forms.BooleanField(label=_("Di luar negeri"), required=False)
    university_accreditation = forms.ChoiceField(label=_("Akreditasi perguruan tinggi"), choices=GRADES, required=False)
    programme_accreditation = forms.ChoiceField(label=_("Akreditasi program studi"), choices=GRADES, required=False)
    grade_point = QuantityField(label=_("IPK yang diharapkan"), required=False, help_text=_("Misalnya 3,50."))
    finishes_on = forms.DateField(label=_("Selesai paling lambat"), widget=DateInput, required=False)

    def clean_grade_point(self) -> int | None:
        milli: int | None = self.cleaned_data["grade_point"]
        if milli is not None and (milli > 4000 or milli % 10):
            raise forms.ValidationError(gettext("IPK antara 0,00 dan 4,00, dua angka di belakang koma."), code="ipk")
        return milli

    def planned(self) -> Study | None:
        data = self.cleaned_data
        if not data["institution"].strip():
            return None
        return Study(
            institution=data["institution"].strip(),
            level=data["level"],
            abroad=data["abroad"],
            university_accreditation=data["university_accreditation"],
            programme_accreditation=data["programme_accreditation"],
            grade_point_centi=None if data["grade_point"] is None else data["grade_point"] // 10,
            finishes_on=data["finishes_on"].isoformat() if data["finishes_on"] else "",
        )


def study_initial(study: Study | None) -> dict[str, Any]:
    """Study leave as its form begins with."""
    if study is None:
        return {}
    points = study.grade_point_centi
    return {
        "institution": study.institution,
        "level": study.level,
        "abroad": study.abroad,
        "university_accreditation": study.university_accreditation,
        "programme_accreditation": study.programme_accreditation,
        "grade_point": "" if points is None else decimal(points, 100, 2),
        "finishes_on": study.finishes_on,
    }
