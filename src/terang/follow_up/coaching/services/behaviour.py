"""Who may counsel, and the report of a problem of behaviour (Format B.1.10), answered by the personnel agency."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.dialogue.models import Feedback
from terang.follow_up.coaching.access import require_answerer, require_keeper, require_subject
from terang.follow_up.coaching.models import BehaviourReport, Counsellor, CounsellorKind, ReportState
from terang.follow_up.coaching.services.recording import save, tell, worded
from terang.follow_up.coaching.states import require_version
from terang.registry.people.access import require_agency, require_appraiser_of
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


@dataclass(frozen=True)
class Appointment:
    employee: Employee
    kind: str
    basis: str
    starts_on: date


def appoint_counsellor(*, actor: Viewer | None, told: Appointment, form_key: UUID) -> Counsellor:
    """Somebody may counsel from a day on, by a document. Raises NotAllowed, NotNow where they may already,
    ValidationError."""
    viewer = require_keeper(actor)
    require_agency(viewer, told.employee.agency_id)
    if told.kind not in CounsellorKind.values:
        raise ValidationError({"kind": gettext("Pilih sebagai apa.")})
    basis = worded("basis", told.basis, gettext("Tulis surat penunjukan atau sertifikat pelatihannya."))
    with transaction.atomic():
        Employee.objects.select_for_update(of=("self",)).get(pk=told.employee.pk)
        if known := Counsellor.objects.filter(form_key=form_key, employee=told.employee).first():
            return known
        if Counsellor.objects.filter(employee=told.employee, ends_on=None).exists():
            raise NotNow(gettext("Orang ini sudah tercatat sebagai konselor."))
        row = Counsellor.objects.create(
            employee=told.employee,
            kind=told.kind,
            basis=basis,
            starts_on=told.starts_on,
            given_by=viewer.employee,
            form_key=form_key,
        )
        _tell_counsellor("counsellor_appointed", row, viewer)
    return row


def end_counsellor(*, actor: Viewer | None, row: Counsellor, version: int) -> Counsellor:
    """From today on they take nobody new; what runs between two people goes on. Raises NotAllowed, Stale."""
    viewer = require_keeper(actor)
    require_agency(viewer, row.employee.agency_id)
    with transaction.atomic():
        current = Counsellor.objects.select_for_update(of=("self",)).select_related("employee").get(pk=row.pk)
        if current.ends_on is not None:
            return current
        require_version(current, version)
        current.ends_on, current.version = max(viewer.today, current.starts_on), current.version + 1
        current.save(update_fields=["ends_on", "version"])
        _tell_counsellor("counsellor_ended", current, viewer)
    return current


def _tell_counsellor(verb: str, row: Counsellor, viewer: Viewer) -> None:
    record(
        f"coaching.{verb}",
        actor=viewer.user,
        obj=row,
        agency_id=row.employee.agency_id,
        subject_employee_id=row.employee_id,
        changes={"basis": row.basis},
    )


def is_counsellor(employee: Employee, day: date) -> bool:
    """Whether somebody may counsel on a day. One query."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    return Counsellor.objects.filter(running, employee=employee, starts_on__lte=day).exists()


@dataclass(frozen=True)
class Problem:
    """What the appraiser writes (Format B.1.10). `proofs` are ids of feedback given to the employee."""

    talked_on: date
    expectation: str
    problem: str
    others_too: bool
    tried: str
    proofs: Collection[int]


def report_behaviour(*, actor: Viewer | None, employee: Employee, problem: Problem, form_key: UUID) -> BehaviourReport:
    """The appraiser reports, after a talk, with feedback as proof (Lampiran III.D.5.c.1.d). The employee is told and
    may answer. Raises NotAllowed, NotNow while one waits, ValidationError by field."""
    require_appraiser_of(actor, employee)
    assert actor is not None
    proofs = _proofs(employee, problem)
    told = _checked(problem, actor.today)
    with transaction.atomic():
        Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
        if known := BehaviourReport.objects.filter(form_key=form_key, employee=employee).first():
            return known
        if employee.behaviour_reports.filter(state=ReportState.SENT).exists():
            raise NotNow(gettext("Masih ada laporan tentang pegawai ini yang menunggu jawaban kepegawaian."))
        row = BehaviourReport.objects.create(
            employee=employee,
            reporter=actor.employee,
            talked_on=problem.talked_on,
            expectation=problem.expectation.strip(),
            others_too=problem.others_too,
            reported_on=actor.today,
            form_key=form_key,
            **told,
        )
        row.proofs.set(proofs)
        tell("behaviour_reported", row, actor)
    return row


def _proofs(employee: Employee, problem: Problem) -> list[Feedback]:
    found = Feedback.objects.filter(pk__in=problem.proofs, subject=employee, withdrawn_at=None)
    rows = list(found)
    if not rows:
        told = gettext("Sertakan umpan balik yang sudah diberikan. Tanpa bukti itu laporan tidak dapat dikirim.")
        raise ValidationError({"proofs": told})
    return rows


def _checked(problem: Problem, today: date) -> dict[str, str]:
    if problem.talked_on > today:
        raise ValidationError({"talked_on": gettext("Bicarakan dahulu dengan pegawainya, lalu laporkan.")})
    return {
        "problem": worded("problem", problem.problem, gettext("Jelaskan permasalahannya.")),
        "tried": worded("tried", problem.tried, gettext("Tulis apa yang sudah Anda lakukan.")),
    }


def reply_to_report(*, actor: Viewer | None, report: BehaviourReport, reply: str, version: int) -> BehaviourReport:
    """The employee's own word, while nobody has answered. Raises NotAllowed, NotNow, Stale, ValidationError."""
    viewer = require_subject(actor, report)
    with transaction.atomic():
        current = _held(report, version)
        current.reply = worded("reply", reply, gettext("Tulis pandangan Anda."))
        save(current, "reply")
        tell("behaviour_replied", current, viewer, current.reporter)
    return current


def answer_report(
    *, actor: Viewer | None, report: BehaviourReport, counsellor: Employee | None, answer: str, version: int
) -> BehaviourReport:
    """The personnel agency names a counsellor whom the employee may turn to, or says why there is none. Whether they
    meet is told to nobody. Raises NotAllowed, NotNow, Stale, ValidationError."""
    viewer = require_answerer(actor, report)
    if counsellor and not is_counsellor(counsellor, viewer.today):
        raise ValidationError({"counsellor": gettext("Pilih dari daftar konselor.")})
    if counsellor and counsellor.pk == report.employee_id:
        raise ValidationError({"counsellor": gettext("Pilih orang lain.")})
    with transaction.atomic():
        current = _held(report, version)
        current.state = ReportState.COUNSELLOR if counsellor else ReportState.DISMISSED
        current.counsellor, current.answered_by, current.answered_on = counsellor, viewer.employee, viewer.today
        current.answer = worded("answer", answer, gettext("Tulis pertimbangannya; keduanya membacanya."))
        save(current, "state", "counsellor", "answered_by", "answered_on", "answer")
        tell("behaviour_answered", current, viewer)
    return current


def _held(report: BehaviourReport, version: int) -> BehaviourReport:
    rows = BehaviourReport.objects.select_for_update(of=("self",)).select_related("employee", "reporter")
    current = rows.get(pk=report.pk)
    require_version(current, version)
    if current.state != ReportState.SENT:
        raise NotNow(gettext("Laporan ini sudah dijawab."))
    return current
