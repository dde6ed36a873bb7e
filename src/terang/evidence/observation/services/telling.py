"""Feedback on the same day, and what the observed person makes of it."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.observation.access import require_observed, require_observer
from terang.evidence.observation.models import Observation, ObservationState
from terang.evidence.observation.services.moving import locked, move
from terang.registry.organization.calendars import deadline_calendar
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.working_days import deadline
from terang.web.errors import NotNow


@dataclass(frozen=True)
class Told:
    """What went well, what to try, and what the person will reach by a day."""

    went_well: str
    to_try: str
    aim: str
    aim_due_on: date


def tell_observation(*, actor: Viewer | None, observation: Observation, told: Told, version: int) -> Observation:
    """An observer gives the feedback; the observed person reads it at once, with the marks. On a later day than that of
    the observation it is told as late. Raises NotAllowed, ValidationError, NotNow, Stale."""
    viewer = require_observer(actor, observation)
    if told.aim_due_on <= observation.day:
        raise ValidationError({"aim_due_on": gettext("Pilih hari sesudah observasi.")})
    if told.aim_due_on < viewer.today:
        raise ValidationError({"aim_due_on": gettext("Hari itu sudah lewat. Pilih hari yang akan datang.")})
    with transaction.atomic():
        current = locked(observation, "tell", version)
        days = current.instrument.contest_days
        current.went_well, current.to_try = told.went_well.strip(), told.to_try.strip()
        current.aim, current.aim_due_on = told.aim.strip(), told.aim_due_on
        current.told_by, current.told_at, current.told_on = viewer.employee, timezone.now(), viewer.today
        current.contest_due_on = deadline(viewer.today, days, deadline_calendar(current.employee.agency))
        current.state = ObservationState.TOLD
        words = ("went_well", "to_try", "aim", "aim_due_on")
        move(current, "told", viewer, "state", *words, "told_by", "told_at", "told_on", "contest_due_on")
    return current


def reply_observation(*, actor: Viewer | None, observation: Observation, text: str, version: int) -> Observation:
    """The observed person answers, once. Raises NotAllowed, NotNow, Stale."""
    viewer = require_observed(actor, observation)
    with transaction.atomic():
        current = locked(observation, "reply", version)
        if current.replied_at is not None:
            raise NotNow(gettext("Anda sudah menanggapi. Tulis yang berikutnya dalam refleksi."))
        current.reply, current.replied_at = text.strip(), timezone.now()
        move(current, "replied", viewer, "reply", "replied_at")
    return current


def reflect_observation(*, actor: Viewer | None, observation: Observation, text: str, version: int) -> Observation:
    """The observed person writes, or writes anew, what was learned and tried. Raises NotAllowed, NotNow, Stale."""
    viewer = require_observed(actor, observation)
    with transaction.atomic():
        current = locked(observation, "reflect", version)
        current.reflection, current.reflected_at = text.strip(), timezone.now()
        move(current, "reflected", viewer, "reflection", "reflected_at")
    return current


def accept_observation(*, actor: Viewer | None, observation: Observation, version: int) -> Observation:
    """The observed person accepts it; from now on it counts, on the day of the observation. Raises as above."""
    viewer = require_observed(actor, observation)
    with transaction.atomic():
        current = locked(observation, "accept", version)
        finish(current, viewer, viewer.today, "accepted")
    return current


def finish(observation: Observation, viewer: Viewer | None, today: date, verb: str) -> None:
    """It is finished, by the person's word or because the last day to contest has passed."""
    observation.state, observation.finished_on = ObservationState.FINISHED, today
    move(observation, verb, viewer, "state", "finished_on")
