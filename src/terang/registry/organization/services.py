"""Verbs that change units, calendars and the outage ledger. Each is one transaction with one journal entry.

Wrong input raises Django's ValidationError with messages by field, for the form to show beside it.
"""

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from terang.audit.services import record
from terang.registry.organization.access import Actor, require_keeper
from terang.registry.organization.models import Agency, Holiday, HolidayKind, Outage, SignalZone, Unit, WorkWeek
from terang.registry.organization.zones import zones_of
from terang.rules.regulations.working_days import national_holidays
from terang.web.errors import NotNow, Stale
from terang.web.numbers import longdate


@transaction.atomic
def add_unit(*, actor: Actor, parent: Unit, kind: str, code: str, name: str, serves_public: bool, on: date) -> Unit:
    """A new unit below another one from a day on."""
    require_keeper(actor, parent.agency_id)
    if parent.valid_to and parent.valid_to <= on:
        raise ValidationError({"parent": _("Unit induk ini sudah tidak berlaku. Pilih unit lain.")})
    unit = Unit(
        agency_id=parent.agency_id,
        parent=parent,
        kind=kind,
        code=code.strip().upper(),
        name=name.strip(),
        serves_public=serves_public,
        valid_from=on,
    )
    unit.full_clean()
    unit.save()
    unit.path = f"{parent.path}{unit.pk}/"
    unit.save(update_fields=["path"])
    _record("organization.unit_added", actor, unit, unit.agency_id, {"title": [None, unit.name]}, unit_id=unit.pk)
    return unit


@transaction.atomic
def close_unit(*, actor: Actor, unit: Unit, on: date, version: int, reason: str) -> Unit:
    """The unit exists up to the day before `on`. Refuses while units below it are open."""
    require_keeper(actor, unit.agency_id)
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    require_version(unit.version, version)
    if unit.parent_id is None:
        raise NotNow(_("Unit puncak tidak dapat ditutup."))
    if on <= unit.valid_from:
        raise ValidationError({"on": _("Tanggal ini sebelum unit berlaku (%s).") % longdate(unit.valid_from)})
    below = unit.children.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).first()
    if below:
        raise NotNow(_("%s di bawah unit ini masih berlaku. Tutup atau pindahkan lebih dahulu.") % below.name)
    unit.valid_to, unit.version = on, unit.version + 1
    unit.save(update_fields=["valid_to", "version"])
    changes = {"valid_to": [None, on.isoformat()]}
    _record("organization.unit_closed", actor, unit, unit.agency_id, changes, unit_id=unit.pk, reason=reason)
    return unit


@transaction.atomic
def add_holiday(*, actor: Actor, agency: Agency, day: date, name: str, basis: str) -> Holiday:
    """A local day off. Refuses a day that is off already and one without its legal basis."""
    require_keeper(actor, agency.pk)
    known = next((each.name for each in national_holidays() if each.day == day), None)
    if known:
        raise ValidationError({"day": _("Tanggal ini sudah libur: %s.") % known})
    if Holiday.objects.filter(agency=agency, day=day).exists():
        raise ValidationError({"day": _("Tanggal ini sudah ada di kalender.")})
    if not basis.strip():
        raise ValidationError({"basis": _("Sebutkan dasar penetapannya, misalnya nomor surat edaran.")})
    holiday = Holiday(agency=agency, day=day, name=name.strip(), basis=basis.strip(), kind=HolidayKind.LOCAL)
    holiday.full_clean()
    holiday.save()
    changes = {"day": [None, day.isoformat()], "title": [None, holiday.name]}
    _record("organization.holiday_added", actor, holiday, agency.pk, changes, reason=holiday.basis)
    return holiday


@transaction.atomic
def remove_holiday(*, actor: Actor, holiday: Holiday, reason: str) -> None:
    """Takes a local day off out of the calendar; needs a reason, since deadlines move."""
    require_keeper(actor, holiday.agency_id)
    if not reason.strip():
        raise ValidationError({"reason": _("Tuliskan alasannya: tenggat orang lain ikut bergeser.")})
    changes = {"day": [holiday.day.isoformat(), None], "title": [holiday.name, None]}
    _record("organization.holiday_removed", actor, holiday, holiday.agency_id, changes, reason=reason)
    holiday.delete()


@transaction.atomic
def set_work_week(
    *,
    actor: Actor,
    agency: Agency,
    unit: Unit | None,
    weekdays: str,
    starts_at: time,
    ends_at: time,
    shifts: bool,
    on: date,
) -> WorkWeek:
    """The working week of the agency or of a unit from a day on; the one before ends there."""
    require_keeper(actor, agency.pk)
    _check_week(agency, unit, weekdays, starts_at, ends_at)
    before = WorkWeek.objects.select_for_update().filter(agency=agency, unit=unit, valid_to__isnull=True).first()
    if before and before.valid_from >= on:
        raise ValidationError(
            {"on": _("Sudah ada jam kerja sejak %s. Pilih tanggal sesudahnya.") % longdate(before.valid_from)}
        )
    if before:
        before.valid_to = on
        before.save(update_fields=["valid_to"])
    week = WorkWeek.objects.create(
        agency=agency,
        unit=unit,
        weekdays="".join(sorted(weekdays)),
        starts_at=starts_at,
        ends_at=ends_at,
        shifts=shifts,
        valid_from=on,
    )
    changes = {"weekdays": [before.weekdays if before else None, week.weekdays], "valid_from": [None, on.isoformat()]}
    _record("organization.work_week_set", actor, week, agency.pk, changes, unit_id=unit.pk if unit else None)
    return week


