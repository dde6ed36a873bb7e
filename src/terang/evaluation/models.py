"""What it adds up to: policies in versions, periods, live scores with every component, and warnings."""

from datetime import date, timedelta

from django.db import models
from django.urls import reverse

from terang.evaluation.periods import period_title, short_title
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee


class PolicyVersion(models.Model):
    """One version of a government's policy, as its TOML text. Never edited: a change is a new version.

    `written_by` and `published_by` (who approved it) are two people; both missing where the program itself put it in.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="policies")
    version = models.PositiveIntegerField("versi")
    title = models.CharField("judul", max_length=150)
    valid_from = models.DateField("berlaku sejak")
    text = models.TextField("isi (TOML)")
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField("diterbitkan", auto_now_add=True)
    written_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="disusun oleh"
    )
    published_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="disetujui oleh"
    )

    class Meta:
        ordering = ["-valid_from", "-version"]
        constraints = [models.UniqueConstraint(fields=["agency", "version"], name="one_policy_per_version")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evaluation:policy_version", args=[self.version])


class Period(models.Model):
    """A time span scores are computed for; `ends_on` is exclusive. A closed period keeps its results for ever.

    `swept_on` is the last day on which everybody was computed, because of the new day rather than of new evidence.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="periods")
    kind = models.CharField("jenis", max_length=10)
    name = models.CharField("nama", max_length=60)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir (tidak termasuk)")
    closed_at = models.DateTimeField("ditutup", null=True, blank=True)
    swept_on = models.DateField("dihitung menyeluruh pada", null=True, blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "starts_on"], name="one_period_per_start")]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    @property
    def title(self) -> str:
        """The name in the reader's language; `name` is the official one."""
        return period_title(self.kind, self.starts_on)

    @property
    def short_title(self) -> str:
        return short_title(self.kind, self.starts_on)


class Score(models.Model):
    """An employee's measured total in a period, as the engine last computed it, with all that is needed to repeat it.

    Scores in basis points. `total_bp` is missing where the evidence is too thin; `previous_bp` is the total before
    the last change (`changed_at`, by evidence of the verb `cause`), missing where there was none. `below_since` is
    cleared only by a total at or above the standard: too little evidence is not an improvement.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="scores")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="scores")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    variant = models.CharField("varian kebijakan", max_length=40, blank=True)
    total_bp = models.IntegerField("nilai", null=True)
    previous_bp = models.IntegerField("nilai sebelumnya", null=True)
    changed_at = models.DateTimeField("berubah pada", null=True)
    cause = models.CharField("sebab perubahan", max_length=60, blank=True)
    coverage_bp = models.IntegerField("kelengkapan bukti")
    status = models.CharField(max_length=12)
    work_result = models.CharField("saran hasil kerja", max_length=8)
    work_result_bp = models.IntegerField(null=True)
    behaviour = models.CharField("saran perilaku", max_length=8)
    behaviour_bp = models.IntegerField(null=True)
    below_standard = models.BooleanField("di bawah standar", default=False)
    below_since = models.DateField("di bawah standar sejak", null=True, blank=True)
    warned_on = models.DateField("diperingatkan pada", null=True, blank=True)
    ruleset = models.CharField(max_length=60)
    input_digest = models.CharField(max_length=64)
    computed_at = models.DateTimeField("dihitung pada")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "period"], name="one_score_per_period")]
        indexes = [models.Index(fields=["period", "unit"]), models.Index(fields=["period", "below_standard"])]


class ScoreComponent(models.Model):
    """One measure inside a score: value, weight, numbers behind it, and why it is missing where it is."""

    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="components")
    aspect = models.CharField(max_length=40)
    measure = models.CharField(max_length=40)
    value_bp = models.IntegerField(null=True)
    score_bp = models.IntegerField(null=True)
    capped = models.BooleanField(default=False)
    weight_bp = models.IntegerField()
    effective_weight_bp = models.IntegerField()
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    n = models.IntegerField()
    reason = models.CharField(max_length=20)
    signals = models.JSONField("penjaga", default=dict)
    """Counted guard signals shown beside the measure: code to numerator and denominator."""

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["score", "aspect", "measure"], name="one_component_per_measure")]
