"""What became of the figure that was the reason for a training: the same figure of a time that began after it, for one
person, and for everybody whom the same reason brought to a course."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext

from terang.evidence.citizens.models import SurveyResponse
from terang.follow_up.training.findings import (
    BEST_ANSWER,
    Finding,
    Ground,
    element_means,
    findings_of,
    ground_on,
    least_answers,
    shown_value,
)
from terang.follow_up.training.models import Course, PlanItem, PlanState, TrainingRecord
from terang.follow_up.training.needs import Reason, thawed
from terang.follow_up.training.wording import subject_label
from terang.rules.tables import ELEMENTS
from terang.rules.training import ELEMENT, code_of, kind_of
from terang.rules.training_change import LEAST_PEOPLE, Change, change_of
from terang.web.numbers import longdate

LONGEST = timedelta(days=183)
"""So long after a training its effect is looked for; later others have more to do with it."""


@dataclass(frozen=True)
class Effect:
    """One reason as it was, and the same figure afterwards: missing while there is too little to tell."""

    before: Reason
    after: Finding | None

    @property
    def word(self) -> str:
        """Whether the figure rose, fell or stayed; it claims no cause."""
        if self.after is None or self.after.value_bp is None or self.before.value_bp is None:
            return gettext("belum dapat dinilai")
        if self.after.value_bp == self.before.value_bp:
            return gettext("tetap")
        return gettext("naik") if self.after.value_bp > self.before.value_bp else gettext("turun")

    @property
    def kind(self) -> str:
        """How it is drawn: only a rise is a good sign."""
        if self.after is None or self.after.value_bp is None or self.before.value_bp is None:
            return "quiet"
        return "ok" if self.after.value_bp > self.before.value_bp else "attention"


def effects_of(item: PlanItem, today: date) -> list[Effect]:
    """Each frozen reason of a part of a plan that came true, with the figure afterwards; none before. At most eight
    queries."""
    record = (
        TrainingRecord.objects.filter(employee=item.employee, course=item.course, ends_on__gte=item.proposed_on)
        .order_by("ends_on")
        .first()
    )
    reasons = thawed(item.need)
    ground = ground_on(item.employee.agency_id, today) if record and reasons else None
    if record is None or ground is None:
        return []
    return [Effect(each, _after(ground, item.employee_id, each.subject, record.ends_on)) for each in reasons]


def _after(ground: Ground, employee_id: int, subject: str, ends_on: date) -> Finding | None:
    if kind_of(subject) == ELEMENT:
        start, end = _window(ground, ends_on)
        title = gettext("%(first)s sampai %(last)s") % {
            "first": longdate(start),
            "last": longdate(end - timedelta(days=1)),
        }
        found = element_means(ground, [employee_id], {code_of(subject)}, start, end, title) if start < end else ()
        return next(iter(found), None)
    figure = findings_of(ground, [employee_id], [subject]).get(employee_id, {}).get(subject)
    return figure if figure and figure.since > ends_on else None


def _window(ground: Ground, ends_on: date) -> tuple[date, date]:
    """The days after a training in which its effect is looked for, the second one not included."""
    start = ends_on + timedelta(days=1)
    return start, min(ground.day + timedelta(days=1), start + LONGEST)


@dataclass(frozen=True)
class CourseEffect:
    """One figure that brought people to a course, before and after, of all of them together. `change` is missing while
    fewer than ten have both."""

    subject: str
    label: str
    change: Change | None

    @property
    def before(self) -> str:
        return shown_value(self.subject, self.change.before_bp) if self.change else ""

    @property
    def after(self) -> str:
        return shown_value(self.subject, self.change.after_bp) if self.change else ""

    @property
    def kind(self) -> str:
        """How it is drawn: a rise that chance alone would hardly bring is a good sign."""
        if self.change is None or not self.change.is_clear:
            return "quiet"
        return "ok" if self.change.change_bp > 0 else "attention"

    @property
    def word(self) -> str:
        if self.change is None:
            return gettext("belum dapat dinilai")
        if not self.change.is_clear:
            return gettext("belum jelas")
        return gettext("naik") if self.change.change_bp > 0 else gettext("turun")


Pair = tuple[date, int, int, int]
"""Of one person: the day the training ended, the person, the figure before and after."""


def course_effects(course: Course, today: date) -> list[CourseEffect]:
    """Each figure that was somebody's reason for the course, in order of their number. At most nine queries.

    People are counted in full tens, in the order in which they were trained: so two looks on different days never
    differ by few enough people to tell one of them.
    """
    items = list(PlanItem.objects.filter(course=course, state=PlanState.DONE).exclude(need={}).order_by("pk"))
    ground = ground_on(course.agency_id, today) if items else None
    if ground is None:
        return []
    ended = _ended(course, items)
    reasons = {
        (item.employee_id, each.subject): (each.value_bp, ended[item.pk])
        for item in items
        if item.pk in ended
        for each in thawed(item.need)
        if each.value_bp is not None
    }
    pairs: dict[str, list[Pair]] = defaultdict(list)
    after = _afterwards(ground, {key: day for key, (_, day) in reasons.items()})
    for (employee_id, subject), (value_bp, day) in reasons.items():
        pairs[subject]
        if (employee_id, subject) in after and value_bp is not None:
            pairs[subject].append((day, employee_id, value_bp, after[employee_id, subject]))
    told = [CourseEffect(each, subject_label(each, ground.policy), _change(pairs[each])) for each in pairs]
    return sorted(told, key=lambda each: (-(each.change.people if each.change else 0), each.label))


def _change(pairs: list[Pair]) -> Change | None:
    tens = sorted(pairs)[: len(pairs) // LEAST_PEOPLE * LEAST_PEOPLE]
    return change_of([(before, after) for _, _, before, after in tens])


def _ended(course: Course, items: Collection[PlanItem]) -> dict[int, date]:
    """When the training of each part of a plan ended. One query."""
    rows = TrainingRecord.objects.filter(course=course, employee__in={item.employee_id for item in items})
    days: dict[int, list[date]] = defaultdict(list)
    for employee_id, day in rows.order_by("ends_on").values_list("employee_id", "ends_on"):
        days[employee_id].append(day)
    first = {item.pk: next((day for day in days[item.employee_id] if day >= item.proposed_on), None) for item in items}
    return {pk: day for pk, day in first.items() if day}


def _afterwards(ground: Ground, ended: Mapping[tuple[int, str], date]) -> dict[tuple[int, str], int]:
    """The later figure of each person and subject, where there is one."""
    elements = {key: day for key, day in ended.items() if kind_of(key[1]) == ELEMENT}
    others = {key: day for key, day in ended.items() if key not in elements}
    found = _elements_after(ground, elements) if elements else {}
    if others:
        figures = findings_of(ground, {pk for pk, _ in others}, {subject for _, subject in others})
        for (employee_id, subject), day in others.items():
            figure = figures.get(employee_id, {}).get(subject)
            if figure and figure.value_bp is not None and figure.since > day:
                found[employee_id, subject] = figure.value_bp
    return found


def _elements_after(ground: Ground, ended: Mapping[tuple[int, str], date]) -> dict[tuple[int, str], int]:
    """What citizens answered about each person's cases in the person's own window. One query."""
    asked = [code for code in ELEMENTS if any(code_of(subject) == code for _, subject in ended)]
    answers = SurveyResponse.objects.filter(
        officer_id__in={pk for pk, _ in ended}, day__gt=min(ended.values()), day__lte=ground.day
    )
    days: dict[int, list[Any]] = defaultdict(list)
    for officer_id, day, *marks in answers.order_by().values_list("officer_id", "day", *asked):
        days[officer_id].append((day, marks))
    least, found = least_answers(ground.policy), {}
    for (employee_id, subject), day in ended.items():
        (start, end), place = _window(ground, day), asked.index(code_of(subject))
        marks = [given[place] for when, given in days[employee_id] if start <= when < end and given[place]]
        if marks and len(marks) >= least:
            whole = len(marks) * BEST_ANSWER
            found[employee_id, subject] = (2 * sum(marks) * 10_000 + whole) // (2 * whole)
    return found
