"""The cast with something to see: everything an address of Terang can lead to, once, and a stranger's government.

At the centre stands Siti Rahma, nurse of Puskesmas Melati: `ROLES` says who everybody else is to her. Texts that only
who may see her performance may read carry the word `SECRET`; what belongs to the other government carries `ABROAD`.
Days are around the real today, because pages look at the clock.
"""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from importlib.resources import files
from io import BytesIO
from time import time as time_now
from uuid import UUID

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image
from tests.cast import SINCE, Cast, make_cast

from terang.accounts.models import Method, SignIn, User
from terang.accounts.views import EMAIL_SALT
from terang.audit.models import WorkerHeartbeat
from terang.audit.sealing import seal
from terang.audit.services import record
from terang.custody.models import Resemblance
from terang.custody.services import store_upload, take_in, write_row
from terang.evaluation.appraisals.models import (
    Alignment,
    Appraisal,
    CarryOver,
    Objection,
    RatingWindow,
    Reminder,
    UnitDays,
)
from terang.evaluation.calibration.models import CalibrationSession, Participant, Placement, Proposal
from terang.evaluation.closing.models import Closing, FrozenScore
from terang.evaluation.credit.selectors import accounts_of, digest_of
from terang.evaluation.credit.services import Brought, lay_down, record_grant
from terang.evaluation.drafts.services import begin_draft, submit_draft
from terang.evaluation.models import Period, PolicyVersion
from terang.evaluation.precedents.models import Precedent
from terang.evaluation.replay.models import CopyState, EvidenceCopy, Replay
from terang.evaluation.replay.services import prepare
from terang.evaluation.services import open_periods, publish_policy, recompute
from terang.evidence.attendance.models import (
    AttendanceDay,
    BatchState,
    DayDispute,
    Device,
    Duty,
    FlexibleWork,
    Leave,
    PinHolder,
    Punch,
    PunchBatch,
    ShiftTemplate,
    WebPunch,
    WebPunchRule,
    WorkHours,
    WorkPlace,
)
from terang.evidence.citizens.models import (
    Applicant,
    FollowUp,
    KeyKind,
    Kiosk,
    RequestFile,
    RequestKey,
    RequestPause,
    Service,
    ServiceRequest,
    SurveyInvitation,
    SurveyPeriod,
    SurveyResponse,
)
from terang.evidence.citizens.models.interventions import Intervention
from terang.evidence.citizens.services import RequirementText, publish_standard
from terang.evidence.citizens.services.survey_periods import freeze
from terang.evidence.citizens.survey_figures import figures_of
from terang.evidence.colleagues.models import Conflict, ReviewRound
from terang.evidence.colleagues.services.opening import key_made, make_round
from terang.evidence.complaints.acts import ACTS
from terang.evidence.complaints.models import Complaint, ComplaintCategory, ComplaintClass
from terang.evidence.complaints.services.disclosing import ask_disclosure, decide_disclosure
from terang.evidence.complaints.services.reporting import Received, submit_complaint
from terang.evidence.complaints.services.reporting import Report as Complained
from terang.evidence.complaints.services.verifying import Finding, route_complaint, start_verification
from terang.evidence.complaints.services.working import assign_complaint
from terang.evidence.dialogue.models import (
    Agreement,
    Feedback,
    FeedbackAsk,
    GiverKind,
    Talk,
    TalkPoint,
    TalkState,
)
from terang.evidence.observation.models import CommonMark, Instrument, Mark, Observation, ObservationState, Sheet
from terang.evidence.oversight.models import (
    CaseFollowed,
    CheckPhoto,
    CheckState,
    Inspection,
    InspectionCheck,
    Mission,
    MissionState,
)
from terang.evidence.reports.models import Achievement, Report, ReportState, ReportTerms, Seat
from terang.evidence.reports.models import Reading as ReportReading
from terang.evidence.signals.models import Signal, SignalState
from terang.evidence.work.models import Entry, EntryFile, EntryState, Favourite, Task
from terang.follow_up.allowance.models import Arrears, Dispute, GivenFact, RuleVersion, Run, Slip, Trial
from terang.follow_up.allowance.services import propose_rule
from terang.follow_up.awards.models import Award, Call, Evidence, Member, Nomination, Nominee, Praise, Vote
from terang.follow_up.career.models import Contention, Declaration, Pool, Standing
from terang.follow_up.career.models import Proposal as CareerProposal
from terang.follow_up.coaching.models import (
    BehaviourReport,
    Counsellor,
    Guidance,
    GuidanceSession,
    GuidanceStep,
)
from terang.follow_up.coaching.services.counselling import open_counselling
from terang.follow_up.explainers.models import BoxQuestion, HelpContact
from terang.follow_up.growth.models import (
    ActionStep,
    CorrectiveAction,
    DueAction,
    ImprovementCase,
    ImprovementCheck,
    ImprovementStep,
)
from terang.follow_up.pulse.models import PulseSurvey, Wave
from terang.follow_up.pulse.services.opening import fill as fill_wave
from terang.follow_up.training.models import (
    Course,
    CourseTest,
    DeclaredTraining,
    Enrolment,
    EnrolmentState,
    PlanItem,
    SessionDay,
    SessionState,
    TrainingRecord,
    TrainingSession,
    TrainingSheet,
)
from terang.interchange.models import (
    ApiKey,
    ApiSubmission,
    Application,
    Difference,
    ImportState,
    NationalReport,
    PeopleImport,
    PlanImport,
    Webhook,
)
from terang.interchange.webhooks.sending import hidden, new_secret
from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.goals.models import Goal, KeyIndicator, Reading, YearTarget
from terang.planning.matrix.models import Matrix, MatrixCell, MatrixColumn, MatrixMember
from terang.planning.plans.models import (
    Indicator,
    Plan,
    PlanResult,
    PlanState,
    PlanTemplate,
    PlanVersion,
    TemplateRun,
    VersionState,
)
from terang.privacy.models import Recipient
from terang.privacy.services import record_notice, report_suspicion, write_facts
from terang.registry.organization.models import Agency, Holiday, Outage, SignalZone, Unit
from terang.registry.people.models import AppraiserOverride, Assignment, Employee, Post, Role, RoleGrant
from terang.reporting.analysis.models import SavedView
from terang.reporting.documents.models import Packet, PacketState
from terang.reporting.documents.services import issue_plan
from terang.reporting.notices.models import Choice
from terang.rules.allowance import rule_preset_text
from terang.rules.observations.rubric import as_json as rubric_json
from terang.rules.observations.rubric import preset as rubric_preset
from terang.rules.plans import PlanDocument, PlannedResult, as_json, digest
from terang.rules.policies import read_toml
from terang.rules.reports import rubric
from terang.rules.reviews.draw import Pair
from terang.rules.tables import ELEMENTS
from terang.web.public_forms import stamp
from terang.web.secrets import token_hash

SECRET = "Rahasia-Siti"
ABROAD = "Negeri-Seberang"
PASSWORD = "melati-mekar-di-pagi-hari"
TOKEN = "tautan-survei-warga"
KEY = "kunci-permohonan-warga"
APPLICANT = "Warga-Pemohon"
STANDARD = {
    "decree": "SK 1/2020",
    "online": True,
    "limit": 60,
    "limit_unit": "menit",
    **dict.fromkeys(("procedure", "product", "complaint_handling", "legal_basis", "facilities"), "Ada"),
    **dict.fromkeys(("competence", "supervision", "staffing", "assurance", "safety", "evaluation"), "Ada"),
}
FACTS = ("happened_note", "how", "exposed", "handling", "recovery", "contact", "public_reason")
KIOSK = "tautan-kios-puskesmas"

ROLES = {
    "sendiri": "siti",
    "rekan": "wati",
    "penilai": "dewi",
    "atasan": "bambang",
    "kepegawaian": "maya",
    "pengawas": "agus",
    "auditor": "lina",
    "kepala_daerah": "mayor",
    "operator": "tono",
    "petugas": "andi",
    "asing": "zainal",
}
"""Role → somebody of the cast. Beside them: `publik` (no account) and `tanpa_pegawai` (an account of no employee)."""


@dataclass
class Scene:
    """The cast, the account behind each role (None for the public), and what the addresses need, by name."""

    cast: Cast
    accounts: dict[str, User | None] = field(default_factory=dict)
    arguments: dict[str, int | str] = field(default_factory=dict)


def make_scene() -> Scene:
    """Kota Terang with the evidence of one nurse, and a second government with one person who holds every role."""
    scene = Scene(make_cast())
    cast, keep = scene.cast, scene.arguments
    cast.people["wati"] = _nurse(cast)
    cast.people["zainal"] = _stranger(cast)
    serves = RoleGrant.objects.create(
        employee=cast.andi, role=Role.SERVICE_OFFICER, unit=cast.units["puskesmas"], starts_on=SINCE
    )
    keep |= {"employee": cast.siti.pk, "nip": cast.siti.nip, "grant": serves.pk, "version": 1}
    keep |= {"unit": cast.units["puskesmas"].pk, "unit_path": cast.units["puskesmas"].path}
    keep |= {"post": cast.posts["nurse"].pk, "token": TOKEN, "object_type": "work.entry"}
    keep |= {
        "kind": "stale",
        "status": 429,
        "tour": "makassar",
        "book": "pegawai",
        "uidb36": "1",
        "key": "x",
        "uuid": str(UUID(int=99)),
    }
    keep["assignment"] = cast.siti.assignments.get().pk
    today = timezone.localdate()
    keep["today"] = today.isoformat()
    _calendar(scene, today)
    keep["dictionary_entry"] = _dictionary(cast)
    _goals(scene, today)
    _presence(scene)
    _away(scene, today)
    _documents(scene, today)
    _plans(scene, today)
    _matrix(scene, today)
    _work(scene, today)
    _citizens(scene)
    _surveys(scene, today)
    _requests(scene)
    _complaints(scene)
    _breaches(scene)
    _opinions(scene, today)
    _reports(scene, today)
    _import(scene, today)
    _alike(scene, today)
    _score(scene, today)
    _policy_drafts(scene, today)
    _appraisals(scene, today)
    _calibration(scene, today)
    _trainings(scene, today)
    _career(scene, today)
    _coaching(scene, today)
    _awards(scene, today)
    _replays(scene, today)
    _accounts(scene)
    return scene


def _nurse(cast: Cast) -> Employee:
    """A second nurse at Siti's side."""
    user = User.objects.create(nip="199411232018012014", name="Wati Kusuma", password="!")
    nurse = Employee.objects.create(
        agency=cast.agency, user=user, nip=user.nip, name=user.name, status="pns", joined_on=SINCE
    )
    Assignment.objects.create(employee=nurse, post=cast.posts["nurse"], starts_on=SINCE)
    return nurse


