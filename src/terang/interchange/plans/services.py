"""Starting and confirming an import of plans on screen; the work itself is the worker's (`tasks`)."""

import uuid
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from terang.audit.services import record
from terang.interchange.access import require_importer
from terang.interchange.models import ImportState, PlanImport
from terang.interchange.plans.tasks import apply_plans, read_plans
from terang.registry.people.access import require_agency
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


def start_plans(*, actor: Viewer | None, data: bytes, file_name: str, day: date, form_key: uuid.UUID) -> PlanImport:
    """Keeps the file and has it read. The same form sent twice gives the same import."""
    viewer = require_importer(actor)
    earlier = PlanImport.objects.filter(form_key=form_key, agency_id=viewer.agency_id).first()
    if earlier:
        return earlier
    path = default_storage.save(f"imports/{uuid.uuid4()}", ContentFile(data))
    with transaction.atomic():
        job = PlanImport.objects.create(
            form_key=form_key,
            agency_id=viewer.agency_id,
            uploaded_by=viewer.employee,
            file_name=file_name[:150],
            file_path=path,
            day=day,
        )
        changes = {"file": job.file_name}
        record("interchange.plans_uploaded", actor=viewer.user, obj=job, agency_id=job.agency_id, changes=changes)
        transaction.on_commit(lambda: read_plans.enqueue(job.pk))
    return job


def confirm_plans(*, actor: Viewer | None, import_id: int) -> PlanImport:
    """Has the previewed drafts made. A second click changes nothing. Raises Http404."""
    with transaction.atomic():
        job = get_object_or_404(PlanImport.objects.select_for_update(), pk=import_id)
        viewer = require_own(actor, job)
        if job.state in {ImportState.APPLYING, ImportState.DONE}:
            return job
        if job.state != ImportState.SHOWN or job.counts.get("wrong") or not job.counts.get("plans"):
            raise NotNow(gettext("Impor ini belum dapat diterapkan. Perbaiki dahulu baris yang salah."))
        job.state, job.progress = ImportState.APPLYING, 0
        job.save(update_fields=["state", "progress"])
        record("interchange.plans_confirmed", actor=viewer.user, obj=job, agency_id=job.agency_id, changes=job.counts)
        transaction.on_commit(lambda: apply_plans.enqueue(job.pk))
    return job


def require_own(viewer: Viewer | None, job: PlanImport) -> Viewer:
    """The personnel agency of the government whose import it is."""
    importer = require_importer(viewer)
    require_agency(importer, job.agency_id)
    return importer
