"""The points of a visit: written, replied to, decided, mended, looked at again. No word of a point stands in the
journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.door import DeviceClock
from terang.evidence.oversight.access import (
    answers_for,
    require_decider,
    require_heard,
    require_inspector,
    require_mender,
)
from terang.evidence.oversight.heads import counts_for
from terang.evidence.oversight.hearing import is_heard
from terang.evidence.oversight.models import CheckState, Inspection, InspectionCheck
from terang.evidence.oversight.photos import take_in_photos
from terang.evidence.oversight.services.attaching import attach
from terang.registry.organization.calendars import deadline_calendar
from terang.registry.people.models import Employee
from terang.registry.people.selectors import assignments_below
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.working_days import deadline
from terang.web.errors import NotNow, Stale

MOST_POINTS = 200
"""Of one inspection; a longer list is another visit."""


@dataclass(frozen=True)
class Seen:
    """One point as it was seen. `employee` is missing for the unit as a whole; `advice` with its day is optional."""

    criterion: str
    met: bool
    employee: Employee | None = None
    note: str = ""
    advice: str = ""
    mend_due_on: date | None = None


def add_check(
    *,
    actor: Viewer | None,
    inspection: Inspection,
    seen: Seen,
    form_key: UUID,
    photos: Sequence[UploadedFile] = (),
    clock: DeviceClock | None = None,
) -> InspectionCheck:
    """Writes down a point with its photos. What was met counts at once; a finding waits for its reply first. `clock` is
    that of the device where it was written without a network.

    Raises NotAllowed, ValidationError for oneself, somebody who does not work there, a finding without a note or a
    photo that is none, NotNow where there are too many points.
    """
    viewer = require_inspector(actor, inspection.unit)
    if answers_for(viewer, inspection, seen.employee.pk if seen.employee else None):
        raise ValidationError(
            {"employee": gettext("Tentang Anda atau unit yang Anda pimpin, anggota tim lain yang mencatat.")}
        )
    _require_sense(inspection, seen, viewer.today)
    taken = take_in_photos(photos, agency_id=inspection.unit.agency_id)
    with transaction.atomic():
        Inspection.objects.select_for_update(of=("self",)).get(pk=inspection.pk)
        if known := InspectionCheck.objects.filter(form_key=form_key, inspection=inspection).first():
            return known
        if inspection.checks.count() >= MOST_POINTS:
            raise NotNow(gettext("Pemeriksaan ini sudah memuat banyak butir. Buka pemeriksaan baru."))
        check = write_point(inspection, seen, viewer, reply_due_on(inspection, viewer.today), form_key)
        attach(check, taken, clock, viewer)
    return check


def reply_due_on(inspection: Inspection, today: date) -> date:
    """The last day of a reply to what is written today. One query."""
    return deadline(today, inspection.reply_days, deadline_calendar(inspection.unit.agency))


def write_point(
    inspection: Inspection, seen: Seen, viewer: Viewer, due_on: date, form_key: UUID | None = None
) -> InspectionCheck:
    """Writes and journals a point; who may and whether it makes sense was asked by the verb."""
    check = InspectionCheck.objects.create(
        inspection=inspection,
        employee=seen.employee,
        criterion=seen.criterion.strip(),
        met=seen.met,
        state=CheckState.CONFIRMED if seen.met else CheckState.OPEN,
        note=seen.note.strip(),
        advice="" if seen.met else seen.advice.strip(),
        mend_due_on=None if seen.met or not seen.advice.strip() else seen.mend_due_on,
        reply_due_on=None if seen.met else due_on,
        form_key=form_key,
    )
    _record("oversight.point_written", check, viewer)
    return check


def _require_sense(inspection: Inspection, seen: Seen, today: date) -> None:
    if not seen.met and not seen.note.strip():
        raise ValidationError({"note": gettext("Tulis apa yang Anda lihat; yang bersangkutan harus dapat menanggapi.")})
    if seen.advice.strip() and not seen.met and (seen.mend_due_on is None or seen.mend_due_on < today):
        raise ValidationError({"mend_due_on": gettext("Pilih hari ini atau sesudahnya.")})
    if seen.employee is not None:
        there = assignments_below([inspection.unit.path], inspection.day)
        if not there.filter(employee=seen.employee).exists():
            raise ValidationError({"employee": gettext("Orang ini tidak bekerja di unit itu pada hari kunjungan.")})


def reply_check(*, actor: Viewer | None, check: InspectionCheck, text: str, version: int) -> InspectionCheck:
    """Who answers for a finding says something to it, once, also after the last day while it is not decided."""
    viewer = require_heard(actor, check)
    with transaction.atomic():
        current = _current(check, version)
        if not current.is_open or current.replied_at is not None:
            raise NotNow(gettext("Butir ini sudah ditanggapi atau sudah diputus."))
        current.reply, current.replied_at = text.strip(), timezone.now()
        _save(current, "oversight.point_replied", viewer, "reply", "replied_at")
    return current


def confirm_check(*, actor: Viewer | None, check: InspectionCheck, reason: str, version: int) -> InspectionCheck:
    """The finding stands, after the reply was heard or its last day has passed; from now on it counts."""
    viewer = require_decider(actor, check)
    with transaction.atomic():
        current = _current(check, version)
        if not current.is_open:
            raise NotNow(gettext("Butir ini sudah diputus."))
        if not is_heard(current, viewer.today):
            raise NotNow(gettext("Tunggu tanggapannya, atau sampai hari terakhirnya lewat."))
        _decide(current, CheckState.CONFIRMED, viewer, reason)
    return current


def withdraw_check(*, actor: Viewer | None, check: InspectionCheck, reason: str, version: int) -> InspectionCheck:
    """The finding does not stand, before or after it was confirmed: it counts no more, and the score says so."""
    viewer = require_decider(actor, check)
    with transaction.atomic():
        current = _current(check, version)
        if current.met or current.state == CheckState.WITHDRAWN:
            raise NotNow(gettext("Butir ini bukan temuan yang masih berdiri."))
        _decide(current, CheckState.WITHDRAWN, viewer, reason)
    return current


def mend_check(*, actor: Viewer | None, check: InspectionCheck, note: str, version: int) -> InspectionCheck:
    """Who answers for a confirmed finding says that it is mended, and how."""
    viewer = require_mender(actor, check)
    with transaction.atomic():
        current = _current(check, version)
        if not current.to_mend:
            raise NotNow(gettext("Butir ini tidak menunggu perbaikan."))
        current.mended_on, current.mend_note = viewer.today, note.strip()
        _save(current, "oversight.point_mended", viewer, "mended_on", "mend_note")
    return current


def verify_check(
    *, actor: Viewer | None, check: InspectionCheck, mended: bool, reason: str, version: int
) -> InspectionCheck:
    """The overseer looked again: it is mended, or it is not and waits for its owner anew."""
    viewer = require_decider(actor, check)
    with transaction.atomic():
        current = _current(check, version)
        if not current.to_verify:
            raise NotNow(gettext("Butir ini tidak menunggu pemeriksaan kembali."))
        if not mended and not reason.strip():
            raise ValidationError({"reason": gettext("Tulis apa yang belum diperbaiki.")})
        current.decide_reason = reason.strip() or current.decide_reason
        if mended:
            current.verified_on = viewer.today
        else:
            current.mended_on = None
        _save(current, "oversight.point_verified", viewer, "verified_on", "mended_on", "decide_reason")
    return current


def take_back(check: InspectionCheck, viewer: Viewer, reason: str) -> None:
    """Withdraws an open point that rested on a slip; who may was asked by the verb."""
    _decide(check, CheckState.WITHDRAWN, viewer, reason)


def _decide(check: InspectionCheck, state: CheckState, viewer: Viewer, reason: str) -> None:
    check.state, check.decided_by, check.decided_at = state, viewer.employee, timezone.now()
    check.decide_reason = reason.strip()
    verb = "oversight.point_confirmed" if state == CheckState.CONFIRMED else "oversight.point_withdrawn"
    _save(check, verb, viewer, "state", "decided_by", "decided_at", "decide_reason")


def _current(check: InspectionCheck, version: int) -> InspectionCheck:
    rows = InspectionCheck.objects.select_for_update(of=("self",)).select_related("inspection__unit", "employee")
    current = rows.get(pk=check.pk)
    if current.version != version:
        raise Stale(gettext("Butir ini berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
    return current


def _save(check: InspectionCheck, verb: str, viewer: Viewer, *fields: str) -> None:
    check.version += 1
    check.save(update_fields=["version", *fields])
    _record(verb, check, viewer)


def _record(verb: str, check: InspectionCheck, viewer: Viewer) -> None:
    """Whose score the point belongs to is the subject of the entry, so that the score follows it."""
    record(
        verb,
        actor=viewer.user,
        obj=check,
        agency_id=check.inspection.unit.agency_id,
        unit_id=check.inspection.unit_id,
        subject_employee_id=counts_for(check),
        changes={"day": check.inspection.day},
    )
