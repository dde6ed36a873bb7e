"""Hours of a week, decided together and checked against the minutes due (Perpres 21/2023)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from terang.audit.services import record
from terang.evidence.attendance.access import require_keeper
from terang.evidence.attendance.models import WorkHours, WorkMode
from terang.evidence.attendance.schedules import MINUTES, Schedules, minute_of
from terang.evidence.attendance.services.rederiving import ask_to_derive
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.access import require_agency
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.working_time import weekly_minutes
from terang.web.numbers import longdate


@dataclass(frozen=True)
class DayHours:
    """One weekday (0 = Monday). An end that is not after the start is the next morning's."""

    weekday: int
    starts_at: time
    ends_at: time
    break_minutes: int
    mode: str = WorkMode.OFFICE

    @property
    def minutes(self) -> int:
        """Minutes of work without the break; zero or less where nothing is left."""
        span = minute_of(self.ends_at) - minute_of(self.starts_at)
        return (span if span > 0 else span + MINUTES) - self.break_minutes


@dataclass(frozen=True)
class Sum:
    """Minutes of a week beside those due. `free` where the unit works in shifts: the roster then adds up, not the
    week."""

    minutes: int
    due: int
    days: int
    free: bool

    @property
    def difference(self) -> int:
        return self.minutes - self.due

    @property
    def gap(self) -> int:
        return abs(self.difference)

    @property
    def is_right(self) -> bool:
        return not self.difference and self.days <= 6


def sum_of(week: Sequence[DayHours], *, ramadan: bool, free: bool) -> Sum:
    """What a week adds up to. No query."""
    return Sum(sum(day.minutes for day in week), weekly_minutes(ramadan=ramadan), len(week), free)


def works_in_shifts(agency: Agency, unit: Unit | None, day: date) -> bool:
    """Whether the registry's working week of the unit says shifts (Perpres 21/2023 Pasal 8). Four queries."""
    return Schedules(agency).works_in_shifts(unit.pk if unit else None, day)


@transaction.atomic
def set_hours(
    *,
    actor: Viewer | None,
    agency: Agency,
    unit: Unit | None,
    label: str,
    week: Sequence[DayHours],
    basis: str,
    valid_from: date,
    valid_to: date | None = None,
    ramadan: bool = False,
) -> list[WorkHours]:
    """Hours of an agency or a unit for a time. Refused where the week does not add up, but for units with shifts."""
    viewer = require_keeper(actor)
    require_agency(viewer, agency.pk)
    _check(agency, unit, week, valid_from, valid_to, ramadan)
    common = {"agency": agency, "unit": unit, "label": label.strip(), "basis": basis.strip(), "ramadan": ramadan}
    rows = [WorkHours(**common, **vars(day), valid_from=valid_from, valid_to=valid_to) for day in week]
    for row in rows:
        row.clean_fields()
    WorkHours.objects.bulk_create(rows)
    changes: dict[str, Any] = {"label": [None, label.strip()], "day": valid_from.isoformat()}
    changes["minutes"] = sum(day.minutes for day in week)
    _record("attendance.hours_set", viewer, agency, unit, changes, basis)
    ask_to_derive(agency, valid_from, valid_to or local_today(agency).max)
    return rows


@transaction.atomic
def end_hours(*, actor: Viewer | None, hours: WorkHours, on: date) -> None:
    """The week that `hours` belongs to is in force until before `on`; one that ends as it begins never was."""
    viewer = require_keeper(actor)
    require_agency(viewer, hours.agency_id)
    together = WorkHours.objects.filter(agency_id=hours.agency_id, unit=hours.unit, valid_from=hours.valid_from)
    if hours.valid_to is not None and on >= hours.valid_to:
        raise ValidationError({"on": _("Jam kerja ini sudah berakhir %s.") % longdate(hours.valid_to)})
    ask_to_derive(hours.agency, max(on, hours.valid_from), hours.valid_to or on.max)
    if on <= hours.valid_from:
        together.delete()
    else:
        together.update(valid_to=on)
    changes = {"label": hours.label, "valid_to": [None, on.isoformat()]}
    _record("attendance.hours_ended", viewer, hours.agency, hours.unit, changes, "")


def _check(
    agency: Agency, unit: Unit | None, week: Sequence[DayHours], start: date, end: date | None, ramadan: bool
) -> None:
    if unit is not None and unit.agency_id != agency.pk:
        raise ValidationError({"unit": _("Unit ini milik pemerintah daerah lain.")})
    if end is not None and end <= start:
        raise ValidationError({"valid_to": _("Akhir harus sesudah mulai.")})
    if not week:
        raise ValidationError(_("Isi jam masuk dan jam pulang sekurang-kurangnya satu hari."))
    if any(day.minutes <= 0 for day in week):
        raise ValidationError(_("Ada hari yang istirahatnya sepanjang jam kerjanya. Periksa jam dan istirahat."))
    if WorkHours.objects.filter(agency=agency, unit=unit, valid_from=start).exists():
        raise ValidationError({"valid_from": _("Sudah ada jam kerja sejak %s. Akhiri dahulu.") % longdate(start)})
    total = sum_of(week, ramadan=ramadan, free=works_in_shifts(agency, unit, start))
    overnight = any(day.ends_at <= day.starts_at for day in week)
    if total.free:
        return
    if overnight:
        raise ValidationError(
            _("Jam pulang harus sesudah jam masuk. Hanya unit dengan kerja bergilir boleh melewati malam.")
        )
    if total.days > 6:
        raise ValidationError(_("Jadwal memuat 7 hari kerja dalam seminggu; sisakan hari istirahat."))
    if total.difference:
        raise ValidationError(
            _("Jadwal berjumlah %(minutes)s menit seminggu, seharusnya %(due)s (Perpres 21/2023).")
            % {"minutes": total.minutes, "due": total.due}
        )


def _record(verb: str, viewer: Viewer, agency: Agency, unit: Unit | None, changes: dict[str, Any], reason: str) -> None:
    unit_id = unit.pk if unit else None
    record(
        verb,
        actor=viewer.user,
        obj=unit or agency,
        agency_id=agency.pk,
        unit_id=unit_id,
        changes=changes,
        reason=reason,
    )