def _stranger(cast: Cast) -> Employee:
    """The only person of another government: leads it and holds every role there is."""
    agency = Agency.objects.create(code="99.72", name=f"Pemerintah Kota {ABROAD}", kind="kota")
    root = Unit.objects.create(
        agency=agency, kind="pemerintah", code="ROOT", name=f"Balai {ABROAD}", valid_from=SINCE, serves_public=True
    )
    root.path = f"/{root.pk}/"
    root.save()
    post = Post.objects.create(unit=root, title="Sekretaris Daerah", kind="jpt", is_head=True, valid_from=SINCE)
    user = User.objects.create(nip="197004052000031015", name=f"Zainal {ABROAD}", password="!")
    person = Employee.objects.create(
        agency=agency, user=user, nip=user.nip, name=user.name, status="pns", joined_on=SINCE
    )
    Assignment.objects.create(employee=person, post=post, starts_on=SINCE)
    RoleGrant.objects.bulk_create(RoleGrant(employee=person, role=role, starts_on=SINCE) for role in Role)
    with_period = {"employee": person, "period_start": SINCE, "period_end": date(2100, 1, 1)}
    plan = Plan.objects.create(**with_period, state=PlanState.AGREED)
    PlanResult.objects.create(plan=plan, number=1, text=f"Hasil {ABROAD}")
    Outage.objects.create(agency=agency, started_at=timezone.now(), cause=f"Listrik {ABROAD} padam")
    record("people.employee_added", actor=user, obj=person, agency_id=agency.pk, subject_employee_id=person.pk)
    return person


def _dictionary(cast: Cast) -> int:
    """An entry of the dictionary, for every post."""
    entry = DictionaryEntry.objects.create(
        agency=cast.agency,
        code="bayi-diimunisasi",
        result="Bayi terlindungi",
        text="Persentase bayi diimunisasi",
        unit_label="%",
        definition="Bayi yang lengkap imunisasinya dibagi bayi sasaran.",
    )
    return entry.pk


def _calendar(scene: Scene, today: date) -> None:
    agency, keep = scene.cast.agency, scene.arguments
    keep["holiday"] = Holiday.objects.create(agency=agency, day=today + timedelta(days=9), name="Hari Jadi Kota").pk
    keep["outage"] = Outage.objects.create(agency=agency, started_at=timezone.now(), cause="Listrik padam").pk
    unit = scene.cast.units["puskesmas"]
    zone = SignalZone.objects.create(agency=agency, unit=unit, basis="SK 7/2026", valid_from=date(2026, 1, 2))
    keep["zone"] = zone.pk
    keep["override"] = AppraiserOverride.objects.create(
        employee=scene.cast.siti,
        appraiser=scene.cast.bambang,
        starts_on=today + timedelta(days=60),
        reason="Menggantikan",
        document="SK 9",
    ).pk


def _goals(scene: Scene, today: date) -> None:
    """A goal of the Puskesmas that the nurse's post answers for, and one of the stranger's government."""
    keep, unit = scene.arguments, scene.cast.units["puskesmas"]
    abroad = Unit.objects.get(name=f"Balai {ABROAD}")
    years = {"kind": "sasaran_renstra", "code": "SR1", "year_start": today.year, "year_end": today.year}
    goal = Goal.objects.create(agency=scene.cast.agency, unit=unit, text="Anak sehat", **years)
    Goal.objects.create(agency=abroad.agency, unit=abroad, text=f"Sasaran {ABROAD}", **years)
    indicator = KeyIndicator.objects.create(
        goal=goal, number=1, text="Imunisasi lengkap", unit_label="%", responsible=scene.cast.posts["nurse"]
    )
    YearTarget.objects.create(indicator=indicator, year=today.year, target_milli=90_000)
    told = {"source": "e-PPGBM", "reported_at": timezone.now(), "form_key": UUID(int=7)}
    reading = Reading.objects.create(indicator=indicator, day=today, value_milli=1, **told)
    keep |= {"goal": goal.pk, "key_indicator": indicator.pk, "reading": reading.pk, "year": today.year}


def _work(scene: Scene, today: date) -> None:
    """An agreed plan with a task, an accepted entry, one that waits with its proof, and one that came back."""
    siti, keep = scene.cast.siti, scene.arguments
    plan = Plan.objects.create(
        employee=siti, period_start=today.replace(month=1, day=1), period_end=date(2100, 1, 1), state=PlanState.AGREED
    )
    keep["plan"] = plan.pk
    result = PlanResult.objects.create(plan=plan, number=1, text=f"Imunisasi anak {SECRET}")
    Indicator.objects.create(result=result, text=f"Anak diimunisasi {SECRET}", unit_label="anak", target_milli=900_000)
    task = Task.objects.create(employee=siti, result=result, text=f"Kunjungan rumah {SECRET}", due_on=today)
    states = {"accepted": EntryState.ACCEPTED, "entry": EntryState.SUBMITTED, "returned": EntryState.RETURNED}
    keep["result"] = result.pk
    for number, (name, state) in enumerate(states.items()):
        entry = Entry.objects.create(
            employee=siti,
            day=today,
            result=result,
            task=task,
            text=f"Kunjungan ke-{number} {SECRET}",
            state=state,
            submitted_at=timezone.now(),
            form_key=UUID(int=number),
        )
        keep[name] = entry.pk
    Entry.objects.create(
        employee=siti,
        day=today,
        result=result,
        text=f"Belum dijawab {SECRET}",
        submitted_at=timezone.now(),
        answer_due_on=today - timedelta(days=1),
        escalated_at=timezone.now(),
        form_key=UUID(int=77),
    )
    keep |= {"appraiser": scene.cast.dewi.pk, "guard": "accepted_report"}
    proof = SimpleUploadedFile(f"daftar-{SECRET}.pdf", b"%PDF-1.4\n%%EOF\n")
    stored = store_upload(proof, actor=scene.cast.viewer("siti"))
    EntryFile.objects.create(entry_id=keep["entry"], file=stored)
    keep["file"] = stored.pk
    keep["receipt"] = Entry.objects.get(pk=keep["entry"]).receipt
    favourite = Favourite.objects.create(employee=siti, name=f"Imunisasi {SECRET}", result=result, text="Imunisasi")
    keep["favourite"] = favourite.pk
    record("work.entry_submitted", actor=siti.user, obj=entry, agency_id=siti.agency_id, subject_employee_id=siti.pk,
           reason=f"Catatan {SECRET}")  # fmt: skip


def _plans(scene: Scene, today: date) -> None:
    """A plan of Siti that waits for her head's answer, one she still writes, and a template that was given once."""
    cast, keep, now = scene.cast, scene.arguments, timezone.now()
    plan = Plan.objects.create(
        employee=cast.siti,
        post=cast.posts["nurse"],
        unit=cast.units["puskesmas"],
        period_start=date(today.year - 2, 1, 1),
        period_end=date(today.year - 1, 1, 1),
    )
    document = as_json(PlanDocument(results=(PlannedResult("r1", f"Kunjungan {SECRET}"),)))
    submitted = PlanVersion.objects.create(
        plan=plan,
        number=1,
        state=VersionState.SUBMITTED,
        document=document,
        opened_at=now,
        submitted_at=now,
        answer_due=today + timedelta(days=7),
    )
    early = {"period_start": date(today.year - 3, 1, 1), "period_end": date(today.year - 2, 1, 1)}
    writing = Plan.objects.create(employee=cast.siti, post=cast.posts["nurse"], unit=cast.units["puskesmas"], **early)
    draft = PlanVersion.objects.create(plan=writing, number=1, document=document, opened_at=now)
    keep |= {"draft_plan": writing.pk, "draft_version": draft.pk, "result_key": "r1"}
    template = PlanTemplate.objects.create(agency=cast.agency, name="Perawat", document=document)
    run = TemplateRun.objects.create(
        template=template,
        unit=cast.units["puskesmas"],
        asked_by=cast.maya,
        asked_at=now,
        day=today,
        form_key=UUID(int=7),
    )
    keep |= {"submitted_version": submitted.pk, "template": template.pk, "run": run.pk}
    row = {"row": 2, "kind": "wrong", "nip": cast.siti.nip, "name": cast.siti.name, "what": f"NIP: {SECRET}"}
    keep["plan_import"] = PlanImport.objects.create(
        agency=cast.agency,
        uploaded_by=cast.maya,
        form_key=UUID(int=6),
        file_name="skp.csv",
        file_path="x",
        day=today,
        state=ImportState.SHOWN,
        counts={"plans": 0, "results": 0, "indicators": 0, "wrong": 1},
        table=[row],
    ).pk
    keep["national_report"] = NationalReport.objects.create(
        agency=cast.agency,
        uploaded_by=cast.maya,
        form_key=UUID(int=8),
        file_name="laporan.xlsx",
        file_path="x",
        kind="plans",
        year=today.year,
        as_of=today,
        state=ImportState.SHOWN,
        counts={"people": 1, "known": 1, "unknown": 0, "wrong": 1},
        table=[row],
    ).pk
    keep["national_difference"] = Difference.objects.create(
        agency=cast.agency,
        employee=cast.siti,
        nip=cast.siti.nip,
        name=cast.siti.name,
        unit=cast.units["puskesmas"],
        kind="plan_missing_there",
        owner="person",
        responsible=cast.siti,
        here="agreed",
        there_word=SECRET,
        there_on=today,
        digest="x",
        found_at=now,
    ).pk


def _away(scene: Scene, today: date) -> None:
    """Siti asks for leave, was sent away by her head, and disputes a day; each with its letter."""
    cast, keep = scene.cast, scene.arguments
    letter = SimpleUploadedFile(f"surat-{SECRET}.pdf", b"%PDF-1.4\n%%EOF\n")
    proof = store_upload(letter, actor=cast.viewer("siti"))
    told = {"employee": cast.siti, "proof": proof}
    keep["leave"] = Leave.objects.create(
        kind="sakit",
        starts_on=today + timedelta(days=20),
        ends_on=today + timedelta(days=22),
        working_days=2,
        reason=f"Operasi {SECRET}",
        requested_at=timezone.now(),
        form_key=UUID(int=20),
        **told,
    ).pk
    duty = Duty.objects.create(
        agency=cast.agency,
        letter="SPT 20",
        purpose=f"Pelatihan {SECRET}",
        place="Palu",
        starts_on=today - timedelta(days=3),
        ends_on=today - timedelta(days=1),
        recorded_by=cast.dewi,
        proof=proof,
        form_key=UUID(int=21),
    )
    duty.people.add(cast.siti)
    raised = {"day": today - timedelta(days=9), "text": f"Alat mati {SECRET}", "raised_at": timezone.now()}
    dispute = DayDispute.objects.create(form_key=UUID(int=22), **raised, **told)
    keep |= {"duty": duty.pk, "dispute": dispute.pk}


