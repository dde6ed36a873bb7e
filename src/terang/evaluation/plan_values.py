"""Indicators of a plan that are tied to a measure: the value from the evidence beside the agreed target, live.

A measure's value is in basis points of the whole; a target counts as such where its unit is per cent, otherwise both
are shown and no expectation is drawn.
"""

from collections import defaultdict
from dataclasses import dataclass

from terang.evaluation import wording
from terang.evaluation.models import ScoreComponent
from terang.planning.plans.models import Indicator, Plan
from terang.rules.catalogue import MEASURES

PER_CENT = {"%", "persen", "percent"}


@dataclass(frozen=True)
class LinkedValue:
    """An indicator with the values of its measure, oldest first; `component` is the newest, None before there is any.

    `history` holds (period, value in basis points or None). `target_bp` is None where the target is no percentage.
    """

    indicator: Indicator
    label: str
    component: ScoreComponent | None
    history: tuple[tuple[str, int | None], ...]
    target_bp: int | None

    @property
    def value_bp(self) -> int | None:
        return self.component.value_bp if self.component else None

    @property
    def reached(self) -> bool | None:
        """Whether the value stands at or above the target; None where either is missing."""
        if self.value_bp is None or self.target_bp is None:
            return None
        return self.value_bp >= self.target_bp

    @property
    def told(self) -> str:
        """Why there is no value; empty where there is one."""
        if self.component is None or self.value_bp is not None:
            return ""
        return wording.reason(self.component.reason)

    @property
    def values(self) -> list[int | None]:
        return [value for _, value in self.history]


def linked_values(plan: Plan) -> list[LinkedValue]:
    """The linked indicators of a plan with the values in the plan's time, newest computed last. Two queries."""
    linked = Indicator.objects.filter(result__plan=plan, retired_on=None).exclude(measure="").select_related("result")
    indicators = [each for each in linked.order_by("result__number", "id") if each.measure in MEASURES]
    found: dict[str, list[ScoreComponent]] = defaultdict(list)
    if indicators:
        for component in _components(plan, {each.measure for each in indicators}):
            found[component.measure].append(component)
    return [_linked(each, found[each.measure]) for each in indicators]


def _components(plan: Plan, measures: set[str]) -> list[ScoreComponent]:
    rows = ScoreComponent.objects.filter(
        score__employee_id=plan.employee_id,
        score__period__starts_on__lt=plan.period_end,
        score__period__ends_on__gt=plan.period_start,
        measure__in=measures,
    )
    return list(rows.select_related("score__period").order_by("score__period__starts_on", "pk"))


def _linked(indicator: Indicator, components: list[ScoreComponent]) -> LinkedValue:
    per_cent = indicator.unit_label.strip().lower() in PER_CENT
    return LinkedValue(
        indicator=indicator,
        label=wording.measure_label(indicator.measure),
        component=components[-1] if components else None,
        history=tuple((each.score.period.short_title, each.value_bp) for each in components),
        target_bp=indicator.target_milli // 10 if per_cent else None,
    )
