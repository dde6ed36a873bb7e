"""A result that turns out wrong goes back to work: said by the applicant with their key, or by an officer of the unit
for somebody at the counter.

How it counts: the completion that proved wrong counts no more, and the next one counts once, in its own month, marked
as reopened (guard `reopened_cases`). Its time is all working minutes of the office together, before and after, against
the one standard that was promised at first; the minutes in which the applicant held the wrong result are nobody's. The
promised date moves by just these minutes: who used up the time with the wrong result is late at once, and the page says
so. What ends otherwise after a reopening (refused, cancelled, lapsed) counts as no completion.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.citizens import tasks
from terang.evidence.citizens.models import (
    Kiosk,
    RequestFile,
    RequestReopening,
    ServiceRequest,
    SurveyInvitation,
)
from terang.evidence.citizens.services import clock
from terang.evidence.citizens.services.handling import begin, locked, moved, require_version
from terang.evidence.citizens.services.telling import record_request
from terang.evidence.citizens.states import require_move
from terang.evidence.citizens.terms import in_reopening_term
from terang.evidence.citizens.working_time import office_time
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow

REASON_LENGTH = 500


@transaction.atomic
def reopen_request(*, request: ServiceRequest, reason: str, version: int | None = None) -> ServiceRequest:
    """The applicant, whose key the caller has checked, says what is wrong with the result. Raises NotNow where there
    is no result or its term is over, Stale for a page from before, ValidationError without a reason."""
    found = locked(request.pk)
    require_version(found, version)
    require_move("reopen", found)
    _reopen(found, None, reason)
    record_request("citizens.request_reopened", found, None, day=_days(found))
    return found


@transaction.atomic
def reopen_at_counter(
    *, actor: Viewer, request: ServiceRequest, reason: str, version: int | None = None
) -> ServiceRequest:
    """An officer or manager of the unit does it for somebody at the counter. The officer who had it has it again."""
    found, viewer = begin(actor, "reopen", request, version)
    _reopen(found, viewer.employee, reason)
    record_request("citizens.request_reopened", found, viewer, day=_days(found))
    tasks.tell_applicant(found, "reopened")
    return found


def _reopen(request: ServiceRequest, actor: Employee | None, reason: str) -> None:
    text = reason.strip()[:REASON_LENGTH]
    if not text:
        raise ValidationError({"reason": gettext("Tulis apa yang keliru pada hasilnya.")})
    if not in_reopening_term(request):
        raise NotNow(gettext("Waktu untuk membuka kembali permohonan ini sudah lewat. Ajukan permohonan baru."))
    assert request.completed_at is not None
    assert request.officer is not None
    now, completed = timezone.now(), request.completed_at
    held = clock.go_on(request, office_time(request.service.unit), now)
    RequestReopening.objects.create(
        request=request,
        officer=request.officer,
        actor=actor,
        reason=text,
        completed_at=completed,
        reopened_at=now,
        minutes=held,
    )
    _withdraw(request, now)
    moved(request, "reopen")
    clock.begin_step(request, request.officer, now)


def _withdraw(request: ServiceRequest, now: datetime) -> None:
    """The result of before is marked, and nobody is asked for an opinion of it any more; an answer already given stays
    the one answer of this request."""
    RequestFile.objects.filter(request=request, is_result=True).update(replaced=True)
    SurveyInvitation.objects.filter(request=request, used_at=None, expires_at__gt=now).update(expires_at=now)
    Kiosk.objects.filter(request=request).update(request=None, alive_at=None)


def _days(request: ServiceRequest) -> list[str]:
    """The day whose completion was undone, and today: both months are reckoned again."""
    zone = ZoneInfo(request.service.unit.agency.time_zone)
    last = request.reopenings.latest("reopened_at")
    return [moment.astimezone(zone).date().isoformat() for moment in (last.completed_at, last.reopened_at)]