def _presence(scene: Scene) -> None:
    """A device of the Puskesmas with a checked file, Siti's PIN on it, and the unit's hours."""
    cast, keep, unit = scene.cast, scene.arguments, scene.cast.units["puskesmas"]
    device = Device.objects.create(
        agency=cast.agency,
        unit=unit,
        serial="ALAT-1",
        name="Alat Puskesmas",
        may_push=True,
        last_seen_at=timezone.now(),
    )
    batch = PunchBatch.objects.create(
        agency=cast.agency,
        device=device,
        name="attlog.dat",
        path="presensi/none",
        digest="0" * 64,
        state=BatchState.CHECKED,
        found={"lines": 1, "sample": [{"line": 1, "pin": "17", "at": "2026-11-24 07:00", "name": cast.siti.name}]},
        uploaded_by=cast.maya,
        uploaded_at=timezone.now(),
    )
    holder = PinHolder.objects.create(agency=cast.agency, pin="17", employee=cast.siti, starts_on=SINCE)
    hours = WorkHours.objects.create(
        agency=cast.agency, unit=unit, label="Pagi", weekday=0, starts_at=time(7), ends_at=time(14), valid_from=SINCE
    )
    keep |= {"device": device.pk, "punch_file": batch.pk, "pin_holder": holder.pk, "hours": hours.pk}
    _from_the_web(scene)


def _from_the_web(scene: Scene) -> None:
    """The Puskesmas lets its people record from the web; Siti did so away from it, with a photo, and works elsewhere on
    Mondays."""
    cast, keep, unit = scene.cast, scene.arguments, scene.cast.units["puskesmas"]
    since = {"agency": cast.agency, "unit": unit}
    rule = WebPunchRule.objects.create(who="semua", radius_metres=100, basis="SK 1", valid_from=SINCE, **since)
    place = WorkPlace.objects.create(name="Puskesmas Melati", latitude_micro=-5_000_000, longitude_micro=1, **since)
    photo = SimpleUploadedFile(f"swafoto-{SECRET}.pdf", b"%PDF-1.4\n%%EOF\n")
    now = timezone.now()
    punch = Punch.objects.create(
        agency=cast.agency,
        employee=cast.siti,
        at=now,
        received_at=now,
        origin="web",
        photo=store_upload(photo, actor=cast.viewer("siti")),
    )
    web = WebPunch.objects.create(
        punch=punch,
        rule=rule,
        placing="di_luar",
        place=place,
        distance_metres=900,
        explanation=f"Kunjungan {SECRET}",
        state="menunggu",
        form_key=UUID(int=23),
    )
    work = FlexibleWork.objects.create(
        agency=cast.agency,
        mode="elsewhere",
        weekdays="0",
        place=f"Rumah {SECRET}",
        letter="SK 23",
        signed_by="Sekretaris Daerah",
        starts_on=SINCE,
        ends_on=SINCE + timedelta(days=30),
        recorded_by=cast.maya,
        form_key=UUID(int=24),
    )
    work.people.add(cast.siti)
    shift = ShiftTemplate.objects.create(unit=unit, code="P", name="Pagi", start_minute=420, end_minute=840)
    keep |= {"shift_unit": unit.pk, "shift": shift.pk}
    keep |= {"web_rule": rule.pk, "place": place.pk, "web_punch": web.pk, "flexible": work.pk}


def _documents(scene: Scene, today: date) -> None:
    """Siti's agreed plan of last year with its issued document, a matrix of her head, and the packet the head got."""
    cast, keep, now = scene.cast, scene.arguments, timezone.now()
    year = {"period_start": date(today.year - 1, 1, 1), "period_end": date(today.year, 1, 1)}
    plan = Plan.objects.create(
        employee=cast.siti, post=cast.posts["nurse"], unit=cast.units["puskesmas"], state=PlanState.CLOSED, **year
    )
    document = PlanDocument(results=(PlannedResult("r1", f"Posyandu {SECRET}"),))
    version = PlanVersion.objects.create(
        plan=plan,
        number=1,
        state=VersionState.AGREED,
        document=as_json(document),
        digest=digest(document),
        opened_at=now,
        agreed_at=now,
        agreed_by=cast.dewi,
    )
    matrix = Matrix.objects.create(owner=cast.dewi, unit=cast.units["puskesmas"], **year)
    MatrixColumn.objects.create(matrix=matrix, number=1, text=f"Posyandu {SECRET}")
    MatrixMember.objects.create(matrix=matrix, employee=cast.siti)
    packet = Packet.objects.create(
        agency=cast.agency,
        unit=cast.units["puskesmas"],
        year=today.year - 1,
        asked_by=cast.dewi,
        asked_at=now,
        form_key=UUID(int=8),
        state=PacketState.DONE,
        path=default_storage.save("paket/1.zip", ContentFile(b"PK")),
        finished_at=now,
        kept_until=today + timedelta(days=7),
    )
    keep["printed_plan"] = plan.pk
    keep |= {"printed_version": version.pk, "printed_matrix": matrix.pk, "packet": packet.pk}
    keep["code"] = issue_plan(version=version, kind="skp").code


def _matrix(scene: Scene, today: date) -> None:
    """The head's matrix of this year with what Siti carries, disputes and proposes; another leader asks for her."""
    cast, keep = scene.cast, scene.arguments
    year = {"period_start": date(today.year, 1, 1), "period_end": date(today.year + 1, 1, 1)}
    matrix = Matrix.objects.create(owner=cast.dewi, unit=cast.units["puskesmas"], **year)
    column = MatrixColumn.objects.create(matrix=matrix, number=1, text=f"Imunisasi {SECRET}")
    member = MatrixMember.objects.create(matrix=matrix, employee=cast.siti)
    states = {"part": "diberikan", "disputed_part": "dipersoalkan", "proposed_part": "diusulkan"}
    for name, state in states.items():
        cell = MatrixCell.objects.create(column=column, member=member, text=f"Posyandu {SECRET}", state=state)
        keep[name] = cell.pk
    other = Matrix.objects.create(owner=cast.hendra, unit=cast.units["register"], **year)
    asked = MatrixMember.objects.create(matrix=other, employee=cast.siti, outside=True, state="menunggu")
    keep |= {"matrix": matrix.pk, "matrix_column": column.pk, "matrix_member": member.pk, "asked_member": asked.pk}


def _citizens(scene: Scene) -> None:
    """A service of the Puskesmas with a request in Siti's hands and a finished one that waits for its survey."""
    siti, keep, now = scene.cast.siti, scene.arguments, timezone.now()
    unit = scene.cast.units["puskesmas"]
    service = Service.objects.create(unit=unit, code="IMUN", name="Imunisasi", standard_minutes=60)
    common = {"service": service, "officer": siti, "received_at": now}
    keep["request"] = ServiceRequest.objects.create(**common, tracking_code=f"A-{SECRET}").pk
    done = ServiceRequest.objects.create(**common, tracking_code=f"B-{SECRET}", completed_at=now, actual_minutes=30)
    keep["finished"] = done.pk
    SurveyInvitation.objects.create(request=done, token_hash=token_hash(TOKEN), expires_at=now + timedelta(days=9))
    SurveyResponse.objects.create(service=service, officer=siti, day=now.date(), waktu=2, remark=f"Lama {SECRET}")


def _requests(scene: Scene) -> None:
    """The standard of Siti's service, and a request in each state that somebody has to do with."""
    cast, keep, now = scene.cast, scene.arguments, timezone.now()
    service = Service.objects.get(code="IMUN")
    standard = publish_standard(
        actor=None,
        service=service,
        based_on=0,
        values=STANDARD | {"decree_day": SINCE, "valid_from": SINCE},
        requirements=[RequirementText("Buku KIA", obligatory=False)],
        steps=[],
    )
    assert standard is not None
    keep |= {"service": service.pk, "standard": standard.pk, "key_token": KEY}
    common = {"service": service, "standard": standard, "received_at": now, "complete_since": now}
    states = {"to_take": "diajukan", "to_check": "diperiksa", "sent_back": "dikembalikan", "ready": "siap"}
    made = {
        name: ServiceRequest.objects.create(
            **common,
            state=state,
            officer=None if name == "to_take" else cast.siti,
            tracking_code=f"IMU-{name}",
            completed_at=now if name == "ready" else None,
            actual_minutes=30 if name == "ready" else None,
        )
        for name, state in states.items()
    }
    sent = {"officer": cast.siti, "reason": f"Foto {SECRET}", "started_at": now}
    RequestPause.objects.create(request=made["sent_back"], until=now.date() + timedelta(days=9), **sent)
    keep |= {name: row.pk for name, row in made.items()}
    RequestKey.objects.create(request=made["to_take"], kind=KeyKind.LINK, digest=token_hash(KEY))
    paper = SimpleUploadedFile(f"kia-{SECRET}.pdf", b"%PDF-1.4\n%%EOF\n")
    stored = store_upload(paper, actor=cast.viewer("siti"))
    keep["request_file"] = RequestFile.objects.create(request_id=keep["request"], file=stored).pk
    Applicant.objects.create(request_id=keep["request"], name=APPLICANT, phone="081234567890")
    keep["intervention"] = Intervention.objects.create(
        unit=service.unit,
        service=service,
        day=SINCE,
        title=f"Loket baru {SECRET}",
        entered_by=cast.siti,
        entered_at=now,
        form_key=UUID(int=7008),
    ).pk


