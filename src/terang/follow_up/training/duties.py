"""What training asks of a person today: to answer a plan or an invitation, to take a seat or a test, to keep a roster,
to verify what was declared."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext

from terang.follow_up.training.access import keeps
from terang.follow_up.training.models import (
    Attempt,
    DeclaredState,
    Enrolment,
    EnrolmentState,
    Phase,
    PlanItem,
    PlanState,
    SessionDay,
    SessionState,
)
from terang.follow_up.training.selectors import declared_waiting
from terang.follow_up.training.states import days_of_test, why_test_shut
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import clock, longdate

MOST_SHOWN = 3
AHEAD = timedelta(days=7)
"""Before which a session day is told."""


def waiting_for(viewer: Viewer) -> list[Duty]:
    """Three queries, those of `direct_report_ids`, and two more for the personnel agency."""
    kept = (*_rosters(viewer), *_declared(viewer)) if keeps(viewer) else ()
    return [*_plans(viewer), *_sessions(viewer), *_tests(viewer), *kept]


def _plans(viewer: Viewer) -> Iterator[Duty]:
    """Proposals that wait for the viewer's key."""
    mine = Q(employee=viewer.employee) & ~Q(proposed_by=F("employee"))
    team = Q(employee__in=direct_report_ids(viewer.employee, viewer.today), proposed_by=F("employee"))
    rows = PlanItem.objects.filter(mine | team, state=PlanState.PROPOSED).select_related("course", "employee")
    for row in rows.order_by("proposed_on", "pk")[:MOST_SHOWN]:
        if row.employee_id == viewer.employee.pk:
            title = gettext("Atasan mengusulkan pelatihan untuk Anda")
        else:
            title = gettext("%(name)s mengusulkan pelatihan") % {"name": row.employee.name}
        yield Duty(title, row.course.title, "attention", row.get_absolute_url())


def _sessions(viewer: Viewer) -> Iterator[Duty]:
    """Invitations to answer, and sessions that begin soon."""
    invited = Q(state=EnrolmentState.INVITED, session__enrol_until__gte=viewer.today)
    soon = Q(
        state=EnrolmentState.SEATED,
        session__starts_on__gte=viewer.today,
        session__starts_on__lte=viewer.today + AHEAD,
    )
    rows = Enrolment.objects.filter(invited | soon, employee=viewer.employee, session__state=SessionState.OPEN)
    for row in rows.select_related("session__course").order_by("session__starts_on", "pk")[:MOST_SHOWN]:
        session = row.session
        if row.state == EnrolmentState.INVITED:
            title, kind, due = gettext("Undangan pelatihan: %(title)s"), "attention", session.enrol_until
            detail = gettext("Jawab sampai %(day)s") % {"day": longdate(session.enrol_until)}
        else:
            title, kind, due = gettext("Pelatihan: %(title)s"), "quiet", session.starts_on
            detail = f"{longdate(session.starts_on)} · {session.place}"
        yield Duty(title % {"title": session.course.title}, detail, kind, session.get_absolute_url(), due)


def _tests(viewer: Viewer) -> Iterator[Duty]:
    """Tests that are open and not handed in: the first one from a week before the session on."""
    soon = Q(session__starts_on__lte=viewer.today + AHEAD)
    rows = Enrolment.objects.filter(
        soon, employee=viewer.employee, state=EnrolmentState.SEATED, session__state=SessionState.OPEN
    ).exclude(session__test=None)
    given = Attempt.objects.filter(enrolment=OuterRef("pk"), finished_at__isnull=False)
    told = {f"given_{phase.value}": Exists(given.filter(phase=phase)) for phase in Phase}
    found = (
        rows.select_related("session__course", "session__test").annotate(**told).order_by("session__starts_on", "pk")
    )
    for row in found:
        assert row.session.test is not None
        for phase in Phase:
            if getattr(row, f"given_{phase.value}") or why_test_shut(row, phase, viewer.today):
                continue
            last = days_of_test(row.session, row.session.test, phase)[1]
            title = f"{phase.label}: {row.session.course.title}"
            detail = gettext("Terbuka sampai %(day)s") % {"day": longdate(last)}
            yield Duty(title, detail, "quiet", reverse("training:test", args=[row.pk, phase.value]), last)


def _declared(viewer: Viewer) -> Iterator[Duty]:
    """What was declared by others about others, and contests."""
    for row in declared_waiting(viewer)[:MOST_SHOWN]:
        contested = row.state == DeclaredState.CONTESTED
        title = gettext("Jawab sanggahan %(name)s") if contested else gettext("Periksa pelatihan %(name)s")
        kind = "attention" if contested else "quiet"
        yield Duty(title % {"name": row.employee.name}, row.title, kind, row.get_absolute_url())


def _rosters(viewer: Viewer) -> Iterator[Duty]:
    """Days that were held and whose roster is missing."""
    rows = SessionDay.objects.filter(
        session__course__agency_id=viewer.agency_id,
        session__state=SessionState.OPEN,
        day__lte=viewer.today,
        recorded_at=None,
    )
    for row in rows.select_related("session__course").order_by("day", "pk")[:MOST_SHOWN]:
        title = gettext("Isi daftar hadir %(title)s") % {"title": row.session.course.title}
        detail = f"{longdate(row.day)}, {clock(row.starts_at)}"
        yield Duty(title, detail, "attention", reverse("training:roster", args=[row.pk]))
