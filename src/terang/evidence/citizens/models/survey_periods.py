"""Survey periods, the frozen results published of them, and what is done about the weakest elements."""

from datetime import date, timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee


class SurveyKind(models.TextChoices):
    QUARTER = "triwulan", _("Triwulan")
    HALF = "semester", _("Semester")
    YEAR = "tahun", _("Tahun")


MONTHS = {SurveyKind.QUARTER: 3, SurveyKind.HALF: 6, SurveyKind.YEAR: 12}


class Published(models.TextChoices):
    """Which figure is the headline where a period covers several units; the other one is stored beside it."""

    POOLED = "gabungan", _("Semua responden digabung")
    UNITS = "rata_unit", _("Rata-rata IKM unit")


class WeightMode(models.TextChoices):
    EXACT = "exact", _("1/9 (tepat)")
    THREE = "0.111", _("0,111 (hanya untuk mencocokkan laporan lama)")
    TWO = "0.11", _("0,11 (hanya untuk mencocokkan laporan lama)")


class SurveyPeriod(models.Model):
    """A survey over a unit and all below it; over the unit without a superior one it is that of the government.

    `ends_on` is exclusive. `population_given` (with where it comes from) replaces the number of requests finished in
    the period; missing means that number is used.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="survey_periods")
    kind = models.CharField("periode", max_length=8, choices=SurveyKind)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir (tidak termasuk)")
    population_given = models.PositiveIntegerField("jumlah penerima layanan", null=True, blank=True)
    population_note = models.CharField("sumber jumlahnya", max_length=200, blank=True)
    headline = models.CharField("angka yang diumumkan", max_length=10, choices=Published, default=Published.POOLED)
    weights = models.CharField("bobot unsur", max_length=5, choices=WeightMode, default=WeightMode.EXACT)
    opened_at = models.DateTimeField("dibuka pada")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-starts_on", "kind", "unit__path"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "starts_on"], name="survey_period_once_per_unit"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="survey_period_ends_after_start"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("citizens:survey_period", args=[self.pk])

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    @property
    def of_government(self) -> bool:
        return self.unit.parent_id is None


class SurveyResult(models.Model):
    """A published result, frozen: never changed or deleted. A correction is a new row with a higher `number` and a
    reason.

    `figures` is `survey_figures` as JSON, `digest` the SHA-256 of it. `ikm` is in hundredths (8523 = 85.23).
    """

    period = models.ForeignKey(SurveyPeriod, on_delete=models.PROTECT, related_name="results")
    number = models.PositiveSmallIntegerField("revisi", default=1)
    figures = models.JSONField("angka")
    digest = models.CharField(max_length=64)
    ikm = models.PositiveIntegerField("IKM (perseratus)")
    grade = models.CharField("mutu", max_length=1)
    respondents = models.PositiveIntegerField("responden")
    weights = models.CharField("bobot", max_length=5)
    reason = models.CharField("alasan revisi", max_length=300, blank=True)
    published_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField("diumumkan pada")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["period", "number"], name="survey_result_numbered_once"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""), name="survey_revision_has_a_reason"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("citizens:survey_result", args=[self.pk])


class ActionState(models.TextChoices):
    PLANNED = "rencana", _("Direncanakan")
    RUNNING = "berjalan", _("Sedang dikerjakan")
    DONE = "selesai", _("Selesai")
    DROPPED = "batal", _("Dibatalkan")


class FollowUp(models.Model):
    """What is done about a weak element: `component` is the part of the service standard to repair (`survey_repairs`).

    `proof` says what was done and where it can be seen; it is asked for when the work is done, as the reason is when
    it is dropped.
    """

    period = models.ForeignKey(SurveyPeriod, on_delete=models.PROTECT, related_name="follow_ups")
    element = models.CharField("unsur", max_length=12)
    component = models.CharField("komponen standar", max_length=20)
    action = models.CharField("tindakan", max_length=500)
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="survey_follow_ups")
    due_on = models.DateField("paling lambat")
    state = models.CharField("status", max_length=10, choices=ActionState, default=ActionState.PLANNED)
    proof = models.CharField("bukti atau alasan", max_length=1000, blank=True)
    done_on = models.DateField("selesai pada", null=True, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["due_on", "id"]

    def get_absolute_url(self) -> str:
        return reverse("citizens:survey_action", args=[self.pk])
