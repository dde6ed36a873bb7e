"""The heavy halves of an import, done by the worker; each may be repeated after a worker was killed."""

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from terang.audit.services import record
from terang.interchange.models import ImportState, PeopleImport
from terang.interchange.people.differences import Differences, as_table
from terang.interchange.people.services import MOVED_ON, Progress, apply, preview
from terang.interchange.states import RUNNING
from terang.rules.sentences import Sentence
from terang.web.errors import NotNow, Stale
from terang.web.sheets import SpreadsheetError

TABLE_LIMIT = 2_000
"""Rows kept for the screen, problems first; the counts are of all."""


@task()
def read_import(import_id: int) -> None:
    """From uploaded file to preview. Does nothing when that has been done already."""
    job = PeopleImport.objects.select_related("agency").get(pk=import_id)
    if job.state != ImportState.READING:
        return
    try:
        _show(job, _preview(job, _teller(job)))
    except SpreadsheetError as error:
        _refuse(job, error.sentence)
    except Exception:
        _refuse(job, Sentence("Berkas ini tidak terbaca. Simpan ulang dari aplikasi lembar kerja, lalu unggah lagi."))
        raise


@task()
def apply_import(import_id: int) -> None:
    """From preview to registry, in one transaction. Shows a new preview where the data has moved on."""
    job = PeopleImport.objects.select_related("agency", "uploaded_by__user").get(pk=import_id)
    if job.state != ImportState.APPLYING:
        return
    differences = _preview(job, lambda *_: None)
    try:
        _apply(job, differences)
    except NotNow:
        _show(job, differences)  # the wrong rows tell it
    except Stale:
        _show(job, differences, MOVED_ON)
    except Exception:
        _show(job, differences, Sentence("Penerapan gagal dan tidak ada yang berubah. Coba terapkan lagi."))
        raise


@transaction.atomic
def _apply(job: PeopleImport, differences: Differences) -> None:
    """Whoever holds the import's row and still finds it waiting applies it: of two workers only one does."""
    waiting = PeopleImport.objects.select_for_update().filter(pk=job.pk, state=ImportState.APPLYING)
    if waiting.first() is None:
        return
    actor = job.uploaded_by.user if job.uploaded_by else None
    counts = apply(
        differences, agency=job.agency, effective_on=job.effective_on, actor=actor, expected_digest=job.digest
    )
    waiting.update(state=ImportState.DONE, progress=100, applied_at=timezone.now(), counts=counts)
    record("interchange.people_applied", actor=actor, obj=job, agency_id=job.agency_id, changes=counts)


def _refuse(job: PeopleImport, message: Sentence) -> None:
    PeopleImport.objects.filter(pk=job.pk, state=ImportState.READING).update(
        state=ImportState.REFUSED, message=message.stored()
    )


def _preview(job: PeopleImport, progress: Progress) -> Differences:
    with default_storage.open(job.file_path) as file:
        data = file.read()
    return preview(
        data, job.file_name, agency=job.agency, effective_on=job.effective_on, complete=job.complete, progress=progress
    )


def _show(job: PeopleImport, differences: Differences, message: Sentence | None = None) -> None:
    PeopleImport.objects.filter(pk=job.pk, state__in=RUNNING).update(
        state=ImportState.SHOWN,
        progress=100,
        doing="",
        counts=differences.counts(),
        table=[{**row, "what": row["what"].stored()} for row in as_table(differences)[:TABLE_LIMIT]],
        digest=differences.digest,
        message=message.stored() if message else {},
    )


def _teller(job: PeopleImport) -> Progress:
    def tell(percent: int, doing: str) -> None:
        PeopleImport.objects.filter(pk=job.pk).update(progress=percent, doing=doing)

    return tell
