"""What staff did: tasks agreed for a month, and the daily entries that prove results."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from terang.custody.models import StoredFile
from terang.evidence.clocks import is_doubtful
from terang.evidence.receipts import receipt_of
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
    WITHDRAWN = "ditarik", pgettext_lazy("kegiatan", "Ditarik")


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
    minutes = models.PositiveSmallIntegerField("lama (menit)", null=True, blank=True)
    """Context only: never points unless a policy counts minutes. Missing where it was not told."""
    source = models.CharField("draf dari", max_length=80, blank=True)
    """What Terang made the draft from, as `app.model:id`; empty where the person began it."""
    written_at = models.DateTimeField("ditulis pada (jam perangkat)", null=True, blank=True)
    """The device's own time where the entry was written without a network; `submitted_at` is always ours."""
    clock_drift_s = models.IntegerField("selisih jam perangkat (detik)", null=True, blank=True)
    """How far the device's clock was ahead of ours when it sent the entry; missing where no device told its time."""
    answer_due_on = models.DateField("dijawab paling lambat", null=True, blank=True)
    escalated_at = models.DateTimeField("diteruskan pada", null=True, blank=True)
    """When the appraiser's silence was passed on; from then on a waiting entry counts until it is answered."""
    lag_days = models.PositiveSmallIntegerField("selang lapor (hari kerja)", default=0)
    """Working days, outages and days away taken out, from the day of work to the first submission: 0 on the same
    day."""
    form_key = models.UUIDField("kunci formulir", unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["employee", "-day"]),
            models.Index(fields=["state", "employee"]),
            models.Index(fields=["indicator", "state"]),
            models.Index(fields=["task", "state"]),
            models.Index(
                fields=["answer_due_on"],
                condition=models.Q(state="diajukan", escalated_at=None),
                name="entries_still_to_be_answered",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "source"], condition=~models.Q(source=""), name="one_entry_per_draft"
            )
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("work:entry", args=[self.pk])

    @property
    def receipt(self) -> str:
        """The number that proves to the person that the entry has arrived."""
        return receipt_of(self.pk)

    @property
    def clock_is_doubtful(self) -> bool:
        """Whether the device's time of writing is shown with a doubt, and counts for nothing."""
        return self.written_at is not None and is_doubtful(self.written_at, self.submitted_at, self.clock_drift_s)

    @property
    def amount(self) -> str:
        """The quantity with its unit; empty where the entry reports to no figure."""
        counted = self.task or self.indicator
        return f"{quantity(self.quantity_milli)} {counted.unit_label}" if counted else ""


class EntryFile(models.Model):
    """A proof attached to an entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")


class EntryOpening(models.Model):
    """That an appraiser opened an entry before deciding: what a batch needs of its drawn entries."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="openings")
    opened_by = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField("dibuka pada")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "opened_by"], name="one_opening_per_entry_and_person")]


class Favourite(models.Model):
    """An entry a person writes again and again, kept under a short name."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="favourites")
    name = models.CharField("nama", max_length=60)
    result = models.ForeignKey(PlanResult, on_delete=models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    text = models.CharField("kegiatan", max_length=500)
    quantity_milli = models.PositiveBigIntegerField("jumlah", default=0)
    minutes = models.PositiveSmallIntegerField("lama (menit)", null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["employee", "name"], name="one_favourite_per_name")]

    def __str__(self) -> str:
        return self.name


class DroppedDraft(models.Model):
    """A draft the person did not want: it is not offered again. `source` as in `Entry`."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "source"], name="one_drop_per_draft")]
