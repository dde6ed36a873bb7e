"""The verbs of a roster: the unit's shifts, cells of a month, and the pattern of days before. Each derives the days."""

from collections.abc import Mapping
from datetime import date, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import Event, record, record_many
from terang.evidence.attendance.models import RosterMonth, RosterShift, ShiftTemplate
from terang.evidence.attendance.roster import (
    finding_text,
    key_of,
    month_after,
    people_of,
    planned,
    rosterable,
    templates_of,
)
from terang.evidence.attendance.roster_access import require_roster_of
from terang.evidence.attendance.schedules import MINUTES, Schedules, minute_of
from terang.evidence.attendance.services.rederiving import ask_to_derive
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.attendance.weeks import findings
from terang.web.errors import NotAllowed, NotNow, Stale

Cells = Mapping[tuple[int, date], int | None]
"""By employee and day: the shift template, or None for a day off."""
PATTERNS = (7, 28)
"""Days back from which a pattern is copied: a week, or four of them, so that weekdays stay weekdays."""


@transaction.atomic
def add_shift(
    *, actor: Viewer | None, unit: Unit, code: str, name: str, starts_at: time, ends_at: time, break_minutes: int
) -> ShiftTemplate:
    """A shift the unit uses; an end that is not after the start is the next morning's."""
    viewer = require_roster_of(actor, unit)
    start, end = minute_of(starts_at), minute_of(ends_at)
    end = end if end > start else end + MINUTES
    code = code.strip().upper()
    if break_minutes >= end - start:
        raise ValidationError({"break_minutes": gettext("Istirahat tidak boleh sepanjang sifnya.")})
    if ShiftTemplate.objects.filter(unit=unit, code=code, retired_on=None).exists():
        raise ValidationError({"code": gettext("Kode %s sudah dipakai unit ini.") % code})
    made = ShiftTemplate.objects.create(
        unit=unit, code=code, name=name.strip(), start_minute=start, end_minute=end, break_minutes=break_minutes
    )
    _record("attendance.shift_added", viewer, made, {"code": [None, code]})
    return made


@transaction.atomic
def retire_shift(*, actor: Viewer | None, shift: ShiftTemplate) -> None:
    """The shift is not offered any more; rosters that have it keep it."""
    viewer = require_roster_of(actor, shift.unit)
    if shift.retired_on is not None:
        raise NotNow(gettext("Sif ini sudah tidak dipakai."))
    shift.retired_on = viewer.today
    shift.save(update_fields=["retired_on"])
    _record("attendance.shift_retired", viewer, shift, {"retired_on": [None, viewer.today.isoformat()]})


def _record(verb: str, viewer: Viewer, shift: ShiftTemplate, changes: dict[str, object]) -> None:
    unit = shift.unit
    record(verb, actor=viewer.user, obj=shift, agency_id=unit.agency_id, unit_id=unit.pk, changes=changes)


@transaction.atomic
def set_roster(*, actor: Viewer | None, unit: Unit, month: date, version: int, cells: Cells) -> RosterMonth:
    """Sets these cells of the month that begins on `month`; the others stay.

    Raises Stale where somebody else changed the month since `version` (0: nobody had drawn it yet), NotNow for people
    or shifts that are not the unit's and for shifts that overlap; then nothing is written.
    """
    viewer = require_roster_of(actor, unit)
    kept = _locked(unit, month, version)
    people = {person.pk: person for person in people_of(unit, month)}
    offered = {template.pk: template for template in templates_of(unit, month)}
    wanted: dict[tuple[int, date], ShiftTemplate | None] = {}
    for (employee_id, day), template_id in cells.items():
        if employee_id not in people or not month <= day < month_after(month):
            raise NotNow(gettext("Ada orang atau tanggal yang bukan dari jadwal ini. Muat ulang, lalu ulangi."))
        if template_id is not None and template_id not in offered:
            raise NotNow(gettext("Ada sif yang tidak dipakai unit ini lagi. Muat ulang, lalu ulangi."))
        wanted[employee_id, day] = offered[template_id] if template_id is not None else None
    _require_rosterable(unit, people, month, {pk for (pk, _day), shift in wanted.items() if shift})
    return _write(viewer, kept, people, wanted)


@transaction.atomic
def copy_pattern(*, actor: Viewer | None, unit: Unit, month: date, version: int, back: int, since: date) -> RosterMonth:
    """Every day of the month from `since` gets the shift of the day `back` days before, which may be a copied one."""
    viewer = require_roster_of(actor, unit)
    if back not in PATTERNS or not month <= since < month_after(month):
        raise NotNow(gettext("Pilih tanggal di bulan ini dan pola satu minggu atau empat minggu."))
    kept = _locked(unit, month, version)
    people = {person.pk: person for person in people_of(unit, month)}
    rows = RosterShift.objects.filter(employee_id__in=people, day__gte=since - timedelta(days=back), day__lt=since)
    known: dict[tuple[int, date], RosterShift | None] = {(row.employee_id, row.day): row for row in rows}
    if not known:
        raise NotNow(gettext("Belum ada jadwal pada hari-hari yang akan disalin."))
    wanted: dict[tuple[int, date], RosterShift | None] = {}
    patterned = {pk for pk, _day in known}
    for offset in range((month_after(month) - since).days):
        day = since + timedelta(days=offset)
        for employee_id in patterned:
            source = known.get((employee_id, day - timedelta(days=back)))
            known[employee_id, day] = wanted[employee_id, day] = source
    _require_rosterable(unit, people, month, {pk for (pk, _day), shift in wanted.items() if shift})
    return _write(viewer, kept, people, wanted)


