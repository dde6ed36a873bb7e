"""Imports of people and of plans, from the uploaded file to the applied change."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee


class ImportState(models.TextChoices):
    READING = "dibaca", _("Sedang dibaca")
    SHOWN = "pratinjau", _("Pratinjau")
    REFUSED = "ditolak", _("Tidak dapat dipakai")
    APPLYING = "diterapkan", _("Sedang diterapkan")
    DONE = "selesai", _("Selesai")


class PeopleImport(models.Model):
    """One uploaded list of people. `digest` is that of the differences shown; applied only while it still holds.

    `message` and `what` in the rows of `table` are stored sentences (`rules.sentences`), said in the language of
    whoever looks; `doing` is a marked text.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="people_imports")
    uploaded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    form_key = models.UUIDField(unique=True)
    file_name = models.CharField("berkas", max_length=150)
    file_path = models.CharField(max_length=120)
    effective_on = models.DateField("berlaku sejak")
    complete = models.BooleanField("daftar lengkap", default=False)
    state = models.CharField("status", max_length=12, choices=ImportState, default=ImportState.READING)
    progress = models.PositiveSmallIntegerField(default=0)
    doing = models.CharField(max_length=60, blank=True)
    counts = models.JSONField(default=dict)
    table = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    message = models.JSONField(default=dict, blank=True)
    uploaded_at = models.DateTimeField("diunggah", auto_now_add=True)
    applied_at = models.DateTimeField("diterapkan", null=True, blank=True)

    class Meta:
        ordering = ["-id"]


class PlanImport(models.Model):
    """One uploaded list of plans for a year, to become drafts: all of them or none. `table` and `message` as in
    `PeopleImport`; `counts` has `plans`, `results`, `indicators` and `wrong`.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="plan_imports")
    uploaded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True)
    file_name = models.CharField("berkas", max_length=150)
    file_path = models.CharField(max_length=120)
    day = models.DateField("per tanggal")
    state = models.CharField("status", max_length=12, choices=ImportState, default=ImportState.READING)
    progress = models.PositiveSmallIntegerField(default=0)
    counts = models.JSONField(default=dict)
    table = models.JSONField(default=list)
    message = models.JSONField(default=dict, blank=True)
    uploaded_at = models.DateTimeField("diunggah", auto_now_add=True)
    applied_at = models.DateTimeField("diterapkan", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
