"""Entries whose appraiser let the last day pass: seen by the appraiser's superior, who may remind, and later decide."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.evidence.months import midnight
from terang.evidence.work.hooks import reporting_rules
from terang.evidence.work.models import Entry, EntryState
from terang.evidence.work.shares import Share, shares_of, with_stand_in
from terang.registry.organization.calendars import AgencyCalendar, calendar_of
from terang.registry.organization.models import Agency
from terang.registry.people.models import AppraiserOverride, Employee
from terang.registry.people.selectors import appraisers_on, second_line, superior_of_appraiser, visible_employees
from terang.registry.people.viewer import Viewer, in_force
from terang.rules.work.cadence import working_day_after

PAGE_SIZE = 50
REMINDED = "work.answer_reminded"
AHEAD_DAYS = 62


def answers_expected(agency: Agency, start: date, end: date) -> tuple[int, date | None]:
    """Entries about days from `start` to before `end`, sent within them, that still wait for an answer and do not count
    yet: how many, and the last day for an answer. One query."""
    waiting = Entry.objects.filter(
        employee__agency=agency,
        state=EntryState.SUBMITTED,
        escalated_at=None,
        answer_due_on__isnull=False,
        day__gte=start,
        day__lt=end,
        submitted_at__lt=midnight(end, ZoneInfo(agency.time_zone)),
    )
    found = waiting.aggregate(number=Count("pk"), last=Max("answer_due_on"))
    return found["number"], found["last"]


@dataclass(frozen=True)
class Silent:
    """One unanswered entry. `decide_from` is the first day on which the superior may answer instead; `open` tells
    whether the viewer may open the entry today."""

    entry: Entry
    decide_from: date
    open: bool
    mine: bool


@dataclass(frozen=True)
class Owner:
    """An appraiser who has not answered: their entries on this page, their answers in time, the last reminder."""

    appraiser: Employee | None
    entries: tuple[Silent, ...]
    share: Share
    reminded_today: bool


def unanswered_below(viewer: Viewer) -> QuerySet[Entry]:
    """Entries passed on to the viewer as the appraiser's superior, the longest unanswered first. Two queries for who
    leads nobody, otherwise at most six before the one that reads."""
    bent = AppraiserOverride.objects.filter(in_force(viewer.today), appraiser=viewer.employee)
    late = Entry.objects.filter(
        state=EntryState.SUBMITTED, escalated_at__isnull=False, employee__agency_id=viewer.agency_id
    )
    if (not viewer.is_head and not bent.exists()) or not late.exists():
        return late.none()
    people = second_line(viewer.employee, viewer.today)
    rows = late.filter(employee__in=people.values("pk")).select_related("employee", "task", "indicator")
    return rows.order_by("answer_due_on", "id")


def unanswered_by(viewer: Viewer, appraiser_id: int) -> list[int]:
    """The ids of those entries below the viewer that wait for one appraiser. At most twelve queries."""
    rows = list(unanswered_below(viewer).values_list("pk", "employee_id"))
    silent = appraisers_on(viewer.agency_id, viewer.today, {employee_id for _pk, employee_id in rows}) if rows else {}
    return [pk for pk, person in rows if person in silent and silent[person].employee_id == appraiser_id]


def owners_of(viewer: Viewer, entries: Sequence[Entry]) -> list[Owner]:
    """Unanswered entries by who has to answer them. Constant queries, however many entries."""
    people = {entry.employee_id for entry in entries}
    silent = appraisers_on(viewer.agency_id, viewer.today, people) if people else {}
    seen = set(visible_employees(viewer).filter(pk__in=people).values_list("pk", flat=True))
    ids = {found.employee_id for found in silent.values()}
    shares, reminded = shares_of(ids, viewer.employee.agency, viewer.today), _reminded(ids, viewer)
    terms = _Terms(viewer)
    groups: dict[int | None, list[Silent]] = defaultdict(list)
    for entry in entries:
        found = silent.get(entry.employee_id)
        start = terms.decide_from(entry)
        mine = viewer.today >= start
        row = Silent(entry, start, mine or entry.employee_id in seen, mine)
        groups[found.employee_id if found else None].append(row)
    names = {found.employee_id: found.employee for found in silent.values()}
    return [
        Owner(names.get(pk or 0), tuple(rows), shares.get(pk or 0, Share(0, 0)), (pk or 0) in reminded)
        for pk, rows in groups.items()
    ]


class _Terms:
    """When the superior may answer: some working days after the last day of the appraiser, as the policy says."""

    def __init__(self, viewer: Viewer) -> None:
        self.days = reporting_rules(viewer.agency_id, viewer.today).decide_days
        self.calendar: AgencyCalendar = calendar_of(viewer.employee.agency)

    def decide_from(self, entry: Entry) -> date:
        due = entry.answer_due_on
        assert due is not None
        return working_day_after(due, self.days, self.calendar.working_days(due, due + timedelta(days=AHEAD_DAYS)))


def may_answer_instead(viewer: Viewer, entry: Entry) -> bool:
    """Whether the viewer, as the appraiser's superior or their Plh., may answer because the appraiser did not for so
    long. No query for an entry that is not late, otherwise at most nine."""
    if entry.state != EntryState.SUBMITTED or entry.escalated_at is None or entry.answer_due_on is None:
        return False
    if viewer.agency_id != entry.employee.agency_id or viewer.today < _Terms(viewer).decide_from(entry):
        return False
    above = superior_of_appraiser(entry.employee_id, viewer.today)
    return above is not None and viewer.employee.pk in with_stand_in(above)


def reminded_on(appraiser_id: int, day: date) -> bool:
    """Whether the appraiser was reminded on a day. One query."""
    person = Employee.objects.select_related("agency").get(pk=appraiser_id)
    start = datetime.combine(day, time.min, ZoneInfo(person.agency.time_zone))
    return last_reminder(appraiser_id, start) is not None


def last_reminder(appraiser_id: int, since: datetime) -> JournalEntry | None:
    """The last reminder since a moment, as the journal tells it. One query."""
    told = JournalEntry.objects.filter(subject_employee_id=appraiser_id, verb=REMINDED, at__gte=since)
    return told.order_by("-at").first()


def _reminded(ids: Collection[int], viewer: Viewer) -> set[int]:
    start = datetime.combine(viewer.today, time.min, ZoneInfo(viewer.employee.agency.time_zone))
    told = JournalEntry.objects.filter(subject_employee_id__in=ids, verb=REMINDED, at__gte=start)
    return {pk for pk in told.values_list("subject_employee_id", flat=True) if pk is not None}


def news_since() -> datetime:
    """How long a reminder stays on the appraiser's first page."""
    return timezone.now() - timedelta(days=3)
