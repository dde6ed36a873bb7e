"""The course of a person's totals over the periods, as a chart with its table."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from terang.evaluation.models import Score
from terang.rules.policies.model import FULL_BP
from terang.web.charts import Line, Series, Target
from terang.web.numbers import score


def trend_chart(history: Sequence[Score], standard_bp: int) -> Line | None:
    """`history` newest first, as `selectors.scores_of` gives it. None with fewer than two periods: no line to draw.

    Only periods of the newest one's kind: a month and a year are not neighbours on one line. Missing totals are gaps.
    """
    kind = history[0].period.kind if history else ""
    shown = [each for each in reversed(history) if each.period.kind == kind]
    if len(shown) < 2:
        return None
    return Line(
        _("Perjalanan nilai"),
        labels=[each.period.short_title for each in shown],
        series=[Series(_("Nilai"), [each.total_bp for each in shown])],
        form=score,
        target=Target(standard_bp, _("Standar")),
        highest=FULL_BP,
        label_head=_("Periode"),
    )
