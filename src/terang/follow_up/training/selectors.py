"""Questions about training. Each states its queries; who may ask is decided by `access`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from terang.follow_up.training.access import keeps, leads, require_keeper, require_reader
from terang.follow_up.training.hours import Hours, hours_done
from terang.follow_up.training.models import (
    ON_THE_LIST,
    Attempt,
    Course,
    CourseKind,
    DeclaredState,
    DeclaredTraining,
    Enrolment,
    EnrolmentState,
    Phase,
    PlanItem,
    PlanState,
    SessionDay,
    SessionState,
    TrainingRecord,
    TrainingSession,
    TrainingSheet,
)
from terang.follow_up.training.needs import Need, needs_of
from terang.registry.people.models import Employee
from terang.registry.people.selectors import direct_report_ids, direct_reports, main_posts
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.training_hours import hours_rule
from terang.rules.training_change import Change, change_of

S = EnrolmentState
Row = TypeVar("Row", PlanItem, Enrolment)


def courses_of(viewer: Viewer) -> QuerySet[Course]:
    """What the viewer's government offers, with what each helps with. Two queries when read."""
    return Course.objects.filter(agency_id=viewer.agency_id, withdrawn_on=None).prefetch_related("aims")


def course_for(viewer: Viewer, pk: int) -> Course:
    """A course of the viewer's government; a withdrawn one too, for who has it in plan or record. Raises Http404. Two
    queries."""
    rows = Course.objects.select_related("agency").prefetch_related("aims")
    return get_object_or_404(rows, pk=pk, agency_id=viewer.agency_id)


def sessions_of(viewer: Viewer) -> QuerySet[TrainingSession]:
    """Sessions of the viewer's government with `seated` and `waiting`, the soonest first. One query when read."""
    return (
        TrainingSession.objects.filter(course__agency_id=viewer.agency_id)
        .select_related("course__agency", "test")
        .annotate(
            seated=Count("enrolments", filter=Q(enrolments__state__in=(S.SEATED, S.COMPLETED, S.INCOMPLETE))),
            waiting=Count("enrolments", filter=Q(enrolments__state=S.WAITING)),
        )
        .order_by("starts_on", "pk")
    )


def sessions_ahead(viewer: Viewer, course: Course) -> list[TrainingSession]:
    """Sessions of a course that are not over. One query."""
    rows = sessions_of(viewer).filter(course=course, state=SessionState.OPEN, ends_on__gte=viewer.today)
    return list(rows)


def sessions_in(viewer: Viewer, start: date, end: date) -> list[TrainingSession]:
    """Sessions that are held on some day from `start` to before `end`, without cancelled ones. One query."""
    rows = sessions_of(viewer).filter(starts_on__lt=end, ends_on__gte=start)
    return list(rows.exclude(state=SessionState.CANCELLED))


def introductions(agency_id: int, start: date, end: date) -> list[TrainingSession]:
    """Sessions that explain Terang and begin from `start` to before `end`, without cancelled ones, the soonest first.
    One query."""
    rows = TrainingSession.objects.filter(course__agency_id=agency_id, course__kind=CourseKind.INTRODUCTION)
    held = rows.filter(starts_on__gte=start, starts_on__lt=end).exclude(state=SessionState.CANCELLED)
    return list(held.select_related("course").order_by("starts_on", "pk"))


def introductions_ahead(viewer: Viewer) -> list[TrainingSession]:
    """Sessions that explain Terang and are not over, as `sessions_of`. One query."""
    rows = sessions_of(viewer).filter(course__kind=CourseKind.INTRODUCTION, ends_on__gte=viewer.today)
    return list(rows.filter(state=SessionState.OPEN))


def days_in(viewer: Viewer, start: date, end: date) -> list[tuple[date, int]]:
    """The days from `start` to before `end` with the number of the session that is held then, without cancelled ones.
    One query."""
    rows = SessionDay.objects.filter(session__course__agency_id=viewer.agency_id, day__gte=start, day__lt=end)
    rows = rows.exclude(session__state=SessionState.CANCELLED).order_by("day", "starts_at", "pk")
    return list(rows.values_list("day", "session_id"))


def own_days(employee: Employee, start: date, end: date) -> list[SessionDay]:
    """The days from `start` to `end`, both inclusive, on which the person has a seat. One query."""
    seats = Q(session__enrolments__employee=employee, session__enrolments__state=S.SEATED)
    rows = SessionDay.objects.filter(seats, session__state=SessionState.OPEN, day__gte=start, day__lte=end)
    return list(rows.select_related("session"))


