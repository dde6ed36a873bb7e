"""What observation puts on the table of a performance dialogue: aims whose day has come, and practice to look at
again."""

from datetime import date, timedelta

from django.utils.translation import gettext

from terang.evidence.observation.models import Observation, ObservationState
from terang.web.numbers import longdate

MOST = 3
SINCE = timedelta(days=365)
"""How far back aims are looked at: a school year and a bit. Our choice."""


def points(employee_id: int, today: date) -> list[tuple[str, str]]:
    """Aims that are due and no second observation followed, the latest first; at most three. One query."""
    rows = Observation.objects.filter(
        employee_id=employee_id,
        state=ObservationState.FINISHED,
        aim_due_on__lte=today,
        aim_due_on__gt=today - SINCE,
        followed_by=None,
    ).order_by("-aim_due_on", "-id")
    words = gettext("Sasaran observasi, sampai %(day)s: %(text)s")
    return [
        (words % {"day": longdate(each.aim_due_on), "text": each.aim}, each.get_absolute_url()) for each in rows[:MOST]
    ]
