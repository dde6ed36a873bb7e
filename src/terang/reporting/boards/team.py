"""The appraiser's board: every direct report with score, coverage and what is unusual; who needs a look comes first.

Queries are constant: the direct reports, their posts, their scores with components, the totals of the period before,
and what they reported last. None is made per person.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from terang.evaluation.explanation import explain
from terang.evaluation.models import Period, Score
from terang.evaluation.selectors import current_period, scores_in, totals_before
from terang.evaluation.standing import Standing, stand
from terang.evidence.work.models import Entry, EntryState
from terang.registry.organization.calendars import AgencyCalendar, calendar_of
from terang.registry.people.models import Employee
from terang.registry.people.selectors import direct_reports, main_posts
from terang.registry.people.viewer import Viewer
from terang.web.numbers import longdate, score

FALL_BP = 500
SILENT_DAYS = 3
STALE_DAYS = 2
MOST_TOPICS = 100


@dataclass(frozen=True)
class Reports:
    """What a person reported: entries that wait, the moment of the oldest, and the day of the last one (any state)."""

    waiting: int = 0
    oldest: datetime | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class Member:
    """One line of the board. `reasons` say what is unusual, gravest first; empty where nothing is."""

    employee: Employee
    post: str
    score: Score | None
    standing: Standing | None
    reports: Reports
    reasons: tuple[tuple[str, str], ...]

    @property
    def rank(self) -> tuple[int, str]:
        grave = {"wrong": 0, "attention": 1, "quiet": 2}
        return (min((grave[kind] for kind, _text in self.reasons), default=3), self.employee.name)


@dataclass(frozen=True)
class Team:
    """The board of one appraiser."""

    period: Period | None
    members: tuple[Member, ...]

    @property
    def below(self) -> tuple[Member, ...]:
        return tuple(member for member in self.members if member.score and member.score.below_standard)

    @property
    def waiting(self) -> int:
        return sum(member.reports.waiting for member in self.members)


def team_of(viewer: Viewer) -> Team:
    """The direct reports of today. At most 16 queries, whatever their number."""
    people = list(direct_reports(viewer.employee, viewer.today))
    ids = [person.pk for person in people]
    period = current_period(viewer.agency_id, viewer.today)
    if not people:
        return Team(period, ())
    posts = main_posts(ids, viewer.today)
    scores = scores_in(period, ids) if period else {}
    before = totals_before(period, ids) if period else {}
    reports = reports_of(ids)
    calendar = calendar_of(viewer.employee.agency)
    members = []
    for person in people:
        found, told = scores.get(person.pk), reports.get(person.pk, Reports())
        standing = stand(explain(found), before.get(person.pk), None, viewer.today) if found else None
        reasons = _reasons(found, standing, told, calendar, viewer.today)
        post = posts.get(person.pk)
        members.append(Member(person, str(post.post) if post else "", found, standing, told, tuple(reasons)))
    members.sort(key=lambda member: member.rank)
    return Team(period, tuple(members))


def topics(viewer: Viewer, employee_ids: Collection[int]) -> str:
    """What the board follows live: its people, or the units led where they are too many to name one by one."""
    if len(employee_ids) > MOST_TOPICS:
        return " ".join(f"unit:{unit_id}" for unit_id in viewer.headed_unit_ids)
    return " ".join(f"employee:{employee_id}" for employee_id in sorted(employee_ids))


def queue_of(employee_ids: Collection[int], limit: int) -> list[Entry]:
    """The entries of these people that came in last and wait for a decision, newest first, with their proofs.

    What just arrived is seen at once; the page of the whole queue begins with the oldest. 2 queries.
    """
    waiting = Entry.objects.filter(state=EntryState.SUBMITTED, employee_id__in=employee_ids)
    related = waiting.select_related("employee", "result", "task", "indicator").prefetch_related("files")
    return list(related.order_by("-submitted_at", "-id")[:limit])


def reports_of(employee_ids: Collection[int]) -> dict[int, Reports]:
    """Entries that wait, and the last day reported, by employee. 1 query."""
    waiting = Q(state=EntryState.SUBMITTED)
    rows = (
        Entry.objects.filter(employee_id__in=employee_ids)
        .order_by()
        .values("employee_id")
        .annotate(waiting=Count("id", filter=waiting), oldest=Min("submitted_at", filter=waiting), last_day=Max("day"))
    )
    return {row["employee_id"]: Reports(row["waiting"], row["oldest"], row["last_day"]) for row in rows}


def _reasons(
    found: Score | None, standing: Standing | None, told: Reports, calendar: AgencyCalendar, today: date
) -> list[tuple[str, str]]:
    """What is unusual about a person, as (kind of badge, text)."""
    reasons = []
    if found is not None and found.below_standard:
        since = longdate(found.below_since)
        kind = "wrong" if found.warned_on else "attention"
        reasons.append((kind, _("Di bawah standar sejak %(since)s") % {"since": since}))
    if told.waiting:
        reasons.append(_waiting_reason(told, calendar, today))
    if silence := _silence(told, calendar, today):
        reasons.append(("attention", silence))
    if found is not None and standing is not None and found.total_bp is not None and standing.before_bp is not None:
        change = found.total_bp - standing.before_bp
        if change <= -FALL_BP:
            reasons.append(("attention", _("Turun %(points)s dari periode lalu") % {"points": score(-change)}))
    if found is None or found.total_bp is None:
        reasons.append(("quiet", _("Belum cukup bukti")))
    return reasons


def _waiting_reason(told: Reports, calendar: AgencyCalendar, today: date) -> tuple[str, str]:
    text = ngettext("%(count)s laporan menunggu Anda", "%(count)s laporan menunggu Anda", told.waiting)
    since = timezone.localtime(told.oldest).date() if told.oldest else today
    stale = len(calendar.working_days(since, today)) > STALE_DAYS
    return ("attention" if stale else "quiet", text % {"count": told.waiting})


def _silence(told: Reports, calendar: AgencyCalendar, today: date) -> str:
    """Says so where nothing was reported for more than three working days; empty otherwise."""
    if told.last_day is None:
        return _("Belum pernah melapor")
    silent = len([day for day in calendar.working_days(told.last_day, today) if day > told.last_day])
    if silent <= SILENT_DAYS:
        return ""
    return _("Laporan terakhir %(day)s") % {"day": longdate(told.last_day)}
