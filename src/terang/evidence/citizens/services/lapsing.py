"""A request that was sent back and never completed ends by itself after the last day its applicant was told, and is
reminded of shortly before."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from terang.audit.alone import alone
from terang.evidence.citizens import tasks
from terang.evidence.citizens.models import RequestPause, RequestState
from terang.evidence.citizens.services.handling import locked, moved
from terang.evidence.citizens.services.telling import record_request
from terang.evidence.citizens.states import allows
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency

AT_ONCE = 200
"""Requests that lapse, or letters that go out, in one turn; the next hour goes on."""
REMIND_DAYS = timedelta(days=3)
"""How long before the last day an applicant is reminded; no law says so, it is a courtesy of this software."""


def lapse_due() -> int:
    """Ends every request whose last day for what is missing has passed where its office is; returns how many. Twice is
    as good as once. One query finds those of a time zone; each ends in a transaction of its own, and one that
    fails keeps no other from ending."""
    lapsed = 0
    for zone, today in _todays():
        due = _waiting(zone).filter(until__lt=today).values_list("request_id", flat=True)
        lapsed += sum(bool(alone(_lapse, request_id)) for request_id in list(due[: AT_ONCE - lapsed]))
    return lapsed


def remind_due() -> int:
    """One letter to every applicant whose last day is near, where they gave an address; returns how many pauses were
    looked at. Twice is as good as once."""
    reminded = 0
    for zone, today in _todays():
        near = _waiting(zone).filter(reminded=False, until__range=(today, today + REMIND_DAYS))
        for pause in list(near.select_related("request")[: AT_ONCE - reminded]):
            alone(_remind, pause)
            reminded += 1
    return reminded


@transaction.atomic
def _remind(pause: RequestPause) -> None:
    if RequestPause.objects.filter(pk=pause.pk, ended_at=None, reminded=False).update(reminded=True):
        tasks.tell_applicant(pause.request, "reminded")


def _todays() -> list[tuple[str, date]]:
    """The time zones of the governments, each with its day. One query."""
    zones = Agency.objects.order_by().values_list("time_zone", flat=True).distinct()
    return [(zone, timezone.now().astimezone(ZoneInfo(zone)).date()) for zone in zones]


def _waiting(zone: str) -> QuerySet[RequestPause]:
    """What waits for applicants in a time zone, the nearest last day first."""
    rows = RequestPause.objects.filter(ended_at=None, request__state=RequestState.RETURNED)
    return rows.filter(request__service__unit__agency__time_zone=zone).order_by("until", "pk")


@transaction.atomic
def _lapse(request_id: int) -> bool:
    """Looks again under the lock: the applicant may have sent it in this very moment. It is neither a completion nor a
    failure of the officer, so it carries no time; what was asked for stays readable to the applicant until the data
    are forgotten."""
    request, now = locked(request_id), timezone.now()
    pause = request.pauses.filter(ended_at=None).first()
    if not allows("lapse", request) or pause is None or local_today(request.service.unit.agency) <= pause.until:
        return False
    pause.ended_at, pause.minutes = now, 0
    pause.save(update_fields=["ended_at", "minutes"])
    request.lapsed, request.ended_at = True, now
    moved(request, "lapse")
    record_request("citizens.request_lapsed", request, None)
    tasks.tell_applicant(request, "lapsed")
    return True