def _surveys(scene: Scene, today: date) -> None:
    """Dewi keeps the surveys of her Puskesmas: a kiosk, last year's result, what Siti repairs, and a remark."""
    cast, keep, now = scene.cast, scene.arguments, timezone.now()
    unit = cast.units["puskesmas"]
    RoleGrant.objects.create(employee=cast.dewi, role=Role.SERVICE_MANAGER, unit=unit, starts_on=SINCE)
    service, start = Service.objects.get(code="IMUN"), date(today.year - 1, 1, 1)
    rows = [SurveyResponse(service=service, day=start, **dict.fromkeys(ELEMENTS, 3)) for _ in range(6)]
    rows[0].remark = f"Antre lama {SECRET}"
    SurveyResponse.objects.bulk_create(rows)
    period = SurveyPeriod.objects.create(
        unit=unit, kind="tahun", starts_on=start, ends_on=date(today.year, 1, 1), opened_at=now
    )
    result = freeze(period, figures_of(period, today), by=cast.dewi, at=now)
    action = FollowUp.objects.create(
        period=period,
        element="waktu",
        component="limit",
        action="Buka loket kedua",
        owner=cast.siti,
        due_on=today,
        form_key=UUID(int=77),
    )
    kiosk = Kiosk.objects.create(
        unit=unit, name="Loket", offer=1, token_hash=token_hash(KIOSK), registered_by=cast.dewi, registered_at=now
    )
    keep |= {"survey_period": period.pk, "survey_result": result.pk, "survey_action": action.pk, "kiosk": kiosk.pk}
    keep |= {"survey_response": rows[0].pk, "kiosk_token": KIOSK}


def _complaints(scene: Scene) -> None:
    """One of everybody's with its link, one to be checked, one in Siti's hands, and two about misconduct in her unit,
    whose reporters another overseer and Agus want to know."""
    cast, keep, now = scene.cast, scene.arguments, timezone.now()
    puskesmas = cast.units["puskesmas"]
    category = ComplaintCategory.objects.create(agency=cast.agency, code="imun", name="Imunisasi", unit=puskesmas)
    keep["complaint_category"] = category.pk
    RoleGrant.objects.create(employee=cast.hendra, role=Role.OVERSIGHT, starts_on=SINCE)
    agus, dewi, hendra = (cast.viewer(name, now) for name in ("agus", "dewi", "hendra"))

    def told(number: int, title: str, **fields: bool) -> Received:
        report = Complained(title, "Antre lama.", UUID(int=number), category=category, name="Warga", **fields)
        drawn = BytesIO()
        Image.new("RGB", (40, 30), "navy").save(drawn, "JPEG")
        picture = SimpleUploadedFile("x.jpg", drawn.getvalue(), "image/jpeg")
        return submit_complaint(agency=cast.agency, report=report, photos=[picture])

    keep["complaint_key"] = told(7001, "Lampu padam").token
    keep["complaint"] = told(7002, f"Kursi {SECRET}").complaint.tracking_code
    mine = told(7003, f"Jadwal {SECRET}").complaint
    mine = start_verification(actor=agus, complaint=mine, version=mine.version)
    finding = Finding(ComplaintClass.SERVICE, category, puskesmas)
    mine = route_complaint(actor=agus, complaint=mine, version=mine.version, finding=finding)
    mine = assign_complaint(actor=dewi, complaint=mine, version=mine.version, handler=cast.siti)
    keep["complaint_mine"], keep["complaint_version"] = mine.tracking_code, mine.version
    for name, number, asker, other in (("guarded", 7004, hendra, None), ("opened", 7005, agus, hendra)):
        found = told(number, f"Pungutan {SECRET}", is_misconduct=True, is_anonymous=True).complaint
        found.about_unit = puskesmas
        found.save()
        asked = ask_disclosure(actor=asker, complaint=found, reason="Perlu saksi.")
        keep |= {f"complaint_{name}": found.tracking_code, f"disclosure_{name}": asked.pk}
        if other:
            decide_disclosure(actor=other, disclosure=asked, approves=True)
    keep |= {f"act_{act.slug}": act.slug for act in ACTS}
    shown = told(7006, "Lampu jalan padam").complaint
    Complaint.objects.filter(pk=shown.pk).update(is_published=True)
    shown.photos.update(is_published=True)
    keep |= {"published_number": shown.tracking_code, "category_code": category.code, "json": "json"}
    keep |= {"csv": "csv", "table": "laporan-warga"}
    key = ApiKey.objects.create(
        agency=cast.agency,
        name="Aplikasi warga",
        contact="Tim aplikasi",
        key_hash=token_hash(TOKEN),
        start="tautan",
        form_key=UUID(int=7007),
        issued_by=cast.agus,
        issued_at=now,
    )
    keep["api_key_id"] = key.pk
    keep["application"] = Application.objects.create(
        agency=cast.agency,
        lender=cast.siti,
        name="Aplikasi puskesmas",
        purpose="Mencatat kunjungan",
        scopes=["profil"],
        token_hash=token_hash("token-aplikasi"),
        start="trg_abcdef",
        last_day=now.date() + timedelta(days=30),
        lent_at=now,
        form_key=UUID(int=7_200),
    ).pk
    keep["nowhere"] = "tidak-ada"
    listener = Webhook.objects.create(
        agency=cast.agency,
        name="Aplikasi gaji",
        contact="Tim gaji",
        address="http://127.0.0.1:9/",
        groups=["tunjangan"],
        secret=hidden(new_secret()),
        made_by=cast.agus,
        made_at=now,
        form_key=UUID(int=7_100),
    )
    keep["webhook"] = listener.pk
    keep["submission_token"] = "tanda-kiriman"
    ApiSubmission.objects.create(key=key, complaint=shown, token_hash=token_hash("tanda-kiriman"), received_at=now)
    keep |= {"agency_code": cast.agency.code, "photo_number": 1, "reply": "balas", "drawn": stamp(time_now() - 30)}


def _breaches(scene: Scene) -> None:
    """A suspicion of Wati's, and a failure that the authority was told of."""
    cast, keep, now = scene.cast, scene.arguments, timezone.now()
    wati, tono = cast.viewer("wati", now), cast.viewer("tono", now)
    known, told = (
        report_suspicion(actor=wati, text="Daftar terbuka.", form_key=UUID(int=number)) for number in (7011, 7012)
    )
    facts = {**dict.fromkeys(FACTS, "Ada"), "title": "Daftar terkirim", "known_at": told.reported_at}
    facts |= {"happened_at": None, "persons": 3, "is_estimate": False, "tells_public": "", "reason": ""}
    facts |= {"data_kinds": ["kontak"], "person_kinds": ["pemohon"]}
    write_facts(actor=tono, breach=told, version=1, values=facts)
    notice = record_notice(
        actor=tono,
        breach=told,
        recipient=Recipient.SUBJECTS,
        sent_at=timezone.now(),
        way="Surat 1",
        form_key=UUID(int=7013),
    )
    keep |= {"breach_suspected": known.pk, "breach": told.pk, "breach_notice": notice.pk}
    keep |= {"breach_recipient": "lembaga", "breach_dismissed": "bukan"}


def _opinions(scene: Scene, today: date) -> None:
    """Siti is asked about her colleague Wati, and was checked in an inspection of her unit."""
    cast, keep = scene.cast, scene.arguments
    opening = ReviewRound(
        agency=cast.agency,
        name="Putaran uji",
        instrument="karakter",
        aspects=[["integritas", "Integritas"]],
        least={"superior": 1, "peer": 3, "subordinate": 3},
        cap=5,
        opens_on=today,
        closes_on=today + timedelta(days=9),
    )
    with key_made(opening) as key:
        [ticket] = make_round(opening, [Pair(cast.siti.pk, cast.wati.pk, "peer")], key)
    keep |= {"ticket": ticket.pk, "review_round": opening.pk}
    keep["conflict"] = Conflict.objects.create(
        agency=cast.agency, one=cast.siti, other=cast.dewi, reason="keluarga", since=today
    ).pk
    said = {"subject": cast.siti, "giver": cast.dewi, "giver_kind": GiverKind.LEADER, "given_at": timezone.now()}
    keep["feedback"] = Feedback.objects.create(
        **said, day=today, behaviour=f"Sabar {SECRET}", form_key=UUID(int=8001)
    ).pk
    keep["feedback_ask"] = FeedbackAsk.objects.create(
        asker=cast.dewi, asked=cast.siti, asked_at=timezone.now(), form_key=UUID(int=8002)
    ).pk
    _talks(scene, today)
    _notices(scene)
    _explainers(scene, today)
    _pulse(scene, today)
    _worker()
    _observations(scene, today)
    visit = Inspection.objects.create(unit=cast.units["puskesmas"], day=today, lead=cast.agus, purpose="Sidak pagi")
    point = InspectionCheck.objects.create(
        inspection=visit, employee=cast.siti, criterion=f"Loket {SECRET}", met=False, state=CheckState.OPEN
    )
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "olive").save(drawn, "JPEG")
    seen = write_row(take_in(SimpleUploadedFile("foto.jpg", drawn.getvalue()), actor=None, agency_id=cast.agency.pk))
    CheckPhoto.objects.create(point=point, number=1, file=seen, added_by=cast.agus)
    keep |= {"point": point.pk, "overseer": cast.agus.pk}
    keep["inspection"] = visit.pk
    keep["case"] = CaseFollowed.objects.create(
        inspection=visit,
        code="2026-1",
        title="Imunisasi",
        url="/",
        rank=1,
        steps=[{"text": "Diterima", "day": today.isoformat(), "agrees": None, "note": ""}],
    ).pk
    _missions(scene, today)
    _questions(scene, today)


def _questions(scene: Scene, today: date) -> None:
    """The team may ask about Siti, has asked her, and heard her and shared it with who appraises her."""
    cast, keep, now = scene.cast, scene.arguments, timezone.now()
    asked = {"question": f"Apa yang terjadi {SECRET}?", "asked_at": now, "due_on": today + timedelta(days=5)}
    heard = {"answer": f"Listrik padam {SECRET}", "answered_at": now, "answered_by": cast.siti, "shared_at": now}
    states = {
        "signal_new": (SignalState.NEW, {}),
        "signal": (SignalState.ASKED, asked),
        "signal_shared": (SignalState.EXPLAINED, asked | heard),
    }
    for name, (state, told) in states.items():
        row = Signal.objects.create(
            agency=cast.agency,
            unit=cast.units["puskesmas"],
            employee=cast.siti,
            kind="menit_sama",
            first_day=today,
            last_day=today,
            sentence={"text": f"Menit yang sama {SECRET}", "params": {}},
            state=state,
            found_at=now,
            found_on=today,
            **told,
        )
        keep[name] = row.pk


def _missions(scene: Scene, today: date) -> None:
    """Missions of Agus: being prepared, ready to freeze, frozen, drawn with a unit to visit, and one that was given up
    and is therefore open."""
    keep = scene.arguments
    for key, state, lots in (
        ("mission", MissionState.DRAFT, 0),
        ("mission_frozen", MissionState.FROZEN, 1),
        ("mission_drawn", MissionState.DRAWN, 1),
        ("mission_open", MissionState.CANCELLED, 1),
    ):
        mission = _mission(scene.cast, today, state, lots)
        keep[key] = mission.pk
        listed = mission.listed.first()
        keep[f"{key}_unit"] = listed.pk if listed else 0