def gain_in(session: TrainingSession) -> Change | None:
    """Marks before and after of who took both tests of a session; told once it is finished, so that nobody is seen to
    join, and from ten people on. One query."""
    if session.state != SessionState.FINISHED:
        return None
    marks: dict[int, dict[str, int]] = {}
    rows = Attempt.objects.filter(enrolment__session=session, score_bp__isnull=False)
    for enrolment_id, phase, score_bp in rows.values_list("enrolment_id", "phase", "score_bp"):
        marks.setdefault(enrolment_id, {})[phase] = score_bp or 0
    return change_of([(each[Phase.BEFORE], each[Phase.AFTER]) for each in marks.values() if len(each) == len(Phase)])


def marks_after(viewer: Viewer, session: TrainingSession) -> dict[int, int]:
    """The mark of each enrolment after the training, for who keeps a session whose test declares a pass mark; for
    nobody else. At most one query."""
    if not keeps(viewer) or session.test is None or session.test.pass_bp is None:
        return {}
    rows = Attempt.objects.filter(enrolment__session=session, phase=Phase.AFTER, score_bp__isnull=False)
    return {pk: score_bp or 0 for pk, score_bp in rows.values_list("enrolment_id", "score_bp")}


def attempts_of(enrolment: Enrolment) -> dict[str, Attempt]:
    """By phase. One query."""
    return {row.phase: row for row in enrolment.attempts.select_related("test")}


def session_for(viewer: Viewer, pk: int) -> TrainingSession:
    """A session of the viewer's government. Raises Http404. One query."""
    return get_object_or_404(sessions_of(viewer), pk=pk)


def seats_left(session: Any) -> int:
    """Of a session as `sessions_of` counted it."""
    return max(int(session.seats) - int(session.seated), 0)


def day_for(viewer: Viewer, pk: int) -> SessionDay:
    """A day of a session of the viewer's government. Raises Http404. One query."""
    rows = SessionDay.objects.select_related("session__course")
    return get_object_or_404(rows, pk=pk, session__course__agency_id=viewer.agency_id)


def own_enrolment(viewer: Viewer, session: TrainingSession) -> Enrolment | None:
    """One query."""
    return session.enrolments.filter(employee=viewer.employee).select_related("invited_by", "training_record").first()


def place_in_line(enrolment: Enrolment) -> int:
    """Which in the waiting list, counted from 1; 0 for who does not wait. At most one query."""
    if enrolment.state != S.WAITING:
        return 0
    before = Q(asked_at__lt=enrolment.asked_at) | Q(asked_at=enrolment.asked_at, pk__lt=enrolment.pk)
    return Enrolment.objects.filter(before, session_id=enrolment.session_id, state=S.WAITING).count() + 1


def enrolment_for(viewer: Viewer | None, pk: int) -> Enrolment:
    """One person in one session, for who may see the person. Raises Http404 and NotAllowed. At most eight queries."""
    rows = Enrolment.objects.select_related(
        "session__course", "session__test", "employee__agency", "invited_by", "item"
    )
    found = get_object_or_404(rows, pk=pk)
    require_reader(viewer, found.employee)
    return found


def people_in(viewer: Viewer, session: TrainingSession) -> list[Enrolment]:
    """Who is in a session: everybody for the personnel agency, one's own people for who appraises, else nobody. One
    query, and those of `direct_report_ids`."""
    rows = session.enrolments.select_related("employee", "invited_by").order_by("asked_at", "pk")
    if keeps(viewer):
        return list(rows)
    return list(rows.filter(employee__in=direct_report_ids(viewer.employee, viewer.today))) if leads(viewer) else []


def to_invite(viewer: Viewer, session: TrainingSession) -> list[Employee]:
    """The viewer's people who are not on the list of a session. One query, and those of `direct_report_ids`."""
    on_list = session.enrolments.filter(state__in=ON_THE_LIST)
    return list(
        direct_reports(viewer.employee, viewer.today).exclude(pk__in=on_list.values("employee")).order_by("name")
    )


def item_for(viewer: Viewer | None, pk: int) -> PlanItem:
    """A part of a plan, for who may see the person. Raises Http404 and NotAllowed. At most eight queries."""
    rows = PlanItem.objects.select_related("employee__agency", "course", "proposed_by", "answered_by")
    found = get_object_or_404(rows, pk=pk)
    require_reader(viewer, found.employee)
    return found


def plan_of(employee: Employee, today: date) -> list[PlanItem]:
    """The open parts of a plan and those of this year and the last, open ones first. One query."""
    recent = Q(proposed_on__year__gte=today.year - 1) | Q(state__in=(PlanState.PROPOSED, PlanState.AGREED))
    rows = employee.training_plan.filter(recent).select_related("course", "proposed_by", "answered_by")
    return sorted(rows, key=lambda row: (row.state not in (PlanState.PROPOSED, PlanState.AGREED), -row.pk))


