"""Follows the journal: where an outage or a day off changed, the days it touches are derived again."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from terang.audit.models import JournalEntry
from terang.evidence.attendance.services.rederiving import ask_to_derive
from terang.registry.organization.models import Agency, Outage

OUTAGES = ("organization.outage_recorded", "organization.outage_ended")
DAYS_OFF = ("organization.holiday_added", "organization.holiday_removed")


def follow(entries: Iterable[JournalEntry]) -> None:
    """Asks for each change once; the same entries twice derive the same days again."""
    for entry in entries:
        if entry.agency_id and entry.verb in {*OUTAGES, *DAYS_OFF}:
            agency = Agency.objects.filter(pk=entry.agency_id).first()
            span = agency and (_of_outage(agency, entry) if entry.verb in OUTAGES else _of_day_off(entry))
            if agency and span:
                ask_to_derive(agency, *span)


def _of_outage(agency: Agency, entry: JournalEntry) -> tuple[date, date] | None:
    outage = Outage.objects.filter(pk=entry.object_id or 0, agency=agency).first()
    if outage is None:
        return None
    zone = ZoneInfo(agency.time_zone)
    last = outage.ended_at.astimezone(zone).date() if outage.ended_at else date.max - timedelta(days=1)
    return outage.started_at.astimezone(zone).date() - timedelta(days=1), last + timedelta(days=1)


def _of_day_off(entry: JournalEntry) -> tuple[date, date] | None:
    told = next((each for each in entry.changes.get("day", ()) if each), None)
    day = datetime.fromisoformat(told).date() if told else None
    return (day, day + timedelta(days=1)) if day else None