def _mission(cast: Cast, today: date, state: MissionState, lots: int) -> Mission:
    row = Mission.objects.create(
        agency=cast.agency,
        purpose="Sidak bersama" if state == MissionState.CANCELLED else f"Sidak {SECRET}",
        letter="094/12",
        letter_day=today,
        starts_on=today,
        last_day=today,
        lead=cast.agus,
        lots=lots,
        state=state,
        salt="ab",
        list_text="undi: 1\n",
        list_sha256="cd",
        frozen_at=timezone.now(),
        beacon="ef" if state == MissionState.DRAWN else "",
    )
    row.members.set([cast.agus])
    unit = cast.units["health"]
    risk = {} if lots else {"reason": "Tujuh pengaduan"}
    row.listed.create(unit=unit, code=unit.code, name=unit.name, chosen=state == MissionState.DRAWN, **risk)
    if state == MissionState.FROZEN:
        with transaction.atomic():
            record("oversight.mission_frozen", actor=cast.agus.user, obj=row, agency_id=cast.agency.pk)
        seal()
    return row


def _talks(scene: Scene, today: date) -> None:
    """Siti and her leader prepare a talk; one waits for her word and one is confirmed, both called with other keys."""
    cast, keep = scene.cast, scene.arguments
    said = {"leader": cast.dewi, "employee": cast.siti, "day": today}
    talk = Talk.objects.create(**said, form_key=UUID(int=8003))
    keep["talk"] = talk.pk
    keep["talk_point"] = TalkPoint.objects.create(talk=talk, number=1, text=f"Obat {SECRET}").pk
    promised = {"owner": cast.siti, "text": f"Janji {SECRET}", "due_on": today}
    keep["agreement"] = Agreement.objects.create(talk=talk, **promised).pk
    told = {"leader": cast.bambang, "employee": cast.siti, "day": today, "state": TalkState.TOLD}
    keep["talk_told"] = Talk.objects.create(**told, form_key=UUID(int=8004)).pk
    confirmed = Talk.objects.create(**said, state=TalkState.CONFIRMED, form_key=UUID(int=8005))
    keep["agreement_due"] = Agreement.objects.create(talk=confirmed, **promised).pk


def _worker() -> None:
    """A worker on another machine that lives for as long as anybody looks."""
    now = timezone.now()
    seen = {"started_at": now, "seen_at": now + timedelta(days=1)}
    WorkerHeartbeat.objects.create(worker_id="pekerja-1", host="lain", pid=1, **seen)


def _explainers(scene: Scene, today: date) -> None:
    """One explainer, a place that helps, and a question in the box."""
    told = {"kind": "konselor", "name": "Ruang konseling BKD", "reach": "Lantai 3", "form_key": UUID(int=9000)}
    contact = HelpContact.objects.create(
        agency=scene.cast.agency, told_by=scene.cast.maya, told_on=today, checked_on=today, **told
    )
    asked = BoxQuestion.objects.create(agency=scene.cast.agency, text="Kapan nilai ditutup?", asked_on=today)
    scene.arguments |= {"explainer": "keberatan", "help_contact": contact.pk, "box_question": asked.pk}


def _pulse(scene: Scene, today: date) -> None:
    """The survey runs, and the lot fell on Siti alone."""
    cast = scene.cast
    PulseSurvey.objects.create(agency=cast.agency, begun_on=today, begun_by=cast.maya)
    month = {"month": today.replace(day=1), "opens_on": today, "closes_on": today + timedelta(days=9)}
    wave = Wave(agency=cast.agency, asked=1, **month)
    fill_wave(wave, [cast.siti.pk], {cast.siti.pk: cast.units["puskesmas"].pk})


def _notices(scene: Scene) -> None:
    """Siti has a calendar of deadlines."""
    siti = scene.cast.siti
    Choice.objects.create(employee=siti, calendar_hash=token_hash(KEY), calendar_made_at=timezone.now())
    scene.arguments["calendar_token"] = KEY


def _observations(scene: Scene, today: date) -> None:
    """Siti is observed by her head, in every state; before common marks also by the inspector."""
    cast, keep = scene.cast, scene.arguments
    instrument = Instrument.objects.create(
        agency=cast.agency,
        code="poliklinik",
        number=1,
        name="Observasi poli",
        place="Poli",
        categories=["perawat"],
        keeper=cast.units["health"],
        valid_from=SINCE,
        rubric=rubric_json(rubric_preset("poliklinik").rubric),
        basis="SK 7/2026",
        form_key=UUID(int=8100),
    )
    keep["instrument"] = instrument.pk
    rows = {
        "observation": (ObservationState.PLANNED, "dewi"),
        "observation_agreed": (ObservationState.AGREED, "dewi"),
        "observation_marked": (ObservationState.MARKED, "dewi", "agus"),
        "observation_settled": (ObservationState.SETTLED, "dewi"),
        "observation_told": (ObservationState.TOLD, "dewi"),
        "observation_contested": (ObservationState.CONTESTED, "dewi"),
        "observation_finished": (ObservationState.FINISHED, "dewi"),
    }
    for number, (name, (state, *observers)) in enumerate(rows.items(), 1):
        keep[name] = _observation(scene, instrument, state, observers, UUID(int=8100 + number), today).pk
    keep["observation_sheet"] = Sheet.objects.get(observation_id=keep["observation_agreed"]).pk


def _observation(
    scene: Scene, instrument: Instrument, state: ObservationState, observers: list[str], key: UUID, today: date
) -> Observation:
    cast, now = scene.cast, timezone.now()
    told = state in {ObservationState.TOLD, ObservationState.CONTESTED, ObservationState.FINISHED}
    said = {"told_by": cast.dewi, "told_at": now, "told_on": today, "aim_due_on": today + timedelta(days=30)}
    row = Observation.objects.create(
        employee=cast.siti,
        unit=cast.units["puskesmas"],
        instrument=instrument,
        indicator="penjelasan",
        place=f"Poli {SECRET}",
        day=today,
        state=state,
        planned_by=cast.dewi,
        goal=f"Jelas {SECRET}",
        observer_agreed_at=now,
        form_key=key,
        **(said | {"contest_due_on": today + timedelta(days=7), "went_well": SECRET} if told else {}),
    )
    open_ = state in {ObservationState.PLANNED, ObservationState.AGREED}
    for number, name in enumerate(observers, 1):
        sheet = Sheet.objects.create(
            observation=row,
            number=number,
            observer=cast.people[name],
            kind="pimpinan",
            given_at=None if open_ else now,
        )
        Mark.objects.bulk_create(Mark(sheet=sheet, behaviour=each, value=1, note=SECRET) for each in "123")
    if told or state == ObservationState.SETTLED:
        CommonMark.objects.bulk_create(CommonMark(observation=row, behaviour=each, value=1) for each in "123")
        Observation.objects.filter(pk=row.pk).update(points_milli=3_000, max_milli=6_000)
    return row


def _reports(scene: Scene, today: date) -> None:
    """Siti writes a report, one waits for both readers, one is rated, one is published to her unit."""
    cast, keep, now = scene.cast, scene.arguments, timezone.now()
    terms = ReportTerms.objects.create(
        agency=cast.agency,
        valid_from=SINCE,
        frequencies=["tahun"],
        rubric=rubric.as_json(rubric.preset()),
        basis="Peraturan Wali Kota 1/2020",
    )
    states = {
        "draft_report": (ReportState.DRAFT, SECRET),
        "report": (ReportState.SUBMITTED, SECRET),
        "rated_report": (ReportState.RATED, SECRET),
        "published_report": (ReportState.PUBLISHED, "terbuka"),
    }
    for ago, (name, (state, word)) in enumerate(states.items(), 1):
        report = Report.objects.create(
            employee=cast.siti,
            unit=cast.units["puskesmas"],
            kind="tahun",
            period_start=date(today.year - ago, 1, 1),
            period_end=date(today.year - ago + 1, 1, 1),
            terms=terms,
            state=state,
            due_on=today,
            challenges=f"Vaksin habis {word}",
            plans=f"Kunjungan rumah {word}",
            opened_at=now,
            figures_at=None if state == ReportState.DRAFT else now,
            submitted_at=None if state == ReportState.DRAFT else now,
            counts_on=None if state == ReportState.DRAFT else date(today.year - ago, 12, 31),
            second_look_until=today + timedelta(days=5),
            audience="unit" if state == ReportState.PUBLISHED else "",
        )
        Achievement.objects.create(report=report, result_id=keep["result"], number=1, title=f"Imunisasi {word}")
        keep[name] = report.pk
    due = today + timedelta(days=5)
    for name, seat in (("report_reading", Seat.SUPERIOR), ("pool_reading", Seat.OVERSIGHT)):
        keep[name] = ReportReading.objects.create(report_id=keep["report"], seat=seat, due_on=due).pk
    ReportReading.objects.create(
        report_id=keep["rated_report"], seat=Seat.SUPERIOR, reader=cast.dewi, due_on=due, given_at=now, rating_bp=7500
    )


def _import(scene: Scene, today: date) -> None:
    rows = [{"row": 2, "kind": "wrong", "name": "Siti Rahma", "nip": scene.cast.siti.nip, "what": f"Ganda {SECRET}"}]
    scene.arguments["import"] = PeopleImport.objects.create(
        agency=scene.cast.agency,
        uploaded_by=scene.cast.maya,
        form_key=UUID(int=1),
        file_name="pegawai.csv",
        file_path="imports/none",
        effective_on=today,
        state=ImportState.SHOWN,
        counts={"wrong": 1},
        table=rows,
    ).pk


def _alike(scene: Scene, today: date) -> None:
    """A photo of Siti's that was used before and is explained, and a file nobody but she is asked about yet."""
    siti, keep = scene.cast.siti, scene.arguments
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    viewer = scene.cast.viewer("siti")
    photo = store_upload(SimpleUploadedFile(f"foto-{SECRET}.png", drawn.getvalue()), actor=viewer)
    EntryFile.objects.create(entry_id=keep["accepted"], file=photo)
    told = {"agency": siti.agency, "employee": siti, "day": today, "earlier_day": today - timedelta(days=40)}
    told |= {"earlier_employee": scene.cast.dewi, "same_bytes": True, "distance": 0, "found_at": timezone.now()}
    told |= {"due_on": today + timedelta(days=7), "earlier": photo}
    explained = {"explanation": f"Foto bersama {SECRET}", "explained_at": timezone.now(), "state": "dijelaskan"}
    keep["photo"] = photo.pk
    keep["resemblance"] = Resemblance.objects.create(file=photo, **told, **explained).pk
    keep["resemblance_asked"] = Resemblance.objects.create(file_id=keep["file"], **told).pk


