"""Appointed roles: given with a document, ended with a reason. Nobody appoints themselves."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from terang.audit.services import record
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_agency, require_keeper_of
from terang.registry.people.models import Employee, Role, RoleGrant
from terang.registry.people.viewer import Viewer, in_force
from terang.web.errors import NotAllowed, NotNow
from terang.web.numbers import longdate

WHOLE_AGENCY = (Role.PERSONNEL, Role.REGIONAL_HEAD, Role.OPERATOR)
"""Roles that are asked for without regard to a unit."""


@transaction.atomic
def grant_role(
    *,
    actor: Viewer,
    employee: Employee,
    role: str,
    unit: Unit | None,
    on: date,
    until: date | None,
    document: str,
) -> RoleGrant:
    """Gives a role from `on` to before `until` (open where missing), over a unit and what lies below it or the whole
    agency."""
    require_keeper_of(actor, employee.agency_id)
    if actor.employee.pk == employee.pk:
        raise NotAllowed(_("Peran untuk diri sendiri harus diberikan oleh pengelola kepegawaian lain."))
    if unit:
        require_agency(actor, unit.agency_id)
        _require_divisible(role)
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    if not document.strip():
        raise ValidationError({"document": _("Sebutkan dasar penunjukannya, misalnya nomor surat keputusan.")})
    if until and until <= on:
        raise ValidationError({"until": _("Tanggal berakhir harus sesudah tanggal mulai.")})
    if employee.left_on and employee.left_on <= on:
        raise ValidationError({"employee": _("%s sudah keluar pada tanggal itu.") % employee.name})
    later = Q(starts_on__gt=on) if until is None else Q(starts_on__gt=on, starts_on__lt=until)
    if RoleGrant.objects.filter(in_force(on) | later, employee=employee, role=role, unit=unit).exists():
        raise ValidationError({"role": _("%s sudah memegang peran ini.") % employee.name})
    grant = RoleGrant(employee=employee, role=role, unit=unit, starts_on=on, ends_on=until, document=document.strip())
    grant.full_clean()
    grant.save()
    _record("people.role_granted", actor, grant, {"role": [None, str(Role(role).label)]}, grant.document)
    return grant


def _require_divisible(role: str) -> None:
    """Who keeps registry, policy and accounts keeps them for everybody: no part of it can be given."""
    if role in WHOLE_AGENCY:
        raise ValidationError({"unit": _("Peran ini berlaku untuk seluruh instansi. Kosongkan unitnya.")})


@transaction.atomic
def end_role(*, actor: Viewer, grant: RoleGrant, on: date, reason: str) -> RoleGrant:
    """The role runs up to the day before `on`."""
    require_keeper_of(actor, grant.employee.agency_id)
    grant = RoleGrant.objects.select_for_update().select_related("employee").get(pk=grant.pk)
    if grant.ends_on and grant.ends_on <= on:
        raise NotNow(_("Peran ini sudah berakhir %s.") % longdate(grant.ends_on))
    if on <= grant.starts_on:
        raise ValidationError({"on": _("Harus sesudah peran mulai, yaitu %s.") % longdate(grant.starts_on)})
    grant.ends_on = on
    grant.save(update_fields=["ends_on"])
    changes = {"role": [str(Role(grant.role).label), None], "ends_on": [None, on.isoformat()]}
    _record("people.role_ended", actor, grant, changes, reason)
    return grant


def _record(verb: str, actor: Viewer, grant: RoleGrant, changes: dict[str, list[str | None]], reason: str) -> None:
    record(
        verb,
        actor=actor.user,
        obj=grant,
        agency_id=grant.employee.agency_id,
        subject_employee_id=grant.employee_id,
        unit_id=grant.unit_id,
        changes=changes,
        reason=reason,
    )
