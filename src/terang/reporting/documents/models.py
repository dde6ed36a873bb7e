"""Documents that were issued, and packets of them for a unit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.evaluation.appraisals.models import Appraisal, RatingWindow
from terang.evaluation.closing.models import Closing
from terang.evaluation.credit.models import CreditDecision
from terang.evaluation.models import Score
from terang.evidence.citizens.models import SurveyResult
from terang.evidence.observation.models import Observation
from terang.evidence.oversight.models import Inspection
from terang.evidence.reports.models import Report
from terang.follow_up.awards.models import Award
from terang.follow_up.coaching.models import BehaviourReport, Guidance
from terang.follow_up.training.models import TrainingRecord
from terang.planning.matrix.models import Matrix
from terang.planning.plans.models import Plan, PlanVersion
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee


class Kind(models.TextChoices):
    """What is printed: one form, or the SKP with its inseparable annex and its manuals."""

    WHOLE = "lengkap", _("SKP lengkap")
    PLAN = "skp", _("SKP")
    ANNEX = "lampiran", _("Lampiran SKP")
    MANUAL = "manual", _("Manual indikator")
    MATRIX = "matriks", _("Matriks pembagian peran dan hasil")
    WORKBLOCK = "workblock", _("Workblock")
    REPORT = "laporan", _("Laporan kinerja")
    SURVEY = "survei", _("Laporan survei kepuasan masyarakat")
    ACTIONS = "rencana_aksi", _("Rencana aksi")
    DOCUMENTED = "dokumentasi", _("Pendokumentasian kinerja")
    FEEDBACK = "umpan_balik", _("Rekaman umpan balik")
    MINUTES = "berita-acara", _("Berita acara kunjungan")
    SCORE = "nilai", _("Penjelasan nilai terukur")
    EXPLAINED = "hasil", _("Penjelasan hasil evaluasi")
    OBSERVED = "observasi", _("Lembar observasi")
    EVALUATED = "evaluasi", _("Dokumen evaluasi kinerja dengan hasilnya")
    EVALUATION = "dokumen_eval", _("Dokumen evaluasi kinerja")
    CERTIFICATE = "sertifikat", _("Sertifikat pelatihan")
    AWARD = "piagam", _("Piagam penghargaan")
    RESULT = "hasil_eval", _("Hasil evaluasi kinerja")
    CREDIT = "pak", _("Penetapan angka kredit")
    GUIDED = "bimbingan", _("Pelaksanaan bimbingan kinerja")
    GUIDE_WORD = "umpan_bimb", _("Umpan balik bimbingan kinerja")
    COMPETENCE = "kompetensi", _("Evaluasi kompetensi")
    BEHAVIOUR = "perilaku", _("Laporan permasalahan perilaku kerja")


OF_PLAN = (Kind.WHOLE, Kind.PLAN, Kind.ANNEX, Kind.MANUAL)
OWN_PAGES = (
    Kind.REPORT,
    Kind.SURVEY,
    Kind.MINUTES,
    Kind.OBSERVED,
    Kind.SCORE,
    Kind.EXPLAINED,
    Kind.CREDIT,
    Kind.CERTIFICATE,
    Kind.AWARD,
)
"""Our own pages: no format of a regulation."""
OF_RECORD = (Kind.ACTIONS, Kind.DOCUMENTED, Kind.FEEDBACK)
"""Of a plan and a period: what is recorded of it on the day it is printed."""
OF_APPRAISAL = (Kind.EVALUATED, Kind.EVALUATION, Kind.RESULT)
"""Of an evaluation that was handed over."""


BEHIND = {
    "matrix": "matrix",
    "report": "report",
    "survey": "survey",
    "plan": "record",
    "inspection": "visit",
    "score": "score",
    "appraisal": "result",
    "observation": "observation",
    "training": "training",
    "award": "award",
    "credit": "credit",
    "guidance": "guidance",
    "behaviour": "behaviour",
}
"""What a document that is no plan may be about: the field, and the word in the name of its constraint. The same content
of the same kind about the same thing is one document."""


class Document(models.Model):
    """A document as it was issued. The bytes lie in the vault under `sha256` and never change.

    `code` stands on the paper. `source_digest` is that of the content it was made from: of an agreed plan version its
    digest, of everything else that of what it said on the day. `period` is that of a record, by its name in
    `records.times_of`; empty for others. Whether it is the latest is asked, not stored. Documents are issued by the
    system, not by who opens them first.
    """

    code = models.CharField(max_length=10, unique=True)
    kind = models.CharField("jenis", max_length=12, choices=Kind)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="documents")
    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    matrix = models.ForeignKey(Matrix, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    survey = models.ForeignKey(SurveyResult, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    period = models.CharField("periode", max_length=10, blank=True)
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    score = models.ForeignKey(Score, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    observation = models.ForeignKey(
        Observation, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    training = models.ForeignKey(
        TrainingRecord, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    award = models.ForeignKey(Award, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    credit = models.ForeignKey(
        CreditDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    guidance = models.ForeignKey(Guidance, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    behaviour = models.ForeignKey(
        BehaviourReport, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    year = models.PositiveSmallIntegerField("tahun")
    formats = models.CharField("format", max_length=60)
    source_digest = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField("ukuran")
    signed = models.BooleanField("bertanda tangan elektronik", default=False)
    issued_at = models.DateTimeField("diterbitkan pada")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan_version", "kind"],
                condition=models.Q(plan_version__isnull=False),
                name="one_document_per_version_and_kind",
            ),
            *(
                models.UniqueConstraint(
                    fields=[behind, "kind", "source_digest"],
                    condition=models.Q((f"{behind}__isnull", False)),
                    name=f"one_document_per_{word}_and_content",
                )
                for behind, word in BEHIND.items()
            ),
        ]


class PacketState(models.TextChoices):
    WAITING = "menunggu", _("Menunggu giliran")
    MAKING = "dibuat", _("Sedang dibuat")
    DONE = "selesai", _("Selesai")
    FAILED = "gagal", _("Gagal")
    GONE = "dihapus", _("Sudah dihapus")


class Shape(models.TextChoices):
    FILES = "zip", _("Satu berkas per pegawai (ZIP)")
    PRINT = "pdf", _("Satu PDF untuk dicetak")


class Packet(models.Model):
    """The agreed SKPs of a unit and what lies below it, or the evaluations of a `window`, made by the worker for who
    asked. Those of a `closing` were queued when it was done, one for each part of the government; `alone`: without what
    lies below the unit.

    `total` people were found with an agreed plan (an evaluation handed over), `missing` without one; `done` are
    finished. `path` is the file in the store until `kept_until` (exclusive). `beaten_at` is when the worker last
    showed a sign of life.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="packets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="packets")
    window = models.ForeignKey(RatingWindow, on_delete=models.PROTECT, null=True, blank=True, related_name="packets")
    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, null=True, blank=True, related_name="packets")
    alone = models.BooleanField("tanpa unit di bawahnya", default=False)
    year = models.PositiveSmallIntegerField("tahun")
    kind = models.CharField("jenis", max_length=12, choices=Kind, default=Kind.WHOLE)
    shape = models.CharField("bentuk", max_length=4, choices=Shape, default=Shape.FILES)
    asked_by = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="packets")
    asked_at = models.DateTimeField("diminta pada")
    form_key = models.UUIDField(unique=True)
    state = models.CharField("status", max_length=12, choices=PacketState, default=PacketState.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    beaten_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField("selesai pada", null=True, blank=True)
    path = models.CharField(max_length=120, blank=True)
    size_bytes = models.PositiveBigIntegerField(default=0)
    fetched_at = models.DateTimeField("diunduh pertama kali", null=True, blank=True)
    kept_until = models.DateField("disimpan sampai (tidak termasuk)", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["asked_by", "-id"])]
        constraints = [models.UniqueConstraint(fields=["closing", "unit"], name="one_packet_per_closing_and_unit")]

    @property
    def percent(self) -> int:
        """Whole per cent of the people done."""
        return 100 * self.done // self.total if self.total else 0
