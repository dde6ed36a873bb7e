"""A request that was sent back and never completed ends by itself after the last day its applicant was told."""

from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from terang.evidence.citizens import tasks
from terang.evidence.citizens.models import RequestPause, RequestState
from terang.evidence.citizens.services.handling import locked, moved
from terang.evidence.citizens.services.telling import record_request
from terang.evidence.citizens.states import allows
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency

AT_ONCE = 200
"""Requests that lapse in one turn; the next hour goes on."""


def lapse_due() -> int:
    """Ends every request whose last day for what is missing has passed where its office is; returns how many. Twice is
    as good as once. One query finds those of a time zone; each ends in a transaction of its own."""
    lapsed = 0
    for zone in Agency.objects.order_by().values_list("time_zone", flat=True).distinct():
        today = timezone.now().astimezone(ZoneInfo(zone)).date()
        due = RequestPause.objects.filter(
            ended_at=None,
            until__lt=today,
            request__state=RequestState.RETURNED,
            request__service__unit__agency__time_zone=zone,
        ).order_by("until", "pk")
        for request_id in list(due.values_list("request_id", flat=True)[: AT_ONCE - lapsed]):
            lapsed += _lapse(request_id)
    return lapsed


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