def _score(scene: Scene, today: date) -> None:
    """Siti's score of the running period under a policy in force."""
    agency, siti = scene.cast.agency, scene.cast.siti
    preset = files("terang.rules.policies") / "presets" / "aceh_tenggara.toml"
    publish_policy(agency=agency, text=preset.read_text("utf-8").replace('"11.02"', f'"{agency.code}"'))
    [period] = open_periods(agency=agency, start=today, end=today + timedelta(days=1))
    AttendanceDay.objects.create(employee=siti, day=today, status="hadir")
    recompute(employee_ids=[siti.pk], period=period, as_of=today)
    scene.arguments |= {"period": period.pk, "aspect": "iku", "measure": "task_completion"}
    view = {"agency": agency, "owner": scene.cast.maya, "name": "Nilai per unit", "query": "cara=banding"}
    scene.arguments["analysis_view"] = SavedView.objects.create(**view, form_key=UUID(int=45)).pk
    scene.arguments["analysis_kind"] = "csv"


def _policy_drafts(scene: Scene, today: date) -> None:
    """Maya writes the next policy twice: one draft is handed in, one still written."""
    maya, keep = scene.cast.viewer("maya", timezone.now()), scene.arguments
    version = PolicyVersion.objects.get(agency=scene.cast.agency)
    document = read_toml(version.text) | {"valid_from": date(today.year + 1, 1, 1)}
    for number, name in enumerate(("policy_draft_open", "policy_draft")):
        draft = begin_draft(actor=maya, form_key=UUID(int=8900 + number), document=document, base=version)
        keep[name] = draft.pk
    submit_draft(actor=maya, draft=draft, seen=draft.version)
    keep |= {"policy_step": "bagian", "policy_file": "toml"}


def _appraisals(scene: Scene, today: date) -> None:
    """Siti is rated in five periods: not yet, decided, handed over, received, and objected to."""
    cast, keep = scene.cast, scene.arguments
    said = {"opens_on": SINCE, "closes_on": today + timedelta(days=9), "basis": "SE 1/2026", "opened_by": cast.maya}
    states = ("", "ditetapkan", "diserahkan", "diterima", "keberatan")
    names = ("window", "appraisal_decided", "appraisal_handed", "appraisal_received", "appraisal_objected")
    for number, (state, name) in enumerate(zip(states, names, strict=True)):
        start = date(2024 - number, 1, 1)
        period = Period.objects.create(
            agency=cast.agency, kind="year", name=str(start.year), starts_on=start, ends_on=date(start.year + 1, 1, 1)
        )
        window = RatingWindow.objects.create(period=period, **said)
        puskesmas = cast.units["puskesmas"]
        if not state:
            keep[name] = window.pk
            health = cast.units["health"]
            asked = {"owner": cast.bambang, "sent_on": today, "sent_by": cast.maya, "missing": 2, "waiting": 0}
            Reminder.objects.create(window=window, unit=health, **asked)
            days = {
                "opens_on": today,
                "closes_on": today + timedelta(days=30),
                "reason": SECRET,
                "basis": f"SE {SECRET}",
            }
            told = {"set_by": cast.maya, "set_at": timezone.now(), "form_key": UUID(int=8840)}
            keep["unit_days"] = UnitDays.objects.create(window=window, unit=cast.units["bkd"], **days, **told).pk
            keep["reminded_unit"] = health.pk
            continue
        row = Appraisal.objects.create(
            window=window,
            employee=cast.siti,
            unit=puskesmas,
            home=puskesmas,
            rater=cast.dewi,
            state=state,
            organisation="baik",
            work_result="meets",
            behaviour="meets",
            predicate="baik",
            notes=f"Teliti {SECRET}",
            decided_on=today,
            received_on=today,
        )
        keep |= {name: row.pk, f"{name}_window": window.pk}
    keep["rater"] = cast.dewi.pk
    keep["objection"] = Objection.objects.create(
        appraisal_id=keep["appraisal_objected"],
        decider=cast.bambang,
        text=f"Target {SECRET}",
        filed_on=today,
        last_day=today,
        decision_due=today + timedelta(days=9),
        form_key=UUID(int=8801),
    ).pk
    _precedents(scene, today)
    _growth(scene, today)
    _improvement(scene, today)
    _credit(scene, today)
    _carry_over(scene, today)
    _closings(scene, today)
    _allowance(scene, today)


def _closings(scene: Scene, today: date) -> None:
    """A period that may be closed, one that is closed with Siti's frozen result and a correction that waits, and one
    whose worker was killed."""
    cast = scene.cast
    policy = PolicyVersion.objects.filter(agency=cast.agency).first()
    said = {"basis": f"BA {SECRET}", "as_of": today, "asked_by": cast.maya, "policy": policy, "ruleset": "terang-3"}
    long_ago = timezone.now() - timedelta(hours=2)
    rows = (("ended_period", "", ""), ("closed_period", "selesai", "closing"), ("", "berjalan", "closing_stalled"))
    for month, (key, state, run_key) in enumerate(rows, 5):
        period = Period.objects.create(
            agency=cast.agency,
            kind="month",
            name=f"Bulan {month}",
            starts_on=date(2023, month, 1),
            ends_on=date(2023, month + 1, 1),
            closed_at=long_ago if state else None,
        )
        scene.arguments[key] = period.pk
        if state:
            run = Closing.objects.create(
                period=period, number=1, state=state, asked_at=long_ago, form_key=UUID(int=8820 + month), **said
            )
            FrozenScore.objects.create(
                closing=run,
                employee=cast.siti,
                unit=cast.units["puskesmas"],
                total_bp=8000,
                result={"total": {}, "parts": []},
                input_digest="a" * 64,
                digest="b" * 64,
            )
            scene.arguments[run_key] = run.pk
    window = RatingWindow.objects.create(
        period_id=scene.arguments["closed_period"],
        opens_on=date(2023, 6, 1),
        closes_on=date(2023, 7, 1),
        basis=f"SE {SECRET}",
        opened_by=cast.maya,
    )
    unit = cast.units["puskesmas"]
    Appraisal.objects.create(
        window=window, employee=cast.siti, home=unit, unit=unit, rater=cast.dewi, state="selesai", predicate="baik"
    )
    scene.arguments["correction"] = Closing.objects.create(
        period_id=scene.arguments["closed_period"],
        number=2,
        state="diusulkan",
        asked_at=timezone.now(),
        form_key=UUID(int=8830),
        **said,
    ).pk
    verbs = {"check": "periksa", "confirm": "sahkan", "drop": "batalkan", "continue": "lanjutkan", "print": "cetak"}
    scene.arguments |= {f"verb_{name}": word for name, word in verbs.items()}


def _carry_over(scene: Scene, today: date) -> None:
    """Siti came from another unit: her result of January may stand for February, and was proposed for March."""
    cast, rows = scene.cast, []
    for month in (1, 2, 3):
        period = Period.objects.create(
            agency=cast.agency,
            kind="month",
            name=f"Bulan {month}",
            starts_on=date(2024, month, 1),
            ends_on=date(2024, month + 1, 1),
        )
        said = {"opens_on": SINCE, "closes_on": today + timedelta(days=9), "basis": "SE 2/2026", "opened_by": cast.maya}
        rows.append(RatingWindow.objects.create(period=period, **said))
    person = {"employee": cast.siti, "unit": cast.units["puskesmas"], "rater": cast.dewi}
    done = {"state": "selesai", "work_result": "meets", "behaviour": "meets", "predicate": "baik", "decided_on": today}
    earlier = Appraisal.objects.create(window=rows[0], home=cast.units["register"], **person, **done)
    draft = Appraisal.objects.create(window=rows[2], home=cast.units["puskesmas"], **person)
    carry = CarryOver.objects.create(appraisal=draft, earlier=earlier, proposed_by=cast.dewi, proposed_on=today)
    scene.arguments |= {"moved_window": rows[1].pk, "carry": carry.pk}


def _growth(scene: Scene, today: date) -> None:
    """A talk due for Siti, and her corrective action with Dewi, whose plan is being written."""
    cast, keep = scene.cast, scene.arguments
    later = today + timedelta(days=9)
    told = {"employee": cast.siti, "reason": {"text": f"Nilai {SECRET}", "params": {}}, "assigned_to": cast.dewi}
    days = {"opened_on": today, "due_on": later, "escalate_on": later}
    keep["due_talk"] = DueAction.objects.create(kind="talk", cause="floor:1", **told, **days).pk
    period = Period.objects.filter(agency=cast.agency).first()
    action = CorrectiveAction.objects.create(
        due=DueAction.objects.create(kind="corrective", cause="standard:1", period=period, **told, **days),
        employee=cast.siti,
        leader=cast.dewi,
        standard_bp=6500,
        support=f"Bantuan {SECRET}",
        opened_on=today,
        remeasure_on=later,
    )
    keep["corrective"] = action.pk
    step = ActionStep.objects.create(action=action, owner=cast.siti, text=f"Langkah {SECRET}", due_on=later)
    keep["corrective_step"] = step.pk


def _improvement(scene: Scene, today: date) -> None:
    """Siti's chance to improve with Dewi in each of its states; of the last one Maya prepared a step."""
    cast, keep, now = scene.cast, scene.arguments, timezone.now()
    spans = {"starts_on": today - timedelta(days=190), "ends_on": today - timedelta(days=7)}
    words = {"target": f"Target {SECRET}", "support": f"Bantuan {SECRET}", "finding": f"Temuan {SECRET}"}
    states = {"planned": "disusun", "proposed": "diusulkan", "running": "berjalan", "evaluated": "dinilai"}
    for number, (name, state) in enumerate({**states, "further": "lanjut", "waits": "lanjut"}.items()):
        due = DueAction.objects.create(
            employee=cast.siti,
            kind="improvement",
            cause=f"predicate:{2018 + number}",
            reason={"text": f"Predikat {SECRET}", "params": {}},
            assigned_to=cast.dewi,
            state="selesai",
            opened_on=spans["starts_on"],
            due_on=today,
            escalate_on=today,
            settled_on=today,
        )
        case = ImprovementCase.objects.create(
            due=due,
            employee=cast.siti,
            leader=cast.dewi,
            year=2018 + number,
            predicate="kurang",
            holder="others",
            state=state,
            opened_on=spans["starts_on"],
            proposed_at=now,
            recovered=False if number > 2 else None,
            act_by=today - timedelta(days=1),
            **words,
            **spans,
        )
        keep[f"case_{name}"] = case.pk
    check = ImprovementCheck.objects.create(
        case_id=keep["case_running"], day=today, notes=f"Baik {SECRET}", leader_at=now
    )
    keep["case_check"] = check.pk
    ImprovementStep.objects.create(
        case_id=keep["case_waits"],
        code="competence_test",
        label="Uji kompetensi",
        article="Pasal 58",
        decides="PPK",
        prepared_by=cast.maya,
        prepared_on=today,
        grounds=f"Pertimbangan {SECRET}",
    )


