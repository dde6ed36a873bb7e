"""What observation puts on the table of a performance dialogue: aims whose day has come, and practice to look at
again."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext

from terang.evidence.observation.models import Observation, ObservationState
from terang.evidence.observation.models.observations import OVER
from terang.web.numbers import longdate

MOST = 3
SINCE = timedelta(days=365)
"""How far back aims are looked at: a school year and a bit. Our choice."""


def points(employee_id: int, today: date) -> list[tuple[str, str]]:
    """Aims that are due and no second observation followed that stands, the latest first; at most three. One query."""
    second = Observation.objects.filter(previous=OuterRef("pk")).exclude(state__in=OVER)
    rows = Observation.objects.filter(
        ~Exists(second),
        employee_id=employee_id,
        state=ObservationState.FINISHED,
        aim_due_on__lte=today,
        aim_due_on__gt=today - SINCE,
    ).order_by("-aim_due_on", "-id")
    words = gettext("Sasaran observasi, sampai %(day)s: %(text)s")
    return [
        (words % {"day": longdate(each.aim_due_on), "text": each.aim}, each.get_absolute_url()) for each in rows[:MOST]
    ]
