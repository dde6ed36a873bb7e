"""Follows the journal: days that turn out later to ask for nothing, and zones without signal that are decided later,
shorten the lag of entries sent across them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from terang.audit.models import JournalEntry
from terang.evidence.work.services import shorten_lags
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency, Outage

OUTAGES = ("organization.outage_recorded", "organization.outage_ended")
DAY_OFF = "organization.holiday_added"
ZONE = "organization.zone_added"
DERIVED = "attendance.days_derived"
"""Presence worked days of a person out again: they may be leave or rest now."""

Span = tuple[date, date]


def follow(entries: Iterable[JournalEntry]) -> None:
    """Looks at each government once for everybody a batch tells of; the same entries twice change nothing more."""
    people: dict[int, dict[int, Span]] = defaultdict(dict)
    for entry in entries:
        if entry.agency_id and entry.verb in (*OUTAGES, DAY_OFF, ZONE):
            _for_everybody(entry.agency_id, entry)
        elif entry.agency_id and entry.verb == DERIVED and entry.subject_employee_id and (told := _days(entry)):
            first, last = people[entry.agency_id].get(entry.subject_employee_id, told)
            people[entry.agency_id][entry.subject_employee_id] = min(first, told[0]), max(last, told[1])
    for agency in Agency.objects.filter(pk__in=people):
        spans = people[agency.pk]
        start, end = min(first for first, _last in spans.values()), max(last for _first, last in spans.values())
        shorten_lags(agency=agency, start=start, end=end, employee_ids=list(spans))


def _for_everybody(agency_id: int, entry: JournalEntry) -> None:
    agency = Agency.objects.get(pk=agency_id)
    span = _of_outage(agency, entry) if entry.verb in OUTAGES else _days(entry)
    if entry.verb == ZONE and (since := _days(entry, "valid_from")):
        span = since[0], local_today(agency) + timedelta(days=1)
    if span:
        shorten_lags(agency=agency, start=span[0], end=span[1])


def _days(entry: JournalEntry, name: str = "day") -> Span | None:
    """The days an entry names, the end exclusive."""
    told = entry.changes.get(name) or ()
    days = [datetime.fromisoformat(each).date() for each in ([told] if isinstance(told, str) else told) if each]
    return (min(days), max(days) + timedelta(days=1)) if days else None


def _of_outage(agency: Agency, entry: JournalEntry) -> Span | None:
    outage = Outage.objects.filter(pk=entry.object_id or 0, agency=agency).first()
    if outage is None:
        return None
    zone = ZoneInfo(agency.time_zone)
    last = outage.ended_at.astimezone(zone).date() if outage.ended_at else local_today(agency)
    return outage.started_at.astimezone(zone).date(), last + timedelta(days=1)
