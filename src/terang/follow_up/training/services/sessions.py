"""Scheduling a session, changing and cancelling it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from terang.audit.services import Event, record_many
from terang.follow_up.training.access import require_keeper
from terang.follow_up.training.models import (
    ON_THE_LIST,
    Course,
    Enrolment,
    EnrolmentState,
    SessionDay,
    SessionState,
    TrainingSession,
)
from terang.follow_up.training.services.enrolling import held_session, move_up
from terang.follow_up.training.services.recording import tell
from terang.follow_up.training.services.testing import current_test
from terang.follow_up.training.states import require_offered, require_scheduled, require_version
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow

MOST_DAYS = 40
MOST_HOURS = 12
"""Of one day."""
FULL_BP = 10_000


@dataclass(frozen=True)
class Schedule:
    """When and where. `days` are (day, begins at, hours in JP) in order; `least_bp` of the hours make a certificate."""

    place: str
    trainer: str
    seats: int
    enrol_until: date
    least_bp: int
    days: Sequence[tuple[date, time, int]]


def schedule_session(*, actor: Viewer | None, course: Course, schedule: Schedule, form_key: UUID) -> TrainingSession:
    """A new session. The same form sent twice makes one. Raises NotAllowed, NotNow, ValidationError by field."""
    viewer = require_keeper(actor, course.agency_id)
    _require_sense(schedule, viewer.today)
    with transaction.atomic():
        if known := TrainingSession.objects.filter(form_key=form_key, course=course).first():
            return known
        require_offered(Course.objects.select_for_update().get(pk=course.pk))
        session = TrainingSession(course=course, test=current_test(course), form_key=form_key)
        _write(session, schedule)
        tell("session_scheduled", session, viewer, changes=_told(schedule))
    return session


def change_session(
    *, actor: Viewer | None, session: TrainingSession, schedule: Schedule, version: int
) -> TrainingSession:
    """Another place, other days or seats, before it begins. Who waits moves up where seats are added.

    Raises NotAllowed, NotNow once it has begun, Stale, ValidationError where fewer seats are left than people.
    """
    viewer = require_keeper(actor, session.course.agency_id)
    _require_sense(schedule, viewer.today)
    with transaction.atomic():
        held = held_session(session)
        require_scheduled(held)
        require_version(held, version)
        _require_not_begun(held, viewer.today)
        seated = held.enrolments.filter(state=EnrolmentState.SEATED).count()
        if schedule.seats < seated:
            told = gettext("Sudah %(n)s orang terdaftar. Kursi tidak dapat lebih sedikit.")
            raise ValidationError({"seats": told % {"n": seated}})
        held.version += 1
        held.days.all().delete()
        _write(held, schedule)
        tell("session_changed", held, viewer, changes=_told(schedule))
        move_up(held, viewer)
    return held


def cancel_session(*, actor: Viewer | None, session: TrainingSession, word: str, version: int) -> TrainingSession:
    """It is not held, and everybody on the list reads why. Sent twice it is done once. Raises NotAllowed, NotNow,
    Stale, ValidationError without a reason."""
    viewer = require_keeper(actor, session.course.agency_id)
    if not word.strip():
        raise ValidationError({"word": gettext("Tulis sebabnya; semua peserta membacanya.")})
    with transaction.atomic():
        held = held_session(session)
        if held.state == SessionState.CANCELLED:
            return held
        require_scheduled(held)
        require_version(held, version)
        held.state, held.word = SessionState.CANCELLED, word.strip()
        held.version += 1
        held.save()
        rows = list(Enrolment.objects.filter(session=held, state__in=ON_THE_LIST))
        listed = Enrolment.objects.filter(pk__in=[row.pk for row in rows])
        listed.update(state=EnrolmentState.CANCELLED, word=held.word, version=F("version") + 1)
        tell("session_cancelled", held, viewer, changes={"people_number": len(rows)}, reason=held.word)
        told = [Event("training.called_off", row, row.employee_id) for row in rows]
        record_many(told, actor=viewer.user, agency_id=viewer.agency_id, reason=held.word)
    return held


def _require_not_begun(session: TrainingSession, today: date) -> None:
    if today >= session.starts_on:
        raise NotNow(gettext("Sesi ini sudah mulai. Jadwalnya tidak dapat diubah lagi."))


def _require_sense(schedule: Schedule, today: date) -> None:
    missing: dict[str, str] = {}
    days = [day for day, _, _ in schedule.days]
    if not schedule.place.strip():
        missing["place"] = gettext("Tulis tempatnya, atau alamat ruang daringnya.")
    if not 1 <= schedule.seats <= 5_000:
        missing["seats"] = gettext("Isi antara 1 dan 5.000 kursi.")
    if not 1 <= schedule.least_bp <= FULL_BP:
        missing["least"] = gettext("Isi antara 1 dan 100 persen.")
    if not days or len(days) > MOST_DAYS:
        missing["days"] = gettext("Tulis satu sampai 40 hari.")
    elif len(set(days)) < len(days):
        missing["days"] = gettext("Satu hari tertulis dua kali.")
    elif min(days) <= today:
        missing["days"] = gettext("Semua hari harus sesudah hari ini.")
    elif any(not 1 <= hours <= MOST_HOURS for _, _, hours in schedule.days):
        missing["days"] = gettext("Jam pelajaran sehari antara 1 dan 12 JP.")
    elif not today <= schedule.enrol_until <= min(days):
        missing["enrol_until"] = gettext("Pendaftaran ditutup paling lambat pada hari pertama, dan tidak di masa lalu.")
    if missing:
        raise ValidationError(missing)


def _write(session: TrainingSession, schedule: Schedule) -> None:
    days = sorted(schedule.days)
    session.place, session.trainer = schedule.place.strip(), schedule.trainer.strip()
    session.seats, session.least_bp = schedule.seats, schedule.least_bp
    session.enrol_until, session.starts_on, session.ends_on = schedule.enrol_until, days[0][0], days[-1][0]
    session.save()
    SessionDay.objects.bulk_create(
        SessionDay(session=session, day=day, starts_at=begins, hours=hours) for day, begins, hours in days
    )


def _told(schedule: Schedule) -> dict[str, object]:
    days = [[day.isoformat(), f"{begins:%H:%M}", hours] for day, begins, hours in schedule.days]
    return {"seats": schedule.seats, "days": days}
