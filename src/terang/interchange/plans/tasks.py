"""The heavy halves of an import of plans, done by the worker; each may be repeated after a worker was killed."""

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from terang.audit.services import record
from terang.interchange.models import ImportState, PlanImport
from terang.interchange.plans.drafting import Drafts, drafts_of, make_drafts
from terang.interchange.states import RUNNING
from terang.registry.people.viewer import viewer_for
from terang.rules.sentences import Sentence
from terang.web.errors import NotNow
from terang.web.sheets import SpreadsheetError

TABLE_LIMIT = 2_000
"""Rows kept for the screen, problems first; the counts are of all."""
UNREADABLE = Sentence("Berkas ini tidak terbaca. Simpan ulang dari aplikasi lembar kerja, lalu unggah lagi.")
FAILED = Sentence("Penerapan gagal dan tidak ada yang berubah. Coba terapkan lagi.")
MOVED_ON = Sentence("Keadaan berubah sejak pratinjau dibuat dan tidak ada yang disimpan. Periksa pratinjau baru.")


@task()
def read_plans(import_id: int) -> None:
    """From uploaded file to preview. Does nothing when that has been done already."""
    job = PlanImport.objects.select_related("agency").get(pk=import_id)
    if job.state != ImportState.READING:
        return
    try:
        _show(job, _drafts(job))
    except SpreadsheetError as error:
        _refuse(job, error.sentence)
    except Exception:
        _refuse(job, UNREADABLE)
        raise


@task()
def apply_plans(import_id: int) -> None:
    """From preview to drafts, in one transaction. Shows a new preview where things have moved on."""
    job = PlanImport.objects.select_related("agency", "uploaded_by__user").get(pk=import_id)
    if job.state != ImportState.APPLYING:
        return
    drafts = _drafts(job)
    try:
        _apply(job, drafts)
    except NotNow:
        _show(job, _drafts(job), MOVED_ON)
    except Exception:
        _show(job, drafts, FAILED)
        raise


@transaction.atomic
def _apply(job: PlanImport, drafts: Drafts) -> None:
    """Whoever holds the import's row and still finds it waiting applies it: of two workers only one does."""
    waiting = PlanImport.objects.select_for_update().filter(pk=job.pk, state=ImportState.APPLYING)
    if waiting.first() is None:
        return
    user = job.uploaded_by.user
    actor = viewer_for(user, timezone.now()) if user else None
    counts = make_drafts(drafts, actor=actor, day=job.day, origin=job.file_name)
    waiting.update(state=ImportState.DONE, progress=100, applied_at=timezone.now(), counts=counts)
    record("interchange.plans_applied", actor=user, obj=job, agency_id=job.agency_id, changes=counts)


def _drafts(job: PlanImport) -> Drafts:
    with default_storage.open(job.file_path) as file:
        data = file.read()
    return drafts_of(data, job.file_name, agency=job.agency, day=job.day)


def _refuse(job: PlanImport, message: Sentence) -> None:
    waiting = PlanImport.objects.filter(pk=job.pk, state=ImportState.READING)
    waiting.update(state=ImportState.REFUSED, message=message.stored())


def _show(job: PlanImport, drafts: Drafts, message: Sentence | None = None) -> None:
    PlanImport.objects.filter(pk=job.pk, state__in=RUNNING).update(
        state=ImportState.SHOWN,
        progress=100,
        counts=drafts.counts(),
        table=_table(drafts)[:TABLE_LIMIT],
        message=message.stored() if message else {},
    )


def _table(drafts: Drafts) -> list[dict[str, object]]:
    wrong = [
        {
            "row": each.row,
            "kind": "wrong",
            "nip": each.nip,
            "name": each.name,
            "what": Sentence("%(column)s: %(message)s", {"column": each.column, "message": each.message}).stored(),
        }
        for each in drafts.problems
    ]
    new = [
        {
            "row": each.rows.row,
            "kind": "new",
            "nip": each.rows.nip,
            "name": each.employee.name,
            "what": Sentence(
                "%(results)s hasil kerja, %(indicators)s indikator",
                {
                    "results": len(each.rows.results),
                    "indicators": sum(len(result.indicators) for result in each.rows.results.values()),
                },
            ).stored(),
        }
        for each in drafts.drafts
    ]
    return [*wrong, *new]
