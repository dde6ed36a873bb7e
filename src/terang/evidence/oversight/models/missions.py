"""Missions: visits that were decided before anybody knew which units they would meet."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evidence.oversight.models.visits import USUAL_REPLY_DAYS
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee


class MissionState(models.TextChoices):
    DRAFT = "disusun", _("Disusun")
    FROZEN = "dibekukan", _("Daftar dibekukan")
    DRAWN = "diundi", _("Diundi")
    CANCELLED = "dibatalkan", _("Dibatalkan")


class Mission(models.Model):
    """Unannounced visits of a team from `starts_on` to `last_day` (both inclusive), under a letter.

    `lots` units are drawn from the list, the others are visited for a reason. `salt` is drawn by the machine when the
    list is frozen and stands in `list_text`, whose digest the journal holds before the seed is known. `beacon` is the
    digest of a sealed batch of the journal (`beacon_batch`, its number) that came after; the seed is made of both
    (`rules.oversight.lots`, ADR 0018). `lead` stands among the members too.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="missions")
    purpose = models.CharField("tujuan", max_length=250)
    letter = models.CharField("nomor surat tugas", max_length=100)
    letter_day = models.DateField("tanggal surat tugas")
    starts_on = models.DateField("mulai")
    last_day = models.DateField("hari terakhir")
    lead = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    members = models.ManyToManyField(Employee, related_name="missions")
    reply_days = models.PositiveSmallIntegerField("waktu menanggapi (hari kerja)", default=USUAL_REPLY_DAYS)
    lots = models.PositiveSmallIntegerField("unit yang diundi")
    state = models.CharField("status", max_length=12, choices=MissionState, default=MissionState.DRAFT)
    salt = models.CharField(max_length=32, blank=True)
    list_text = models.TextField(blank=True)
    list_sha256 = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField("dibekukan pada", null=True, blank=True)
    beacon = models.CharField(max_length=64, blank=True)
    beacon_batch = models.BigIntegerField(null=True, blank=True)
    drawn_at = models.DateTimeField("diundi pada", null=True, blank=True)
    cancel_reason = models.CharField("alasan pembatalan", max_length=250, blank=True)
    form_key = models.UUIDField(unique=True, null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("starts_on")), name="mission_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(state="diundi") | ~Q(beacon=""), name="drawn_from_a_beacon"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("oversight:mission", args=[self.pk])

    def is_over(self, today: date) -> bool:
        return self.last_day < today

    def is_running(self, today: date) -> bool:
        return self.starts_on <= today <= self.last_day


class MissionUnit(models.Model):
    """A unit on the list of a mission, with its code and name as they were then. `reason` is why it is visited
    whatever the lots say (empty: it takes part in the draw); `rank` its place by lot, 1 the first, missing before the
    draw."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="listed")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("kode", max_length=30)
    name = models.CharField("nama", max_length=150)
    reason = models.CharField("alasan risiko", max_length=250, blank=True)
    rank = models.PositiveSmallIntegerField("urutan undian", null=True, blank=True)
    chosen = models.BooleanField("dikunjungi", default=False)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["mission", "unit"], name="unit_once_on_a_mission"),
            models.CheckConstraint(condition=Q(reason="") | Q(rank__isnull=True), name="no_lot_for_risk"),
        ]

    @property
    def by_risk(self) -> bool:
        return bool(self.reason)
