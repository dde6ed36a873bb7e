"""An observation is planned, prepared and agreed by both, moved to another day, called off, followed by a second."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.observation.access import (
    may_arrange,
    observes,
    require_arranger,
    require_canceller,
    require_side,
)
from terang.evidence.observation.models import Instrument, Observation, ObservationState, Sheet
from terang.evidence.observation.observers import MOST_OBSERVERS, kind_of
from terang.evidence.observation.services.moving import locked, move, tell_journal
from terang.registry.people.models import Assignment, Employee
from terang.registry.people.selectors import direct_report_ids, main_posts
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow

LATEST = timedelta(days=183)
"""How far ahead an observation is planned: half a year, so that a plan nobody remembers blocks no other. Our choice."""
UNFINISHED = (
    ObservationState.PLANNED,
    ObservationState.AGREED,
    ObservationState.MARKED,
    ObservationState.SETTLED,
    ObservationState.TOLD,
    ObservationState.CONTESTED,
)


@dataclass(frozen=True)
class Planned:
    """By whom (one or two), when, where; `indicator` is empty where the observed person shall pick it."""

    observers: tuple[Employee, ...]
    day: date
    place: str
    indicator: str = ""


@dataclass(frozen=True)
class Prepared:
    """What both talk about beforehand; `indicator` is heard from the observed person alone."""

    goal: str
    look_for: str
    indicator: str = ""


def plan_observation(
    *, actor: Viewer | None, employee: Employee, instrument: Instrument, planned: Planned, form_key: UUID
) -> Observation:
    """Who leads a person, or the personnel agency, plans an observation. The same form sent twice plans one.

    Raises NotAllowed, ValidationError for odd days, observers or instruments, NotNow where one is under way.
    """
    viewer = require_arranger(actor, employee)
    post = _post_of(employee, viewer.today)
    if not instrument.suits(post.post.category, post.post.unit.kind) or instrument.agency_id != employee.agency_id:
        raise ValidationError({"instrument": gettext("Instrumen ini bukan untuk jabatan atau unit pegawai itu.")})
    with transaction.atomic():
        return _make(viewer, employee, post, instrument, planned, form_key)


def follow_observation(
    *, actor: Viewer | None, observation: Observation, planned: Planned, form_key: UUID
) -> Observation:
    """A second observation on the same indicator of the same version, to see what changed: planned by who plans or by
    an observer of the first. Raises as `plan_observation`, and NotNow where there is a second one already."""
    viewer = require_canceller(actor, observation)
    with transaction.atomic():
        first = locked(observation, "follow")
        known = first.followed_by.exclude(state__in=(ObservationState.WITHDRAWN, ObservationState.CANCELLED)).first()
        if known and known.form_key != form_key:
            raise NotNow(gettext("Observasi kedua sudah direncanakan."))
        post = _post_of(first.employee, viewer.today)
        told = Planned(planned.observers, planned.day, planned.place, first.indicator)
        return _make(viewer, first.employee, post, first.instrument, told, form_key, previous=first)


def make_again(viewer: Viewer, old: Observation, planned: Planned, form_key: UUID) -> Observation:
    """One in place of a contested one that was withdrawn: same instrument and indicator, none of the observers."""
    former = {sheet.observer_id for sheet in old.sheets.all()}
    if any(each.pk in former for each in planned.observers):
        raise ValidationError({"observers": gettext("Pilih pengamat lain; yang dahulu sudah mengamati.")})
    told = Planned(planned.observers, planned.day, planned.place, old.indicator)
    post = _post_of(old.employee, viewer.today)
    return _make(viewer, old.employee, post, old.instrument, told, form_key, previous=old.previous, replaces=old)


def _post_of(employee: Employee, day: date) -> Assignment:
    post = main_posts([employee.pk], day).get(employee.pk)
    if post is None:
        raise NotAllowed(gettext("%(name)s tidak bekerja di sini lagi.") % {"name": employee.name})
    return post


def _make(
    viewer: Viewer,
    employee: Employee,
    post: Assignment,
    instrument: Instrument,
    planned: Planned,
    form_key: UUID,
    **links: Observation | None,
) -> Observation:
    Employee.objects.select_for_update(no_key=True).get(pk=employee.pk)
    if known := Observation.objects.filter(form_key=form_key, employee=employee).first():
        return known
    _require_sense(viewer, employee, instrument, planned)
    if Observation.objects.filter(employee=employee, instrument__code=instrument.code, state__in=UNFINISHED).exists():
        raise NotNow(gettext("Masih ada observasi yang belum selesai. Teruskan yang itu."))
    made = Observation.objects.create(
        employee=employee,
        unit_id=post.post.unit_id,
        instrument=instrument,
        indicator=planned.indicator,
        place=planned.place.strip(),
        day=planned.day,
        planned_by=viewer.employee,
        form_key=form_key,
        **links,
    )
    Sheet.objects.bulk_create(
        Sheet(observation=made, number=number, observer=each, kind=kind_of(each, employee, viewer.today))
        for number, each in enumerate(planned.observers, 1)
    )
    tell_journal("planned", made, viewer)
    return made


def _require_sense(viewer: Viewer, employee: Employee, instrument: Instrument, planned: Planned) -> None:
    _require_day(planned.day, viewer.today)
    if planned.indicator and instrument.content.indicator(planned.indicator) is None:
        raise ValidationError({"indicator": gettext("Indikator ini tidak ada dalam instrumennya.")})
    _require_observers(employee, planned.observers, viewer.today)


def _require_day(day: date, today: date) -> None:
    if not today <= day <= today + LATEST:
        raise ValidationError({"day": gettext("Pilih hari ini sampai enam bulan ke depan.")})


def _require_observers(employee: Employee, observers: Collection[Employee], today: date) -> None:
    ids = {each.pk for each in observers}
    if not 1 <= len(ids) <= MOST_OBSERVERS or len(ids) != len(observers):
        raise ValidationError({"observers": gettext("Pilih satu atau dua pengamat yang berbeda.")})
    if employee.pk in ids:
        raise ValidationError({"observers": gettext("Yang diamati tidak mengamati dirinya sendiri.")})
    if any(each.agency_id != employee.agency_id or (each.left_on and each.left_on <= today) for each in observers):
        raise ValidationError({"observers": gettext("Pengamat harus bekerja di pemerintah daerah ini.")})
    if ids & set(direct_report_ids(employee, today)):
        raise ValidationError({"observers": gettext("Bawahan tidak mengamati atasannya sendiri.")})


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
        current.indicator = picked
        current.goal, current.look_for = prepared.goal.strip(), prepared.look_for.strip()
        _turn(current, own=own)
        move(current, "prepared", viewer, "indicator", "goal", "look_for", *_KEYS)
    return current


_KEYS = ("observed_agreed_at", "observer_agreed_at")


def _turn(observation: Observation, *, own: bool) -> None:
    now = timezone.now()
    observation.observed_agreed_at, observation.observer_agreed_at = (now, None) if own else (None, now)


def agree_observation(*, actor: Viewer | None, observation: Observation, version: int) -> Observation:
    """The other side agrees to what was written. Raises NotAllowed, NotNow where nothing was or it was the own word."""
    viewer = require_side(actor, observation)
    with transaction.atomic():
        current = locked(observation, "agree", version)
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
    """Another day, with the reason. The other side agrees anew. Not once a sheet was given.

    Raises NotAllowed, ValidationError, NotNow, Stale.
    """
    viewer = actor
    if viewer is None or not may_reschedule(viewer, observation):
        viewer = require_side(actor, observation)
    _require_day(day, viewer.today)
    with transaction.atomic():
        current = locked(observation, "reschedule", version)
        _require_no_sheet(current)
        before, current.day = current.day, day
        current.reason, current.state = reason.strip(), ObservationState.PLANNED
        if current.goal:
            _turn(current, own=viewer.employee.pk == current.employee_id)
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


def _require_no_sheet(observation: Observation) -> None:
    if any(sheet.given_at for sheet in observation.sheets.all()):
        raise NotNow(gettext("Satu pengamat sudah menyerahkan lembarnya. Selesaikan dahulu observasi ini."))
