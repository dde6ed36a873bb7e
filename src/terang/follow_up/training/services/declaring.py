"""Trainings from elsewhere: declared with a certificate, verified by a second person, contested, answered. Only what
was verified stands in the ledger of hours."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext

from terang.custody.services import take_in, write_row
from terang.follow_up.training.access import require_contester, require_second
from terang.follow_up.training.models import STANDING, DeclaredState, DeclaredTraining, Form, TrainingRecord
from terang.follow_up.training.services.recording import tell
from terang.follow_up.training.states import require_declared, require_version
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow

S = DeclaredState
MOST_HOURS = 1_000


@dataclass(frozen=True)
class Learned:
    """What a certificate says."""

    title: str
    form: str
    provider: str
    starts_on: date
    ends_on: date
    hours: int
    certificate: str


def declare_training(
    *, actor: Viewer | None, learned: Learned, proof: UploadedFile | None, form_key: UUID
) -> DeclaredTraining:
    """The person's own, with the certificate; it waits for the second person. The same form sent twice makes one.

    Raises NotAllowed, NotNow where it is there already, ValidationError by field, RejectedFileError.
    """
    viewer = require_viewer(actor)
    _require_sense(learned, viewer.today)
    if proof is None:
        raise ValidationError({"proof": gettext("Lampirkan sertifikatnya; orang kedua mencocokkannya.")})
    if known := _known(viewer.employee, form_key):
        return known
    taken = take_in(proof, actor=viewer)
    with transaction.atomic():
        Employee.objects.select_for_update(of=("self",)).get(pk=viewer.employee.pk)
        if known := _known(viewer.employee, form_key):
            return known
        if is_there(viewer.employee, learned):
            raise NotNow(gettext("Pelatihan dengan sertifikat ini sudah tercatat."))
        row = DeclaredTraining.objects.create(
            employee=viewer.employee,
            proof=write_row(taken),
            given_by=viewer.employee,
            given_on=viewer.today,
            form_key=form_key,
            **vars(learned),
        )
        _tell("declared", row, viewer)
    return row


def _known(employee: Employee, form_key: UUID) -> DeclaredTraining | None:
    return DeclaredTraining.objects.filter(form_key=form_key, employee=employee).first()


def is_there(employee: Employee, learned: Learned) -> bool:
    """Whether a training of this title, day and certificate stands for the person, declared or in the ledger."""
    same = {"title__iexact": learned.title, "starts_on": learned.starts_on, "certificate": learned.certificate}
    declared = employee.declared_trainings.filter(state__in=STANDING, **same)
    return declared.exists() or employee.training_records.filter(**same).exists()


def _require_sense(learned: Learned, today: date) -> None:
    wrong: dict[str, str] = {}
    for name in ("title", "provider", "certificate"):
        if not getattr(learned, name).strip():
            wrong[name] = gettext("Isi bagian ini.")
    if learned.form not in Form.values:
        wrong["form"] = gettext("Pilih satu bentuk.")
    if not 1 <= learned.hours <= MOST_HOURS:
        wrong["hours"] = gettext("Isi jam pelajaran antara 1 dan 1.000.")
    if learned.ends_on > today:
        wrong["ends_on"] = gettext("Hanya yang sudah selesai; yang akan datang lewat jadwal.")
    elif learned.ends_on < learned.starts_on:
        wrong["ends_on"] = gettext("Hari terakhir tidak boleh sebelum hari pertama.")
    if wrong:
        raise ValidationError(wrong)


def verify(*, actor: Viewer | None, row: DeclaredTraining, version: int) -> DeclaredTraining:
    """The second key: its hours count in the year it ended. Sent twice it is done once. Raises NotAllowed, NotNow,
    Stale."""
    viewer = require_second(actor, row)
    with transaction.atomic():
        held = _held(row)
        if held.state == S.VERIFIED and held.checked_by_id == viewer.employee.pk:
            return held
        _move(held, S.DECLARED, version)
        held.state, held.checked_by, held.checked_on = S.VERIFIED, viewer.employee, viewer.today
        _count(held)
        held.save()
        _tell("verified", held, viewer)
    return held


def return_declared(*, actor: Viewer | None, row: DeclaredTraining, reason: str, version: int) -> DeclaredTraining:
    """The certificate does not say so; who gave it reads why. Raises NotAllowed, NotNow, Stale, ValidationError."""
    viewer = require_second(actor, row)
    reason = _worded(reason, gettext("Tulis apa yang tidak cocok, supaya dapat diperbaiki."))
    with transaction.atomic():
        held = _held(row)
        if held.state == S.RETURNED and held.checked_by_id == viewer.employee.pk:
            return held
        _move(held, S.DECLARED, version)
        held.state, held.checked_by, held.checked_on = S.RETURNED, viewer.employee, viewer.today
        held.reason = reason
        held.save()
        _tell("declared_returned", held, viewer, reason)
    return held


def contest_training(*, actor: Viewer | None, row: DeclaredTraining, reason: str, version: int) -> DeclaredTraining:
    """The person says why what others brought in is not so, before or after it was verified; what counts counts on,
    marked. Raises NotAllowed, NotNow, Stale, ValidationError without a reason."""
    viewer = require_contester(actor, row)
    reason = _worded(reason, gettext("Tulis apa yang keliru dan sertifikat mana yang benar."))
    with transaction.atomic():
        held = _held(row)
        if held.state == S.CONTESTED:
            return held
        _move(held, S.VERIFIED if held.record_id else S.DECLARED, version)
        held.state, held.contest, held.contested_on = S.CONTESTED, reason, viewer.today
        held.answer, held.answered_by, held.answered_on = "", None, None
        held.save()
        _tell("training_contested", held, viewer, reason)
    return held


def answer_training(
    *, actor: Viewer | None, row: DeclaredTraining, upholds: bool, answer: str, version: int
) -> DeclaredTraining:
    """It stays, and then counts as verified; or it is withdrawn and counts no more. The person reads the answer.

    Raises NotAllowed, NotNow, Stale, ValidationError without an answer.
    """
    viewer = require_second(actor, row)
    answer = _worded(answer, gettext("Tulis apa yang diperiksa dan hasilnya; pegawai membacanya."))
    after = S.VERIFIED if upholds else S.WITHDRAWN
    with transaction.atomic():
        held = _held(row)
        if held.state == after and held.answered_by_id == viewer.employee.pk:
            return held
        _move(held, S.CONTESTED, version)
        held.state, held.answer = after, answer
        held.answered_by, held.answered_on = viewer.employee, viewer.today
        dropped = None
        if not upholds:
            dropped, held.record = held.record, None
        elif held.record is None:
            held.checked_by, held.checked_on = viewer.employee, viewer.today
            _count(held)
        held.save()
        if dropped is not None:
            dropped.delete()
        _tell("training_upheld" if upholds else "training_withdrawn", held, viewer, answer)
    return held


def counted(row: DeclaredTraining) -> TrainingRecord:
    """Its place in the ledger, not yet written."""
    names = ("employee", "title", "form", "provider", "starts_on", "ends_on", "hours", "certificate")
    return TrainingRecord(**{name: getattr(row, name) for name in names})


def _count(held: DeclaredTraining) -> None:
    record = counted(held)
    record.save()
    held.record = record


def _worded(reason: str, told: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": told})
    return reason.strip()


def _held(row: DeclaredTraining) -> DeclaredTraining:
    rows = DeclaredTraining.objects.select_for_update(of=("self",)).select_related("employee", "record")
    return rows.get(pk=row.pk)


def _move(held: DeclaredTraining, state: DeclaredState, version: int) -> None:
    require_declared(held, state)
    require_version(held, version)
    held.version += 1


def _tell(verb: str, row: DeclaredTraining, viewer: Viewer, reason: str = "") -> None:
    told = {"title": row.title, "hours": row.hours, "ends_on": row.ends_on}
    tell(verb, row, viewer, subject=row.employee, changes=told, reason=reason)
