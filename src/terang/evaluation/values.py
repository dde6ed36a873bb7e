"""The value of a measure in a unit: what indicators of goals read live (`TERANG_INDICATOR_VALUES`)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Sum

from terang.evaluation.contributions import half_up
from terang.evaluation.models import ScoreComponent
from terang.evaluation.selectors import current_period
from terang.planning.goals.models import KeyIndicator
from terang.planning.goals.standing import LiveValue

LEAST_PEOPLE = 5
"""A mean of fewer people would tell about one of them; it is missing."""

MILLI_PER_BP = 10
"""87.5 % is 8,750 basis points and 87,500 milli-units."""


def unit_values(agency_id: int, indicators: Sequence[KeyIndicator], day: date) -> Mapping[int, LiveValue]:
    """The mean of each indicator's measure over the people of the goal's unit and the units below it who have a value
    in the period of the day, each counting the same; by indicator id. `indicators` come with their goal's unit. An
    indicator without anybody is left out. Three queries."""
    period = current_period(agency_id, day)
    if period is None:
        return {}
    measures = {indicator.measure for indicator in indicators}
    rows = ScoreComponent.objects.filter(score__period=period, measure__in=measures, value_bp__isnull=False).order_by()
    sums = rows.values_list("measure", "score__unit__path").annotate(
        total=Sum("value_bp"), values=Count("pk"), people=Count("score_id", distinct=True)
    )
    by_measure: dict[str, list[Row]] = {}
    for measure, path, total, values, people in sums:
        by_measure.setdefault(measure, []).append(Row(path, total, values, people))
    found = {each.pk: _mean(each.goal.unit.path, by_measure.get(each.measure, ())) for each in indicators}
    return {pk: value for pk, value in found.items() if value.people}


class Row(NamedTuple):
    """What the people of one unit bring to a measure: the sum of their values in basis points, and how many."""

    path: str
    total_bp: int
    values: int
    people: int


def _mean(path: str, rows: Iterable[Row]) -> LiveValue:
    """Rounded half-up to a basis point."""
    below = [row for row in rows if row.path.startswith(path)]
    people = sum(row.people for row in below)
    if people < LEAST_PEOPLE:
        return LiveValue(None, people)
    mean_bp = half_up(sum(row.total_bp for row in below), sum(row.values for row in below))
    return LiveValue(mean_bp * MILLI_PER_BP, people)
