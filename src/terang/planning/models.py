"""What is wanted: the SKP with its results (rencana hasil kerja) and indicators."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.registry.people.models import Employee


class PlanState(models.TextChoices):
    DRAFT = "draf", _("Draf")
    SUBMITTED = "diajukan", _("Diajukan")
    AGREED = "disepakati", _("Disepakati")


class Plan(models.Model):
    """An employee's SKP for a period; `period_end` is exclusive. Only an agreed plan is evidence."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="plans")
    period_start = models.DateField("awal periode")
    period_end = models.DateField("akhir periode (tidak termasuk)")
    state = models.CharField("status", max_length=12, choices=PlanState, default=PlanState.DRAFT)
    agreed_on = models.DateField("disepakati tanggal", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-period_start"]
        constraints = [models.UniqueConstraint(fields=["employee", "period_start"], name="one_plan_per_start")]


class PlanResult(models.Model):
    """A result the employee has promised (RHK), main or additional."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="results")
    number = models.PositiveSmallIntegerField("nomor")
    text = models.CharField("rencana hasil kerja", max_length=300)
    main = models.BooleanField("hasil kerja utama", default=True)
    programme = models.CharField("program pemerintah", max_length=150, blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.text


class Direction(models.TextChoices):
    HIGHER = "higher", _("makin tinggi makin baik")
    LOWER = "lower", _("makin rendah makin baik")
    RANGE = "range", _("dalam rentang")
    YES_NO = "yes_no", _("ya atau tidak")
    IMPACT = "impact", _("dampak dari keadaan awal")


class Gathering(models.TextChoices):
    """How the values reported in accepted work entries become the indicator's actual."""

    SUM = "sum", _("dijumlahkan")
    LATEST = "latest", _("nilai terakhir")


class Indicator(models.Model):
    """How a result is measured (IKI).

    Quantities in milli-units; a summed target grows month by month over the plan's period.
    """

    result = models.ForeignKey(PlanResult, on_delete=models.CASCADE, related_name="indicators")
    text = models.CharField("indikator", max_length=250)
    aspect = models.CharField("aspek", max_length=10, default="kuantitas")
    direction = models.CharField("arah", max_length=8, choices=Direction, default=Direction.HIGHER)
    gathering = models.CharField("pengumpulan", max_length=8, choices=Gathering, default=Gathering.SUM)
    unit_label = models.CharField("satuan", max_length=40)
    baseline_milli = models.BigIntegerField("keadaan awal", null=True, blank=True)
    target_milli = models.BigIntegerField("target")
    target_max_milli = models.BigIntegerField("batas atas", null=True, blank=True)
    share_bp = models.PositiveIntegerField("andil", default=10_000)

    class Meta:
        ordering = ["result__number", "id"]

    def __str__(self) -> str:
        return self.text
