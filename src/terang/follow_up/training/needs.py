"""Which course helps whom today, and why: weak places of the live figures and the official result beside what courses
are good for. Nothing is stored: a need is there while the figure is weak, and frozen only into what a person decides.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from terang.follow_up.training.findings import Finding, Ground, findings_of, ground_on, shown_value
from terang.follow_up.training.models import Course, CourseAim, PlanItem, PlanState, TrainingRecord
from terang.follow_up.training.wording import subject_label
from terang.registry.people.models import Employee
from terang.rules.policies import Policy
from terang.rules.training import Aim, advised


@dataclass(frozen=True)
class Reason:
    """One weak place that a course helps with. `below_bp` is missing for a rating; `url` where the figure opens."""

    subject: str
    label: str
    value_bp: int | None
    below_bp: int | None
    behind: str
    since: date
    until: date
    n: int
    url: str = ""

    @property
    def shown(self) -> str:
        return shown_value(self.subject, self.value_bp)

    @property
    def sentence(self) -> str:
        """The figure beside its limit: "Perilaku pelaksana: 68, di bawah 76,6"."""
        told = {"label": self.label, "value": self.shown}
        if self.below_bp is None:
            return gettext("%(label)s: %(value)s") % told
        limit = shown_value(self.subject, self.below_bp)
        return gettext("%(label)s: %(value)s, di bawah %(limit)s") % (told | {"limit": limit})


@dataclass(frozen=True)
class Need:
    """A course that is advised to a person. `item` is the part of their plan that answers it, `record` the course taken
    since the figure's time began; missing where there is none."""

    course: Course
    reasons: tuple[Reason, ...]
    item: PlanItem | None = None
    record: TrainingRecord | None = None

    @property
    def is_answered(self) -> bool:
        return self.item is not None or self.record is not None


def needs_of(agency_id: int, employee_ids: Collection[int], day: date) -> dict[int, list[Need]]:
    """What is advised to people on a day, by person, the course that helps with most first; who needs nothing is left
    out. At most eleven queries."""
    ground = ground_on(agency_id, day)
    offered = {course.pk: course for course in Course.objects.filter(agency_id=agency_id, withdrawn_on=None)}
    if ground is None or not offered or not employee_ids:
        return {}
    aims = [
        Aim(each.course_id, each.subject, each.below_bp) for each in CourseAim.objects.filter(course__in=offered.keys())
    ]
    found = findings_of(ground, employee_ids, {aim.subject for aim in aims})
    weak = {pk: list(_weak(ground, aims, offered, mine).items()) for pk, mine in found.items()}
    weak = {pk: each for pk, each in weak.items() if each}
    if not weak:
        return {}
    items, records = _items(weak), _records(weak)
    return {
        pk: [
            Need(offered[course_id], reasons, items.get((pk, course_id)), _since(records, pk, course_id, reasons))
            for course_id, reasons in each
        ]
        for pk, each in weak.items()
    }


def needs_of_one(employee: Employee, day: date) -> list[Need]:
    """What is advised to one person. As `needs_of`."""
    return needs_of(employee.agency_id, [employee.pk], day).get(employee.pk, [])


def need_for(employee: Employee, course: Course, day: date) -> Need | None:
    """Why a course is advised to a person; None where it is not. As `needs_of`."""
    return next((each for each in needs_of_one(employee, day) if each.course.pk == course.pk), None)


def _weak(
    ground: Ground, aims: Iterable[Aim], offered: Mapping[int, Course], mine: Mapping[str, Finding]
) -> dict[int, tuple[Reason, ...]]:
    values = {subject: each.value_bp for subject, each in mine.items()}
    return {
        course_id: tuple(reason_of(mine[aim.subject], aim.below_bp, ground.policy) for aim in why)
        for course_id, why in advised(aims, values).items()
        if course_id in offered
    }


def reason_of(finding: Finding, below_bp: int | None, policy: Policy) -> Reason:
    return Reason(
        finding.subject,
        subject_label(finding.subject, policy),
        finding.value_bp,
        below_bp,
        finding.behind,
        finding.since,
        finding.until,
        finding.n,
        finding.url,
    )


def _items(people: Collection[int]) -> dict[tuple[int, int], PlanItem]:
    open_ones = (PlanState.PROPOSED, PlanState.AGREED)
    rows = PlanItem.objects.filter(employee_id__in=list(people), state__in=open_ones)
    return {(row.employee_id, row.course_id): row for row in rows}


def _records(people: Collection[int]) -> dict[tuple[int, int], TrainingRecord]:
    """The latest of each person and course."""
    rows = TrainingRecord.objects.filter(employee_id__in=list(people), course__isnull=False).order_by("ends_on", "pk")
    return {(row.employee_id, row.course_id or 0): row for row in rows}


def _since(
    records: Mapping[tuple[int, int], TrainingRecord], employee_id: int, course_id: int, reasons: Iterable[Reason]
) -> TrainingRecord | None:
    row = records.get((employee_id, course_id))
    return row if row and row.ends_on >= min(each.since for each in reasons) else None


def frozen(need: Need | None) -> dict[str, Any]:
    """A need as it is kept beside what was decided because of it; empty without one."""
    if need is None:
        return {}
    return {
        "reasons": [
            {
                "subject": each.subject,
                "label": each.label,
                "value_bp": each.value_bp,
                "below_bp": each.below_bp,
                "behind": each.behind,
                "since": each.since.isoformat(),
                "until": each.until.isoformat(),
                "n": each.n,
                "url": each.url,
            }
            for each in need.reasons
        ]
    }


def thawed(kept: Mapping[str, Any]) -> list[Reason]:
    """The reasons as they were kept, in the words of then."""
    return [
        Reason(**{**each, "since": date.fromisoformat(each["since"]), "until": date.fromisoformat(each["until"])})
        for each in kept.get("reasons", [])
    ]
