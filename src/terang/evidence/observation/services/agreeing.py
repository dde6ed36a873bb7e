"""What both talk about before an observation: the goal is written and agreed, the day is moved, or it is called off."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.observation.access import may_arrange, observes, require_canceller, require_side
from terang.evidence.observation.models import Mark, Observation, ObservationState
from terang.evidence.observation.services.moving import locked, move, tell_journal
from terang.evidence.observation.services.planning import require_day
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


@dataclass(frozen=True)
class Prepared:
    """What both talk about beforehand; `indicator` is heard from the observed person alone."""

    goal: str
    look_for: str
    indicator: str = ""


def prepare_observation(
    *, actor: Viewer | None, observation: Observation, prepared: Prepared, version: int
) -> Observation:
    """Either side writes what the observation is for and what to look for. It turns the own key and takes back that of
    the other, who agrees to what stands there. Raises NotAllowed, ValidationError, NotNow, Stale."""
    viewer = require_side(actor, observation)
    with transaction.atomic():
        current = locked(observation, "prepare", version)
        own = viewer.employee.pk == current.employee_id
        picked = prepared.indicator if own and current.previous_id is None else current.indicator
        if not picked:
            message = gettext("Pilih indikatornya.") if own else gettext("Yang diamati memilih indikatornya dahulu.")
            raise ValidationError({"indicator": message})
        if current.instrument.content.indicator(picked) is None:
            raise ValidationError({"indicator": gettext("Indikator ini tidak ada dalam instrumennya.")})
        if picked != current.indicator:
            _empty_sheets(current)
        current.indicator = picked
        current.goal, current.look_for = prepared.goal.strip(), prepared.look_for.strip()
        _turn(current, own=own)
        move(current, "prepared", viewer, "indicator", "goal", "look_for", *_KEYS)
    return current


_KEYS = ("observed_agreed_at", "observer_agreed_at")


def _turn(observation: Observation, *, own: bool) -> None:
    now = timezone.now()
    observation.observed_agreed_at, observation.observer_agreed_at = (now, None) if own else (None, now)


def _turn_by_day(observation: Observation, viewer: Viewer) -> None:
    """Who moved the day agrees to it, where there is a goal; a third party agrees in nobody's name."""
    own = viewer.employee.pk == observation.employee_id
    if not own and not observes(viewer, observation):
        observation.observed_agreed_at = observation.observer_agreed_at = None
    elif observation.goal:
        _turn(observation, own=own)


def agree_observation(*, actor: Viewer | None, observation: Observation, version: int) -> Observation:
    """The other side agrees to what was written. Raises NotAllowed, NotNow where nothing was, it was the own word, or
    the day has passed."""
    viewer = require_side(actor, observation)
    with transaction.atomic():
        current = locked(observation, "agree", version)
        if current.day < viewer.today:
            raise NotNow(gettext("Harinya sudah lewat. Pilih hari lain lebih dahulu."))
        own = viewer.employee.pk == current.employee_id
        theirs = current.observer_agreed_at if own else current.observed_agreed_at
        if not theirs or not current.indicator or not current.goal:
            raise NotNow(gettext("Tujuan dan indikatornya belum ditulis pihak lain. Tulislah lebih dahulu."))
        setattr(current, _KEYS[0] if own else _KEYS[1], timezone.now())
        current.state = ObservationState.AGREED
        move(current, "agreed", viewer, "state", *_KEYS)
    return current


def may_reschedule(viewer: Viewer, observation: Observation) -> bool:
    """Either side, and who plans."""
    own = viewer.employee.pk == observation.employee_id
    return own or observes(viewer, observation) or may_arrange(viewer, observation.employee)


def reschedule_observation(
    *, actor: Viewer | None, observation: Observation, day: date, reason: str, version: int
) -> Observation:
    """Another day, with the reason. The other side agrees anew; both do where a third party moved it. Not once a sheet
    was given.

    Raises NotAllowed, ValidationError, NotNow, Stale.
    """
    viewer = actor
    if viewer is None or not may_reschedule(viewer, observation):
        viewer = require_side(actor, observation)
    require_day(day, viewer.today)
    with transaction.atomic():
        current = locked(observation, "reschedule", version)
        _require_no_sheet(current)
        _empty_sheets(current)
        before, current.day = current.day, day
        current.reason, current.state = reason.strip(), ObservationState.PLANNED
        _turn_by_day(current, viewer)
        current.version += 1
        current.save(update_fields=["version", "day", "reason", "state", *_KEYS])
        tell_journal("rescheduled", current, viewer, [before.isoformat(), day.isoformat()])
    return current


def cancel_observation(*, actor: Viewer | None, observation: Observation, reason: str, version: int) -> Observation:
    """Who plans or observes calls it off, with the reason. Raises as `reschedule_observation`."""
    viewer = require_canceller(actor, observation)
    with transaction.atomic():
        current = locked(observation, "cancel", version)
        _require_no_sheet(current)
        current.state, current.reason = ObservationState.CANCELLED, reason.strip()
        move(current, "cancelled", viewer, "state", "reason")
    return current


def _empty_sheets(observation: Observation) -> None:
    """What was begun belongs to another day or to other behaviours, which have the same numbers."""
    Mark.objects.filter(sheet__observation=observation).delete()
    observation.sheets.update(saved_at=None)


def _require_no_sheet(observation: Observation) -> None:
    if any(sheet.given_at for sheet in observation.sheets.all()):
        raise NotNow(gettext("Satu pengamat sudah menyerahkan lembarnya. Selesaikan dahulu observasi ini."))