def _allowance(scene: Scene, today: date) -> None:
    """Rules in force and proposed, a month with Siti's slip, and what she holds against it."""
    cast, keep, now = scene.cast, scene.arguments, timezone.now()
    text = rule_preset_text("lubuklinggau")
    rule = propose_rule(actor=None, agency=cast.agency, text=text, form_key=UUID(int=8820))
    proposed = propose_rule(actor=None, agency=cast.agency, text=text, form_key=UUID(int=8821))
    RuleVersion.objects.filter(pk=proposed.pk).update(state="diusulkan")
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    run = Run.objects.create(agency=cast.agency, month=month, rule=rule, state="terbuka", started_at=now)
    slip = Slip.objects.create(
        run=run,
        employee=cast.siti,
        unit=cast.units["puskesmas"],
        post_title=f"Perawat {SECRET}",
        problem=f"Gaji {SECRET}",
        digest="d" * 64,
        made_at=now,
    )
    dispute = Dispute.objects.create(slip=slip, text=f"Presensi {SECRET}", raised_at=now, form_key=UUID(int=8822))
    keep |= {"allowance_rule": rule.pk, "allowance_proposed": proposed.pk, "allowance_run": run.pk}
    keep |= {"slip": slip.pk, "slip_dispute": dispute.pk, "last_month": f"{month:%Y-%m}"}
    keep["allowance_fact"] = GivenFact.objects.create(
        employee=cast.siti, code="salary_idr", value="1", starts_on=month, document=f"SK {SECRET}", given_at=now
    ).pk
    keep["allowance_arrears"] = Arrears.objects.create(
        slip=slip,
        appraisal_id=keep["appraisal_objected"],
        before="baik",
        after="butuh_perbaikan",
        gross_idr=-1,
        ledger={"rows": []},
        state="usulan",
        found_at=now,
        reason=f"Kurang {SECRET}",
    ).pk
    keep["allowance_trial"] = Trial.objects.create(
        rule=rule,
        first_month=month,
        last_month=month,
        state="selesai",
        started_by=cast.maya,
        started_at=now,
        form_key=UUID(int=8823),
    ).pk


def _precedents(scene: Scene, today: date) -> None:
    """Two decided objections of Siti's, told to everybody; one was taken back."""
    days = {"filed_on": today, "last_day": today, "decision_due": today, "decided_on": today}
    for number, (key, withdrawn) in enumerate((("precedent", None), ("precedent_withdrawn", today)), 8810):
        appraisal = scene.arguments[("appraisal_handed", "appraisal_received")[number - 8810]]
        objection = Objection.objects.create(
            appraisal_id=appraisal, text=f"Target {SECRET}", outcome="tetap", form_key=UUID(int=number), **days
        )
        scene.arguments["objection_decided"] = objection.pk
        scene.arguments[key] = Precedent.objects.create(
            agency=scene.cast.agency,
            objection=objection,
            topic="kehadiran",
            question="Hari libur daerah dihitung tidak hadir.",
            answer="Bukti hari libur jelas.",
            outcome="tetap",
            before="baik",
            after="baik",
            year=2024,
            published_on=today,
            published_by=scene.cast.maya,
            withdrawn_on=withdrawn,
        ).pk


def _credit(scene: Scene, today: date) -> None:
    """Siti, on a post with a level, brought credit points along, and Dewi laid them down."""
    cast, keep = scene.cast, scene.arguments
    Post.objects.filter(pk=cast.posts["nurse"].pk).update(level="terampil")
    told = Brought("lama", "terampil", Decimal("12.50"), date(2023, 12, 31), f"PAK {SECRET}")
    maya, dewi = cast.viewer("maya"), cast.viewer("dewi")
    keep["credit_grant"] = record_grant(actor=maya, employee=cast.siti, told=told, form_key=UUID(int=8850)).pk
    account = accounts_of([cast.siti], today)[cast.siti.pk]
    keep["credit_decision"] = lay_down(
        actor=dewi,
        employee=cast.siti,
        until=account.ends[0],
        letter=f"800/{SECRET}",
        seen=digest_of(account),
        form_key=UUID(int=8851),
    ).pk


def _calibration(scene: Scene, today: date) -> None:
    """Bambang compares what Dewi rated: Siti, about whom he proposed something, Wati, about whom Dewi did, and Joko."""
    cast, keep, now = scene.cast, scene.arguments, timezone.now()
    model = Appraisal.objects.select_related("window__period").get(pk=keep["appraisal_decided"])
    window, period = model.window, model.window.period
    period.pk, period.name, period.starts_on, period.ends_on = None, "2019", date(2019, 1, 1), date(2020, 1, 1)
    period.save()
    window.pk, window.period = None, period
    window.save()
    session = CalibrationSession.objects.create(
        window=window,
        unit=cast.units["health"],
        leader=cast.bambang,
        answers_until=today + timedelta(days=2),
        opened_at=now,
        form_key=UUID(int=8811),
    )
    for person in (cast.bambang, cast.dewi):
        Participant.objects.create(session=session, employee=person, leads=person == cast.bambang)
    stands = {"work_result": "meets", "behaviour": "meets", "predicate": "baik"}
    before = {"before_work": "meets", "before_behaviour": "meets", "before_predicate": "baik"}
    wanted = {"work_result": "above", "behaviour": "above", "predicate": "sangat_baik"}
    keep |= {"calibration": session.pk, "calibration_window": window.pk}
    people = (("", cast.siti), ("_rater", cast.wati), ("_free", cast.joko))
    for name, person in people:
        model.pk, model.window, model.employee, model.alignment = None, window, person, Alignment.OPEN
        model.save()
        keep[f"placement{name}"] = Placement.objects.create(
            session=session, appraisal_id=model.pk, **stands, **before
        ).pk
    told = (("", cast.bambang, f"Bandingkan {SECRET}"), ("_rater", cast.dewi, "Bandingkan"))
    for number, (name, proposer, reason) in enumerate(told):
        keep[f"proposal{name}"] = Proposal.objects.create(
            placement_id=keep[f"placement{name}"],
            proposed_by=proposer,
            proposed_at=now,
            reason=reason,
            form_key=UUID(int=8812 + number),
            **wanted,
        ).pk


def _trainings(scene: Scene, today: date) -> None:
    """A course with a session ahead in which Siti has a seat, one to which she is invited, one held yesterday, and one
    that she finished; a part of her plan that waits for Dewi."""
    cast, keep = scene.cast, scene.arguments
    course = Course.objects.create(
        agency=cast.agency,
        title="Pelayanan prima",
        summary="Menyapa.",
        form="klasikal",
        hours=8,
        provider="BKD",
        form_key=UUID(int=9801),
    )
    keep["course"] = course.pk
    item = PlanItem.objects.create(
        employee=cast.siti,
        course=course,
        due_on=today,
        reason=f"Perlu {SECRET}",
        proposed_by=cast.siti,
        proposed_on=today,
        form_key=UUID(int=9802),
    )
    keep["plan_item"] = item.pk
    told = (
        ("ahead", 9, SessionState.OPEN, EnrolmentState.SEATED),
        ("invited", 9, SessionState.OPEN, EnrolmentState.INVITED),
        ("held", -1, SessionState.OPEN, EnrolmentState.SEATED),
        ("finished", -9, SessionState.FINISHED, EnrolmentState.COMPLETED),
    )
    for number, (name, ahead, state, place) in enumerate(told):
        day = today + timedelta(days=ahead)
        session = TrainingSession.objects.create(
            course=course,
            place="Aula",
            seats=9,
            starts_on=day,
            ends_on=day,
            enrol_until=day - timedelta(days=1),
            least_bp=8000,
            state=state,
            form_key=UUID(int=9803 + number),
        )
        kept = timezone.now() if name == "held" else None
        row = SessionDay.objects.create(session=session, day=day, starts_at=time(8), hours=8, recorded_at=kept)
        who = {"employee": cast.siti, "invited_by": cast.dewi, "asked_at": timezone.now(), "word": SECRET}
        enrolment = Enrolment.objects.create(session=session, state=place, **who)
        keep[f"session_{name}"], keep[f"session_day_{name}"] = session.pk, row.pk
        keep[f"enrolment_{name}"] = enrolment.pk
    done = TrainingRecord.objects.create(
        employee=cast.siti,
        course=course,
        enrolment=enrolment,
        title=course.title,
        form="klasikal",
        provider="BKD",
        starts_on=day,
        ends_on=day,
        hours=8,
        certificate="2026/1/1",
    )
    keep["training_record"] = done.pk
    _declared_trainings(scene, today, course)


def _declared_trainings(scene: Scene, today: date, course: Course) -> None:
    """A test of the course for the session ahead; a training that Siti declared with its certificate, and two that Dewi
    brought in by a table that was taken over, one of them contested."""
    cast, keep = scene.cast, scene.arguments
    question = {"text": "Apa yang pertama?", "choices": ["Menyapa", "Diam"], "right": 0, "why": "Supaya tenang."}
    test = CourseTest.objects.create(
        course=course,
        number=1,
        questions=[question],
        open_days=7,
        written_by=cast.maya,
        written_on=today,
        form_key=UUID(int=9810),
    )
    TrainingSession.objects.filter(pk=keep["session_ahead"]).update(test=test)
    keep["test_phase"] = "awal"
    sheet = TrainingSheet.objects.create(
        agency=cast.agency,
        uploaded_by=cast.dewi,
        uploaded_on=today,
        file_name="lama.csv",
        applied_on=today,
        form_key=UUID(int=9811),
    )
    keep["training_sheet"] = sheet.pk
    proof = {"proof_id": keep["file"]}
    told = (
        ("given", cast.siti, "dinyatakan", proof),
        ("imported", cast.dewi, "dinyatakan", {"sheet": sheet}),
        ("contested", cast.dewi, "disanggah", {"sheet": sheet, "contest": SECRET, "contested_on": today}),
    )
    for number, (name, giver, state, others) in enumerate(told):
        row = DeclaredTraining.objects.create(
            employee=cast.siti,
            title=f"Arsip {SECRET}",
            form="daring",
            provider="LAN",
            starts_on=today,
            ends_on=today,
            hours=8,
            certificate=f"LAN/{number}",
            state=state,
            given_by=giver,
            given_on=today,
            form_key=UUID(int=9812 + number),
            **others,
        )
        keep[f"declared_{name}"] = row.pk


