"""The verbs of leave: ask, decide in one of four ways, withdraw; and what was taken before Terang. Each: access, state,
one transaction, journal, and the days derived again."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.custody.services import take_in, write_row
from terang.evidence.attendance.leave_access import require_leave_decider, require_leave_ender, require_leave_owner
from terang.evidence.attendance.leave_checks import Assessment, assess
from terang.evidence.attendance.leave_days import own_days
from terang.evidence.attendance.leave_states import MOVES, require_move, require_version
from terang.evidence.attendance.models import TAKEN, Leave, LeaveOpening
from terang.evidence.attendance.services.deriving import derive_days
from terang.registry.people.access import require_keeper_of
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


def request_leave(
    *,
    actor: Viewer,
    kind: str,
    starts_on: date,
    ends_on: date,
    reason: str,
    form_key: UUID,
    address: str = "",
    phone: str = "",
    proof: UploadedFile | None = None,
) -> Leave:
    """Asks for leave of one's own from `starts_on` to before `ends_on`. The same `form_key` again gives the request of
    the first time.

    Raises NotNow where the rules, the balance or other leave or duty stand against it, RejectedFileError for a file;
    then nothing is written.
    """
    if (known := _first_time(actor, form_key)) is not None:
        return known
    taken = take_in(proof, actor=actor) if proof else None
    try:
        with transaction.atomic():
            employee = _locked(actor.employee.pk)
            found = _require_sound(assess(employee, kind, starts_on, ends_on))
            if found.letter and proof is None:
                raise NotNow(found.letter)
            leave = Leave.objects.create(
                employee=employee,
                kind=kind,
                starts_on=starts_on,
                ends_on=ends_on,
                working_days=len(found.days),
                reason=reason.strip(),
                address=address.strip(),
                phone=phone.strip(),
                proof=write_row(taken) if taken else None,
                state=MOVES["request"].target,
                requested_at=timezone.now(),
                form_key=form_key,
            )
            _record("attendance.leave_requested", leave, actor)
    except IntegrityError:
        if (known := _first_time(actor, form_key)) is None:
            raise NotNow(gettext("Formulir ini sudah dipakai. Muat ulang halaman, lalu isi lagi.")) from None
        return known
    return leave


def approve_leave(*, actor: Viewer, leave: Leave, version: int, note: str = "") -> Leave:
    """The appraiser agrees to the leave as it was asked for. Raises NotNow where something stands against it by now."""
    return _decide(actor, leave.pk, "approve", version, note)


def change_leave(*, actor: Viewer, leave: Leave, version: int, starts_on: date, ends_on: date, note: str) -> Leave:
    """The appraiser agrees to other dates, and says why."""
    return _decide(actor, leave.pk, "change", version, note, (starts_on, ends_on))


def postpone_leave(*, actor: Viewer, leave: Leave, version: int, note: str) -> Leave:
    """The appraiser puts the leave off, and says why; days of annual leave are carried into next year in full."""
    return _decide(actor, leave.pk, "postpone", version, note)


def refuse_leave(*, actor: Viewer, leave: Leave, version: int, note: str) -> Leave:
    """The appraiser does not agree, and says why."""
    return _decide(actor, leave.pk, "refuse", version, note)


def end_leave_early(*, actor: Viewer, leave: Leave, version: int, back_on: date, note: str) -> Leave:
    """The person was back at work on `back_on`, before the leave's end: its days from then on are given back. Back on
    the first day: the leave was never taken and is withdrawn.

    What was decided stays in `planned_ends_on`. Raises NotNow before the leave has begun and for other days.
    """
    require_leave_ender(actor, leave)
    if not note.strip():
        raise NotNow(gettext("Tuliskan mengapa cuti berakhir lebih awal."))
    with transaction.atomic():
        _locked(leave.employee_id)
        current = _current(leave.pk, "end", version, actor)
        if not current.starts_on <= back_on < current.ends_on:
            raise NotNow(gettext("Pilih hari masuk kembali di dalam masa cuti ini."))
        before, taken = current.ends_on, current.working_days
        never = back_on == current.starts_on
        current.planned_ends_on = current.planned_ends_on or before
        current.state = MOVES["withdraw" if never else "end"].target
        if not never:
            current.ends_on = back_on
            current.working_days = len(own_days(current.employee, current.starts_on, back_on))
        current.note = note.strip()
        current.version += 1
        current.save()
        changes = {"before": before.isoformat(), "given_back": taken - (0 if never else current.working_days)}
        _record("attendance.leave_ended", current, actor, changes | {"note": current.note})
        _derive(current, until=before)
    return current


def withdraw_leave(*, actor: Viewer, leave: Leave, version: int) -> Leave:
    """The person takes the request back; decided leave only before its first day."""
    require_leave_owner(actor, leave)
    with transaction.atomic():
        current = _current(leave.pk, "withdraw", version, actor)
        taken = current.state in TAKEN
        current.state = MOVES["withdraw"].target
        current.version += 1
        current.save(update_fields=["state", "version"])
        _record("attendance.leave_withdrawn", current, actor)
        if taken:
            _derive(current)
    return current


def set_opening(*, actor: Viewer, employee: Employee, year: int, taken: int, postponed: int) -> LeaveOpening:
    """The personnel agency enters what a person had taken or was postponed in a year before Terang kept the leave."""
    require_keeper_of(actor, employee.agency_id)
    if not 0 <= taken <= 24 or not 0 <= postponed <= 24:
        raise NotNow(gettext("Isi 0 sampai 24 hari kerja."))
    if year > actor.today.year or year < employee.joined_on.year:
        raise NotNow(gettext("Pilih tahun sejak pegawai masuk sampai tahun ini."))
    with transaction.atomic():
        before = LeaveOpening.objects.select_for_update().filter(employee=employee, year=year).first()
        kept, _created = LeaveOpening.objects.update_or_create(
            employee=employee, year=year, defaults={"taken": taken, "postponed": postponed}
        )
        changes = {
            "year": year,
            "taken": [before.taken if before else None, taken],
            "postponed": [before.postponed if before else None, postponed],
        }
        record(
            "attendance.leave_opening_set",
            actor=actor.user,
            obj=kept,
            agency_id=employee.agency_id,
            subject_employee_id=employee.pk,
            changes=changes,
        )
    return kept


TOLD = {
    "approve": "attendance.leave_approved",
    "change": "attendance.leave_changed",
    "postpone": "attendance.leave_postponed",
    "refuse": "attendance.leave_refused",
}


def _decide(
    actor: Viewer, leave_id: int, verb: str, version: int, note: str, span: tuple[date, date] | None = None
) -> Leave:
    leave = Leave.objects.select_related("employee__agency").get(pk=leave_id)
    require_leave_decider(actor, leave)
    if MOVES[verb].needs_note and not note.strip():
        raise NotNow(gettext("Tuliskan alasannya, supaya pegawai tahu langkah berikutnya."))
    with transaction.atomic():
        employee = _locked(leave.employee_id)
        current = _current(leave_id, verb, version, actor)
        before = [current.starts_on.isoformat(), current.ends_on.isoformat()]
        if verb in ("approve", "change"):
            start, end = span or (current.starts_on, current.ends_on)
            found = _require_sound(assess(employee, current.kind, start, end, without=current.pk))
            current.starts_on, current.ends_on, current.working_days = start, end, len(found.days)
        current.state = MOVES[verb].target
        current.note = note.strip()
        current.decided_by, current.decided_at = actor.employee, timezone.now()
        current.version += 1
        current.save()
        _record(TOLD[verb], current, actor, {"note": current.note, **({"before": before} if span else {})})
        if current.state in TAKEN:
            _derive(current)
    return current


def _require_sound(found: Assessment) -> Assessment:
    if found.problems:
        raise NotNow(" ".join(found.problems))
    return found


def _locked(employee_id: int) -> Employee:
    """The person, locked: two requests for the same days cannot both find them free."""
    return Employee.objects.select_for_update(of=("self",)).select_related("agency").get(pk=employee_id)


def _current(leave_id: int, verb: str, version: int, actor: Viewer) -> Leave:
    """The row as it is now, locked. The state is asked first: it says more than a changed version."""
    rows = Leave.objects.select_for_update(of=("self",)).select_related("employee__agency")
    leave = rows.get(pk=leave_id)
    require_move(leave, verb, actor.today)
    require_version(leave, version)
    return leave


def _first_time(actor: Viewer, form_key: UUID) -> Leave | None:
    return Leave.objects.filter(form_key=form_key, employee=actor.employee).first()


def _derive(leave: Leave, until: date | None = None) -> None:
    agency, end = leave.employee.agency, until or leave.ends_on
    derive_days(agency=agency, start=leave.starts_on, end=end, employee_ids=[leave.employee_id])


def _record(verb: str, leave: Leave, actor: Viewer, changes: Mapping[str, Any] | None = None) -> None:
    """The kind stays out of the journal, and a note stands there as its digest: they can tell of an illness."""
    post = main_posts([leave.employee_id], actor.today).get(leave.employee_id)
    record(
        verb,
        actor=actor.user,
        obj=leave,
        agency_id=leave.employee.agency_id,
        subject_employee_id=leave.employee_id,
        unit_id=post.post.unit_id if post else None,
        changes={
            "starts_on": leave.starts_on.isoformat(),
            "ends_on": leave.ends_on.isoformat(),
            "working_days": leave.working_days,
            "state": str(leave.state),
            **(changes or {}),
        },
    )
