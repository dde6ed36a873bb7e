"""The verbs of marks on the time axis: mark, correct, withdraw. Each: access, one transaction, one journal entry."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.citizens.access import require_manager
from terang.evidence.citizens.models import Service
from terang.evidence.citizens.models.interventions import Intervention
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale


def mark_intervention(
    *, actor: Viewer | None, unit: Unit, service: Service | None, day: date, title: str, detail: str, form_key: UUID
) -> Intervention:
    """Marks what was changed. The same form sent twice makes one mark.

    Raises NotAllowed for all but the unit's service managers, ValidationError for a day to come or a foreign service.
    """
    viewer = require_manager(actor, unit)
    if service is not None and service.unit_id != unit.pk:
        raise ValidationError({"about": gettext("Layanan ini bukan milik unit itu.")})
    _check_day(day, viewer.today)
    with transaction.atomic():
        mark, made = Intervention.objects.get_or_create(
            form_key=form_key,
            defaults={
                "unit": unit,
                "service": service,
                "day": day,
                "title": title.strip(),
                "detail": detail.strip(),
                "entered_by": viewer.employee,
                "entered_at": timezone.now(),
            },
        )
        if made:
            changes = {"day": [None, day.isoformat()], "title": [None, title]}
            _record("citizens.intervention_marked", mark, viewer, changes)
    return mark


def correct_intervention(
    *, actor: Viewer | None, mark: Intervention, day: date, title: str, detail: str, reason: str, version: int
) -> Intervention:
    """Corrects day or words of a mark, with the reason.

    Raises as `mark_intervention`, NotNow once withdrawn, Stale where somebody else changed it.
    """
    viewer = require_manager(actor, mark.unit)
    _check_day(day, viewer.today)
    with transaction.atomic():
        current = _current(mark, version)
        told = {"day": day, "title": title.strip(), "detail": detail.strip()}
        changes: dict[str, list[str | None]] = {
            name: [str(getattr(current, name)), str(value)]
            for name, value in told.items()
            if getattr(current, name) != value
        }
        if not changes:
            raise ValidationError(gettext("Belum ada yang diubah."))
        for name, value in told.items():
            setattr(current, name, value)
        current.version += 1
        current.save(update_fields=[*told, "version"])
        _record("citizens.intervention_corrected", current, viewer, changes, reason)
    return current


def withdraw_intervention(*, actor: Viewer | None, mark: Intervention, reason: str, version: int) -> Intervention:
    """Takes a mark off the time axis, with the reason. Raises NotNow where it is withdrawn already, Stale as above."""
    viewer = require_manager(actor, mark.unit)
    with transaction.atomic():
        current = _current(mark, version)
        current.withdrawn_by, current.withdrawn_at = viewer.employee, timezone.now()
        current.withdraw_reason = reason.strip()
        current.version += 1
        current.save(update_fields=["withdrawn_by", "withdrawn_at", "withdraw_reason", "version"])
        _record("citizens.intervention_withdrawn", current, viewer, {"title": [current.title, None]}, reason)
    return current


def _check_day(day: date, today: date) -> None:
    if day > today:
        message = gettext("Perubahan ini belum terjadi. Tandai pada hari mulainya atau sesudahnya.")
        raise ValidationError({"day": message})


def _current(mark: Intervention, version: int) -> Intervention:
    current = Intervention.objects.select_for_update(of=("self",)).select_related("unit").get(pk=mark.pk)
    if current.withdrawn:
        raise NotNow(gettext("Tanda ini sudah dicabut."))
    if current.version != version:
        raise Stale(gettext("Tanda ini sudah diubah orang lain sejak Anda membukanya. Muat ulang, lalu ulangi."))
    return current


def _record(
    verb: str, mark: Intervention, viewer: Viewer, changes: dict[str, list[str | None]], reason: str = ""
) -> None:
    record(
        verb,
        actor=viewer.user,
        obj=mark,
        agency_id=mark.unit.agency_id,
        unit_id=mark.unit_id,
        changes=changes,
        reason=reason,
    )
