"""What review by colleagues tells a person's timeline: that a round was released. Never a ballot, a rater or a figure:
figures are read where the policy's least number guards them."""

from datetime import date

from django.utils.translation import gettext

from terang.evidence.colleagues.models import ReviewRound
from terang.evidence.moments import REVIEW, Moment


def moments(employee_id: int, start: date, end: date, today: date) -> list[Moment]:
    """One line for each released round in which the person was asked about. One query."""
    rows = ReviewRound.objects.filter(groups__subject_id=employee_id, released_on__gte=start, released_on__lt=end)
    return [
        Moment(REVIEW, row.released_on, gettext("Hasil %(name)s dibuka") % {"name": row.name})
        for row in rows.distinct()
        if row.released_on
    ]
