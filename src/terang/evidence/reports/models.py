"""Performance reports: what a government asks for, the employee's words with frozen figures, and how two readers judge.

A report is evidence twice: it tells results, and its rating is the measure `report_rating`.
"""

from datetime import date, timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.planning.plans.models import PlanResult
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee


class Frequency(models.TextChoices):
    YEAR = "tahun", _("Tahunan")
    HALF = "semester", _("Semester")
    QUARTER = "triwulan", _("Triwulan")


class Drawing(models.TextChoices):
    LOT = "undian", _("Diundi di antara tim pengawas")
    POOL = "antrean", _("Diambil dari antrean bersama")


class Disclosure(models.TextChoices):
    TOGETHER = "bersama", _("Setelah semua pembaca menilai")
    AT_ONCE = "segera", _("Begitu satu pembaca menilai")


class Audience(models.TextChoices):
    OVERSIGHT = "pengawas", _("Hanya atasan, tim pengawas, dan kepegawaian")
    UNIT = "unit", _("Rekan seunit")
    AGENCY = "instansi", _("Semua pegawai pemerintah daerah")


class ReportTerms(models.Model):
    """What a government asks of reports from a day on; where there are no terms, no report is asked for.

    A report is due `due_days` working days after its period and can be handed in from `opens_days` calendar days
    before its end. A reader has `reading_days` working days; then the reading also waits for the reader's superior. A
    second look can be asked for within `second_look_days` working days. `rubric` is `rules.reports.rubric` as JSON.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="report_terms")
    valid_from = models.DateField("berlaku sejak")
    frequencies = models.JSONField("periode yang diminta", default=list)
    due_days = models.PositiveSmallIntegerField("hari kerja untuk mengajukan", default=10)
    opens_days = models.PositiveSmallIntegerField("boleh diajukan sebelum akhir periode (hari)", default=60)
    reading_days = models.PositiveSmallIntegerField("hari kerja untuk membaca", default=10)
    second_look_days = models.PositiveSmallIntegerField("hari kerja untuk minta tinjauan kedua", default=5)
    oversight_reads = models.BooleanField("tim pengawas ikut membaca", default=True)
    drawing = models.CharField("cara memilih pengawas", max_length=8, choices=Drawing, default=Drawing.LOT)
    disclosure = models.CharField("penilaian terlihat", max_length=8, choices=Disclosure, default=Disclosure.TOGETHER)
    audience = models.CharField("diumumkan kepada", max_length=8, choices=Audience, default=Audience.UNIT)
    shows_ratings = models.BooleanField("penilaian ikut diumumkan", default=False)
    rubric = models.JSONField("rubrik")
    basis = models.CharField("dasar hukum", max_length=200)

    class Meta:
        ordering = ["-valid_from"]
        constraints = [models.UniqueConstraint(fields=["agency", "valid_from"], name="report_terms_once_per_day")]


class ReportState(models.TextChoices):
    DRAFT = "draf", _("Draf")
    SUBMITTED = "diajukan", _("Diajukan")
    RETURNED = "dikembalikan", _("Dikembalikan")
    RATED = "dinilai", _("Dinilai")
    FINISHED = "selesai", _("Selesai")
    PUBLISHED = "diumumkan", _("Diumumkan")


HANDED_IN = (
    ReportState.SUBMITTED,
    ReportState.RETURNED,
    ReportState.RATED,
    ReportState.FINISHED,
    ReportState.PUBLISHED,
)
"""What others than its author may see at all."""
RATED = (ReportState.RATED, ReportState.FINISHED, ReportState.PUBLISHED)


class Report(models.Model):
    """The report of one employee about a period (`period_end` exclusive). Words are the employee's, figures are not.

    `figures` are `evidence.figures.Figure` rows as JSON, frozen at `figures_at` with each submission; missing before
    it. `counts_on` is the day the report is evidence of: the last day of its period, or the day it was first handed in
    where that was earlier. `terms` are those of the first submission (of the opening before it). `saved_by` is the
    form key of the page that saved last: a page never makes itself stale. `audience` is set when it is published.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    post_title = models.CharField("jabatan", max_length=150, blank=True)
    kind = models.CharField("jenis", max_length=8, choices=Frequency)
    period_start = models.DateField("awal periode")
    period_end = models.DateField("akhir periode (tidak termasuk)")
    terms = models.ForeignKey(ReportTerms, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField("status", max_length=12, choices=ReportState, default=ReportState.DRAFT)
    due_on = models.DateField("batas pengajuan")
    others = models.TextField("hasil lain", max_length=4000, blank=True)
    challenges = models.TextField("tantangan", max_length=4000, blank=True)
    plans = models.TextField("rencana ke depan", max_length=4000, blank=True)
    figures = models.JSONField("angka", default=list, blank=True)
    figures_at = models.DateTimeField("keadaan angka", null=True, blank=True)
    opened_at = models.DateTimeField("dibuat pada")
    saved_at = models.DateTimeField("disimpan pada", null=True, blank=True)
    saved_by = models.UUIDField(null=True, blank=True)
    submitted_at = models.DateTimeField("diajukan pada", null=True, blank=True)
    counts_on = models.DateField("dihitung pada", null=True, blank=True)
    rated_at = models.DateTimeField("dinilai pada", null=True, blank=True)
    second_look_until = models.DateField("batas minta tinjauan kedua", null=True, blank=True)
    reply = models.TextField("tanggapan pegawai", max_length=2000, blank=True)
    replied_at = models.DateTimeField("ditanggapi pada", null=True, blank=True)
    finished_at = models.DateTimeField("selesai pada", null=True, blank=True)
    published_at = models.DateTimeField("diumumkan pada", null=True, blank=True)
    audience = models.CharField("diumumkan kepada", max_length=8, choices=Audience, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-period_start", "-id"]
        indexes = [
            models.Index(fields=["employee", "counts_on"]),
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["unit", "state"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["employee", "kind", "period_start"], name="one_report_per_period"),
            models.CheckConstraint(
                condition=models.Q(period_end__gt=models.F("period_start")), name="report_period_ends_after_it_starts"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])

    @property
    def last_day(self) -> date:
        return self.period_end - timedelta(days=1)


class Achievement(models.Model):
    """What the employee says about one result of the plan. `title` is the result as it stood."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="achievements")
    result = models.ForeignKey(PlanResult, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("nomor")
    title = models.CharField("hasil kerja", max_length=300)
    text = models.TextField("capaian", max_length=2000, blank=True)

    class Meta:
        ordering = ["number", "id"]
        constraints = [models.UniqueConstraint(fields=["report", "result"], name="one_achievement_per_result")]


class Seat(models.TextChoices):
    """Who reads, as the engine knows them (`rules.tables.REPORT_RATINGS`)."""

    SUPERIOR = "superior", _("Atasan langsung")
    OVERSIGHT = "oversight", _("Tim pengawas")


class Reading(models.Model):
    """One reader's judgement of a report, given or still awaited. `look` 2 is the second look the employee asked for.

    `reader` is missing while anybody in the seat may give it: the superior's seat belongs to the appraiser of the day,
    the overseers' to who was drawn or took it. `due_on` is the last working day for it. `asked` is why the employee
    wants a second look. A reading that is `open` again after a return keeps its marks as the reader's own draft.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="readings")
    seat = models.CharField("pembaca", max_length=10, choices=Seat)
    look = models.PositiveSmallIntegerField("tinjauan", default=1)
    reader = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="report_readings"
    )
    due_on = models.DateField("batas membaca")
    asked = models.TextField("alasan minta tinjauan", max_length=1000, blank=True)
    remark = models.TextField("catatan", max_length=2000, blank=True)
    rating_bp = models.PositiveIntegerField("nilai", null=True, blank=True)
    given_at = models.DateTimeField("diberikan pada", null=True, blank=True)
    escalated_at = models.DateTimeField("diteruskan pada", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["look", "-seat", "id"]
        indexes = [models.Index(fields=["seat", "given_at", "due_on"]), models.Index(fields=["reader", "given_at"])]
        constraints = [
            models.UniqueConstraint(fields=["report", "seat", "look"], name="one_reading_per_seat_and_look"),
            models.CheckConstraint(
                condition=models.Q(given_at=None) | models.Q(rating_bp__isnull=False, reader__isnull=False),
                name="given_reading_has_reader_and_rating",
            ),
        ]


class Mark(models.Model):
    """The level a reader gave to one criterion of the report's rubric, with the reason."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="marks")
    criterion = models.CharField("kriteria", max_length=30)
    level = models.PositiveSmallIntegerField("tingkat")
    remark = models.CharField("alasan", max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["reading", "criterion"], name="one_mark_per_criterion")]


class ReportReturn(models.Model):
    """A report given back for completion: by whom, from which seat, with what note."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="returns")
    seat = models.CharField("pembaca", max_length=10, choices=Seat)
    reader = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    note = models.TextField("catatan", max_length=1000)
    returned_at = models.DateTimeField("dikembalikan pada")

    class Meta:
        ordering = ["-returned_at", "-id"]
