"""Issuing: a document is made once, kept in the vault under the hash of its bytes, and known by its code."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.custody.vault import keep, path_of
from terang.evaluation.appraisals.models import Appraisal
from terang.evaluation.credit.models import CreditDecision
from terang.evidence.citizens.models import SurveyResult
from terang.evidence.observation.models import Observation
from terang.evidence.oversight.models import Inspection
from terang.evidence.reports.models import Report
from terang.follow_up.awards.models import Award
from terang.follow_up.coaching.models import BehaviourReport, Guidance
from terang.follow_up.training.models import TrainingRecord
from terang.planning.matrix.models import Matrix
from terang.planning.matrix.printing import printed
from terang.planning.plans.models import PlanVersion, VersionState
from terang.registry.people.models import Employee
from terang.reporting.documents.appraisals import appraisal_sheets
from terang.reporting.documents.award_sheets import award_sheet
from terang.reporting.documents.certificate_sheets import certificate_sheet
from terang.reporting.documents.codes import draft_proof, issued_proof, new_code
from terang.reporting.documents.credit_sheets import credit_sheets
from terang.reporting.documents.facts import day_of, plan_occasion
from terang.reporting.documents.guidance_sheets import (
    behaviour_sheet,
    carried_out_sheet,
    competence_sheet,
    word_sheet,
)
from terang.reporting.documents.matrices import matrix_occasion, matrix_splits, workblocks
from terang.reporting.documents.models import BEHIND, OF_PLAN, OWN_PAGES, Document, Kind
from terang.reporting.documents.observation_sheets import observation_sheet
from terang.reporting.documents.records import record_sheet, times_of
from terang.reporting.documents.rendering import render
from terang.reporting.documents.report_sheets import report_sheet
from terang.reporting.documents.sheets import (
    Occasion,
    Proof,
    Sheet,
    annex_sheet,
    dated,
    manual_sheets,
    matrix_sheet,
    plan_sheet,
    workblock_sheets,
)
from terang.reporting.documents.signing import is_configured, sign
from terang.reporting.documents.survey_sheets import result_sheet
from terang.reporting.documents.visit_sheets import minutes_sheet
from terang.rules.plans import PlanDocument, digest, from_json
from terang.web.errors import NotNow


def plan_sheets(version: PlanVersion, kind: str, proof: Proof) -> list[Sheet]:
    """What a kind of document of a version prints. Raises NotNow where there is nothing of that kind."""
    return sheets_of(from_json(version.document), kind, plan_occasion(version, proof))


def sheets_of(document: PlanDocument, kind: str, occasion: Occasion) -> list[Sheet]:
    """The forms of a kind in the order they are filed: SKP, annex, manuals."""
    makers: dict[str, Callable[[], list[Sheet]]] = {
        Kind.PLAN: lambda: [plan_sheet(document, occasion)],
        Kind.ANNEX: lambda: [annex_sheet(document, occasion)],
        Kind.MANUAL: lambda: manual_sheets(document, occasion),
    }
    kinds = (Kind.PLAN, Kind.ANNEX, Kind.MANUAL) if kind == Kind.WHOLE else (kind,)
    sheets = [sheet for each in kinds for sheet in makers[each]()]
    if not sheets:
        raise NotNow(gettext("Belum ada manual indikator dalam rencana ini."))
    return sheets


def draw_draft(version: PlanVersion, kind: str) -> bytes:
    """A version that is not agreed as PDF with the word DRAF; nothing is issued or kept."""
    proof = draft_proof(f"Versi {version.number}", digest(from_json(version.document)))
    return _drawn(plan_sheets(version, kind, proof), version.plan.employee.agency.name, version.opened_at.date())


def issue_plan(*, version: PlanVersion, kind: str) -> Document:
    """The document of an agreed version, made by the system when it is first asked for: who reads it issues nothing.

    Raises NotNow where the version is not agreed or holds nothing of this kind, SigningError where the certificate
    cannot be used.
    """
    assert kind in OF_PLAN
    if version.state != VersionState.AGREED or version.agreed_at is None:
        raise NotNow(gettext("Dokumen resmi terbit setelah rencana disepakati."))
    found = Document.objects.filter(plan_version=version, kind=kind).first()
    if found:
        return found
    code = new_code()
    sheets = plan_sheets(version, kind, issued_proof(code, f"Versi {version.number}", version.digest))
    agency = version.plan.employee.agency
    draft = Document(
        code=code,
        kind=kind,
        agency=agency,
        plan_version=version,
        year=version.plan.period_start.year,
        source_digest=version.digest,
    )
    return _issue(_Making(draft, sheets, day_of(version.agreed_at, agency), version.plan.employee))


def issue_matrix(*, matrix: Matrix, kind: str) -> Document:
    """The matrix or its workblocks as they are now; the same content is the same document. Made by the system."""
    source = matrix_digest(matrix, kind)
    found = Document.objects.filter(matrix=matrix, kind=kind, source_digest=source).first()
    if found:
        return found
    code, today = new_code(), day_of(timezone.now(), matrix.owner.agency)
    occasion = matrix_occasion(matrix, issued_proof(code, f"Keadaan {today:%d-%m-%Y}", source))
    content = matrix_content(matrix, kind, occasion)
    if not content:
        raise NotNow(gettext("Matriks ini belum berisi kolom."))
    draft = Document(
        code=code,
        kind=kind,
        agency=matrix.owner.agency,
        matrix=matrix,
        year=matrix.period_start.year,
        source_digest=source,
    )
    return _issue(_Making(draft, content, today, matrix.owner))


def matrix_content(matrix: Matrix, kind: str, occasion: Occasion) -> list[Sheet]:
    """The sheets of a matrix or of its workblocks; none where it has no head."""
    if kind == Kind.WORKBLOCK:
        return workblock_sheets(workblocks(matrix), occasion)
    splits = matrix_splits(printed(matrix))
    return [matrix_sheet(splits, occasion)] if splits[0].heads else []


def matrix_digest(matrix: Matrix, kind: str) -> str:
    """SHA-256 of what the matrix says now, whoever prints it."""
    content = matrix_content(matrix, kind, matrix_occasion(matrix, Proof()))
    return content_digest(content)


def issue_report(*, report: Report) -> Document:
    """A report as it is now, with the ratings that all its readers' people may see; the same content is the same
    document. Made by the system."""
    sheet = report_sheet(report)
    source = content_digest([sheet])
    found = Document.objects.filter(report=report, kind=Kind.REPORT, source_digest=source).first()
    if found:
        return found
    agency = report.employee.agency
    code, today = new_code(), day_of(timezone.now(), agency)
    proof = issued_proof(code, f"Keadaan {today:%d-%m-%Y}", source)
    draft = Document(
        code=code,
        kind=Kind.REPORT,
        agency=agency,
        report=report,
        year=report.period_start.year,
        source_digest=source,
    )
    return _issue(_Making(draft, [_proven(sheet, proof)], today, report.employee))


def issue_survey(*, result: SurveyResult) -> Document:
    """A published survey result with what is done about it today; the same content is the same document."""
    sheet = result_sheet(result)
    source = content_digest([sheet])
    found = Document.objects.filter(survey=result, kind=Kind.SURVEY, source_digest=source).first()
    if found:
        return found
    agency = result.period.unit.agency
    code, today = new_code(), day_of(timezone.now(), agency)
    proof = issued_proof(code, f"Hasil nomor {result.number}, keadaan {today:%d-%m-%Y}", source)
    draft = Document(
        code=code,
        kind=Kind.SURVEY,
        agency=agency,
        survey=result,
        year=result.period.starts_on.year,
        source_digest=source,
    )
    return _issue(_Making(draft, [_proven(sheet, proof)], today, None))


def issue_record(*, version: PlanVersion, kind: str, period: str) -> Document:
    """What is recorded of a plan in a period, as it is now; the same content is the same document. Made by the system.
    Raises KeyError for a period that is none of the plan's."""
    plan, agency = version.plan, version.plan.employee.agency
    today = day_of(timezone.now(), agency)
    time = times_of(plan, today)[period]
    sheet = record_sheet(version, kind, time)
    source = content_digest([sheet])
    found = Document.objects.filter(plan=plan, kind=kind, source_digest=source).first()
    if found:
        return found
    code = new_code()
    proof = issued_proof(code, f"Keadaan {today:%d-%m-%Y}", source)
    draft = Document(
        code=code,
        kind=kind,
        agency=agency,
        plan=plan,
        period=period,
        year=plan.period_start.year,
        source_digest=source,
    )
    return _issue(_Making(draft, [_proven(sheet, proof) | dated(today)], today, plan.employee))


