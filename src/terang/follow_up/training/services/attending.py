"""The roster of a session day, and the end of a session: hours, certificates, plans that came true."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import Event, record_many
from terang.follow_up.training.access import require_keeper
from terang.follow_up.training.models import (
    Attempt,
    Enrolment,
    EnrolmentState,
    Phase,
    PlanItem,
    PlanState,
    Presence,
    SessionDay,
    SessionState,
    TrainingRecord,
    TrainingSession,
)
from terang.follow_up.training.services.enrolling import held_session
from terang.follow_up.training.services.recording import tell
from terang.follow_up.training.states import days_of_test, require_begun, require_scheduled, require_version
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow
from terang.web.numbers import longdate

S = EnrolmentState
FULL_BP = 10_000


def keep_roster(*, actor: Viewer | None, day: SessionDay, present_ids: Collection[int], version: int) -> SessionDay:
    """Who of the enrolled was there on a day; may be kept anew until the session is finished.

    `present_ids` are of enrolments. Raises NotAllowed, NotNow before the day, Stale, ValidationError for somebody who
    has no seat.
    """
    viewer = require_keeper(actor, day.session.course.agency_id)
    with transaction.atomic():
        session = held_session(day.session)
        require_scheduled(session)
        held = SessionDay.objects.select_for_update().get(pk=day.pk)
        require_begun(held, viewer.today)
        require_version(held, version)
        seated = list(session.enrolments.filter(state=S.SEATED).values_list("pk", flat=True))
        if not set(present_ids) <= set(seated):
            raise ValidationError({"present": gettext("Daftar peserta sudah berubah. Muat ulang, lalu isi lagi.")})
        held.presences.all().delete()
        Presence.objects.bulk_create(Presence(enrolment_id=pk, day=held, present=pk in present_ids) for pk in seated)
        held.recorded_at, held.recorded_by = timezone.now(), viewer.employee
        held.version += 1
        held.save()
        told = {"day": held.day.isoformat(), "present_number": len(present_ids), "seated": len(seated)}
        tell("roster_kept", held, viewer, changes=told)
    return held


def finish_session(*, actor: Viewer | None, session: TrainingSession, version: int) -> TrainingSession:
    """Hours and certificates for who was there long enough and, where the test declares a pass mark, reached it (an
    introduction has neither); parts of plans come true; who only waited is told so.

    Pressed twice it is done once. Raises NotAllowed, NotNow before the last day, while a roster is missing, or while
    somebody who was there long enough may still take the test they need, Stale.
    """
    viewer = require_keeper(actor, session.course.agency_id)
    with transaction.atomic():
        held = held_session(session)
        if held.state == SessionState.FINISHED:
            return held
        require_scheduled(held)
        require_version(held, version)
        days = list(held.days.all())
        _require_complete(held, days, viewer)
        held.state = SessionState.FINISHED
        held.version += 1
        held.save()
        _conclude(held, days, viewer)
    return held


def _require_complete(session: TrainingSession, days: list[SessionDay], viewer: Viewer) -> None:
    if viewer.today < session.ends_on:
        raise NotNow(gettext("Sesi ini baru selesai %(day)s.") % {"day": longdate(session.ends_on)})
    for day in days:
        if day.recorded_at is None:
            raise NotNow(gettext("Daftar hadir %(day)s belum diisi.") % {"day": longdate(day.day)})
    kept = dict(
        Presence.objects.filter(day__session=session, enrolment__state=S.SEATED)
        .values_list("day")
        .annotate(people=Count("pk"))
        .order_by()
    )
    seated = session.enrolments.filter(state=S.SEATED).count()
    for day in days:
        if kept.get(day.pk, 0) < seated:
            message = gettext("Daftar hadir %(day)s belum memuat semua peserta. Buka, lengkapi, lalu simpan lagi.")
            raise NotNow(message % {"day": longdate(day.day)})


def _conclude(session: TrainingSession, days: list[SessionDay], viewer: Viewer) -> None:
    hours = {day.pk: day.hours for day in days}
    attended = attended_hours(session, hours)
    rows = list(session.enrolments.filter(state=S.SEATED).select_related("employee").order_by("asked_at", "id"))
    enough = {row.pk for row in rows if _is_enough(session, attended.get(row.pk, 0), sum(hours.values()))}
    passed = _passed(session, enough, viewer)
    records = []
    for row in rows:
        there = attended.get(row.pk, 0)
        row.state = S.COMPLETED if row.pk in enough & passed else S.INCOMPLETE
        row.version += 1
        if row.state == S.COMPLETED and session.course.counts_hours:
            records.append(_record(session, row, there))
    Enrolment.objects.bulk_update(rows, ["state", "version"], batch_size=500)
    TrainingRecord.objects.bulk_create(records)
    left = list(session.enrolments.filter(state__in=(S.INVITED, S.WAITING)))
    session.enrolments.filter(pk__in=[row.pk for row in left]).update(state=S.LAPSED, version=F("version") + 1)
    _fulfil(session, [row.employee_id for row in rows if row.state == S.COMPLETED])
    completed = sum(row.state == S.COMPLETED for row in rows)
    tell("session_finished", session, viewer, changes={"completed": completed, "seated": len(rows)})
    told = [*map(_told, rows), *(Event("training.no_seat", row, row.employee_id) for row in left)]
    record_many(told, actor=viewer.user, agency_id=viewer.agency_id)


def _is_enough(session: TrainingSession, there: int, whole: int) -> bool:
    return there > 0 and there * FULL_BP >= session.least_bp * whole


def _passed(session: TrainingSession, enough: set[int], viewer: Viewer) -> set[int]:
    """Who of those that were there long enough meets the test's pass mark; everybody where there is none. Raises NotNow
    while somebody of them may still take it."""
    test = session.test
    if test is None or test.pass_bp is None:
        return enough
    marks = dict(
        Attempt.objects.filter(enrolment__in=enough, phase=Phase.AFTER, finished_at__isnull=False).values_list(
            "enrolment_id", "score_bp"
        )
    )
    last = days_of_test(session, test, Phase.AFTER)[1]
    if len(marks) < len(enough) and viewer.today <= last:
        told = gettext("Uji akhir masih terbuka sampai %(day)s; %(n)s peserta belum menyerahkannya.")
        raise NotNow(told % {"day": longdate(last), "n": len(enough) - len(marks)})
    return {pk for pk, mark in marks.items() if mark is not None and mark >= test.pass_bp}


def attended_hours(session: TrainingSession, hours: dict[int, int]) -> dict[int, int]:
    """Hours (JP) by enrolment of the days somebody was there. One query."""
    found: dict[int, int] = {}
    rows = Presence.objects.filter(day__session=session, present=True)
    for enrolment_id, day_id in rows.values_list("enrolment_id", "day_id"):
        found[enrolment_id] = found.get(enrolment_id, 0) + hours[day_id]
    return found


def _record(session: TrainingSession, row: Enrolment, hours: int) -> TrainingRecord:
    course = session.course
    return TrainingRecord(
        employee=row.employee,
        course=course,
        enrolment=row,
        title=course.title,
        form=course.form,
        provider=course.provider,
        starts_on=session.starts_on,
        ends_on=session.ends_on,
        hours=hours,
        certificate=f"{session.ends_on:%Y}/{session.pk}/{row.pk}",
    )


def _fulfil(session: TrainingSession, employee_ids: list[int]) -> None:
    """Parts of plans that were agreed come true."""
    open_ones = PlanItem.objects.filter(course=session.course, employee__in=employee_ids, state=PlanState.AGREED)
    for item in open_ones.select_for_update(of=("self",)):
        item.state = PlanState.DONE
        item.version += 1
        item.save()


def _told(row: Enrolment) -> Event:
    verb = "completed" if row.state == S.COMPLETED else "not_completed"
    return Event(f"training.{verb}", row, row.employee_id)
