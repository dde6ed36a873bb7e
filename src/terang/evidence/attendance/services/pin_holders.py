"""Who stands behind a PIN: assigning gives the waiting punches to the person, ending takes later ones away again."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min, Q, QuerySet
from django.utils.translation import gettext as _

from terang.audit.services import record
from terang.evidence.attendance.access import require_keeper
from terang.evidence.attendance.models import PinHolder, Punch
from terang.evidence.attendance.reading import LONGEST_PIN
from terang.evidence.attendance.services.rederiving import ask_to_derive
from terang.registry.organization.models import Agency
from terang.registry.people.access import require_agency
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.numbers import longdate


@transaction.atomic
def assign_pin(
    *, actor: Viewer | None, pin: str, employee: Employee, starts_on: date, ends_on: date | None = None
) -> PinHolder:
    """From `starts_on` to before `ends_on` the PIN is this person's; the punches that waited become theirs, and their
    days are derived. A PIN has one holder at a time."""
    viewer = require_keeper(actor)
    require_agency(viewer, employee.agency_id)
    pin = pin.strip()
    if not pin or len(pin) > LONGEST_PIN:
        raise ValidationError({"pin": _("Isi PIN seperti pada alat, paling banyak 20 tanda.")})
    if ends_on is not None and ends_on <= starts_on:
        raise ValidationError({"ends_on": _("Akhir harus sesudah mulai.")})
    agency = Agency.objects.select_for_update().get(pk=viewer.agency_id)
    _refuse_overlap(agency, pin, starts_on, ends_on)
    holder = PinHolder.objects.create(agency=agency, pin=pin, employee=employee, starts_on=starts_on, ends_on=ends_on)
    waiting = _punches(agency, pin, starts_on, ends_on).filter(employee=None)
    count = _give(agency, waiting, employee, employee.pk)
    record(
        "attendance.pin_assigned",
        actor=viewer.user,
        obj=holder,
        agency_id=agency.pk,
        subject_employee_id=employee.pk,
        changes={"pin": [None, pin], "starts_on": [None, starts_on.isoformat()], "punches": count},
    )
    return holder


@transaction.atomic
def end_pin(*, actor: Viewer | None, holder: PinHolder, on: date) -> None:
    """The PIN is the person's no more from `on`; an assignment that ends as it begins never was. Its later punches wait
    again, and the person's days are derived."""
    viewer = require_keeper(actor)
    require_agency(viewer, holder.agency_id)
    agency = Agency.objects.select_for_update().get(pk=holder.agency_id)
    if holder.ends_on is not None and on >= holder.ends_on:
        raise ValidationError({"on": _("PIN ini sudah berakhir %s.") % longdate(holder.ends_on)})
    later = _punches(agency, holder.pin, max(on, holder.starts_on), holder.ends_on).filter(employee=holder.employee)
    count = _give(agency, later, None, holder.employee_id)
    record(
        "attendance.pin_ended",
        actor=viewer.user,
        obj=holder,
        agency_id=agency.pk,
        subject_employee_id=holder.employee_id,
        changes={"pin": holder.pin, "ends_on": [None, on.isoformat()], "punches": count},
    )
    if on <= holder.starts_on:
        holder.delete()
    else:
        holder.ends_on = on
        holder.save(update_fields=["ends_on"])


def _refuse_overlap(agency: Agency, pin: str, starts_on: date, ends_on: date | None) -> None:
    before_end = Q() if ends_on is None else Q(starts_on__lt=ends_on)
    held = PinHolder.objects.filter(before_end, agency=agency, pin=pin).exclude(ends_on__lte=starts_on)
    if taken := held.select_related("employee").first():
        raise ValidationError(
            {
                "pin": _("PIN %(pin)s dipegang %(name)s sejak %(since)s. Akhiri dahulu, atau pilih tanggal lain.")
                % {"pin": pin, "name": taken.employee.name, "since": longdate(taken.starts_on)}
            }
        )


def _punches(agency: Agency, pin: str, starts_on: date, ends_on: date | None) -> QuerySet[Punch]:
    zone = ZoneInfo(agency.time_zone)
    found = Punch.objects.filter(agency=agency, pin=pin, at__gte=datetime.combine(starts_on, time.min, zone))
    return found.filter(at__lt=datetime.combine(ends_on, time.min, zone)) if ends_on else found


def _give(agency: Agency, punches: QuerySet[Punch], to: Employee | None, concerned_id: int) -> int:
    """Gives the punches to a person or to nobody, and has the days they touch derived."""
    span = punches.aggregate(first=Min("at"), last=Max("at"))
    if span["first"] is None:
        return 0
    zone = ZoneInfo(agency.time_zone)
    first, last = (span[name].astimezone(zone).date() for name in ("first", "last"))
    count = punches.update(employee=to)
    ask_to_derive(agency, first - timedelta(days=1), last + timedelta(days=1), [concerned_id])
    return count
