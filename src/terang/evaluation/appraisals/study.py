"""Study leave in a period: rated by the home appraiser on what the institute reports, in the same stages (PermenPANRB
6/2022 Lampiran IV.A.16–17 p. 92). Only who did not finish it may be rated outside the quadrant (p. 100, 103)."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext

from terang.evaluation.models import Period
from terang.evidence.attendance.models import Duty, DutyKind
from terang.planning.plans.selectors import current_plan, version_in_force
from terang.planning.plans.study import grade_hint, study_facts
from terang.rules.plans import Study, from_json
from terang.web.numbers import longdate


@dataclass(frozen=True)
class StudyLeave:
    """What is known of it, as (label, text), and what the guide of p. 63 makes of the agreed grade average; empty where
    something for it is not known."""

    facts: list[tuple[str, str]]
    hint: str


def study_leave_in(employee_id: int, period: Period) -> StudyLeave | None:
    """The study leave agreed in the plan of the period or assigned by letter; None without either. Three queries."""
    study, letter = _agreed(employee_id, period), _letter(employee_id, period)
    if study is None and letter is None:
        return None
    facts = [*(study_facts(study) if study else []), *(_letter_facts(letter) if letter else [])]
    return StudyLeave(facts, grade_hint(study, period.last_day))


def _agreed(employee_id: int, period: Period) -> Study | None:
    plan = current_plan(employee_id, period.last_day)
    version = version_in_force(plan) if plan else None
    return from_json(version.document).study if version else None


def _letter(employee_id: int, period: Period) -> Duty | None:
    rows = Duty.objects.filter(people=employee_id, kind=DutyKind.STUDY, cancelled_on=None)
    return rows.filter(starts_on__lt=period.ends_on, ends_on__gt=period.starts_on).first()


def _letter_facts(letter: Duty) -> list[tuple[str, str]]:
    days = {"start": longdate(letter.starts_on), "end": longdate(letter.ends_on - timedelta(days=1))}
    return [
        (gettext("Surat tugas"), letter.letter),
        (gettext("Masa tugas belajar"), gettext("%(start)s sampai %(end)s") % days),
    ]
