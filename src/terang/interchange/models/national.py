"""What the national system said on a day, and what differs from it."""

from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evaluation.models import Period
from terang.interchange.models.imports import ImportState
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee
from terang.rules import reconciling


class ReportKind(models.TextChoices):
    PLANS = "plans", _("Laporan SKP")
    EVALUATIONS = "evaluations", _("Laporan Penilaian SKP")


class NationalReport(models.Model):
    """One uploaded report. `kind` and `title` (`reading.Title` in words) are empty until it was read.

    `as_of` is the day of its data: as the file tells, else `told_on`, else it is refused. `period` is the period of
    Terang a report of evaluations is laid beside; missing for plans. `digest` is the SHA-256 of the file: what was
    brought in once is not brought in again. `table`, `message` as in `PeopleImport`; `notes` are stored sentences.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="national_reports")
    uploaded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True)
    file_name = models.CharField("berkas", max_length=150)
    file_path = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    kind = models.CharField("jenis", max_length=12, choices=ReportKind, blank=True)
    title = models.JSONField(default=dict, blank=True)
    year = models.PositiveSmallIntegerField("tahun", null=True, blank=True)
    told_on = models.DateField("tanggal data menurut pengunggah", null=True, blank=True)
    as_of = models.DateField("tanggal data", null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rule_set = models.CharField(max_length=60, blank=True)
    state = models.CharField("status", max_length=12, choices=ImportState, default=ImportState.READING)
    progress = models.PositiveSmallIntegerField(default=0)
    doing = models.CharField(max_length=60, blank=True)
    counts = models.JSONField(default=dict)
    table = models.JSONField(default=list)
    notes = models.JSONField(default=list, blank=True)
    message = models.JSONField(default=dict, blank=True)
    uploaded_at = models.DateTimeField("diunggah", auto_now_add=True)
    applied_at = models.DateTimeField("disimpan", null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def get_absolute_url(self) -> str:
        return reverse("interchange:national_report", args=[self.pk])


class NationalRecord(models.Model):
    """What one report says of one person, as it says it; fields as in `reading.ReportRow`. `employee` is missing for a
    NIP that Terang does not know."""

    report = models.ForeignKey(NationalReport, on_delete=models.CASCADE, related_name="records")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, null=True, related_name="national_records")
    row = models.PositiveIntegerField("baris")
    national_id = models.CharField(max_length=200)
    nip = models.CharField("NIP", max_length=18)
    name = models.CharField("nama", max_length=200)
    document_id = models.CharField(max_length=200, blank=True)
    post = models.CharField("jabatan", max_length=200, blank=True)
    unit = models.CharField("unit", max_length=200, blank=True)
    parent_unit = models.CharField("unit induk", max_length=200, blank=True)
    status = models.CharField(max_length=12, blank=True)
    status_word = models.CharField("status", max_length=200, blank=True)
    starts_on = models.DateField("awal periode", null=True)
    ends_on = models.DateField("akhir periode", null=True)
    sort = models.CharField("jenis", max_length=200, blank=True)
    predicate = models.CharField(max_length=16, blank=True)
    predicate_word = models.CharField("predikat", max_length=200, blank=True)
    superior_nip = models.CharField("NIP atasan", max_length=18, blank=True)
    superior_name = models.CharField("nama atasan", max_length=200, blank=True)

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["report", "nip"], name="one_record_per_report_and_person")]


class Comparison(models.Model):
    """When a government was last laid beside the national system. Its row is the lock of comparing."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="national_comparison")
    compared_at = models.DateTimeField("dibandingkan pada", null=True)


class DifferenceKind(models.TextChoices):
    PLAN_MISSING_THERE = reconciling.PLAN_MISSING_THERE, _("SKP belum ada di e-Kinerja")
    PLAN_MISSING_HERE = reconciling.PLAN_MISSING_HERE, _("SKP belum ada di Terang")
    PLAN_STATE = reconciling.PLAN_STATE, _("Status SKP berbeda")
    SUPERIOR = reconciling.SUPERIOR, _("Atasan berbeda")
    POST = reconciling.POST, _("Jabatan berbeda")
    UNIT = reconciling.UNIT, _("Unit berbeda")
    PREDICATE = reconciling.PREDICATE, _("Predikat berbeda")
    EVALUATION_MISSING_THERE = reconciling.EVALUATION_MISSING_THERE, _("Belum dinilai di e-Kinerja")
    EVALUATION_MISSING_HERE = reconciling.EVALUATION_MISSING_HERE, _("Belum dinilai di Terang")
    UNKNOWN_HERE = reconciling.UNKNOWN_HERE, _("Pegawai tidak dikenal di Terang")
    UNKNOWN_THERE = reconciling.UNKNOWN_THERE, _("Pegawai tidak ada di laporan")
    LEFT_HERE = reconciling.LEFT_HERE, _("Sudah keluar, masih di laporan")


class Owner(models.TextChoices):
    PERSON = "person", _("Pegawai")
    SUPERIOR = "superior", _("Atasan")
    PERSONNEL = "personnel", _("Kepegawaian")


class DifferenceQuerySet(models.QuerySet["Difference"]):
    def unexplained(self) -> "DifferenceQuerySet":
        """Those nobody explained, and those whose facts changed since."""
        return self.exclude(explained_digest=F("digest"))

    def explained(self) -> "DifferenceQuerySet":
        return self.filter(explained_digest=F("digest"))


class Difference(models.Model):
    """One thing Terang and the national system say differently. Drawn anew by `comparing.compare`; who explained it
    is kept as long as the facts (`digest`) stay.

    `here` and `there` are the values: codes for plans and predicates, words otherwise, empty where there is none.
    `responsible` is who must act, missing for the personnel agency. `employee` and `unit` are missing for a person
    Terang does not know.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="national_differences")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, null=True, related_name="national_differences")
    nip = models.CharField("NIP", max_length=18)
    name = models.CharField("nama", max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField("jenis", max_length=24, choices=DifferenceKind)
    owner = models.CharField("siapa bertindak", max_length=10, choices=Owner)
    responsible = models.ForeignKey(Employee, on_delete=models.SET_NULL, null=True, related_name="+")
    here = models.CharField("di Terang", max_length=200, blank=True)
    there = models.CharField("di e-Kinerja", max_length=200, blank=True)
    there_word = models.CharField(max_length=200, blank=True)
    here_on = models.DateField(null=True)
    there_on = models.DateField()
    digest = models.CharField(max_length=64)
    found_at = models.DateTimeField("ditemukan pada")
    explained_digest = models.CharField(max_length=64, blank=True)
    reason = models.CharField("penjelasan", max_length=500, blank=True)
    explained_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    explained_at = models.DateTimeField("dijelaskan pada", null=True)
    form_key = models.UUIDField(null=True, unique=True)
    version = models.PositiveIntegerField(default=0)

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "nip", "kind"]
        constraints = [models.UniqueConstraint(fields=["agency", "nip", "kind"], name="one_difference_of_a_kind")]
        indexes = [models.Index(fields=["agency", "kind"]), models.Index(fields=["responsible"])]

    def get_absolute_url(self) -> str:
        return reverse("interchange:national_difference", args=[self.pk])

    @property
    def is_explained(self) -> bool:
        return self.explained_digest == self.digest
