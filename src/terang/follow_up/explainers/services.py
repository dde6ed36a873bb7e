"""Reading and understanding an explainer, and keeping the places that help."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.follow_up.explainers.content import Explainer
from terang.follow_up.explainers.models import HelpContact, HelpKind, Reading
from terang.registry.people.access import require_keeper_of, require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale


@dataclass(frozen=True)
class Contact:
    """What the form says about a place that helps."""

    kind: str
    name: str
    reach: str
    hours: str


def answer(*, actor: Viewer | None, explainer: Explainer, answers: Sequence[int], version: int) -> Reading:
    """Keeps that it was read, and understood where every answer is right; understood once, it stays so.

    Raises NotAllowed, Stale where the text has changed since the page was opened, ValidationError for a missing answer.
    """
    viewer = require_viewer(actor)
    if version != explainer.version:
        raise Stale(gettext("Penjelasan ini diperbarui sejak Anda membukanya. Muat ulang, lalu baca lagi."))
    if len(answers) != len(explainer.questions):
        raise ValidationError(gettext("Jawab setiap pertanyaan."))
    right = all(given == each.right for given, each in zip(answers, explainer.questions, strict=True))
    with transaction.atomic():
        Employee.objects.select_for_update(of=("self",)).get(pk=viewer.employee.pk)
        held, made = Reading.objects.get_or_create(
            employee=viewer.employee,
            code=explainer.code,
            text_version=version,
            defaults={"read_on": viewer.today},
        )
        if made:
            _tell("read", viewer, held)
        if right and held.understood_on is None:
            held.understood_on = viewer.today
            held.save(update_fields=["understood_on"])
            _tell("understood", viewer, held)
    return held


def _tell(verb: str, viewer: Viewer, row: Reading) -> None:
    """That somebody read it, without saying who: whoever keeps the journal is to count readers, not to list them."""
    changes = {"title": row.code, "version": row.text_version}
    record(f"explainers.{verb}", actor=None, agency_id=viewer.agency_id, changes=changes)


def add_contact(*, actor: Viewer | None, told: Contact, form_key: UUID) -> HelpContact:
    """The personnel agency names a place that helps. Raises NotAllowed, ValidationError by field."""
    agency_id = require_viewer(actor).agency_id
    require_keeper_of(actor, agency_id)
    viewer = require_viewer(actor)
    if wrong := _wrong(told):
        raise ValidationError(wrong)
    with transaction.atomic():
        if known := HelpContact.objects.filter(form_key=form_key, agency_id=agency_id).first():
            return known
        made = HelpContact.objects.create(
            agency_id=agency_id,
            kind=told.kind,
            name=told.name.strip(),
            reach=told.reach.strip(),
            hours=told.hours.strip(),
            told_by=viewer.employee,
            told_on=viewer.today,
            checked_on=viewer.today,
            form_key=form_key,
        )
        changes = {"name": [None, made.name], "kind": made.kind}
        record("explainers.help_added", actor=viewer.user, obj=made, agency_id=agency_id, changes=changes)
    return made


def _wrong(told: Contact) -> dict[str, str]:
    wrong = {}
    if told.kind not in HelpKind.values:
        wrong["kind"] = gettext("Pilih untuk apa.")
    if not told.name.strip():
        wrong["name"] = gettext("Tulis nama orang atau tempatnya.")
    if not told.reach.strip():
        wrong["reach"] = gettext("Tulis nomor, alamat, atau ruangannya.")
    return wrong


def check_contact(*, actor: Viewer | None, contact: HelpContact) -> HelpContact:
    """It was made sure today that the place holds. Twice a day is as good as once. Raises NotAllowed, NotNow for one
    that has ended."""
    require_keeper_of(actor, contact.agency_id)
    viewer = require_viewer(actor)
    with transaction.atomic():
        held = HelpContact.objects.select_for_update().get(pk=contact.pk)
        if held.ended_on is not None:
            raise NotNow(gettext("Tempat bantuan ini sudah tidak ditampilkan."))
        if held.checked_on < viewer.today:
            held.checked_on = viewer.today
            held.save(update_fields=["checked_on"])
            record("explainers.help_checked", actor=viewer.user, obj=held, agency_id=held.agency_id)
    return held


def end_contact(*, actor: Viewer | None, contact: HelpContact) -> HelpContact:
    """It no longer holds from today on. Twice is as good as once. Raises NotAllowed."""
    require_keeper_of(actor, contact.agency_id)
    viewer = require_viewer(actor)
    with transaction.atomic():
        held = HelpContact.objects.select_for_update().get(pk=contact.pk)
        if held.ended_on is not None:
            return held
        held.ended_on = viewer.today
        held.save(update_fields=["ended_on"])
        record("explainers.help_ended", actor=viewer.user, obj=held, agency_id=held.agency_id)
    return held
