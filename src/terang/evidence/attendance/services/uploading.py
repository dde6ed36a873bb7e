"""Bringing a file of punches, and agreeing to it; the work itself is the worker's (`tasks`)."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from terang.audit.services import record
from terang.evidence.attendance.access import require_batch, require_device
from terang.evidence.attendance.models import BatchState, Device, PunchBatch
from terang.evidence.attendance.services.batches import open_batch
from terang.evidence.attendance.tasks import check_batch, take_batch
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


def upload(*, actor: Viewer | None, device: Device, name: str, data: bytes) -> PunchBatch:
    """A file from a person, to be looked through by the worker."""
    viewer = require_device(actor, device)
    if device.retired_on is not None and device.retired_on <= viewer.today:
        raise NotNow(_("Alat ini sudah tidak dipakai. Pilih alat lain, atau pakai lagi alat ini."))
    with transaction.atomic():
        batch = open_batch(device=device, name=name, data=data, uploaded_by=viewer.employee)
        changes = {"file": batch.name, "device": device.serial}
        record("attendance.punches_uploaded", actor=viewer.user, obj=batch, agency_id=batch.agency_id, changes=changes)
        transaction.on_commit(lambda: check_batch.enqueue(batch.pk))
    return batch


def confirm(*, actor: Viewer | None, batch_id: int) -> PunchBatch:
    """Have the punches taken over. A second click changes nothing. Raises Http404."""
    with transaction.atomic():
        batch = get_object_or_404(
            PunchBatch.objects.select_for_update(of=("self",)).select_related("device"), pk=batch_id
        )
        viewer = require_batch(actor, batch)
        if batch.state in {BatchState.RUNNING, BatchState.DONE}:
            return batch
        if batch.state != BatchState.CHECKED:
            raise NotNow(_("Berkas ini belum selesai diperiksa, atau tidak dapat dipakai."))
        batch.state, batch.done, batch.total = BatchState.RUNNING, 0, 0
        batch.save(update_fields=["state", "done", "total"])
        changes = {"file": batch.name, "lines": batch.found.get("lines", 0)}
        record("attendance.punches_confirmed", actor=viewer.user, obj=batch, agency_id=batch.agency_id, changes=changes)
        transaction.on_commit(lambda: take_batch.enqueue(batch.pk))
    return batch
