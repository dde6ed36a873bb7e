"""A dialogue is called, prepared, written, told by the leader and confirmed by the employee; agreements are settled."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.dialogue.access import leader_of, require_confirmer, require_talker
from terang.evidence.dialogue.agenda import points_for
from terang.evidence.dialogue.models import Agreement, Talk, TalkPoint, TalkState
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow, Stale

MOST_POINTS, MOST_AGREEMENTS = 30, 15
"""Of one talk: what two people can go through in an hour."""
LATEST = timedelta(days=92)
"""How far ahead a talk is called; a longer wait would block the next one."""


@dataclass(frozen=True)
class Promised:
    """What is agreed: whose it is, what, and by when."""

    owner: Employee
    text: str
    due_on: date


def call_talk(*, actor: Viewer | None, employee: Employee, day: date, form_key: UUID) -> Talk:
    """The leader or the employee calls a talk of both; its points are collected at once. Same form, one talk.

    Raises NotAllowed where the actor is neither, ValidationError for a day that has passed, NotNow where one is open.
    """
    leader = leader_of(actor, employee)
    assert actor is not None
    if not actor.today <= day <= actor.today + LATEST:
        raise ValidationError({"day": gettext("Pilih hari ini sampai tiga bulan ke depan.")})
    with transaction.atomic():
        Employee.objects.select_for_update(no_key=True).get(pk=employee.pk)
        if known := Talk.objects.filter(form_key=form_key, employee=employee).first():
            return known
        if Talk.objects.filter(leader=leader, employee=employee, state__in=(TalkState.OPEN, TalkState.TOLD)).exists():
            raise NotNow(gettext("Masih ada dialog yang belum selesai. Teruskan yang itu."))
        talk = Talk.objects.create(leader=leader, employee=employee, day=day, form_key=form_key)
        found = points_for(leader.pk, employee.pk, actor.today)
        TalkPoint.objects.bulk_create(
            TalkPoint(talk=talk, number=number, text=point.text, url=point.url) for number, point in enumerate(found, 1)
        )
        _record("dialogue.talk_called", talk, actor, {"day": day})
    return talk


def add_point(*, actor: Viewer | None, talk: Talk, text: str) -> TalkPoint:
    """Either adds something to talk about while it is open. Raises NotAllowed, NotNow."""
    viewer = require_talker(actor, talk)
    with transaction.atomic():
        current = _open(talk)
        last = current.points.aggregate(last=Max("number"))["last"] or 0
        if last >= MOST_POINTS:
            raise NotNow(gettext("Pokok bahasan sudah banyak. Bicarakan dahulu yang ada."))
        point = TalkPoint.objects.create(talk=current, number=last + 1, text=text.strip(), added_by=viewer.employee)
        _move(current, "dialogue.talk_prepared", viewer)
    return point


def note_point(*, actor: Viewer | None, point: TalkPoint, note: str, version: int) -> TalkPoint:
    """Either writes down what was said. Raises NotAllowed, NotNow, Stale where the talk moved on since."""
    viewer = require_talker(actor, point.talk)
    with transaction.atomic():
        current = _open(point.talk, version)
        TalkPoint.objects.filter(pk=point.pk).update(note=note.strip())
        _move(current, "dialogue.talk_written", viewer)
    point.refresh_from_db()
    return point


def agree(*, actor: Viewer | None, talk: Talk, promised: Promised) -> Agreement:
    """Either writes down what is agreed, for one of both. Raises NotAllowed, NotNow, ValidationError."""
    viewer = require_talker(actor, talk)
    if promised.owner.pk not in (talk.leader_id, talk.employee_id):
        raise ValidationError({"owner": gettext("Kesepakatan dipegang oleh salah satu dari Anda berdua.")})
    if promised.due_on < talk.day:
        raise ValidationError({"due_on": gettext("Tenggat tidak mungkin sebelum hari dialog.")})
    with transaction.atomic():
        current = _open(talk)
        if current.agreements.count() >= MOST_AGREEMENTS:
            raise NotNow(gettext("Sudah banyak yang disepakati. Pilih yang terpenting."))
        row = Agreement.objects.create(
            talk=current, owner=promised.owner, text=promised.text.strip(), due_on=promised.due_on
        )
        _move(current, "dialogue.talk_written", viewer)
    return row


def drop_agreement(*, actor: Viewer | None, agreement: Agreement) -> None:
    """Either strikes what was written by mistake, while the talk is open. Raises NotAllowed, NotNow."""
    viewer = require_talker(actor, agreement.talk)
    with transaction.atomic():
        current = _open(agreement.talk)
        Agreement.objects.filter(pk=agreement.pk).delete()
        _move(current, "dialogue.talk_written", viewer)


def tell_talk(*, actor: Viewer | None, talk: Talk, version: int) -> Talk:
    """The leader turns the first key: it was held and is written as it was. Raises NotAllowed for the employee, NotNow
    before its day, Stale."""
    viewer = require_talker(actor, talk)
    if viewer.employee.pk != talk.leader_id:
        raise NotAllowed(gettext("Pimpinan mengonfirmasi lebih dahulu, lalu Anda."))
    if talk.day > viewer.today:
        raise NotNow(gettext("Dialog ini belum berlangsung."))
    with transaction.atomic():
        current = _open(talk, version)
        current.state, current.told_at, current.reason = TalkState.TOLD, timezone.now(), ""
        _move(current, "dialogue.talk_told", viewer, "state", "told_at", "reason")
    return current


def confirm_talk(*, actor: Viewer | None, talk: Talk, version: int) -> Talk:
    """The employee turns the second key. Raises NotAllowed for the leader, NotNow unless it waits for it, Stale."""
    viewer = require_confirmer(actor, talk)
    with transaction.atomic():
        current = _told(talk, version)
        current.state, current.confirmed_at = TalkState.CONFIRMED, timezone.now()
        _move(current, "dialogue.talk_confirmed", viewer, "state", "confirmed_at")
    return current


def give_back_talk(*, actor: Viewer | None, talk: Talk, reason: str, version: int) -> Talk:
    """The employee says what is not right; it is open again for both. Raises as `confirm_talk`."""
    viewer = require_confirmer(actor, talk)
    with transaction.atomic():
        current = _told(talk, version)
        current.state, current.told_at, current.reason = TalkState.OPEN, None, reason.strip()
        _move(current, "dialogue.talk_given_back", viewer, "state", "told_at", "reason")
    return current


def cancel_talk(*, actor: Viewer | None, talk: Talk, reason: str, version: int) -> Talk:
    """Either calls an open talk off, with the reason. Raises NotAllowed, NotNow, Stale."""
    viewer = require_talker(actor, talk)
    with transaction.atomic():
        current = _open(talk, version)
        current.state, current.reason = TalkState.CANCELLED, reason.strip()
        _move(current, "dialogue.talk_cancelled", viewer, "state", "reason")
    return current


def settle_agreement(*, actor: Viewer | None, agreement: Agreement, outcome: str) -> Agreement:
    """The owner says that it is done, and what came of it. Raises NotAllowed for others, NotNow where it was done or
    the talk is not confirmed."""
    viewer = require_talker(actor, agreement.talk)
    if viewer.employee.pk != agreement.owner_id:
        raise NotAllowed(gettext("Hanya pemegang kesepakatan yang menyatakannya selesai."))
    with transaction.atomic():
        current = (
            Agreement.objects.select_for_update(of=("self",)).select_related("talk__employee").get(pk=agreement.pk)
        )
        if current.talk.state != TalkState.CONFIRMED:
            raise NotNow(gettext("Dialognya belum dikonfirmasi keduanya."))
        if current.done_on is not None:
            raise NotNow(gettext("Kesepakatan ini sudah selesai."))
        current.done_on, current.outcome = viewer.today, outcome.strip()
        current.save(update_fields=["done_on", "outcome"])
        _record("dialogue.agreement_settled", current.talk, viewer)
    return current


def _locked(talk: Talk, version: int | None) -> Talk:
    rows = Talk.objects.select_for_update(of=("self",)).select_related("employee")
    current = rows.get(pk=talk.pk)
    if version is not None and current.version != version:
        raise Stale(gettext("Dialog ini berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
    return current


def _open(talk: Talk, version: int | None = None) -> Talk:
    current = _locked(talk, version)
    if current.state != TalkState.OPEN:
        raise NotNow(gettext("Dialog ini tidak dapat diubah lagi."))
    return current


def _told(talk: Talk, version: int) -> Talk:
    current = _locked(talk, version)
    if current.state != TalkState.TOLD:
        raise NotNow(gettext("Dialog ini tidak menunggu konfirmasi Anda."))
    return current


def _move(talk: Talk, verb: str, viewer: Viewer, *fields: str) -> None:
    talk.version += 1
    talk.save(update_fields=["version", *fields])
    _record(verb, talk, viewer)


def _record(verb: str, talk: Talk, viewer: Viewer, changes: dict[str, date] | None = None) -> None:
    record(
        verb,
        actor=viewer.user,
        obj=talk,
        agency_id=talk.employee.agency_id,
        subject_employee_id=talk.employee_id,
        changes=changes,
    )
