"""Seats and the waiting list. The row of the session is the lock: two people never take the same seat."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.follow_up.training.access import require_leader, require_participant
from terang.follow_up.training.models import (
    Enrolment,
    EnrolmentState,
    PlanItem,
    PlanState,
    TrainingSession,
)
from terang.follow_up.training.needs import frozen, need_for
from terang.follow_up.training.services.recording import tell
from terang.follow_up.training.states import require_enrolling, require_scheduled
from terang.registry.people.access import require_agency, require_appraiser_of, require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow

S = EnrolmentState


def enrol(*, actor: Viewer | None, session: TrainingSession) -> Enrolment:
    """Takes a seat, or a place in the waiting list where none is free; also accepts an invitation. Pressed twice it is
    done once. Raises NotAllowed, NotNow after the last day to enrol."""
    require_agency(actor, session.course.agency_id)
    viewer = require_viewer(actor)
    with transaction.atomic():
        held = held_session(session)
        row = Enrolment.objects.filter(session=held, employee=viewer.employee).first()
        if row and row.state in (S.SEATED, S.WAITING):
            return row
        require_enrolling(held, viewer.today)
        row = row or Enrolment(session=held, employee=viewer.employee, need=_need(viewer.employee, held, viewer))
        row.item = row.item or _item(viewer.employee, held)
        row.state = S.SEATED if free_seats(held) else S.WAITING
        row.asked_at, row.word = timezone.now(), ""
        row.version += 1
        row.save()
        tell("enrolled" if row.state == S.SEATED else "queued", row, viewer, subject=viewer.employee)
    return row


def invite(*, actor: Viewer | None, session: TrainingSession, employee: Employee) -> Enrolment:
    """The appraiser invites; the person answers. Who is on the list already stays where they are.

    An invitation holds no seat. Raises NotAllowed, NotNow after the last day to enrol.
    """
    require_leader(actor)
    require_agency(actor, session.course.agency_id)
    require_appraiser_of(actor, employee)
    viewer = require_viewer(actor)
    with transaction.atomic():
        held = held_session(session)
        require_enrolling(held, viewer.today)
        row = Enrolment.objects.filter(session=held, employee=employee).first()
        if row and row.state in (S.INVITED, S.SEATED, S.WAITING):
            return row
        row = row or Enrolment(session=held, employee=employee)
        row.need, row.item = _need(employee, held, viewer), _item(employee, held)
        row.state, row.invited_by, row.asked_at, row.word = S.INVITED, viewer.employee, None, ""
        row.version += 1
        row.save()
        tell("invited", row, viewer, subject=employee)
    return row


def refuse_invitation(*, actor: Viewer | None, enrolment: Enrolment, word: str) -> Enrolment:
    """The person does not come, and says why. Sent twice it is done once.

    Raises NotAllowed, NotNow, ValidationError without a word.
    """
    viewer = require_participant(actor, enrolment)
    if not word.strip():
        raise ValidationError({"word": gettext("Tulis alasannya; atasan Anda membacanya.")})
    with transaction.atomic():
        require_scheduled(held_session(enrolment.session))
        row = _held(enrolment)
        if row.state == S.REFUSED:
            return row
        if row.state != S.INVITED:
            raise NotNow(gettext("Undangan ini sudah dijawab."))
        row.state, row.word = S.REFUSED, word.strip()
        row.version += 1
        row.save()
        tell("invitation_refused", row, viewer, subject=row.employee, reason=row.word)
    return row


def leave(*, actor: Viewer | None, enrolment: Enrolment) -> Enrolment:
    """The person gives the seat back before the first day; who waits first moves up. Pressed twice it is done once.
    Raises NotAllowed, NotNow once the session has begun."""
    viewer = require_participant(actor, enrolment)
    with transaction.atomic():
        held = held_session(enrolment.session)
        row = _held(enrolment)
        if row.state == S.CANCELLED:
            return row
        require_scheduled(held)
        if row.state not in (S.SEATED, S.WAITING):
            raise NotNow(gettext("Anda tidak terdaftar dalam sesi ini."))
        if viewer.today >= held.starts_on:
            raise NotNow(gettext("Sesi ini sudah mulai. Bila tidak dapat hadir, beri tahu penyelenggara."))
        row.state = S.CANCELLED
        row.version += 1
        row.save()
        tell("left", row, viewer, subject=row.employee)
        move_up(held, viewer)
    return row


def held_session(session: TrainingSession) -> TrainingSession:
    """The session under its lock, to be read before anything in it is counted."""
    rows = TrainingSession.objects.select_for_update(of=("self",)).select_related("course", "test")
    return rows.get(pk=session.pk)


def free_seats(session: TrainingSession) -> int:
    """Seats that nobody has. One query; true only under the lock."""
    return max(session.seats - session.enrolments.filter(state=S.SEATED).count(), 0)


def move_up(session: TrainingSession, viewer: Viewer) -> list[Enrolment]:
    """Gives free seats to who waits, in the order in which they asked. Under the lock."""
    free = free_seats(session)
    rows = session.enrolments.filter(state=S.WAITING).select_related("employee").order_by("asked_at", "id")
    moved = list(rows[:free]) if free else []
    for row in moved:
        row.state = S.SEATED
        row.version += 1
        row.save()
        tell("moved_up", row, viewer, subject=row.employee)
    return moved


def _held(enrolment: Enrolment) -> Enrolment:
    return Enrolment.objects.select_related("employee").get(pk=enrolment.pk)


def _need(employee: Employee, session: TrainingSession, viewer: Viewer) -> dict[str, object]:
    return frozen(need_for(employee, session.course, viewer.today))


def _item(employee: Employee, session: TrainingSession) -> PlanItem | None:
    """The part of the plan that the session fulfils."""
    return PlanItem.objects.filter(employee=employee, course=session.course, state=PlanState.AGREED).first()
