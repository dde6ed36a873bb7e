"""A policy tried on a time that has passed: the copy of that time's evidence, and what was tried on it."""

from datetime import date, timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evaluation.models import Period, PolicyVersion
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee


class CopyState(models.TextChoices):
    WAITING = "menunggu", _("Menunggu giliran")
    MAKING = "disiapkan", _("Bukti disalin")
    READY = "siap", _("Siap")
    FAILED = "gagal", _("Gagal")
    GONE = "dihapus", _("Dihapus")


class EvidenceCopy(models.Model):
    """Everybody's evidence of a time (`ends_on` exclusive) as it stood on `as_of`, in a folder (`folders`).

    `policy` is the one in force then, with which everything is compared. `period` is set where the time is a period
    that has official scores: `compared` of them were found, of which `same` equal the replay to the digit. `folder`
    is empty while there is none. Numbers only, by employee: no names.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir (tidak termasuk)")
    as_of = models.DateField("keadaan bukti pada")
    state = models.CharField("status", max_length=10, choices=CopyState, default=CopyState.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField("orang", default=0)
    compared = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    folder = models.CharField(max_length=80, blank=True)
    ruleset = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField("diminta pada")
    beaten_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField("terakhir dipakai")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["agency", "starts_on", "ends_on"])]

    @property
    def last_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    @property
    def months(self) -> int:
        """Calendar months the time touches."""
        last = self.last_day
        return (last.year - self.starts_on.year) * 12 + last.month - self.starts_on.month + 1


class Source(models.TextChoices):
    """Where the tried policy came from."""

    VERSION = "versi", _("Versi yang terbit")
    PRESET = "contoh", _("Contoh Terang")
    PASTED = "tempel", _("Teks yang ditempel")
    DRAFT = "konsep", _("Konsep kebijakan")


class Replay(models.Model):
    """A policy tried on a copy, as its TOML text. Never edited: what is turned on the page lives in its address."""

    copy = models.ForeignKey(EvidenceCopy, on_delete=models.CASCADE, related_name="replays")
    source = models.CharField("asal", max_length=8, choices=Source)
    title = models.CharField("judul", max_length=150)
    text = models.TextField("isi (TOML)")
    digest = models.CharField(max_length=64)
    started_by = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dimulai oleh"
    )
    started_at = models.DateTimeField("dimulai", auto_now_add=True)
    form_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("replay:page", args=[self.pk])


class Opening(models.Model):
    """That somebody has opened a replay; its first time is told in the journal, later ones add nothing."""

    replay = models.ForeignKey(Replay, on_delete=models.CASCADE, related_name="openings")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["replay", "employee"], name="one_opening_per_person")]
