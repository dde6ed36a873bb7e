"""What the measured track says about the months: an aid for the end evaluation, no verdict."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from terang.evaluation.models import Score
from terang.follow_up.growth.models import ImprovementCase

MOST = 12


@dataclass(frozen=True)
class Point:
    """The total of one period in basis points; missing where there was no evidence. `url` opens it."""

    title: str
    total_bp: int | None
    url: str


def course_of(case: ImprovementCase) -> list[Point]:
    """The running scores from the period before the case was opened on, oldest first. One query."""
    until = Q(period__starts_on__lte=case.closed_on) if case.closed_on else Q()
    rows = Score.objects.filter(until, employee_id=case.employee_id, period__ends_on__gt=case.opened_on)
    found = rows.exclude(period__kind="year").select_related("period").order_by("period__starts_on")[:MOST]
    return [
        Point(
            each.period.short_title, each.total_bp, reverse("evaluation:score", args=[each.period_id, each.employee_id])
        )
        for each in found
    ]
