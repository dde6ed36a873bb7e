"""Study leave in words, for the readers of a plan (PermenPANRB 6/2022 Lampiran II.B p. 62–65)."""

from datetime import date

from django.utils.translation import gettext

from terang.rules.plans import Study
from terang.web.numbers import decimal, longdate


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
