"""What became of the figure that was the reason for a training: the same figure of a time that began after it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from terang.follow_up.training.findings import Finding, Ground, element_means, findings_of, ground_on
from terang.follow_up.training.models import PlanItem, TrainingRecord
from terang.follow_up.training.needs import Reason, thawed
from terang.rules.training import ELEMENT, code_of, kind_of
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
        start = ends_on + timedelta(days=1)
        end = min(ground.day + timedelta(days=1), start + LONGEST)
        title = gettext("%(first)s sampai %(last)s") % {
            "first": longdate(start),
            "last": longdate(end - timedelta(days=1)),
        }
        found = element_means(ground, [employee_id], {code_of(subject)}, start, end, title) if start < end else ()
        return next(iter(found), None)
    figure = findings_of(ground, [employee_id], [subject]).get(employee_id, {}).get(subject)
    return figure if figure and figure.since > ends_on else None
