"""Devices: added, changed and retired by the personnel agency."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from terang.audit.services import record
from terang.evidence.attendance.access import require_keeper
from terang.evidence.attendance.models import Device
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.access import require_agency
from terang.registry.people.viewer import Viewer
from terang.web.errors import Stale


@transaction.atomic
def add_device(
    *, actor: Viewer | None, agency: Agency, serial: str, name: str, unit: Unit | None, may_push: bool, layout: Any
) -> Device:
    """A device of the government, or of one unit. A serial number belongs to one device in all of Terang."""
    viewer = require_keeper(actor)
    require_agency(viewer, agency.pk)
    serial = serial.strip()
    if Device.objects.filter(serial=serial).exists():
        raise ValidationError({"serial": _("Nomor seri ini sudah terdaftar. Periksa label pada alat.")})
    device = Device(agency=agency, serial=serial, name=name.strip(), unit=unit, may_push=may_push, layout=layout)
    _check_unit(device)
    device.full_clean()
    device.save()
    _record("attendance.device_added", viewer, device, {"serial": [None, serial], "may_push": [None, may_push]})
    return device


@transaction.atomic
def change_device(
    *, actor: Viewer | None, device: Device, version: int, name: str, unit: Unit | None, may_push: bool, layout: Any
) -> Device:
    """Another name, unit, permission to send, or layout of its files."""
    viewer = require_keeper(actor)
    device = _locked(viewer, device, version)
    changes = {"name": [device.name, name.strip()], "may_push": [device.may_push, may_push]}
    device.name, device.unit, device.may_push, device.layout = name.strip(), unit, may_push, layout
    _check_unit(device)
    device.version += 1
    device.save()
    _record("attendance.device_changed", viewer, device, changes)
    return device


@transaction.atomic
def retire_device(*, actor: Viewer | None, device: Device, version: int, on: date | None) -> Device:
    """From `on` the device is not used any more: it may not send, and absence does not wait for it. None: it is used
    again."""
    viewer = require_keeper(actor)
    device = _locked(viewer, device, version)
    before = device.retired_on
    device.retired_on = on
    device.version += 1
    device.save(update_fields=["retired_on", "version"])
    told = [each.isoformat() if each else None for each in (before, on)]
    _record("attendance.device_retired", viewer, device, {"retired_on": told})
    return device


def _locked(viewer: Viewer, device: Device, version: int) -> Device:
    require_agency(viewer, device.agency_id)
    device = Device.objects.select_for_update(of=("self",)).select_related("agency").get(pk=device.pk)
    if device.version != version:
        raise Stale(
            _("Data ini sudah diubah orang lain sejak Anda membukanya. Muat ulang, lalu ulangi perubahan Anda.")
        )
    return device


def _check_unit(device: Device) -> None:
    if device.unit is not None and device.unit.agency_id != device.agency_id:
        raise ValidationError({"unit": _("Unit ini milik pemerintah daerah lain.")})


def _record(verb: str, viewer: Viewer, device: Device, changes: dict[str, Any]) -> None:
    record(verb, actor=viewer.user, obj=device, agency_id=device.agency_id, unit_id=device.unit_id, changes=changes)
