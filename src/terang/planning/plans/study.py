"""Study leave in words and as results, for the one who writes a plan and its readers (PermenPANRB 6/2022 Lampiran II.B
p. 62–65)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.planning.measuring import Aspect, Direction, Gathering
from terang.planning.plans.models import new_key
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult, Study
from terang.rules.regulations.study_leave import study_leave_band
from terang.web.numbers import decimal, longdate

UNDERGRADUATE = ("D-4", "S-1")
BANDS = {
    "sangat_baik": _("Sangat Baik"),
    "baik": _("Baik"),
    "butuh_perbaikan": _("Butuh Perbaikan"),
    "kurang": _("Kurang"),
}
_PROGRESS = "Evaluasi akademik tugas belajar memenuhi ekspektasi"
_GRADUATION = "Tugas belajar selesai tepat waktu"
"""Words of the plan itself, which stays Indonesian whatever language the screen is in."""


def study_facts(study: Study) -> list[tuple[str, str]]:
    """What was agreed about a study leave, as (label, text); what was not written is left out."""
    points, finish = study.grade_point_centi, study.finishes_on
    found = [
        (gettext("Perguruan tinggi"), study.institution),
        (gettext("Jenjang"), study.level),
        (gettext("Tempat"), gettext("luar negeri") if study.abroad else ""),
        (gettext("Akreditasi perguruan tinggi"), study.university_accreditation),
        (gettext("Akreditasi program studi"), study.programme_accreditation),
        (gettext("IPK yang diharapkan"), "" if points is None else decimal(points, 100, 2)),
        (gettext("Selesai paling lambat"), longdate(date.fromisoformat(finish)) if finish else ""),
    ]
    return [(label, text) for label, text in found if text]


def grade_hint(study: Study | None, on: date) -> str:
    """What the guide of p. 63 makes of the expected grade average; empty where something for it is not known. A guide
    for setting the expectation, never a rating."""
    if study is None or study.grade_point_centi is None:
        return ""
    place = "abroad" if study.abroad else study.university_accreditation.lower()
    if not place:
        return gettext("Isi akreditasi perguruan tinggi untuk melihat panduan IPK.")
    degree = "undergraduate" if study.level in UNDERGRADUATE else "graduate"
    band = study_leave_band(f"{degree}_{place}", Decimal(study.grade_point_centi) / 100, on)
    words = {"points": decimal(study.grade_point_centi, 100, 2), "level": study.level, "band": BANDS[band]}
    return gettext("Panduan: IPK %(points)s pada %(level)s setara ekspektasi “%(band)s”. Bukan nilai otomatis.") % words


def with_study_results(document: PlanDocument, before: date) -> PlanDocument:
    """The document with the results of its study leave that are not in it yet: the academic evaluation, and graduation
    in time where it falls before a day (the end of the plan). As it was without study leave."""
    if document.study is None:
        return document
    known = {result.text for result in document.results}
    new = [each for each in _results(document.study, before) if each.text not in known]
    return replace(document, results=(*document.results, *new))


def _results(study: Study, before: date) -> list[PlannedResult]:
    points = study.grade_point_centi
    average = PlannedIndicator(
        new_key(),
        "Indeks prestasi kumulatif (IPK)",
        aspects=(Aspect.QUALITY.value,),
        direction=Direction.HIGHER.value,
        gathering=Gathering.LATEST.value,
        unit_label="IPK",
        target_milli=None if points is None else points * 10,
    )
    found = [PlannedResult(new_key(), _PROGRESS, indicators=(average,))]
    if study.finishes_on and date.fromisoformat(study.finishes_on) < before:
        text = f"Lulus paling lambat {study.finishes_on[8:]}-{study.finishes_on[5:7]}-{study.finishes_on[:4]}"
        graduation = PlannedIndicator(
            new_key(),
            text,
            aspects=(Aspect.TIME.value,),
            direction=Direction.YES_NO.value,
            gathering=Gathering.LATEST.value,
            unit_label="kelulusan",
            target_milli=1000,
        )
        found.append(PlannedResult(new_key(), _GRADUATION, indicators=(graduation,)))
    return found