def enrolments_of(employee: Employee, today: date) -> list[Enrolment]:
    """Invitations and sessions that are not over, the soonest first. One query."""
    rows = employee.trainings.filter(
        state__in=ON_THE_LIST, session__state=SessionState.OPEN, session__ends_on__gte=today - timedelta(days=30)
    )
    return list(rows.select_related("session__course", "invited_by").order_by("session__starts_on", "pk"))


def records_of(employee: Employee) -> QuerySet[TrainingRecord]:
    """What somebody has learned, the latest first. One query when read."""
    return employee.training_records.select_related("enrolment", "declared")


def record_for(viewer: Viewer | None, pk: int) -> TrainingRecord:
    """One finished training of our own sessions, for who may see the person. Raises Http404 and NotAllowed."""
    rows = TrainingRecord.objects.select_related("employee__agency", "enrolment__session__course")
    found = get_object_or_404(rows, pk=pk)
    require_reader(viewer, found.employee)
    if found.enrolment is None:
        raise Http404
    return found


def declared_of(employee: Employee) -> QuerySet[DeclaredTraining]:
    """What does not count yet, or no more, or is contested, the latest first. One query when read."""
    return employee.declared_trainings.exclude(state=DeclaredState.VERIFIED)


def declared_waiting(viewer: Viewer) -> QuerySet[DeclaredTraining]:
    """What waits for the viewer's key in their government: declared by others about others; contests first. One query
    when read."""
    rows = DeclaredTraining.objects.filter(
        employee__agency_id=viewer.agency_id, state__in=(DeclaredState.DECLARED, DeclaredState.CONTESTED)
    ).exclude(Q(employee=viewer.employee) | Q(given_by=viewer.employee))
    return rows.select_related("employee", "given_by").order_by("-state", "given_on", "pk")


def declared_for(viewer: Viewer | None, pk: int) -> DeclaredTraining:
    """One declared training, for who may see the person. Raises Http404 and NotAllowed. At most eight queries."""
    rows = DeclaredTraining.objects.select_related(
        "employee__agency", "given_by", "checked_by", "answered_by", "sheet", "proof"
    )
    found = get_object_or_404(rows, pk=pk)
    require_reader(viewer, found.employee)
    return found


def sheet_for(viewer: Viewer | None, pk: int) -> TrainingSheet:
    """One table, for the personnel agency of its government. Raises Http404 and NotAllowed. One query."""
    found = get_object_or_404(TrainingSheet.objects.select_related("agency", "uploaded_by"), pk=pk)
    require_keeper(viewer, found.agency_id)
    return found


@dataclass(frozen=True)
class Member:
    """One of the people somebody appraises: hours of the year, what is advised, what waits in the plan, what is
    coming."""

    employee: Employee
    post: str
    hours: Hours
    needs: list[Need]
    waiting: list[PlanItem]
    coming: list[Enrolment]

    @property
    def open_needs(self) -> list[Need]:
        return [each for each in self.needs if not each.is_answered]


def team_of(viewer: Viewer) -> list[Member]:
    """The people the viewer appraises, those for whom something is open first. At most fifteen queries, and those of
    `direct_report_ids`, with one person as with fifty."""
    people = list(direct_reports(viewer.employee, viewer.today).order_by("name"))
    ids = [each.pk for each in people]
    posts, hours = main_posts(ids, viewer.today), hours_done(ids, viewer.today.year)
    needs = needs_of(viewer.agency_id, ids, viewer.today)
    waiting = _by_person(_proposed(ids))
    coming = _by_person(_coming(ids, viewer.today))
    members = [
        Member(
            each,
            posts[each.pk].post.title if each.pk in posts else "",
            Hours(viewer.today.year, hours.get(each.pk, 0), hours_rule(each.status, viewer.today.year)),
            needs.get(each.pk, []),
            waiting.get(each.pk, []),
            coming.get(each.pk, []),
        )
        for each in people
    ]
    return sorted(members, key=lambda each: (not each.waiting, not each.open_needs, each.employee.name))


def _proposed(employee_ids: Sequence[int]) -> QuerySet[PlanItem]:
    """What waits for the appraiser's key: proposed by the person."""
    rows = PlanItem.objects.filter(employee__in=employee_ids, state=PlanState.PROPOSED, proposed_by=F("employee"))
    return rows.select_related("course", "employee")


def _coming(employee_ids: Sequence[int], today: date) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(
        employee__in=employee_ids, state__in=ON_THE_LIST, session__state=SessionState.OPEN, session__ends_on__gte=today
    )
    return rows.select_related("session__course").order_by("session__starts_on", "pk")


def _by_person(rows: QuerySet[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.employee_id, []).append(row)
    return found
