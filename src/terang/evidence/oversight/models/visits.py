"""What overseers saw: inspections and their points. A finding counts only when confirmed after the reply."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee

USUAL_REPLY_DAYS = 3
"""Working days to reply where the letter says nothing else: what inspections that were looked at gave; no law fixes
it."""


class Inspection(models.Model):
    """A visit to a unit against its service standard (sidak), under a letter. Who is named in a finding has
    `reply_days` working days to reply, as the letter says. `mission` is missing where it was no mission's; `team` are
    those who came besides `lead`. `roster_version` counts the savings of the roster."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="inspections")
    day = models.DateField("tanggal")
    lead = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField("tujuan", max_length=250)
    letter = models.CharField("surat tugas", max_length=100, blank=True)
    reply_days = models.PositiveSmallIntegerField("waktu menanggapi (hari kerja)", default=USUAL_REPLY_DAYS)
    mission = models.ForeignKey(
        "oversight.Mission", on_delete=models.PROTECT, null=True, blank=True, related_name="inspections"
    )
    team = models.ManyToManyField(Employee, related_name="+", blank=True)
    roster_version = models.PositiveIntegerField(default=0, editable=False)
    form_key = models.UUIDField(unique=True, null=True, blank=True)

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mission", "unit"], condition=Q(mission__isnull=False), name="one_visit_per_unit_of_a_mission"
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("oversight:inspection", args=[self.pk])


class CheckState(models.TextChoices):
    OPEN = "menunggu_tanggapan", _("Menunggu tanggapan")
    CONFIRMED = "terkonfirmasi", _("Terkonfirmasi")
    WITHDRAWN = "dicabut", _("Dicabut")


class InspectionCheck(models.Model):
    """One point of the checklist, about a person or (where `employee` is missing) about the unit, for which its head
    answers.

    A point that fails waits for the reply until `reply_due_on` (inclusive) before it may be confirmed. A confirmed
    finding may carry advice with a day by which it is mended: `mended_on` says the owner, `verified_on` the overseer.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="checks")
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="inspection_checks"
    )
    criterion = models.CharField("standar", max_length=250)
    met = models.BooleanField("terpenuhi")
    state = models.CharField("status", max_length=20, choices=CheckState, default=CheckState.CONFIRMED)
    note = models.CharField("catatan", max_length=500, blank=True)
    reply = models.CharField("tanggapan", max_length=500, blank=True)
    reply_due_on = models.DateField("ditanggapi paling lambat", null=True, blank=True)
    replied_at = models.DateTimeField("ditanggapi pada", null=True, blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("diputus pada", null=True, blank=True)
    decide_reason = models.CharField("alasan putusan", max_length=250, blank=True)
    advice = models.CharField("rekomendasi", max_length=300, blank=True)
    mend_due_on = models.DateField("diperbaiki paling lambat", null=True, blank=True)
    mended_on = models.DateField("diperbaiki", null=True, blank=True)
    mend_note = models.CharField("perbaikan", max_length=300, blank=True)
    verified_on = models.DateField("diperiksa kembali", null=True, blank=True)
    form_key = models.UUIDField(unique=True, null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(met=False) | ~Q(state="menunggu_tanggapan"), name="what_was_met_waits_for_no_reply"
            ),
            models.CheckConstraint(
                condition=Q(verified_on__isnull=True) | Q(mended_on__isnull=False), name="verified_after_mended"
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state == CheckState.OPEN

    @property
    def to_mend(self) -> bool:
        """A confirmed finding with advice whose owner has not said that it is mended."""
        return self.state == CheckState.CONFIRMED and not self.met and bool(self.advice) and self.mended_on is None

    @property
    def to_verify(self) -> bool:
        """A confirmed finding that is said to be mended, and nobody looked yet."""
        return self.state == CheckState.CONFIRMED and self.mended_on is not None and self.verified_on is None
