"""Documents that were issued, and packets of them for a unit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.evidence.citizens.models import SurveyResult
from terang.evidence.oversight.models import Inspection
from terang.evidence.reports.models import Report
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


OF_PLAN = (Kind.WHOLE, Kind.PLAN, Kind.ANNEX, Kind.MANUAL)
OF_RECORD = (Kind.ACTIONS, Kind.DOCUMENTED, Kind.FEEDBACK)
"""Of a plan and a period: what is recorded of it on the day it is printed."""


class Document(models.Model):
    """A document as it was issued. The bytes lie in the vault under `sha256` and never change.

    `code` stands on the paper. `source_digest` is that of the content it was made from: of an agreed plan version its
    digest, of a matrix, a performance report, a survey result (with its follow-up), the record of a plan or a visit
    that of what it said on the day. `period` is that of a record, by its name in `records.times_of`; empty for others.
    Whether it is the latest is asked, not stored. Documents are issued by the system, not by who opens them first.
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
            models.UniqueConstraint(
                fields=["matrix", "kind", "source_digest"],
                condition=models.Q(matrix__isnull=False),
                name="one_document_per_matrix_and_content",
            ),
            models.UniqueConstraint(
                fields=["report", "kind", "source_digest"],
                condition=models.Q(report__isnull=False),
                name="one_document_per_report_and_content",
            ),
            models.UniqueConstraint(
                fields=["survey", "kind", "source_digest"],
                condition=models.Q(survey__isnull=False),
                name="one_document_per_survey_and_content",
            ),
            models.UniqueConstraint(
                fields=["plan", "kind", "source_digest"],
                condition=models.Q(plan__isnull=False),
                name="one_document_per_record_and_content",
            ),
            models.UniqueConstraint(
                fields=["inspection", "kind", "source_digest"],
                condition=models.Q(inspection__isnull=False),
                name="one_document_per_visit_and_content",
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
    """The agreed SKPs of a unit and what lies below it, made by the worker for the one who asked.

    `total` people were found with an agreed plan, `missing` without one; `done` are finished. `path` is the file in
    the store until `kept_until` (exclusive). `beaten_at` is when the worker last showed a sign of life.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="packets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="packets")
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

    @property
    def percent(self) -> int:
        """Whole per cent of the people done."""
        return 100 * self.done // self.total if self.total else 0
