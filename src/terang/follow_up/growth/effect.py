"""Whether it helped: the same indicator before and after, period by period, each number with the way to its records."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.evaluation.models import Score, ScoreComponent
from terang.evaluation.wording import measure_label
from terang.follow_up.growth.models import CorrectiveAction, Measurement
from terang.rules.policies.model import FULL_BP
from terang.web.charts import Line, Mark, Series, Target
from terang.web.numbers import score

BEFORE = 5
"""Periods before the one it was opened in that are shown."""
MOST = 12


@dataclass(frozen=True)
class Row:
    """One period: total and indicator in basis points (missing: no evidence), and where each opens."""

    title: str
    total_bp: int | None
    value_bp: int | None
    total_url: str
    value_url: str
    opened: bool


@dataclass(frozen=True)
class Effect:
    """`before` and `after` are measurements on their days; `after` is missing until it was measured again. `gain_bp` is
    missing where either has no value."""

    label: str
    rows: tuple[Row, ...]
    chart: Line | None
    before: Measurement | None
    after: Measurement | None

    @property
    def gain_bp(self) -> int | None:
        return _gain(self.before.value_bp, self.after.value_bp) if self.before and self.after else None

    @property
    def total_gain_bp(self) -> int | None:
        return _gain(self.before.total_bp, self.after.total_bp) if self.before and self.after else None

    @property
    def sentence(self) -> str:
        """What came of it, in one sentence."""
        if self.after is None:
            return _("Belum diukur ulang.")
        if self.gain_bp is None:
            return _("Saat diukur ulang belum ada bukti untuk indikator ini; itu bukan nol.")
        told = {"label": self.label, "points": score(abs(self.gain_bp))}
        if self.gain_bp > 0:
            return _("%(label)s naik %(points)s poin.") % told
        if self.gain_bp < 0:
            return _("%(label)s turun %(points)s poin.") % told
        return _("%(label)s tetap.") % told


def _gain(before: int | None, after: int | None) -> int | None:
    return None if before is None or after is None else after - before


def effect_of(action: CorrectiveAction) -> Effect:
    """Four queries."""
    measured = list(action.measurements.select_related("period").order_by("round"))
    rows = _rows(action)
    label = measure_label(action.measure)
    before = measured[0] if measured else None
    after = measured[-1] if len(measured) > 1 else None
    return Effect(label, rows, _chart(action, label, rows), before, after)


def _rows(action: CorrectiveAction) -> tuple[Row, ...]:
    opened = action.due.period
    if opened is None:
        return ()
    found = Score.objects.filter(employee_id=action.employee_id, period__kind=opened.kind).select_related("period")
    newest = list(found.order_by("-period__starts_on")[: 4 * MOST])
    earlier = [each for each in newest if each.period.starts_on < opened.starts_on][:BEFORE]
    later = [each for each in reversed(newest) if each.period.starts_on >= opened.starts_on]
    shown = [*reversed(earlier), *later][:MOST]
    parts = ScoreComponent.objects.filter(score__in=shown, aspect=action.aspect, measure=action.measure)
    values = dict(parts.values_list("score_id", "score_bp"))
    return tuple(_row(action, each, values.get(each.pk), each.period_id == opened.pk) for each in shown)


def _row(action: CorrectiveAction, found: Score, value_bp: int | None, opened: bool) -> Row:
    place = [found.period_id, found.employee_id]
    return Row(
        found.period.short_title,
        found.total_bp,
        value_bp,
        reverse("evaluation:score", args=place),
        reverse("evaluation:measure", args=[*place, action.aspect, action.measure]) if action.measure else "",
        opened,
    )


def _chart(action: CorrectiveAction, label: str, rows: tuple[Row, ...]) -> Line | None:
    if len(rows) < 2:
        return None
    index = next((number for number, row in enumerate(rows) if row.opened), None)
    return Line(
        _("Sebelum dan sesudah"),
        labels=[row.title for row in rows],
        series=[
            Series(_("Nilai"), [row.total_bp for row in rows]),
            Series(label, [row.value_bp for row in rows]),
        ],
        form=score,
        target=Target(action.standard_bp, _("Standar")),
        mark=Mark(index, _("Tindakan dibuka")) if index is not None else None,
        highest=FULL_BP,
        label_head=_("Periode"),
    )
