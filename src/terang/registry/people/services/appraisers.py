"""Another appraiser than the tree gives, with reason and document (PermenPANRB 6/2022, Pasal 1 angka 9, Lampiran
IV.A.2)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from terang.audit.services import record
from terang.registry.people.access import require_agency, require_keeper_of
from terang.registry.people.appraisers import hierarchy_on
from terang.registry.people.hierarchy import Delegation
from terang.registry.people.models import AppraiserOverride, Employee
from terang.registry.people.viewer import Viewer, in_force
from terang.web.errors import NotNow
from terang.web.numbers import longdate


@transaction.atomic
def set_appraiser(
    *,
    actor: Viewer,
    employee: Employee,
    appraiser: Employee,
    on: date,
    until: date | None,
    reason: str,
    document: str,
) -> AppraiserOverride:
    """Names the appraiser from `on` to before `until` (open where missing). Refuses oneself, circles, overlaps and
    elected heads."""
    require_keeper_of(actor, employee.agency_id)
    require_agency(actor, appraiser.agency_id)
    employee = Employee.objects.select_for_update().get(pk=employee.pk)
    _check(employee, appraiser, on, until)
    if not reason.strip():
        raise ValidationError({"reason": _("Tuliskan alasannya: pegawai yang dinilai ikut membacanya.")})
    if not document.strip():
        raise ValidationError({"document": _("Sebutkan dokumen pendelegasiannya.")})
    made = AppraiserOverride(
        employee=employee,
        appraiser=appraiser,
        starts_on=on,
        ends_on=until,
        reason=reason.strip(),
        document=document.strip(),
    )
    made.full_clean()
    made.save()
    changes: dict[str, list[Any]] = {
        "appraiser_id": [None, appraiser.pk],
        "starts_on": [None, on.isoformat()],
        "document": [None, made.document],
    }
    _record("people.appraiser_set", actor, made, changes, made.reason)
    return made


@transaction.atomic
def end_appraiser(*, actor: Viewer, override: AppraiserOverride, on: date, reason: str) -> AppraiserOverride:
    """The override runs up to the day before `on`; from then on the tree decides again."""
    require_keeper_of(actor, override.employee.agency_id)
    override = AppraiserOverride.objects.select_for_update().select_related("employee").get(pk=override.pk)
    if override.ends_on and override.ends_on <= on:
        raise NotNow(_("Penetapan ini sudah berakhir %s.") % longdate(override.ends_on))
    if on <= override.starts_on:
        raise ValidationError({"on": _("Harus sesudah penetapan mulai, yaitu %s.") % longdate(override.starts_on)})
    override.ends_on = on
    override.save(update_fields=["ends_on"])
    _record("people.appraiser_ended", actor, override, {"ends_on": [None, on.isoformat()]}, reason)
    return override


def _check(employee: Employee, appraiser: Employee, on: date, until: date | None) -> None:
    if appraiser.pk == employee.pk:
        raise ValidationError({"appraiser": _("Tidak seorang pun menilai dirinya sendiri.")})
    if until and until <= on:
        raise ValidationError({"until": _("Tanggal berakhir harus sesudah tanggal mulai.")})
    if appraiser.left_on and appraiser.left_on <= on:
        raise ValidationError({"appraiser": _("%s sudah keluar pada tanggal itu.") % appraiser.name})
    later = Q(starts_on__gt=on) if until is None else Q(starts_on__gt=on, starts_on__lt=until)
    running = employee.appraiser_overrides.filter(in_force(on) | later).select_related("appraiser").first()
    if running:
        raise ValidationError(
            {
                "on": _("%(name)s sudah ditetapkan sejak %(day)s. Akhiri penetapan itu lebih dahulu.")
                % {"name": running.appraiser.name, "day": longdate(running.starts_on)}
            }
        )
    _check_circle(employee, appraiser, on)


def _check_circle(employee: Employee, appraiser: Employee, on: date) -> None:
    hierarchy = hierarchy_on(employee.agency_id, on, Q(employee_id__in=[employee.pk, appraiser.pk]))
    place = hierarchy.governing_place(employee.pk)
    if place and place.is_elected:
        raise NotNow(_("Kepala daerah tidak dinilai menurut PermenPANRB 6/2022."))
    hierarchy.delegations = {**hierarchy.delegations, employee.pk: Delegation(0, appraiser.pk, on, "", "")}
    if any(employee.pk in circle for circle in hierarchy.circles()):
        text = _("%(appraiser)s dinilai (langsung atau berjenjang) oleh %(name)s. Pilih orang lain.")
        raise ValidationError({"appraiser": text % {"appraiser": appraiser.name, "name": employee.name}})


def _record(verb: str, actor: Viewer, override: AppraiserOverride, changes: dict[str, list[Any]], reason: str) -> None:
    record(
        verb,
        actor=actor.user,
        obj=override,
        agency_id=override.employee.agency_id,
        subject_employee_id=override.employee_id,
        changes=changes,
        reason=reason,
    )
