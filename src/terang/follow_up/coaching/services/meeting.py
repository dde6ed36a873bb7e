"""Sessions of a guidance: the day agreed, what was talked about, the steps that return, both keys."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.follow_up.coaching.access import require_one_of_two, require_other
from terang.follow_up.coaching.models import Guidance, GuidanceSession, GuidanceState, GuidanceStep, SessionState
from terang.follow_up.coaching.services.recording import held_guidance, held_session, other_of, save, tell, worded
from terang.follow_up.coaching.states import require_running, require_state, require_version
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow

S = SessionState
SHORTEST, LONGEST = 10, 480
MOST_STEPS = 10
"""Of one session: more is no plan."""


@dataclass(frozen=True)
class Meeting:
    day: date
    clock: time
    place: str
    minutes: int


@dataclass(frozen=True)
class Agreed:
    """A step: whose, what, by when; `indicator` and `adjusts` as on Format B.1.6."""

    owner: Employee
    text: str
    due_on: date
    indicator: str = ""
    adjusts: bool = False


def propose_session(*, actor: Viewer | None, guidance: Guidance, meeting: Meeting, form_key: UUID) -> GuidanceSession:
    """Either names a day; the other answers. The same form sent twice makes one. Raises NotAllowed, NotNow,
    ValidationError by field."""
    viewer = require_one_of_two(actor, guidance)
    told = _checked(meeting, viewer.today)
    with transaction.atomic():
        current = held_guidance(guidance)
        if known := GuidanceSession.objects.filter(form_key=form_key, guidance=current).first():
            return known
        require_running(current)
        row = GuidanceSession.objects.create(
            guidance=current, proposed_by=viewer.employee, form_key=form_key, **vars(told)
        )
        tell("session_proposed", current, viewer, other_of(current, viewer))
    return row


def _checked(meeting: Meeting, today: date) -> Meeting:
    wrong = {}
    if meeting.day < today:
        wrong["day"] = gettext("Pilih hari ini atau sesudahnya.")
    if not meeting.place.strip():
        wrong["place"] = gettext("Tulis tempatnya; “daring” boleh.")
    if not SHORTEST <= meeting.minutes <= LONGEST:
        wrong["minutes"] = gettext("Antara 10 menit dan 8 jam.")
    if wrong:
        raise ValidationError(wrong)
    return Meeting(meeting.day, meeting.clock, meeting.place.strip(), meeting.minutes)


def agree_session(*, actor: Viewer | None, session: GuidanceSession, version: int) -> GuidanceSession:
    """The other agrees to the day. Sent twice it is done once. Raises NotAllowed, NotNow, Stale."""
    viewer = require_other(actor, session)
    with transaction.atomic():
        current = held_session(session)
        if current.state == S.AGREED:
            return current
        require_version(current, version)
        require_running(current.guidance)
        require_state(current, S.PROPOSED)
        current.state = S.AGREED
        save(current, "state")
        tell("session_agreed", current.guidance, viewer, other_of(current.guidance, viewer))
    return current


def move_session(*, actor: Viewer | None, session: GuidanceSession, meeting: Meeting, version: int) -> GuidanceSession:
    """Either names another day, which the other answers. Raises NotAllowed, NotNow, Stale, ValidationError."""
    viewer = require_one_of_two(actor, session.guidance)
    told = _checked(meeting, viewer.today)
    with transaction.atomic():
        current = held_session(session, version)
        require_state(current, S.PROPOSED, S.AGREED)
        for name, value in vars(told).items():
            setattr(current, name, value)
        current.state, current.proposed_by, current.told_on = S.PROPOSED, viewer.employee, None
        current.employee_at = current.guide_at = None
        save(current, "state", "proposed_by", "told_on", "employee_at", "guide_at", *vars(told))
        tell("session_moved", current.guidance, viewer, other_of(current.guidance, viewer))
    return current


def cancel_session(*, actor: Viewer | None, session: GuidanceSession, reason: str, version: int) -> GuidanceSession:
    """Either calls it off, with a reason the other reads. Raises NotAllowed, NotNow, Stale, ValidationError."""
    viewer = require_one_of_two(actor, session.guidance)
    with transaction.atomic():
        current = held_session(session, version)
        require_state(current, S.PROPOSED, S.AGREED)
        current.state, current.reason = S.CANCELLED, worded("reason", reason)
        save(current, "state", "reason")
        tell("session_cancelled", current.guidance, viewer, other_of(current.guidance, viewer))
    return current


def write_session(
    *, actor: Viewer | None, session: GuidanceSession, notes: str, minutes: int, version: int
) -> GuidanceSession:
    """Either writes what was talked about, from the day on; both keys are open again. Raises NotAllowed, NotNow, Stale,
    ValidationError."""
    viewer = require_one_of_two(actor, session.guidance)
    notes = worded("notes", notes, gettext("Tulis apa yang dibicarakan."))
    if not SHORTEST <= minutes <= LONGEST:
        raise ValidationError({"minutes": gettext("Antara 10 menit dan 8 jam.")})
    with transaction.atomic():
        current = _being_written(session, viewer, version)
        current.notes, current.minutes = notes, minutes
        _open_again(current, "notes", "minutes")
        tell("session_written", current.guidance, viewer, other_of(current.guidance, viewer))
    return current


def _being_written(session: GuidanceSession, viewer: Viewer, version: int | None = None) -> GuidanceSession:
    current = held_session(session, version)
    require_running(current.guidance)
    require_state(current, S.AGREED)
    if current.day > viewer.today:
        raise NotNow(gettext("Sesi ini ditulis mulai harinya."))
    return current


def _open_again(row: GuidanceSession, *fields: str) -> None:
    row.employee_at = row.guide_at = None
    save(row, "employee_at", "guide_at", *fields)


def add_step(*, actor: Viewer | None, session: GuidanceSession, step: Agreed) -> GuidanceStep:
    """Either adds what was agreed; both keys are open again. Raises NotAllowed, NotNow, ValidationError."""
    viewer = require_one_of_two(actor, session.guidance)
    if step.owner.pk not in (session.guidance.employee_id, session.guidance.guide_id):
        raise ValidationError({"owner": gettext("Langkah dipegang oleh salah satu dari Anda berdua.")})
    if step.due_on < viewer.today:
        raise ValidationError({"due_on": gettext("Tenggatnya hari ini atau sesudahnya.")})
    with transaction.atomic():
        current = _being_written(session, viewer)
        text = worded("text", step.text, gettext("Tulis langkahnya."))
        if known := current.steps.filter(owner=step.owner, text=text, due_on=step.due_on).first():
            return known
        if current.steps.count() >= MOST_STEPS:
            raise NotNow(gettext("Langkahnya sudah banyak. Pilih yang terpenting."))
        told = {"indicator": step.indicator.strip(), "adjusts": step.adjusts, "due_on": step.due_on}
        row = GuidanceStep.objects.create(session=current, owner=step.owner, text=text, **told)
        _open_again(current)
        tell("step_added", current.guidance, viewer, other_of(current.guidance, viewer))
    return row


def drop_step(*, actor: Viewer | None, step: GuidanceStep) -> None:
    """Either strikes a step while its session is written. Raises NotAllowed, NotNow."""
    viewer = require_one_of_two(actor, step.session.guidance)
    with transaction.atomic():
        current = _being_written(step.session, viewer)
        GuidanceStep.objects.filter(pk=step.pk, done_on=None).delete()
        _open_again(current)
        tell("step_dropped", current.guidance, viewer, other_of(current.guidance, viewer))


def settle_step(*, actor: Viewer | None, step: GuidanceStep, outcome: str) -> GuidanceStep:
    """The owner says that it is done, and what came of it. Raises NotAllowed for others, NotNow where it is done or its
    session is not confirmed yet."""
    guidance = step.session.guidance
    viewer = require_one_of_two(actor, guidance)
    if viewer.employee.pk != step.owner_id:
        raise NotAllowed(gettext("Hanya pemegang langkah yang menyatakannya selesai."))
    with transaction.atomic():
        held_guidance(guidance)
        current = GuidanceStep.objects.select_related("session").get(pk=step.pk)
        if current.done_on is not None:
            raise NotNow(gettext("Langkah ini sudah selesai."))
        require_state(current.session, S.DONE)
        current.done_on, current.outcome = viewer.today, outcome.strip()
        current.save(update_fields=["done_on", "outcome"])
        tell("step_done", guidance, viewer, other_of(guidance, viewer))
    return current


def confirm_session(*, actor: Viewer | None, session: GuidanceSession, version: int) -> GuidanceSession:
    """A key of one of both for what is written; with the second it is done. Raises NotAllowed, NotNow before anything
    is written, Stale where it was changed since."""
    viewer = require_one_of_two(actor, session.guidance)
    own = "employee_at" if viewer.employee.pk == session.guidance.employee_id else "guide_at"
    with transaction.atomic():
        current = held_session(session)
        if getattr(current, own):
            return current
        current = _being_written(session, viewer, version)
        if not current.notes:
            raise NotNow(gettext("Tulis dahulu apa yang dibicarakan."))
        setattr(current, own, timezone.now())
        if current.employee_at and current.guide_at:
            current.state = S.DONE
        save(current, own, "state")
        tell("session_confirmed", current.guidance, viewer, other_of(current.guidance, viewer))
    return current


def is_writable(session: GuidanceSession, today: date) -> bool:
    """Whether notes and steps may be written today."""
    return session.guidance.state == GuidanceState.RUNNING and session.is_due(today)
