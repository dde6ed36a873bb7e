"""What a government gives its applicants, in calendar days: for how long data are kept, until when what is missing can
be sent, and until when a result can be said to be wrong."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from terang.evidence.citizens.models import ApplicantTerms, RequestState, ServiceRequest
from terang.registry.organization.calendars import local_today


@dataclass(frozen=True)
class Terms:
    """The usual ones stand where a government has set nothing.

    No regulation fixes them: UU 27/2022 asks for no longer than the purpose, and UU 25/2009 leaves the times of a
    service to its standard.
    """

    keep_days: int = 365
    supply_days: int = 30
    reopen_days: int = 14


def terms_on(agency_id: int, day: date) -> Terms:
    """The terms in force on a day. One query."""
    row = ApplicantTerms.objects.filter(agency_id=agency_id, valid_from__lte=day).order_by("-valid_from").first()
    return Terms(row.keep_days, row.supply_days, row.reopen_days) if row else Terms()


def supply_until(request: ServiceRequest, at: datetime) -> date:
    """The last day for what is missing, of a request sent back at a moment. One query."""
    day = _day(request, at)
    return day + timedelta(days=terms_on(request.service.unit.agency_id, day).supply_days)


def reopen_until(request: ServiceRequest) -> date | None:
    """The last day on which the result can be said to be wrong: counted from the day it was handed over, or became
    ready where nobody has collected it yet, by the terms of that day. Missing where there is no result. At most one
    query."""
    since = request.ended_at or request.completed_at
    if request.state not in (RequestState.READY, RequestState.DELIVERED) or since is None:
        return None
    day = _day(request, since)
    return day + timedelta(days=terms_on(request.service.unit.agency_id, day).reopen_days)


def in_reopening_term(request: ServiceRequest) -> bool:
    """Whether the result can still be said to be wrong today. At most one query."""
    until = reopen_until(request)
    return until is not None and local_today(request.service.unit.agency) <= until


def _day(request: ServiceRequest, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(request.service.unit.agency.time_zone)).date()
