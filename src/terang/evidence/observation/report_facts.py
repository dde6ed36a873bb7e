"""What the observation room tells a performance report: points of observations that count, and what was practised."""

from datetime import date

from django.db.models import Count, Q, Sum

from terang.evidence.figures import OVERSIGHT, Figure
from terang.evidence.observation.models import Observation, ObservationState
from terang.web.numbers import grouped, quantity


def figures(employee_id: int, start: date, end: date, as_of: date) -> list[Figure]:
    """The figures of one person from `start` to before `end`, in Indonesian. One query."""
    counts = Q(instrument__formative=False)
    told = Observation.objects.filter(
        employee_id=employee_id, day__gte=start, day__lt=end, state=ObservationState.FINISHED
    ).aggregate(
        n=Count("pk", filter=counts),
        points=Sum("points_milli", filter=counts),
        most=Sum("max_milli", filter=counts),
        formative=Count("pk", filter=Q(instrument__formative=True)),
    )
    found = []
    if told["n"]:
        value = f"{quantity(told['points'])} dari {quantity(told['most'])} poin dalam {grouped(told['n'])} observasi"
        found.append(Figure(OVERSIGHT, "Observasi praktik kerja", value, measures=("observation_score",)))
    if told["formative"]:
        value = f"{grouped(told['formative'])} observasi"
        found.append(Figure(OVERSIGHT, "Observasi untuk belajar, tidak dinilai", value))
    return found
