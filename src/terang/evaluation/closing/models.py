"""What a period came to when it was closed, for ever: one run, every person's result in it, and what it was made of."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evaluation.models import Period, PolicyVersion
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee


class ClosingState(models.TextChoices):
    PROPOSED = "diusulkan", _("Menunggu pengesahan orang kedua")
    RUNNING = "berjalan", _("Sedang dibekukan")
    DONE = "selesai", _("Beku")
    DROPPED = "batal", _("Dibatalkan")


class Closing(models.Model):
    """One run over everybody of a period. `number` 1 closes it, each further one corrects it with new evidence; the
    highest that is done counts, the others stay readable.

    `as_of` is the day as of which evidence is read. `left` are the counts of what was unfinished at the closing, by
    state. `digest` is the SHA-256 over the digests of all people in the order of their NIP, empty until it is done.
    `checked_*`: when the inputs were last evaluated again, and how many people came out the same.
    """

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="closings")
    number = models.PositiveSmallIntegerField("nomor")
    state = models.CharField("status", max_length=10, choices=ClosingState)
    basis = models.CharField("dasar", max_length=200)
    reason = models.TextField("alasan", max_length=1000, blank=True)
    left = models.JSONField("yang ditinggalkan", default=dict)
    as_of = models.DateField("bukti sampai dengan")
    asked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("diminta pada")
    confirmed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField("disahkan pada", null=True, blank=True)
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    ruleset = models.CharField(max_length=60)
    total = models.PositiveIntegerField("orang", default=0)
    done = models.PositiveIntegerField("sudah dibekukan", default=0)
    beaten_at = models.DateTimeField("tanda hidup", null=True, blank=True)
    finished_at = models.DateTimeField("selesai", null=True, blank=True)
    digest = models.CharField("sidik", max_length=64, blank=True)
    checked_at = models.DateTimeField("diperiksa ulang", null=True, blank=True)
    checked_same = models.PositiveIntegerField("sama", null=True, blank=True)
    checked_people = models.PositiveIntegerField("diperiksa", null=True, blank=True)
    form_key = models.UUIDField("kunci formulir", unique=True)

    class Meta:
        ordering = ["-period__starts_on", "-number"]
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="one_closing_per_number")]

    def get_absolute_url(self) -> str:
        return reverse("closing:run", args=[self.pk])

    @property
    def is_correction(self) -> bool:
        return self.number > 1

    @property
    def holds(self) -> bool:
        """Whether the last check found everybody the same."""
        return self.checked_at is not None and self.checked_same == self.checked_people


class FrozenInputs(models.Model):
    """The evidence of some people as the rules took it: JSON of the declared tables and the counted guards, compressed.
    Enough to evaluate them again without anything else than the policy and the rules. `sha256` is of `body`."""

    closing = models.ForeignKey(Closing, on_delete=models.CASCADE, related_name="inputs")
    number = models.PositiveIntegerField("bagian")
    body = models.BinaryField("isi")
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["closing", "number"], name="one_part_per_number")]


class FrozenScore(models.Model):
    """One person's result in a run: total and components as the engine gave them, with the digest of their evidence and
    one of the result. `total_bp` is missing where the evidence was too thin."""

    closing = models.ForeignKey(Closing, on_delete=models.CASCADE, related_name="scores")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="frozen_scores")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    variant = models.CharField("varian kebijakan", max_length=40, blank=True)
    total_bp = models.IntegerField("nilai", null=True)
    result = models.JSONField("hasil")
    input_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["employee__name", "id"]
        constraints = [models.UniqueConstraint(fields=["closing", "employee"], name="one_frozen_score_per_run")]
