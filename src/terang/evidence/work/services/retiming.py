"""What was counted when an entry was sent is counted again where days turn out later to ask for nothing: an outage, a
day off, leave. Always for the good of who is counted: a lag shrinks, a last day moves on, never the other way."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max

from terang.audit.models import JournalEntry
from terang.audit.services import record_many
from terang.evidence.work.days import AHEAD_DAYS
from terang.evidence.work.hooks import day_notes, reporting_rules
from terang.evidence.work.models import Entry
from terang.evidence.work.services.moving import events
from terang.registry.organization.calendars import calendars_of, local_today, outages_in
from terang.registry.organization.models import Agency, Unit
from terang.registry.organization.zones import zones_of
from terang.registry.people.selectors import main_posts
from terang.rules.work.cadence import counted_moment, working_day_after

RETIMED = "work.entry_retimed"
RESENT = "work.entry_resubmitted"


def shorten_lags(*, agency: Agency, start: date, end: date, employee_ids: Collection[int] | None = None) -> int:
    """Counts the lags of entries anew that lie across days from `start` to before `end`, of these people or of all.
    Returns how many became shorter; one journal entry each, so that the person is computed anew. Constant queries."""
    zone = ZoneInfo(agency.time_zone)
    late = Entry.objects.filter(
        employee__agency=agency, lag_days__gt=0, day__lt=end, submitted_at__gte=datetime.combine(start, time.min, zone)
    )
    if employee_ids is not None:
        late = late.filter(employee_id__in=employee_ids)
    with transaction.atomic():
        entries = list(late.select_for_update(of=("self",)).select_related("employee").order_by("pk"))
        lags = _lags(agency, entries, zone) if entries else {}
        shorter = [entry for entry in entries if lags[entry.pk] < entry.lag_days]
        for entry in shorter:
            entry.lag_days = lags[entry.pk]
        Entry.objects.bulk_update(shorter, ["lag_days"])
        record_many(events(RETIMED, shorter, local_today(agency)), actor=None, agency_id=agency.pk)
    return len(shorter)


def extend_answers(agency: Agency, entries: Sequence[Entry]) -> list[Entry]:
    """Moves the last day of an answer on where the days since an entry was sent brought an outage or a day off; returns
    those moved, written and journaled. The rows must be held. Constant queries, and one for each day of sending."""
    due = _due_days(agency, entries) if entries else {}
    moved = [entry for entry in entries if entry.answer_due_on and due[entry.pk] > entry.answer_due_on]
    for entry in moved:
        entry.answer_due_on = due[entry.pk]
    Entry.objects.bulk_update(moved, ["answer_due_on"])
    record_many(events(RETIMED, moved, local_today(agency)), actor=None, agency_id=agency.pk)
    return moved


class _Asked:
    """The days that ask for something, by person: the unit's working days without outages. Four queries."""

    def __init__(self, agency: Agency, people: Iterable[int], start: date, end: date, on: date) -> None:
        posts = main_posts(set(people), on)
        self.units: dict[int, Unit] = {pk: held.post.unit for pk, held in posts.items()}
        units: dict[int | None, Unit | None] = {None: None, **{unit.pk: unit for unit in self.units.values()}}
        broken = outages_in(agency, start, end)
        self._days = {
            pk: [day for day in calendar.working_days(start, end) if day not in broken.days(units[pk])]
            for pk, calendar in calendars_of(agency, units.values()).items()
        }

    def of(self, employee_id: int) -> list[date]:
        unit = self.units.get(employee_id)
        return self._days[unit.pk if unit else None]


def _lags(agency: Agency, entries: Sequence[Entry], zone: ZoneInfo) -> dict[int, int]:
    first = min(entry.day for entry in entries)
    until = max(entry.submitted_at.astimezone(zone).date() for entry in entries) + timedelta(days=1)
    people = {entry.employee_id for entry in entries}
    asked, zones, notes = _Asked(agency, people, first, until, first), zones_of(agency), day_notes(people, first, until)
    away = {pk: {day for day, note in found.items() if note.excuses} for pk, found in notes.items()}
    found: dict[int, int] = {}
    for entry in entries:
        written = entry.written_at if not entry.clock_is_doubtful else None
        local = written.astimezone(zone) if written else None
        remote = zones.hold(asked.units.get(entry.employee_id), entry.day)
        counted = counted_moment(entry.day, local, entry.submitted_at.astimezone(zone), remote=remote).date()
        days = (day for day in asked.of(entry.employee_id) if day not in away.get(entry.employee_id, ()))
        found[entry.pk] = sum(entry.day < day <= counted for day in days)
    return found


def _due_days(agency: Agency, entries: Sequence[Entry]) -> dict[int, date]:
    sent = _sent_on(agency, entries)
    first, last = min(sent.values()), max(sent.values()) + timedelta(days=AHEAD_DAYS)
    asked = _Asked(agency, {entry.employee_id for entry in entries}, first, last, first)
    terms = {day: reporting_rules(agency.pk, day).answer_days for day in set(sent.values())}
    return {
        entry.pk: working_day_after(sent[entry.pk], terms[sent[entry.pk]], asked.of(entry.employee_id))
        for entry in entries
    }


def _sent_on(agency: Agency, entries: Sequence[Entry]) -> dict[int, date]:
    """The day each entry was sent last: the first time, or again after it was given back. One query."""
    zone = ZoneInfo(agency.time_zone)
    told = JournalEntry.objects.filter(
        verb=RESENT, object_type=Entry._meta.label_lower, object_id__in=[entry.pk for entry in entries]
    )
    again = dict(told.order_by().values_list("object_id").annotate(Max("at")))
    return {entry.pk: again.get(entry.pk, entry.submitted_at).astimezone(zone).date() for entry in entries}