def _locked(unit: Unit, month: date, version: int) -> RosterMonth:
    """The month, locked; made where it is new. Raises Stale where it has moved on."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    kept = RosterMonth.objects.filter(unit=unit, month=month).first()
    if (kept.version if kept else 0) != version:
        raise Stale(gettext("Jadwal bulan ini sudah diubah orang lain. Muat ulang, lalu ulangi perubahan Anda."))
    return kept or RosterMonth(unit=unit, month=month, version=0)


def _require_rosterable(unit: Unit, people: Mapping[int, Employee], month: date, asked: set[int]) -> None:
    others = asked - rosterable(unit, people.values(), month, Schedules(unit.agency))
    if others:
        names = ", ".join(people[pk].name for pk in sorted(others))
        raise NotNow(
            gettext("Unit ini tidak bekerja bergilir. Catat dahulu keputusan kerja sif untuk: %(names)s.")
            % {"names": names}
        )


def _write(
    viewer: Viewer,
    kept: RosterMonth,
    people: Mapping[int, Employee],
    wanted: Mapping[tuple[int, date], ShiftTemplate | RosterShift | None],
) -> RosterMonth:
    """Writes what differs, one journal entry for each person whose month changed.

    Raises NotAllowed for the actor's own days that have passed: a first shift in a running month frees its other days.
    """
    first, until = kept.month, month_after(kept.month)
    touched = {employee_id for employee_id, _day in wanted}
    around = {"day__gte": first - timedelta(days=2), "day__lt": until + timedelta(days=2)}
    now = {(row.employee_id, row.day): row for row in RosterShift.objects.filter(employee_id__in=touched, **around)}
    begun = first <= viewer.today and not any(pk == viewer.employee.pk and first <= day < until for pk, day in now)
    gone: list[int] = []
    new: list[RosterShift] = []
    for (employee_id, day), shift in wanted.items():
        old = now.get((employee_id, day))
        if shift is None or old is None or key_of(old) != key_of(shift) or old.label != _code(shift):
            if employee_id == viewer.employee.pk and (shift or old) and (day < viewer.today or begun):
                raise NotAllowed(_own_past())
            gone += [old.pk] if old else []
            now.pop((employee_id, day), None)
            if shift is not None:
                now[employee_id, day] = _row(employee_id, day, shift)
                new.append(now[employee_id, day])
    if not gone and not new:
        return kept
    _require_no_overlap(people, now)
    changed = set(RosterShift.objects.filter(pk__in=gone).values_list("employee_id", flat=True))
    changed |= {row.employee_id for row in new}
    RosterShift.objects.filter(pk__in=gone).delete()
    RosterShift.objects.bulk_create(new)
    kept.version += 1
    kept.changed_by, kept.changed_at = viewer.employee, timezone.now()
    kept.save()
    _tell(viewer, kept, sorted(changed))
    return kept


def _own_past() -> str:
    return gettext("Jadwal Anda sendiri pada hari yang sudah lewat diubah oleh atasan atau pengelola kepegawaian.")


def _code(shift: ShiftTemplate | RosterShift) -> str:
    return shift.code if isinstance(shift, ShiftTemplate) else shift.label


def _row(employee_id: int, day: date, shift: ShiftTemplate | RosterShift) -> RosterShift:
    start, end, pause = key_of(shift)
    return RosterShift(
        employee_id=employee_id,
        day=day,
        start_minute=start,
        end_minute=end,
        break_minutes=pause,
        label=_code(shift),
    )


def _require_no_overlap(people: Mapping[int, Employee], rows: Mapping[tuple[int, date], RosterShift]) -> None:
    by_person: dict[int, list[RosterShift]] = {}
    for (employee_id, _day), row in rows.items():
        by_person.setdefault(employee_id, []).append(row)
    told = [
        f"{people[employee_id].name}, {finding_text(found)}"
        for employee_id, theirs in by_person.items()
        for found in findings([planned(row) for row in theirs])
        if found.kind == "overlap"
    ]
    if told:
        raise NotNow(" ".join(told))


def _tell(viewer: Viewer, kept: RosterMonth, ids: list[int]) -> None:
    """Who has a first shift in a month follows the roster for the whole of it, so the whole month is derived."""
    unit, first, until = kept.unit, kept.month, month_after(kept.month)
    changes = {"day": [first.isoformat(), (until - timedelta(days=1)).isoformat()]}
    events = [Event("attendance.roster_changed", kept, pk, unit.pk, changes) for pk in ids]
    record_many(events, actor=viewer.user, agency_id=unit.agency_id)
    ask_to_derive(unit.agency, first - timedelta(days=1), until + timedelta(days=1), ids)
