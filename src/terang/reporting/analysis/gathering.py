"""Stored scores as plain rows, one for each person and period: what is asked about, in a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from terang.evaluation.contributions import half_up
from terang.evaluation.models import Period, Score, ScoreComponent
from terang.follow_up.growth.models import CorrectiveAction
from terang.follow_up.training.models import TrainingRecord
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment, AssignmentKind
from terang.registry.people.selectors import assignments_below
from terang.registry.people.viewer import Viewer
from terang.reporting.analysis.access import WHOLE, paths_of
from terang.reporting.analysis.asked import ASPECT, FIELDS, MEASURE, Cohort
from terang.reporting.analysis.wording import THIN, UNUSED


class Row(NamedTuple):
    """One person in one period, in the unit of its last day. `value` is missing with a `reason`."""

    person: int
    period: int
    unit: int
    variant: str
    value: int | None
    reason: str


@dataclass(frozen=True)
class Stamp:
    """Where a period's figures come from: when the newest was computed, by which policies and rule sets."""

    period: int
    computed_at: datetime
    policies: tuple[int, ...]
    rulesets: tuple[str, ...]


def _asked(periods: Sequence[Period], unit: Unit, prefix: str = "") -> Q:
    within = {f"{prefix}period__in": [each.pk for each in periods], f"{prefix}unit__path__startswith": unit.path}
    return Q(**within)


def rows_of(subject: str, periods: Sequence[Period], unit: Unit) -> list[Row]:
    """Everybody with a score in these periods in this unit or below it. One query; two for an aspect or a measure."""
    field = FIELDS.get(subject, "total_bp")
    scores = Score.objects.filter(_asked(periods, unit))
    found = scores.order_by().values_list("employee_id", "period_id", "unit_id", "variant", field)
    if subject in FIELDS:
        return [
            Row(person, period, unit, variant, value, "" if value is not None else THIN)
            for person, period, unit, variant, value in found
        ]
    parts = _parts(subject, periods, unit)
    return [
        Row(person, period, unit, variant, *parts.get((person, period), (None, UNUSED)))
        for person, period, unit, variant, _value in found
    ]


def _parts(subject: str, periods: Sequence[Period], unit: Unit) -> dict[tuple[int, int], tuple[int | None, str]]:
    """The value of an aspect or a measure by person and period; why it is missing."""
    rows = ScoreComponent.objects.filter(_asked(periods, unit, "score__")).order_by()
    whose = ("score__employee_id", "score__period_id")
    if subject.startswith(MEASURE):
        rows = rows.filter(measure=subject.removeprefix(MEASURE))
        told = rows.values_list(*whose, "value_bp", "reason")
        return {
            (person, period): (value, "" if value is not None else reason) for person, period, value, reason in told
        }
    rows = rows.filter(aspect=subject.removeprefix(ASPECT))
    sums: dict[tuple[int, int], tuple[int, int]] = {}
    for person, period, score, weight in rows.values_list(*whose, "score_bp", "weight_bp"):
        weights, points = sums.get((person, period), (0, 0))
        more = (weight, weight * score) if score is not None else (0, 0)
        sums[person, period] = weights + more[0], points + more[1]
    return {key: (half_up(points, weights), "") if weights else (None, THIN) for key, (weights, points) in sums.items()}


def stamps_of(periods: Sequence[Period], unit: Unit) -> list[Stamp]:
    """One for each of the periods with a score, in their order. One query."""
    told = (
        Score.objects.filter(_asked(periods, unit))
        .order_by()
        .values("period_id", "policy_id", "ruleset")
        .annotate(last=Max("computed_at"), people=Count("pk"))
    )
    rows = list(told)
    found = []
    for period in periods:
        own = [row for row in rows if row["period_id"] == period.pk]
        if own:
            policies = tuple(sorted({row["policy_id"] for row in own}))
            rulesets = tuple(sorted({row["ruleset"] for row in own}))
            found.append(Stamp(period.pk, max(row["last"] for row in own), policies, rulesets))
    return found


def seen_by(viewer: Viewer) -> frozenset[int] | None:
    """Everybody whose scores the viewer may open today; None where that is everybody. One query, or none."""
    paths = paths_of(viewer)
    if WHOLE in paths:
        return None
    there = assignments_below(paths, viewer.today).values_list("employee_id", flat=True)
    return frozenset([viewer.employee.pk, *there])


def members_of(cohort: str, agency_id: int, starts_on: date, ends_on: date) -> frozenset[int]:
    """Who belongs to a cohort: to whom it happened from `starts_on` to before `ends_on`. One query."""
    return frozenset(_members(Cohort(cohort), agency_id, {"gte": starts_on, "lt": ends_on}))


def _members(cohort: Cohort, agency_id: int, span: dict[str, date]) -> Iterable[int]:
    def during(field: str) -> dict[str, date]:
        return {f"{field}__{end}": day for end, day in span.items()}

    own = {"employee__agency_id": agency_id}
    if cohort == Cohort.TRAINED:
        return TrainingRecord.objects.filter(**own, **during("ends_on")).values_list("employee_id", flat=True)
    if cohort == Cohort.HELPED:
        return CorrectiveAction.objects.filter(**own, **during("opened_on")).values_list("employee_id", flat=True)
    posts = Assignment.objects.filter(**own).order_by()
    if cohort == Cohort.NEW:
        begun = posts.values("employee_id").annotate(first=Min("starts_on")).filter(**during("first"))
        return begun.values_list("employee_id", flat=True)
    earlier = Assignment.objects.filter(employee=OuterRef("employee"), starts_on__lt=OuterRef("starts_on"))
    moved = posts.filter(Exists(earlier), kind=AssignmentKind.DEFINITIVE, **during("starts_on"))
    return moved.values_list("employee_id", flat=True)
