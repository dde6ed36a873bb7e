"""An observation is planned, followed by a second, or made again by another observer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from terang.evidence.observation.access import (
    require_arranger,
    require_canceller,
)
from terang.evidence.observation.models import Instrument, Observation, ObservationState, Sheet
from terang.evidence.observation.observers import MOST_OBSERVERS, kind_of
from terang.evidence.observation.services.moving import locked, tell_journal
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
    require_day(planned.day, viewer.today)
    if planned.indicator and instrument.content.indicator(planned.indicator) is None:
        raise ValidationError({"indicator": gettext("Indikator ini tidak ada dalam instrumennya.")})
    _require_observers(employee, planned.observers, viewer.today)


def require_day(day: date, today: date) -> None:
    if not today <= day <= today + LATEST:
        raise ValidationError({"day": gettext("Pilih hari ini sampai enam bulan ke depan.")})


def require_replacement(observation: Observation, observer: Employee, today: date) -> None:
    """Whether somebody may take over an open sheet: as when it is planned, and nobody who observed the contested one in
    whose place this stands. Raises ValidationError."""
    former = Sheet.objects.filter(Q(observation=observation) | Q(observation__replaced_by=observation))
    if former.filter(observer=observer).exists():
        raise ValidationError({"observers": gettext("Pilih pengamat lain; yang dahulu sudah mengamati.")})
    _require_observers(observation.employee, [observer], today)


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
