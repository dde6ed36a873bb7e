"""Starting and confirming an import on screen; the work itself is the worker's (`tasks`)."""

import uuid
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from terang.audit.services import record
from terang.interchange.access import require_importer, require_own_import
from terang.interchange.models import ImportState, PeopleImport
from terang.interchange.tasks import apply_import, read_import
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale


def start_import(
    *, actor: Viewer | None, data: bytes, file_name: str, effective_on: date, complete: bool, form_key: uuid.UUID
) -> PeopleImport:
    """Keep the file and have it read. The same form sent twice gives the same import."""
    viewer = require_importer(actor)
    earlier = PeopleImport.objects.filter(form_key=form_key, agency_id=viewer.agency_id).first()
    if earlier:
        return earlier
    path = default_storage.save(f"imports/{uuid.uuid4()}", ContentFile(data))
    with transaction.atomic():
        job, made = PeopleImport.objects.get_or_create(
            form_key=form_key,
            agency_id=viewer.agency_id,
            defaults={
                "uploaded_by": viewer.employee,
                "file_name": file_name[:150],
                "file_path": path,
                "effective_on": effective_on,
                "complete": complete,
            },
        )
        if not made:
            default_storage.delete(path)
            return job
        record(
            "interchange.people_uploaded",
            actor=viewer.user,
            obj=job,
            agency_id=job.agency_id,
            changes={"file": job.file_name},
        )
        transaction.on_commit(lambda: read_import.enqueue(job.pk))
    return job


def confirm_import(*, actor: Viewer | None, import_id: int, digest: str) -> PeopleImport:
    """Have the previewed differences applied. A second click, or a page older than the preview, changes nothing.

    Raises Http404.
    """
    with transaction.atomic():
        job = get_object_or_404(PeopleImport.objects.select_for_update(), pk=import_id)
        viewer = require_own_import(actor, job)
        if job.state in {ImportState.APPLYING, ImportState.DONE}:
            return job
        if job.state != ImportState.SHOWN or job.counts.get("wrong"):
            raise NotNow(_("Impor ini belum dapat diterapkan. Perbaiki dahulu baris yang salah."))
        if job.digest != digest:
            raise Stale(_("Pratinjau sudah diperbarui sejak halaman ini dibuka. Periksa lagi sebelum menerapkan."))
        job.state, job.progress = ImportState.APPLYING, 0
        job.save(update_fields=["state", "progress"])
        record("interchange.people_confirmed", actor=viewer.user, obj=job, agency_id=job.agency_id, changes=job.counts)
        transaction.on_commit(lambda: apply_import.enqueue(job.pk))
    return job
