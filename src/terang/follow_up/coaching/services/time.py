"""What hours and days bring by themselves: who is told that a session is near, what is counted and destroyed."""

from datetime import date, timedelta

from django.db import transaction

from terang.audit.alone import alone
from terang.follow_up.coaching.models import GuidanceSession, GuidanceState, SessionState
from terang.follow_up.coaching.services.counselling import count_told, destroy_old
from terang.follow_up.coaching.services.recording import tell
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency

NEAR = timedelta(days=1)
"""So long before its day a session is told to both."""


def every_hour() -> int:
    """An hourly chore; gives how many governments were looked through. What goes wrong in one stops no other."""
    return sum(alone(_look_through, agency) or 0 for agency in Agency.objects.all())


def _look_through(agency: Agency) -> int:
    today = local_today(agency)
    for pk in _near(agency, today):
        alone(_remind, pk, today)
    alone(count_told, agency)
    alone(destroy_old, agency)
    return 1


def _near(agency: Agency, today: date) -> list[int]:
    rows = GuidanceSession.objects.filter(
        guidance__employee__agency=agency,
        guidance__state=GuidanceState.RUNNING,
        state=SessionState.AGREED,
        day__lte=today + NEAR,
        told_on=None,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _remind(pk: int, today: date) -> bool:
    """Tells both, once."""
    with transaction.atomic():
        rows = GuidanceSession.objects.select_for_update(of=("self",), skip_locked=True)
        row = rows.select_related("guidance__employee", "guidance__guide").filter(pk=pk, told_on=None).first()
        if row is None:
            return False
        row.told_on = today
        row.save(update_fields=["told_on"])
        for person in row.guidance.people:
            tell("session_near", row.guidance, None, person)
    return True