def issue_minutes(*, visit: Inspection) -> Document:
    """The minutes of a visit as it stands. Made by the system."""
    draft = Document(kind=Kind.MINUTES, agency=visit.unit.agency, inspection=visit, year=visit.day.year)
    return issue_as_is(draft, [minutes_sheet(visit)], None)


def issue_observation(*, observation: Observation) -> Document:
    """An observation that was told, as it stands. Made by the system."""
    employee = observation.employee
    draft = Document(kind=Kind.OBSERVED, agency=employee.agency, observation=observation, year=observation.day.year)
    return issue_as_is(draft, [observation_sheet(observation)], employee)


def issue_certificate(*, training: TrainingRecord) -> Document:
    """A finished training of one of our own sessions, as it stands. Made by the system."""
    employee = training.employee
    draft = Document(kind=Kind.CERTIFICATE, agency=employee.agency, training=training, year=training.ends_on.year)
    return issue_as_is(draft, [certificate_sheet(training)], employee)


def guidance_sheet(guidance: Guidance, kind: str) -> Sheet:
    """The form of a kind (B.1.6 to B.1.9)."""
    makers = {Kind.GUIDED: carried_out_sheet, Kind.GUIDE_WORD: word_sheet, Kind.COMPETENCE: competence_sheet}
    return makers[Kind(kind)](guidance)


