"""Adding a person to the registry, correcting what is known about them, and recording that they left."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from terang.accounts.models import User
from terang.audit.services import record
from terang.registry.organization.services import require_version
from terang.registry.people.access import require_keeper_of
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow
from terang.web.numbers import longdate

CORRECTABLE = ("name", "status", "rank", "email", "joined_on")


@transaction.atomic
def add_employee(
    *, actor: Viewer, nip: str, name: str, status: str, rank: str, email: str, joined_on: date
) -> Employee:
    """A new person with an account that has no password yet: it is set over the address for recovery."""
    require_keeper_of(actor, actor.agency_id)
    nip = nip.strip()
    employee = Employee(
        agency_id=actor.agency_id,
        nip=nip,
        name=name.strip(),
        status=status,
        rank=rank.strip(),
        email=email.strip(),
        joined_on=joined_on,
    )
    if Employee.objects.filter(nip=nip).exists() or User.objects.filter(nip=nip).exists():
        raise ValidationError({"nip": _("NIP ini sudah terdaftar. Cari orangnya di daftar pegawai.")})
    employee.full_clean(exclude=["user"])
    employee.user = User.objects.create_user(nip, None, name=employee.name, email=employee.email)
    employee.save()
    _record("people.employee_added", actor, employee, {"nip": [None, nip], "name": [None, employee.name]})
    return employee


@transaction.atomic
def correct_employee(*, actor: Viewer, employee: Employee, version: int, reason: str, **values: object) -> Employee:
    """Corrects name, status, rank, email or the day of joining; `version` is that of the page the correction comes
    from."""
    require_keeper_of(actor, employee.agency_id)
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    require_version(employee.version, version)
    changes = {
        name: [str(getattr(employee, name)), str(values[name])]
        for name in CORRECTABLE
        if name in values and values[name] != getattr(employee, name)
    }
    if not changes:
        return employee
    for name in changes:
        setattr(employee, name, values[name])
    employee.version += 1
    employee.full_clean(exclude=["user"])
    employee.save()
    User.objects.filter(employee=employee).update(name=employee.name, email=employee.email)
    _record("people.employee_changed", actor, employee, changes, reason)
    return employee


@transaction.atomic
def record_departure(*, actor: Viewer, employee: Employee, version: int, on: date, reason: str) -> Employee:
    """The person's last day is the one before `on`; running assignments and roles end there."""
    require_keeper_of(actor, employee.agency_id)
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    require_version(employee.version, version)
    if employee.left_on:
        raise NotNow(_("%(name)s sudah tercatat keluar sejak %(day)s.") % _named(employee, employee.left_on))
    late = employee.assignments.filter(starts_on__gte=on).first()
    if late:
        raise ValidationError(
            {"on": _("Ada penugasan yang baru mulai %s. Pilih tanggal sesudahnya.") % longdate(late.starts_on)}
        )
    employee.assignments.filter(ends_on__isnull=True).update(ends_on=on)
    employee.assignments.filter(ends_on__gt=on).update(ends_on=on)
    employee.role_grants.filter(starts_on__lt=on, ends_on__isnull=True).update(ends_on=on)
    employee.left_on, employee.version = on, employee.version + 1
    employee.save(update_fields=["left_on", "version"])
    _record("people.employee_left", actor, employee, {"left_on": [None, on.isoformat()]}, reason)
    return employee


def _named(employee: Employee, day: date) -> dict[str, str]:
    return {"name": employee.name, "day": longdate(day)}


def _record(
    verb: str,
    actor: Viewer,
    employee: Employee,
    changes: dict[str, list[str | None]] | dict[str, list[str]],
    reason: str = "",
) -> None:
    record(
        verb,
        actor=actor.user,
        obj=employee,
        agency_id=employee.agency_id,
        subject_employee_id=employee.pk,
        changes=changes,
        reason=reason,
    )
