"""The heavy halves of bringing a report in, done by the worker; each may be repeated after a worker was killed."""

from datetime import date

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import task

from terang.accounts.models import User
from terang.audit.services import record
from terang.interchange.models import ImportState, NationalRecord, NationalReport, ReportKind
from terang.interchange.national.comparing import compare
from terang.interchange.national.placing import place
from terang.interchange.national.reading import Report, ReportRow, read_report
from terang.interchange.people.rows import RowProblem
from terang.interchange.plans.tasks import FAILED, UNREADABLE
from terang.interchange.states import RUNNING
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee
from terang.rules.regulations.national_reports import layout_on
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _
from terang.web.sheets import SpreadsheetError

TABLE_LIMIT = 2_000
BATCH = 1_000
STEPS = {10: _("Membaca berkas"), 60: _("Mencocokkan pegawai")}


@task()
def read_national(report_id: int) -> None:
    """From uploaded file to preview. Does nothing when that has been done already."""
    job = NationalReport.objects.select_related("agency", "period").get(pk=report_id)
    if job.state != ImportState.READING:
        return
    try:
        _tell(job, 10)
        _show(job, _read(job))
    except SpreadsheetError as error:
        _refuse(job, error.sentence)
    except Exception:
        _refuse(job, UNREADABLE)
        raise


@task()
def apply_report(report_id: int) -> None:
    """From preview to kept records, in one transaction; then both sides are compared."""
    job = NationalReport.objects.select_related("agency", "uploaded_by__user").get(pk=report_id)
    if job.state != ImportState.APPLYING:
        return
    try:
        _apply(job, _read(job))
    except Exception:
        waiting = NationalReport.objects.filter(pk=job.pk, state=ImportState.APPLYING)
        waiting.update(state=ImportState.SHOWN, message=FAILED.stored())
        raise
    compare(job.agency, actor=job.uploaded_by.user)


@task()
def compare_now(agency_id: int, user_id: int) -> None:
    """Compares a government again because somebody asked."""
    compare(Agency.objects.get(pk=agency_id), actor=User.objects.filter(pk=user_id).first())


def _read(job: NationalReport) -> Report:
    with default_storage.open(job.file_path) as file:
        data = file.read()
    return read_report(data, job.file_name, layout_on(_day(job)))


def _day(job: NationalReport) -> date:
    return job.told_on or local_today(job.agency)


@transaction.atomic
def _apply(job: NationalReport, report: Report) -> None:
    """Whoever holds the report's row and still finds it waiting keeps it; a file kept meanwhile is not kept twice."""
    waiting = NationalReport.objects.select_for_update().filter(pk=job.pk, state=ImportState.APPLYING)
    if waiting.first() is None:
        return
    if kept_before(job.agency_id, job.digest, job.period_id).exists():
        told = Sentence("Berkas yang sama sudah disimpan; tidak ada yang berubah.")
        waiting.update(state=ImportState.REFUSED, message=told.stored())
        return
    known = dict(Employee.objects.filter(agency_id=job.agency_id).values_list("nip", "pk"))
    NationalRecord.objects.bulk_create((_record(job, row, known) for row in report.rows), batch_size=BATCH)
    waiting.update(state=ImportState.DONE, progress=100, applied_at=timezone.now())
    record(
        "interchange.national_applied",
        actor=job.uploaded_by.user,
        obj=job,
        agency_id=job.agency_id,
        changes={**job.counts, "day": job.as_of.isoformat() if job.as_of else ""},
    )


def kept_before(agency_id: int, digest: str, period_id: int | None) -> QuerySet[NationalReport]:
    """The same file, kept already: for plans whatever was chosen, for evaluations for the same period."""
    same = Q(kind=ReportKind.PLANS) | Q(period_id=period_id)
    return NationalReport.objects.filter(same, agency_id=agency_id, digest=digest, state=ImportState.DONE)


def _record(job: NationalReport, row: ReportRow, known: dict[str, int]) -> NationalRecord:
    return NationalRecord(report=job, employee_id=known.get(row.nip), **vars(row))


def _show(job: NationalReport, report: Report) -> None:
    _tell(job, 60)
    placed = place(job, report)
    known = set(Employee.objects.filter(agency_id=job.agency_id).values_list("nip", flat=True))
    nips = {row.nip for row in report.rows}
    problems = [*placed.problems, *report.problems]
    NationalReport.objects.filter(pk=job.pk, state=ImportState.READING).update(
        state=ImportState.SHOWN,
        progress=100,
        doing="",
        kind=report.kind,
        title=placed.title,
        year=placed.year,
        as_of=placed.as_of,
        unit=placed.unit,
        period=job.period if report.kind == ReportKind.EVALUATIONS else None,
        rule_set=layout_on(_day(job)).rule_set,
        counts={
            "people": len(report.rows),
            "known": len(nips & known),
            "unknown": len(nips - known),
            "substitutes": report.substitutes,
            "older": report.older,
            "unevaluated": sum(not row.predicate for row in report.rows)
            if report.kind == ReportKind.EVALUATIONS
            else 0,
            "wrong": len(problems),
        },
        notes=[note.stored() for note in placed.notes],
        table=[_told(each) for each in problems[:TABLE_LIMIT]],
        message={},
    )


def _told(problem: RowProblem) -> dict[str, object]:
    what = Sentence("%(column)s: %(message)s", {"column": problem.column, "message": problem.message})
    return {"row": problem.row, "nip": problem.nip, "name": problem.name, "what": what.stored()}


def _refuse(job: NationalReport, message: Sentence) -> None:
    waiting = NationalReport.objects.filter(pk=job.pk, state=ImportState.READING)
    waiting.update(state=ImportState.REFUSED, message=message.stored())


def _tell(job: NationalReport, percent: int) -> None:
    NationalReport.objects.filter(pk=job.pk, state__in=RUNNING).update(progress=percent, doing=STEPS[percent])
