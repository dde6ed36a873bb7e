"""What staff did: tasks agreed for a month, and the daily entries that prove results."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from terang.custody.models import StoredFile
from terang.planning.plans.models import Indicator, PlanResult
from terang.registry.people.models import Employee
from terang.web.numbers import quantity


class Task(models.Model):
    """A piece of work due on a day, under a result of the plan (rencana aksi). Quantity in milli-units."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="tasks")
    result = models.ForeignKey(PlanResult, on_delete=models.CASCADE, related_name="tasks")
    text = models.CharField("tugas", max_length=250)
    due_on = models.DateField("tenggat")
    planned_milli = models.PositiveBigIntegerField("jumlah disepakati", default=1000)
    unit_label = models.CharField("satuan", max_length=40, default="dokumen")

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["employee", "due_on"])]

    def __str__(self) -> str:
        return self.text


class EntryState(models.TextChoices):
    SUBMITTED = "diajukan", pgettext_lazy("kegiatan", "Menunggu")
    ACCEPTED = "diterima", pgettext_lazy("kegiatan", "Diterima")
    RETURNED = "dikembalikan", _("Dikembalikan")


class Entry(models.Model):
    """One activity of one day, tied to a result of the plan; it can advance a task and report a value to an
    indicator.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="entries")
    day = models.DateField("tanggal")
    result = models.ForeignKey(PlanResult, on_delete=models.PROTECT, related_name="entries")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    text = models.CharField("kegiatan", max_length=500)
    quantity_milli = models.PositiveBigIntegerField("jumlah", default=1000)
    state = models.CharField("status", max_length=12, choices=EntryState, default=EntryState.SUBMITTED)
    submitted_at = models.DateTimeField("diajukan pada")
    decided_at = models.DateTimeField("diputus pada", null=True, blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField("catatan atasan", max_length=500, blank=True)
    lag_days = models.PositiveSmallIntegerField("selang lapor (hari kerja)", default=0)
    """Working days, outages taken out, from the day of work to the first submission: 0 on the same day."""
    form_key = models.UUIDField("kunci formulir", unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["employee", "-day"]),
            models.Index(fields=["state", "employee"]),
            models.Index(fields=["indicator", "state"]),
            models.Index(fields=["task", "state"]),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("work:entry", args=[self.pk])

    @property
    def amount(self) -> str:
        """The quantity with its unit; empty where the entry reports to no figure."""
        counted = self.task or self.indicator
        return f"{quantity(self.quantity_milli)} {counted.unit_label}" if counted else ""


class EntryFile(models.Model):
    """A proof attached to an entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