def _career(scene: Scene, today: date) -> None:
    """A fact about Siti's career that waits to be checked, one that counts, and one that she contests."""
    cast, keep = scene.cast, scene.arguments
    told = (("given", "menunggu", "pendidikan"), ("checked", "sah", "seminar"), ("contested", "disanggah", "disiplin"))
    words = {"pendidikan": "s1", "seminar": "ya", "disiplin": "none"}
    for number, (name, state, subject) in enumerate(told):
        row = Declaration.objects.create(
            employee=cast.siti,
            subject=subject,
            value=words[subject],
            day=today,
            document=f"Ijazah {SECRET}",
            state=state,
            given_by=cast.tono,
            given_on=today,
            checked_by=None if state == "menunggu" else cast.agus,
            contest="" if state != "disanggah" else f"Keliru {SECRET}",
            contested_on=None if state != "disanggah" else today,
            form_key=UUID(int=9_851 + number),
        )
        keep[f"career_{name}"] = row.pk
    _standings(scene, today)


def _standings(scene: Scene, today: date) -> None:
    """Siti as the lists have her; a pool for her head's post in which she is considered, one for another post, and a
    rise that waits for its second key."""
    cast, keep = scene.cast, scene.arguments
    Standing.objects.create(
        employee=cast.siti,
        agency=cast.agency,
        computed_on=today,
        name=cast.siti.name,
        title=f"Perawat {SECRET}",
        unit_name=cast.units["puskesmas"].name,
        unit_path=cast.units["puskesmas"].path,
        next_rank="III/c",
        period=today,
        readiness="siap",
    )
    Contention.objects.create(employee=cast.siti, agency=cast.agency, target="administrator", missing=0, order="0")
    pool = Pool.objects.create(
        post=cast.posts["civil_head"], opened_by=cast.agus, opened_on=today, form_key=UUID(int=9_861)
    )
    proposal = CareerProposal.objects.create(
        employee=cast.siti,
        rank="III/d",
        period=today,
        reason=f"Alasan {SECRET}",
        proposed_by=cast.agus,
        proposed_on=today,
        form_key=UUID(int=9_862),
    )
    keep |= {"career_pool": pool.pk, "career_proposal": proposal.pk, "career_post": cast.posts["health_head"].pk}


def _coaching(scene: Scene, today: date) -> None:
    """Siti guided by Dewi: asked for, running with sessions, concluded; a report about her; her counselling with Dewi,
    of which the words belong to nobody else."""
    cast, keep, now = scene.cast, scene.arguments, timezone.now()
    both = {"employee_at": now, "guide_at": now}
    people = {"employee": cast.siti, "guide": cast.dewi, "opened_by": cast.dewi, "opened_on": today}
    for number, (name, state) in enumerate(
        {"_asked": "diusulkan", "": "berjalan", "_concluded": "disimpulkan"}.items()
    ):
        row = Guidance.objects.create(
            kind="coaching", goal=f"Tujuan {SECRET}", state=state, form_key=UUID(int=7_700 + number), **people
        )
        keep[f"guidance{name}"] = row.pk
    place = {"clock": time(9), "place": f"Ruang {SECRET}", "minutes": 60, "proposed_by": cast.dewi}
    told = {"notes": f"Isi {SECRET}", "guidance_id": keep["guidance"], **place}
    rows = [
        GuidanceSession.objects.create(day=today, state=state, form_key=UUID(int=7_710 + number), **told, **more)
        for number, (state, more) in enumerate((("diusulkan", {}), ("disepakati", {}), ("selesai", both)))
    ]
    keep |= {"session_asked": rows[0].pk, "session_agreed": rows[1].pk}
    done = {
        "notes": "Isi",
        "guidance_id": keep["guidance_concluded"],
        "day": today,
        "state": "selesai",
        **both,
        **place,
    }
    GuidanceSession.objects.create(form_key=UUID(int=7_719), **done)
    step = {"owner": cast.siti, "text": f"Langkah {SECRET}", "due_on": today}
    keep["guidance_step_new"] = GuidanceStep.objects.create(session=rows[1], **step).pk
    keep["guidance_step"] = GuidanceStep.objects.create(session=rows[2], **step).pk
    keep["guidance_form"] = "pelaksanaan"
    keep["behaviour_report"] = BehaviourReport.objects.create(
        employee=cast.siti,
        reporter=cast.dewi,
        talked_on=today,
        problem=f"Masalah {SECRET}",
        tried=f"Upaya {SECRET}",
        reported_on=today,
        form_key=UUID(int=7_720),
    ).pk
    keep["counsellor"] = Counsellor.objects.create(
        employee=cast.dewi,
        kind="independen",
        basis="SK 9",
        starts_on=SINCE,
        given_by=cast.maya,
        form_key=UUID(int=7_721),
    ).pk
    talk = open_counselling(
        actor=cast.viewer("siti", now),
        other=cast.dewi,
        counsels=False,
        goal=f"Curahan {SECRET}",
        form_key=UUID(int=7_722),
    )
    keep |= {"counselling": talk.pk, "talk_verb": "tolak"}


def _awards(scene: Scene, today: date) -> None:
    """Thanks from Siti, calls in every state with the mayor as chair, Siti nominated by Dewi, and her award."""
    cast, keep = scene.cast, scene.arguments
    keep["praise"] = Praise.objects.create(
        giver=cast.siti,
        receiver=cast.people["wati"],
        text="Terima kasih sudah menggantikan sif malam.",
        value="BP",
        day=today,
        given_at=timezone.now(),
        form_key=UUID(int=9_870),
    ).pk
    states = ("terbuka", "terbuka", "pemungutan", "pemungutan", "seri", "diputus", "diumumkan")
    names = ("call", "call_ready", "call_voting", "call_voted", "call_tied", "call_decided", "call_announced")
    for number, (name, state) in enumerate(zip(names, states, strict=True)):
        call = Call.objects.create(
            agency=cast.agency,
            title="Pegawai teladan",
            category="teladan",
            criteria="Manfaat.",
            period_start=today,
            period_end=today + timedelta(days=1),
            nominate_until=today + timedelta(days=7),
            vote_until=today + timedelta(days=9),
            bonus_idr=1,
            document="SK 3/2026",
            opened_by=cast.tono,
            opened_on=today,
            form_key=UUID(int=9_880 + number),
        )
        keep[f"award_{name}"] = call.pk
        seats = [
            Member(call=call, employee=each, chairs=each is cast.mayor) for each in (cast.mayor, cast.agus, cast.joko)
        ]
        Member.objects.bulk_create(seats)
        first = _nominated(scene, call, cast.siti, 9_900 + 2 * number, admitted=name != "call")
        if name == "call":
            keep["award_nomination"] = first.pk
        if name in ("call_voted", "call_tied"):
            second = _nominated(scene, call, cast.people["wati"], 9_901 + 2 * number, admitted=True)
            for seat, row in zip(seats[1:], (first, second if name == "call_tied" else first), strict=True):
                Vote.objects.create(member=seat, nomination=row, reason=f"Baik {SECRET}", cast_at=timezone.now())
        if name == "call_voted":
            Vote.objects.create(member=seats[0], nomination=first, reason="Baik", cast_at=timezone.now())
        call.state, call.winner = state, first if state.startswith("di") else None
        if state == "diumumkan":
            call.announced_by, call.announced_on, call.citation = cast.mayor, today, "Antrean lebih pendek."
            keep["award"] = Award.objects.create(call=call, employee=cast.siti, number="2026/1/1", awarded_on=today).pk
        call.save()


def _nominated(scene: Scene, call: Call, employee: Employee, key: int, *, admitted: bool) -> Nomination:
    row = Nomination.objects.create(
        call=call,
        reason=f"Antrean {SECRET}",
        nominated_by=scene.cast.dewi,
        nominated_on=timezone.localdate(),
        state="diterima" if admitted else "diajukan",
        checked_by=scene.cast.tono if admitted else None,
        form_key=UUID(int=key),
    )
    Nominee.objects.create(nomination=row, employee=employee)
    Evidence.objects.create(nomination=row, document=f"Laporan {SECRET}")
    return row


def _replays(scene: Scene, today: date) -> None:
    """A policy tried on the running period, and one whose copy of evidence is gone."""
    cast, period = scene.cast, Period.objects.get(pk=scene.arguments["period"])
    version = PolicyVersion.objects.get(agency=cast.agency)
    for number, (name, state) in enumerate([("replay", CopyState.WAITING), ("replay_gone", CopyState.GONE)]):
        copy = EvidenceCopy.objects.create(
            agency=cast.agency,
            period=period,
            policy=version,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            as_of=today,
            state=state,
            asked_at=timezone.now(),
            used_on=today,
        )
        replay = Replay.objects.create(
            copy=copy, source="versi", title=version.title, text=version.text, form_key=UUID(int=9901 + number)
        )
        scene.arguments[name] = replay.pk
        if state == CopyState.WAITING:
            prepare(copy=copy)


def _accounts(scene: Scene) -> None:
    """Everybody has a password; Siti has an authenticator app with spare codes, and a session on another device."""
    lonely = User.objects.create(nip="198001012005011016", name="Akun Sisa")
    User.objects.update(password=make_password(PASSWORD))
    people = User.objects.in_bulk()
    scene.accounts = {role: people[scene.cast.people[name].user_id] for role, name in ROLES.items()}
    scene.accounts |= {"publik": None, "tanpa_pegawai": people[lonely.pk]}
    siti, now = scene.accounts["sendiri"], timezone.now()
    scene.arguments["app"] = TOTP.activate(siti, "JBSWY3DPEHPK3PXP").instance.pk
    RecoveryCodes.activate(siti)
    change = {"user": siti.pk, "old": siti.email, "new": "siti@kota-terang.example"}
    scene.arguments["email_token"] = signing.dumps(change, salt=EMAIL_SALT)
    scene.arguments["sign_in"] = SignIn.objects.create(
        user=siti, method=Method.PASSWORD, browser="Firefox", place="10.0.0.0", started_at=now, last_seen_at=now
    ).pk