def _check_week(agency: Agency, unit: Unit | None, weekdays: str, starts_at: time, ends_at: time) -> None:
    if unit and unit.agency_id != agency.pk:
        raise ValidationError({"unit": _("Unit ini milik pemerintah daerah lain.")})
    if not weekdays or len(set(weekdays)) != len(weekdays) or set(weekdays) - set("1234567"):
        raise ValidationError({"weekdays": _("Pilih sekurang-kurangnya satu hari kerja.")})
    if ends_at <= starts_at:
        raise ValidationError({"ends_at": _("Jam pulang harus sesudah jam masuk.")})


@transaction.atomic
def record_outage(
    *, actor: Actor, agency: Agency, unit: Unit | None, started_at: datetime, ended_at: datetime | None, cause: str
) -> Outage:
    """A time in which the system did not answer; open where the end is missing."""
    require_keeper(actor, agency.pk)
    if unit and unit.agency_id != agency.pk:
        raise ValidationError({"unit": _("Unit ini milik pemerintah daerah lain.")})
    if started_at > timezone.now():
        raise ValidationError({"started_at": _("Gangguan tidak dapat dicatat sebelum terjadi.")})
    _check_end(started_at, ended_at)
    outage = Outage(agency=agency, unit=unit, started_at=started_at, ended_at=ended_at, cause=cause.strip())
    outage.full_clean()
    outage.save()
    changes = {"started_at": [None, started_at.isoformat()], "ended_at": [None, _iso(ended_at)]}
    unit_id = unit.pk if unit else None
    _record("organization.outage_recorded", actor, outage, agency.pk, changes, unit_id=unit_id, reason=outage.cause)
    return outage


@transaction.atomic
def end_outage(*, actor: Actor, outage: Outage, ended_at: datetime) -> Outage:
    """Closes an outage. Refuses when it is closed already: the ledger is not rewritten."""
    require_keeper(actor, outage.agency_id)
    outage = Outage.objects.select_for_update().get(pk=outage.pk)
    if outage.ended_at:
        raise NotNow(_("Gangguan ini sudah ditutup."))
    _check_end(outage.started_at, ended_at)
    outage.ended_at = ended_at
    outage.save(update_fields=["ended_at"])
    changes = {"ended_at": [None, ended_at.isoformat()]}
    _record("organization.outage_ended", actor, outage, outage.agency_id, changes, unit_id=outage.unit_id)
    return outage


@transaction.atomic
def add_zone(*, actor: Actor, agency: Agency, unit: Unit, on: date, basis: str) -> SignalZone:
    """From a day on the unit, with those below it, lies in a zone without signal. Needs the decision it rests on;
    refuses a unit that lies in one already."""
    require_keeper(actor, agency.pk)
    if unit.agency_id != agency.pk:
        raise ValidationError({"unit": _("Unit ini milik pemerintah daerah lain.")})
    if not basis.strip():
        raise ValidationError({"basis": _("Sebutkan dasar penetapannya, misalnya nomor surat keputusan.")})
    if zones_of(agency).hold(unit, on):
        raise ValidationError({"unit": _("Unit ini sudah termasuk wilayah tanpa sinyal.")})
    zone = SignalZone(agency=agency, unit=unit, valid_from=on, basis=basis.strip())
    zone.full_clean()
    zone.save()
    changes = {"valid_from": [None, on.isoformat()], "title": [None, unit.name]}
    _record("organization.zone_added", actor, zone, agency.pk, changes, unit_id=unit.pk, reason=zone.basis)
    return zone


@transaction.atomic
def end_zone(*, actor: Actor, zone: SignalZone, on: date, reason: str) -> SignalZone:
    """The zone holds up to the day before `on`. Refuses one that has ended, and a day not after its start."""
    require_keeper(actor, zone.agency_id)
    zone = SignalZone.objects.select_for_update().select_related("unit").get(pk=zone.pk)
    if zone.valid_to:
        raise NotNow(_("Wilayah ini sudah diakhiri."))
    if on <= zone.valid_from:
        raise ValidationError({"on": _("Pilih tanggal sesudah %s.") % longdate(zone.valid_from)})
    zone.valid_to = on
    zone.save(update_fields=["valid_to"])
    changes: dict[str, list[str | None]] = {"valid_to": [None, on.isoformat()], "title": [zone.unit.name, None]}
    _record("organization.zone_ended", actor, zone, zone.agency_id, changes, unit_id=zone.unit_id, reason=reason)
    return zone


def _check_end(started_at: datetime, ended_at: datetime | None) -> None:
    if ended_at and ended_at <= started_at:
        raise ValidationError({"ended_at": _("Selesai harus sesudah mulai.")})
    if ended_at and ended_at > timezone.now():
        raise ValidationError(
            {"ended_at": _("Selesai tidak dapat lebih dari sekarang. Kosongkan bila masih berlangsung.")}
        )


def require_version(current: int, expected: int) -> None:
    """Raises Stale where a row was changed since the page that `expected` comes from was drawn."""
    if current != expected:
        raise Stale(
            _("Data ini sudah diubah orang lain sejak Anda membukanya. Muat ulang, lalu ulangi perubahan Anda.")
        )


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _record(
    verb: str,
    actor: Actor,
    obj: Holiday | Outage | SignalZone | Unit | WorkWeek,
    agency_id: int,
    changes: dict[str, list[str | None]],
    *,
    unit_id: int | None = None,
    reason: str = "",
) -> None:
    record(verb, actor=actor.user, obj=obj, agency_id=agency_id, unit_id=unit_id, changes=changes, reason=reason)
