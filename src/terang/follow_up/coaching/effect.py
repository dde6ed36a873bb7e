"""The same indicator before and after a guidance, opened from the record that caused it. It claims no cause."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.evaluation.explanation import explain
from terang.evaluation.models import Period, Score
from terang.evaluation.wording import measure_label
from terang.follow_up.coaching.models import Guidance, SessionState
from terang.rules.catalogue import MEASURES
from terang.web.numbers import score


@dataclass(frozen=True)
class Reading:
    """The indicator in one period, in basis points; missing where there was no evidence. `url` opens the numbers."""

    title: str
    value_bp: int | None
    url: str


@dataclass(frozen=True)
class Effect:
    """`before` is the period of the record, `after` the newest one that began after the first session; missing while
    there is none."""

    label: str
    before: Reading
    after: Reading | None

    @property
    def gain_bp(self) -> int | None:
        if self.after is None or self.after.value_bp is None or self.before.value_bp is None:
            return None
        return self.after.value_bp - self.before.value_bp

    @property
    def sentence(self) -> str:
        """What the two numbers say, and no more."""
        if self.after is None:
            return _("Belum ada periode yang mulai sesudah sesi pertama.")
        if self.gain_bp is None:
            return _("Salah satunya belum ada buktinya; itu bukan nol.")
        told = {"label": self.label, "points": score(abs(self.gain_bp))}
        if self.gain_bp == 0:
            return _("%(label)s tetap.") % told
        words = _("%(label)s naik %(points)s poin.") if self.gain_bp > 0 else _("%(label)s turun %(points)s poin.")
        return words % told


def effect_of(guidance: Guidance) -> Effect | None:
    """None where nothing caused it, where its record is about no indicator, or before the record had a score. At most
    six queries; `due`, its period and its corrective action are read."""
    due = guidance.due
    if due is None or due.period is None:
        return None
    action = getattr(due, "corrective", None)
    subject = action.measure if action else due.subject
    before = _reading(guidance.employee_id, due.period, subject)
    if before is None:
        return None
    return Effect(_label(subject), before, _after(guidance, due.period, subject))


def _after(guidance: Guidance, opened: Period, subject: str) -> Reading | None:
    first = guidance.sessions.filter(state=SessionState.DONE).values_list("day", flat=True).first()
    if first is None:
        return None
    later = Score.objects.filter(
        employee_id=guidance.employee_id, period__kind=opened.kind, period__starts_on__gt=_not_before(first, opened)
    )
    newest = later.select_related("period").order_by("-period__starts_on").first()
    return _reading(guidance.employee_id, newest.period, subject) if newest else None


def _not_before(first: date, opened: Period) -> date:
    return max(first, opened.starts_on)


def _reading(employee_id: int, period: Period, subject: str) -> Reading | None:
    rows = Score.objects.filter(employee_id=employee_id, period=period).select_related("policy", "period")
    found = rows.prefetch_related("components").first()
    if found is None:
        return None
    url = reverse("evaluation:score", args=[period.pk, employee_id])
    return Reading(period.short_title, _value(found, subject), url)


def _value(found: Score, subject: str) -> int | None:
    """The total where the record is about no part of it."""
    if not subject:
        return found.total_bp
    told = explain(found)
    values = {each.code: each.score_bp for each in told.aspects}
    values |= {each.code: each.stored.score_bp for each in told.measures}
    return values.get(subject)


def _label(subject: str) -> str:
    if not subject:
        return _("Nilai")
    return measure_label(subject) if subject in MEASURES else subject.replace("_", " ").capitalize()
