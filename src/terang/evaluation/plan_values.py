"""Indicators of a plan that are tied to a measure: the value from the evidence beside the agreed target, live.

A measure's value is in basis points of the whole; a target counts as such where its unit is per cent, otherwise both
are shown and no expectation is drawn.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from terang.evaluation import wording
from terang.evaluation.models import ScoreComponent
from terang.evidence.months import months_between, prorated
from terang.planning.goals.models import YearTarget
from terang.planning.goals.standing import due_on, meets
from terang.planning.measuring import Direction, Gathering
from terang.planning.plans.models import Indicator, Plan
from terang.rules.catalogue import MEASURES
from terang.web.charts import Line, Series, Target
from terang.web.numbers import percent

PER_CENT = {"%", "persen", "percent"}
MILLI_PER_BP = 10
"""87.5 % is 8,750 basis points and 87,500 milli-units."""


@dataclass(frozen=True)
class Course:
    """What an indicator is expected to be, day by day: the quarters of the goal it serves where they are agreed, else a
    share of the target by the months passed for what adds up, else the target itself. `quarters` by year."""

    indicator: Indicator
    plan: Plan
    quarters: dict[int, YearTarget]

    def milli_on(self, day: date) -> int:
        """The expectation in milli-units of the indicator's unit at the end of a day."""
        goal, own = self.indicator.result.goal_indicator, self.indicator
        same = goal is not None and goal.unit_label == own.unit_label and goal.direction == own.direction
        due = due_on(goal, self.quarters, day) if same and goal else None
        if due and due.day >= self.plan.period_start:
            return due.milli
        if own.gathering == Gathering.LATEST or own.direction in (Direction.RANGE, Direction.YES_NO):
            return own.target_milli
        start, end = self.plan.period_start, self.plan.planned_end or self.plan.period_end
        till = min(max(day + timedelta(days=1), start), end)
        return prorated(own.target_milli, months_between(start, till) / months_between(start, end))


@dataclass(frozen=True)
class LinkedValue:
    """An indicator with the values of its measure, oldest first; `component` is the newest, None before there is any.

    `history` holds (period, value in basis points or None), `path` what was expected at the end of each. `target_bp`,
    `expected_bp` (today) and `path` are missing where the target is no percentage.
    """

    indicator: Indicator
    label: str
    component: ScoreComponent | None
    history: tuple[tuple[str, int | None], ...]
    target_bp: int | None
    expected_bp: int | None = None
    path: tuple[int, ...] = ()

    @property
    def value_bp(self) -> int | None:
        return self.component.value_bp if self.component else None

    @property
    def reached(self) -> bool | None:
        """Whether the value is as good as the target, by the indicator's direction; None where either is missing."""
        return self._as_good_as(self.target_bp, self.indicator.target_max_milli)

    @property
    def on_course(self) -> bool | None:
        """Whether the value is as good as what is expected by today; None where either is missing."""
        return self._as_good_as(self.expected_bp, self.indicator.target_max_milli)

    def _as_good_as(self, goal_bp: int | None, most_milli: int | None) -> bool | None:
        if self.value_bp is None or goal_bp is None:
            return None
        row: Any = self.indicator  # has direction and baseline as an indicator of a goal has
        return meets(row, self.value_bp * MILLI_PER_BP, goal_bp * MILLI_PER_BP, most_milli)

    @property
    def told(self) -> str:
        """Why there is no value; empty where there is one. What the entries reached is told by the plan, below."""
        if self.component is None:
            return _("Tidak ikut dalam nilai. Capaian dari kegiatan yang diterima ada di bawah.")
        return "" if self.value_bp is not None else wording.reason(self.component.reason)

    @property
    def values(self) -> list[int | None]:
        return [value for _period, value in self.history]

    @property
    def chart(self) -> Line | None:
        """The course of the value beside the expected one and the target; None with fewer than two periods."""
        if len(self.history) < 2:
            return None
        series = [Series(_("Nilai"), self.values)]
        if self.path and set(self.path) != {self.target_bp}:
            series.append(Series(_("Lintasan"), self.path))
        return Line(
            self.indicator.text,
            labels=[period for period, _value in self.history],
            series=series,
            form=percent,
            target=None if self.target_bp is None else Target(self.target_bp, _("Target")),
            label_head=_("Periode"),
        )


def linked_values(plan: Plan, today: date | None = None) -> list[LinkedValue]:
    """The linked indicators of a plan with the values in the plan's time, newest computed last. Two queries, a third
    where one serves an indicator of a goal."""
    linked = Indicator.objects.filter(result__plan=plan, retired_on=None, result__retired_on=None).exclude(measure="")
    rows = linked.select_related("result__goal_indicator").order_by("result__number", "id")
    indicators = [each for each in rows if each.measure in MEASURES]
    found: dict[str, list[ScoreComponent]] = defaultdict(list)
    if indicators:
        for component in _components(plan, {each.measure for each in indicators}):
            found[component.measure].append(component)
    quarters = _quarters(plan, indicators)
    day = today or timezone.localdate()
    return [
        _linked(Course(each, plan, quarters.get(each.result.goal_indicator_id or 0, {})), found[each.measure], day)
        for each in indicators
    ]


def _quarters(plan: Plan, indicators: list[Indicator]) -> dict[int, dict[int, YearTarget]]:
    """The targets of the goals' indicators in the plan's years, by indicator and year."""
    found: dict[int, dict[int, YearTarget]] = defaultdict(dict)
    wanted = {each.result.goal_indicator_id for each in indicators} - {None}
    if wanted:
        years = range(plan.period_start.year, plan.period_end.year + 1)
        for row in YearTarget.objects.filter(indicator__in=wanted, year__in=years):
            found[row.indicator_id][row.year] = row
    return found


def _components(plan: Plan, measures: set[str]) -> list[ScoreComponent]:
    rows = ScoreComponent.objects.filter(
        score__employee_id=plan.employee_id,
        score__period__starts_on__lt=plan.period_end,
        score__period__ends_on__gt=plan.period_start,
        measure__in=measures,
    )
    return list(rows.select_related("score__period").order_by("score__period__starts_on", "pk"))


def _linked(course: Course, components: list[ScoreComponent], today: date) -> LinkedValue:
    indicator = course.indicator
    per_cent = indicator.unit_label.strip().lower() in PER_CENT
    ends = [min(each.score.period.ends_on - timedelta(days=1), today) for each in components]
    return LinkedValue(
        indicator=indicator,
        label=wording.measure_label(indicator.measure),
        component=components[-1] if components else None,
        history=tuple((each.score.period.short_title, each.value_bp) for each in components),
        target_bp=indicator.target_milli // MILLI_PER_BP if per_cent else None,
        expected_bp=course.milli_on(today) // MILLI_PER_BP if per_cent else None,
        path=tuple(course.milli_on(day) // MILLI_PER_BP for day in ends) if per_cent else (),
    )
