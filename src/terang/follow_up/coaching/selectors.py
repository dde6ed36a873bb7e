"""Questions about guidance and reports. Every list has a constant number of queries. Counselling is asked of
`services.counselling`, which alone holds the keys."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404

from terang.follow_up.coaching.access import keeps, require_one_of_two, require_reader, require_report_reader
from terang.follow_up.coaching.models import (
    BehaviourReport,
    CounsellingTally,
    Counsellor,
    Guidance,
    GuidanceSession,
    GuidanceState,
    GuidanceStep,
    SessionState,
)
from terang.follow_up.growth.models import DueAction, DueState, Kind
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.selectors import direct_reports
from terang.registry.people.viewer import Viewer

OPEN_STATES = (GuidanceState.PROPOSED, GuidanceState.RUNNING, GuidanceState.CONCLUDED)
OPENS_GUIDANCE = (Kind.COACHING, Kind.TALK, Kind.CORRECTIVE, Kind.IMPROVEMENT)
"""What may be due and cause a guidance."""


def guidances_of(viewer: Viewer) -> QuerySet[Guidance]:
    """Everything of the viewer's, as employee or as guide, the open ones first. One query."""
    mine = Q(employee=viewer.employee) | Q(guide=viewer.employee)
    rows = Guidance.objects.filter(mine).select_related("employee", "guide")
    return rows.order_by("ended_on", "-opened_on", "-pk")


def guidance_for(viewer: Viewer | None, pk: int) -> Guidance:
    """One guidance that the viewer may read, whole or as facts. Raises Http404 and NotAllowed."""
    rows = Guidance.objects.select_related("employee__agency", "guide", "due__period", "due__corrective")
    found = get_object_or_404(rows, pk=pk)
    require_reader(viewer, found)
    return found


def session_for(viewer: Viewer | None, pk: int) -> GuidanceSession:
    """One session of a guidance of the viewer's. Raises Http404 and NotAllowed."""
    rows = GuidanceSession.objects.select_related("guidance__employee__agency", "guidance__guide")
    found = get_object_or_404(rows, pk=pk, guidance__employee__agency=require_viewer(viewer).agency_id)
    require_one_of_two(viewer, found.guidance)
    return found


def step_for(viewer: Viewer | None, pk: int) -> GuidanceStep:
    """One step of a guidance of the viewer's. Raises Http404 and NotAllowed."""
    rows = GuidanceStep.objects.select_related("session__guidance__employee__agency", "session__guidance__guide")
    found = get_object_or_404(rows, pk=pk, session__guidance__employee__agency=require_viewer(viewer).agency_id)
    require_one_of_two(viewer, found.session.guidance)
    return found


def open_steps(guidance: Guidance) -> QuerySet[GuidanceStep]:
    """What was agreed in sessions that are done, and is not done: it returns at the next one. One query."""
    rows = GuidanceStep.objects.filter(session__guidance=guidance, session__state=SessionState.DONE, done_on=None)
    return rows.select_related("owner")


def causes_of(employee: Employee) -> QuerySet[DueAction]:
    """What is due for a person and has no guidance: a record that may cause one. One query."""
    taken = Guidance.objects.filter(employee=employee, due__isnull=False).exclude(state=GuidanceState.DECLINED)
    rows = DueAction.objects.filter(employee=employee, kind__in=OPENS_GUIDANCE).exclude(state=DueState.DROPPED)
    return rows.exclude(pk__in=taken.values("due")).order_by("-opened_on", "-pk")


@dataclass(frozen=True)
class Load:
    """What a guide carries: people and sessions of open guidances, and minutes. `done` and `minutes_done` are of the
    year so far, `ahead` and `minutes_ahead` of the sessions that are agreed or waiting."""

    guide: Employee
    people: int = 0
    ended: int = 0
    done: int = 0
    minutes_done: int = 0
    ahead: int = 0
    minutes_ahead: int = 0
    steps: int = 0


def loads_of(guides: list[Employee], today: date) -> list[Load]:
    """The load of each, in their order. Three queries. Counselling is in none of it."""
    if not guides:
        return []
    people = _by_guide(
        Guidance.objects.filter(guide__in=guides).values("guide"),
        people=Count("employee", filter=Q(state__in=OPEN_STATES), distinct=True),
        ended=Count("pk", filter=Q(state=GuidanceState.ENDED, ended_on__year=today.year)),
    )
    done = Q(state=SessionState.DONE, day__year=today.year)
    ahead = Q(state__in=(SessionState.PROPOSED, SessionState.AGREED), guidance__state__in=OPEN_STATES)
    sessions = _by_guide(
        GuidanceSession.objects.filter(guidance__guide__in=guides).order_by().values("guidance__guide"),
        done=Count("pk", filter=done),
        minutes_done=Sum("minutes", filter=done, default=0),
        ahead=Count("pk", filter=ahead),
        minutes_ahead=Sum("minutes", filter=ahead, default=0),
    )
    own = GuidanceStep.objects.filter(owner__in=guides, done_on=None, session__state=SessionState.DONE)
    steps = _by_guide(own.order_by().values("owner"), steps=Count("pk"))
    return [
        Load(each, **{**people.get(each.pk, {}), **sessions.get(each.pk, {}), **steps.get(each.pk, {})})
        for each in guides
    ]


def _by_guide(rows: QuerySet, **counts: object) -> dict[int, dict[str, int]]:  # type: ignore[type-arg]
    found = {}
    for row in rows.order_by().annotate(**counts):
        key = next(name for name in row if name not in counts)
        found[row.pop(key)] = row
    return found


def guides_below(viewer: Viewer) -> list[Employee]:
    """Whom the viewer appraises and who guides or guided somebody. One query, and those of `direct_reports`."""
    guides = Guidance.objects.exclude(state=GuidanceState.DECLINED).values("guide")
    return list(direct_reports(viewer.employee, viewer.today).filter(pk__in=guides).order_by("name", "pk"))


def guided_by(guides: list[Employee]) -> QuerySet[Guidance]:
    """What these guide or guided, as facts. One query."""
    rows = Guidance.objects.filter(guide__in=guides).exclude(state=GuidanceState.DECLINED)
    return rows.select_related("employee", "guide", "due__period", "due__corrective").order_by("-opened_on", "-pk")


def reports_read(viewer: Viewer) -> QuerySet[BehaviourReport]:
    """Reports about the viewer and by the viewer; for the personnel agency all. One query."""
    rows = BehaviourReport.objects.filter(employee__agency=viewer.agency_id)
    if not keeps(viewer):
        rows = rows.filter(Q(employee=viewer.employee) | Q(reporter=viewer.employee))
    return rows.select_related("employee", "reporter")


def report_for(viewer: Viewer | None, pk: int) -> BehaviourReport:
    """One report that the viewer may read. Raises Http404 and NotAllowed."""
    rows = BehaviourReport.objects.select_related("employee__agency", "reporter", "counsellor", "answered_by")
    found = get_object_or_404(rows, pk=pk)
    require_report_reader(viewer, found)
    return found


def counsellors_on(agency_id: int, day: date) -> QuerySet[Counsellor]:
    """Who may counsel on a day, by name. One query."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    rows = Counsellor.objects.filter(running, employee__agency=agency_id, starts_on__lte=day)
    return rows.select_related("employee")


def counselled(agency_id: int) -> int:
    """How many counselling talks may be told of: whole groups only. One query."""
    return CounsellingTally.objects.filter(agency=agency_id).values_list("told", flat=True).first() or 0
