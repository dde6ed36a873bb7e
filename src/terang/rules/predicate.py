"""The predicate of an employee, from the appraiser's two ratings, in the order the regulation fixes.

PermenPANRB 6/2022 Pasal 24(1) and 25(1): first the organisation's predicate, then the pattern, then the employee's. A
predicate is always derived, never typed; a person rates.
"""

from dataclasses import dataclass
from datetime import date

from terang.rules.errors import RuleInputError
from terang.rules.regulations.quadrant import quadrant, study_leave_predicate
from terang.rules.regulations.source import rule_set
from terang.rules.regulations.words import LABELS, organisation_predicate, rating


@dataclass(frozen=True)
class EmployeePredicate:
    """The predicate, the sentence that explains it, and the rule set it was made under."""

    predicate: str
    reason: str
    rule_set: str


def employee_predicate(
    work_result: str,
    behaviour: str,
    *,
    organisation: str | None,
    study_leave_not_finished: str | None = None,
    on: date | None = None,
) -> EmployeePredicate:
    """Derives the predicate of one employee and period.

    `organisation` is the predicate of the unit that the appraiser leads; while it is missing nothing can be derived.
    `study_leave_not_finished` is the appraiser's choice in the only case outside the quadrant. Words in any usual
    spelling. Raises RuleInputError where a word is unknown, the organisation is missing or the choice is not allowed.
    """
    if organisation is None:
        raise RuleInputError(
            "Predikat organisasi belum ditetapkan.",
            "Tetapkan dahulu capaian kinerja organisasi; bila terbit sesudah Januari, pakai predikat tahun sebelumnya.",
        )
    organisation_predicate(organisation)
    rules = rule_set("quadrant", on)
    ratings = f"Hasil kerja {LABELS[rating(work_result)].lower()}, perilaku {LABELS[rating(behaviour)].lower()}"
    if study_leave_not_finished is not None:
        chosen = study_leave_predicate(study_leave_not_finished, on)
        reason = f"Tugas belajar tidak selesai; pejabat penilai menetapkan {LABELS[chosen]}."
        return EmployeePredicate(chosen, reason, rules.id)
    code = quadrant(work_result, behaviour, on)
    return EmployeePredicate(code, f"{ratings}: {LABELS[code]} menurut kuadran ({rules.article}).", rules.id)


def organisation_year(evaluated_year: int, issued_on: date) -> int:
    """The year whose organisation predicate counts for an annual evaluation.

    Issued after January of the next year, the predicate of the year before is used (Lampiran IV p. 93–94).
    """
    return evaluated_year if issued_on <= date(evaluated_year + 1, 1, 31) else evaluated_year - 1


def head_work_result(organisation: str, on: date | None = None) -> str:
    """Suggested work-result rating of the head of a unit, from the unit's predicate. A suggestion only.

    SE MenPANRB 3/2023 takes the organisation's achievement as the head's result; the table from five to three is our
    reading, so it is a dated parameter of low confidence.
    """
    return str(rule_set("organisation_head", on).values["rating"][organisation_predicate(organisation)])