def issue_guidance(*, guidance: Guidance, kind: str) -> Document:
    """A form of a guidance, as it stands. Made by the system."""
    employee = guidance.employee
    draft = Document(kind=kind, agency=employee.agency, guidance=guidance, year=guidance.opened_on.year)
    return issue_as_is(draft, [guidance_sheet(guidance, kind)], employee)


def issue_behaviour(*, report: BehaviourReport) -> Document:
    """A report of behaviour (B.1.10). Made by the system."""
    employee = report.employee
    draft = Document(kind=Kind.BEHAVIOUR, agency=employee.agency, behaviour=report, year=report.reported_on.year)
    return issue_as_is(draft, [behaviour_sheet(report)], employee)


def issue_award(*, award: Award) -> Document:
    """The certificate of somebody awarded, as it stands. Made by the system."""
    employee = award.employee
    draft = Document(kind=Kind.AWARD, agency=employee.agency, award=award, year=award.awarded_on.year)
    return issue_as_is(draft, [award_sheet(award)], employee)


def issue_credit(*, decision: CreditDecision) -> Document:
    """Credit points as they were laid down, with conversion and accumulation. Made by the system."""
    employee = decision.employee
    draft = Document(kind=Kind.CREDIT, agency=employee.agency, credit=decision, year=decision.set_on.year)
    return issue_as_is(draft, credit_sheets(decision), employee)


def issue_as_is(draft: Document, sheets: list[Sheet], subject: Employee | None) -> Document:
    """What sheets say now, of a row without code, digest and bytes; the same content is the same document. `subject` is
    missing where nobody is the one it is about."""
    source = content_digest(sheets)
    draft.source_digest = source
    if found := _known(draft).first():
        return found
    today = day_of(timezone.now(), draft.agency)
    draft.code = new_code()
    proof = issued_proof(draft.code, f"Keadaan {today:%d-%m-%Y}", source)
    return _issue(_Making(draft, [_proven(sheet, proof) for sheet in sheets], today, subject))


def _known(row: Document) -> QuerySet[Document]:
    """Documents of the row's kind and content about the same thing."""
    behind = {name: getattr(row, name) for name in BEHIND}
    return Document.objects.filter(kind=row.kind, source_digest=row.source_digest, **behind)


def _proven(sheet: Sheet, proof: Proof) -> Sheet:
    """The sheet whose content was hashed, with its foot: nothing is read a second time."""
    return sheet | {"proof": asdict(proof)}


def issue_appraisal(*, appraisal: Appraisal, kind: str) -> Document:
    """An evaluation that was handed over, as it stands with what was decided on an objection; the same content is the
    same document. Made by the system. Raises NotNow where there is nothing of this kind."""
    period = appraisal.window.period
    draft = Document(kind=kind, agency=appraisal.employee.agency, appraisal=appraisal, year=period.starts_on.year)
    return issue_as_is(draft, appraisal_sheets(appraisal, kind), appraisal.employee)


def content_digest(content: Sequence[Sheet]) -> str:
    """SHA-256 of what sheets say."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class _Making:
    """A document about to be issued: its row without bytes, its sheets, its day, and whom it is about, if anybody."""

    row: Document
    sheets: Sequence[Sheet]
    day: date
    subject: Employee | None


def _issue(making: _Making) -> Document:
    """Makes the bytes, keeps them, then writes the row; who came second takes the first one's document."""
    row = making.row
    if row.kind not in OWN_PAGES:
        row.formats = ", ".join(dict.fromkeys(str(sheet["name"]).rpartition(" ")[2] for sheet in making.sheets))
    pdf = _drawn(making.sheets, row.agency.name, making.day)
    if is_configured():
        pdf, row.signed = sign(pdf, agency=row.agency.name), True
    row.sha256, row.size_bytes, row.issued_at = keep([pdf]), len(pdf), timezone.now()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record(
                "documents.issued",
                actor=None,
                obj=row,
                agency_id=row.agency_id,
                changes={"code": row.code, "kind": row.kind, "employee": making.subject.pk if making.subject else None},
            )
    except IntegrityError:
        return _known(row).get(plan_version=row.plan_version)
    return row


def _drawn(sheets: Sequence[Sheet], agency: str, day: date) -> bytes:
    return render(sheets, title=str(sheets[0]["name"]), author=agency, made_on=day)


def bytes_of(document: Document) -> bytes:
    """The document as it was issued. Raises NotNow where the vault has lost it: a document is never made twice."""
    try:
        return path_of(document.sha256).read_bytes()
    except FileNotFoundError:
        raise NotNow(
            gettext("Berkas dokumen ini hilang dari penyimpanan. Minta operator memulihkan cadangan.")
        ) from None
