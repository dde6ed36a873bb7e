"""Tells custody which records of presence a file proves (`terang.custody.uses`).

Photos from the web show the same face at the same desk every day: only the very same picture is asked about. Letters of
leave, duty and disputes are private and are compared with nothing.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext

from terang.custody.models import UseKind
from terang.custody.uses import Compared, FileUse
from terang.evidence.attendance.leave_access import may_see_private
from terang.evidence.attendance.models import DayDispute, DisputeState, Duty, Leave, LeaveState, Punch


def file_uses(file_ids: Collection[int]) -> Iterator[FileUse]:
    """Photos of punches; letters of leave, duty and disputed days. Five queries."""
    yield from _punches(file_ids)
    yield from _duties(file_ids)
    for leave in Leave.objects.filter(proof_id__in=file_ids):
        waits = leave.state == LeaveState.REQUESTED
        yield _letter(leave, "leave", leave.employee_id, leave.starts_on, UseKind.LEAVE, is_open=waits)
    for dispute in DayDispute.objects.filter(proof_id__in=file_ids):
        waits = dispute.state == DisputeState.OPEN
        yield _letter(dispute, "dispute", dispute.employee_id, dispute.day, UseKind.PRESENCE, is_open=waits)


def _punches(file_ids: Collection[int]) -> Iterator[FileUse]:
    for punch in Punch.objects.filter(photo_id__in=file_ids).select_related("agency", "web"):
        web = getattr(punch, "web", None)
        if punch.employee_id is None or punch.photo_id is None:
            continue
        yield FileUse(
            file_id=punch.photo_id,
            source="attendance.punch",
            kind=UseKind.PRESENCE,
            object_type="attendance.punch",
            object_id=punch.pk,
            employee_id=punch.employee_id,
            day=punch.at.astimezone(ZoneInfo(punch.agency.time_zone)).date(),
            title=gettext("Presensi dari web"),
            url=f"{reverse('attendance:month')}?pegawai={punch.employee_id}",
            file_url=reverse("attendance:web_punch_photo", args=[web.pk]) if web else "",
            compared=Compared.SAME,
            seen_by=may_see_private,
        )


def _duties(file_ids: Collection[int]) -> Iterator[FileUse]:
    for duty in Duty.objects.filter(proof_id__in=file_ids).prefetch_related("people"):
        for person in duty.people.all():
            yield _letter(duty, "duty", person.pk, duty.starts_on, UseKind.PRESENCE)


def _letter(row: Any, name: str, employee_id: int, day: date, kind: UseKind, *, is_open: bool = False) -> FileUse:
    return FileUse(
        file_id=row.proof_id,
        source=f"attendance.{row._meta.model_name}",
        kind=kind,
        object_type=f"attendance.{row._meta.model_name}",
        object_id=row.pk,
        employee_id=employee_id,
        day=day,
        title=gettext("Surat keterangan"),
        url=reverse(f"attendance:{name}", args=[row.pk]),
        file_url="",
        compared=Compared.NEVER,
        is_open=is_open,
    )
