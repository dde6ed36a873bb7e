"""Trainings from before or outside Terang: declared by the person or brought in from a table, counted once a second
person has verified them."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.custody.models import StoredFile
from terang.follow_up.training.models.catalogue import Form
from terang.follow_up.training.models.records import TrainingRecord
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee


class TrainingSheet(models.Model):
    """One uploaded table. `rows` are its cells as they were read, by field, with the row number a person sees; what
    they come to is computed whenever somebody looks. `applied_on` is missing until all of them were taken over."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="training_sheets")
    uploaded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    uploaded_on = models.DateField("diunggah")
    file_name = models.CharField("berkas", max_length=150)
    rows = models.JSONField(default=list)
    applied_on = models.DateField("diterapkan", null=True, blank=True)
    form_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("training:sheet", args=[self.pk])


class DeclaredState(models.TextChoices):
    DECLARED = "dinyatakan", _("Menunggu pemeriksaan")
    VERIFIED = "sah", _("Sudah diperiksa")
    RETURNED = "dikembalikan", _("Dikembalikan")
    CONTESTED = "disanggah", _("Disanggah pegawai")
    WITHDRAWN = "dicabut", _("Dicabut")


STANDING = (DeclaredState.DECLARED, DeclaredState.VERIFIED, DeclaredState.CONTESTED)
"""What is not given again."""


class DeclaredTraining(models.Model):
    """One training that was not held in a session of ours.

    `record` is its place in the ledger of hours: missing while it does not count. `sheet` is the table it came from,
    missing where the person declared it, who then adds the certificate as `proof`. `reason` is why it was returned,
    `contest` what the person says against it, `answer` what the second person says to that.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="declared_trainings")
    sheet = models.ForeignKey(TrainingSheet, on_delete=models.PROTECT, null=True, blank=True, related_name="trainings")
    proof = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    record = models.OneToOneField(
        TrainingRecord, on_delete=models.SET_NULL, null=True, blank=True, related_name="declared"
    )
    title = models.CharField("nama pelatihan", max_length=150)
    form = models.CharField("bentuk", max_length=12, choices=Form)
    provider = models.CharField("penyelenggara", max_length=150)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("selesai")
    hours = models.PositiveSmallIntegerField("jam pelajaran (JP)")
    certificate = models.CharField("nomor sertifikat", max_length=80)
    state = models.CharField("status", max_length=12, choices=DeclaredState, default=DeclaredState.DECLARED)
    given_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField("dinyatakan")
    checked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField("diperiksa", null=True, blank=True)
    reason = models.CharField("alasan pengembalian", max_length=500, blank=True)
    contest = models.CharField("sanggahan", max_length=500, blank=True)
    contested_on = models.DateField("disanggah", null=True, blank=True)
    answer = models.CharField("jawaban", max_length=500, blank=True)
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField("dijawab", null=True, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-ends_on", "-id"]
        indexes = [models.Index(fields=["employee", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "title", "starts_on", "certificate"],
                condition=Q(state__in=["dinyatakan", "sah", "disanggah"]),
                name="one_declared_training_per_certificate",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sah", "dikembalikan"])
                | Q(checked_by__isnull=False) & ~Q(checked_by=F("given_by")) & ~Q(checked_by=F("employee")),
                name="two_keys_for_declared_hours",
            ),
            models.CheckConstraint(
                condition=Q(record__isnull=True) | Q(checked_by__isnull=False), name="unchecked_hours_do_not_count"
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="a_declared_training_has_hours"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_declared_training_ends_after_it_began"
            ),
            models.CheckConstraint(condition=~Q(state="disanggah") | ~Q(contest=""), name="contested_hours_say_why"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("training:declared", args=[self.pk])
