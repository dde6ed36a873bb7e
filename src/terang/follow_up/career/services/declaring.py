"""Declared facts: given with a document, checked by a second person, contested, answered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.follow_up.career.access import require_giver, require_person, require_second
from terang.follow_up.career.models import Declaration, DeclarationState, Subject
from terang.follow_up.career.services.computing import compute
from terang.follow_up.career.states import require_state, require_version
from terang.follow_up.career.values import read_value
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow

S = DeclarationState
OPEN = (S.GIVEN, S.CONFIRMED, S.CONTESTED)


@dataclass(frozen=True)
class Told:
    """What a document says. `until` is missing where it stays true."""

    subject: str
    value: str
    day: date
    until: date | None
    document: str


def declare(*, actor: Viewer | None, employee: Employee, told: Told, form_key: UUID) -> Declaration:
    """One fact with its document; it waits for the second person. The same form sent twice makes one.

    Raises NotAllowed, NotNow where the same fact of that day is there already, ValidationError by field.
    """
    viewer = require_giver(actor, employee, told.subject)
    value = _checked(told, viewer.today)
    with transaction.atomic():
        Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
        if known := Declaration.objects.filter(form_key=form_key, employee=employee).first():
            return known
        if employee.career_declarations.filter(subject=told.subject, day=told.day, state__in=OPEN).exists():
            raise NotNow(gettext("Data yang sama sudah tercatat pada tanggal itu."))
        row = Declaration.objects.create(
            employee=employee,
            subject=told.subject,
            value=value,
            day=told.day,
            until=told.until,
            document=told.document.strip(),
            given_by=viewer.employee,
            given_on=viewer.today,
            form_key=form_key,
        )
        _tell("declared", row, viewer)
    return row


def _checked(told: Told, today: date) -> str:
    """The value as it is kept. Raises ValidationError by field."""
    wrong: dict[str, str] = {}
    if told.subject not in Subject.values:
        raise ValidationError({"subject": gettext("Pilih datanya.")})
    if not told.document.strip():
        wrong["document"] = gettext("Tulis jenis, nomor, dan tanggal dokumennya.")
    if told.day > today:
        wrong["day"] = gettext("Hari ini paling akhir; yang akan datang belum dicatat.")
    if told.until is not None and told.until <= told.day:
        wrong["until"] = gettext("Harus sesudah hari berlakunya.")
    if wrong:
        raise ValidationError(wrong)
    return read_value(told.subject, told.value)


def confirm(*, actor: Viewer | None, row: Declaration, version: int) -> Declaration:
    """The second key: it counts. Sent twice it is done once. Raises NotAllowed, NotNow, Stale."""
    viewer = require_second(actor, row)
    with transaction.atomic():
        held = _held(row)
        if held.state == S.CONFIRMED and held.checked_by_id == viewer.employee.pk:
            return held
        _move(held, S.GIVEN, version)
        held.state, held.checked_by, held.checked_on = S.CONFIRMED, viewer.employee, viewer.today
        held.save()
        _tell("confirmed", held, viewer)
    return held


def send_back(*, actor: Viewer | None, row: Declaration, reason: str, version: int) -> Declaration:
    """The document does not say so; who gave it reads why. Raises NotAllowed, NotNow, Stale, ValidationError."""
    viewer = require_second(actor, row)
    reason = _worded(reason, gettext("Tulis apa yang tidak cocok, supaya dapat diperbaiki."))
    with transaction.atomic():
        held = _held(row)
        if held.state == S.RETURNED and held.checked_by_id == viewer.employee.pk:
            return held
        _move(held, S.GIVEN, version)
        held.state, held.checked_by, held.checked_on = S.RETURNED, viewer.employee, viewer.today
        held.reason = reason
        held.save()
        _tell("sent_back", held, viewer, reason)
    return held


def contest(*, actor: Viewer | None, row: Declaration, reason: str, version: int) -> Declaration:
    """The employee says why it is not so. Raises NotAllowed, NotNow, Stale, ValidationError without a reason."""
    viewer = require_person(actor, row)
    reason = _worded(reason, gettext("Tulis apa yang keliru dan dokumen mana yang benar."))
    with transaction.atomic():
        held = _held(row)
        if held.state == S.CONTESTED:
            return held
        _move(held, S.CONFIRMED, version)
        held.state, held.contest, held.contested_on = S.CONTESTED, reason, viewer.today
        held.answer, held.answered_by, held.answered_on = "", None, None
        held.save()
        _tell("contested", held, viewer, reason)
    return held


def answer_contest(*, actor: Viewer | None, row: Declaration, upholds: bool, answer: str, version: int) -> Declaration:
    """The fact stays, or is withdrawn and counts no more; the employee reads the answer.

    Raises NotAllowed, NotNow, Stale, ValidationError without an answer.
    """
    viewer = require_second(actor, row)
    answer = _worded(answer, gettext("Tulis apa yang diperiksa dan hasilnya; pegawai membacanya."))
    after = S.CONFIRMED if upholds else S.WITHDRAWN
    with transaction.atomic():
        held = _held(row)
        if held.state == after and held.answered_by_id == viewer.employee.pk:
            return held
        _move(held, S.CONTESTED, version)
        held.state, held.answer = after, answer
        held.answered_by, held.answered_on = viewer.employee, viewer.today
        held.save()
        _tell("upheld" if upholds else "withdrawn", held, viewer, answer)
    return held


def _worded(reason: str, told: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": told})
    return reason.strip()


def _held(row: Declaration) -> Declaration:
    return Declaration.objects.select_for_update(of=("self",)).select_related("employee").get(pk=row.pk)


def _move(held: Declaration, state: DeclarationState, version: int) -> None:
    require_state(held, state)
    require_version(held, version)
    held.version += 1


def _tell(verb: str, row: Declaration, viewer: Viewer, reason: str = "") -> None:
    record(
        f"career.{verb}",
        actor=viewer.user,
        obj=row,
        agency_id=row.employee.agency_id,
        subject_employee_id=row.employee_id,
        changes={"subject": row.subject, "day": row.day},
        reason=reason,
    )
    compute(row.employee.agency_id, viewer.today, [row.employee_id])
