"""What citizens asked for: requests, the officer who has each, and how its time was spent."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from terang.evidence.citizens.models.catalogue import Requirement, Service, ServiceStandard
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee


class RequestState(models.TextChoices):
    """Where a request stands; what may follow is `states.MOVES`."""

    SUBMITTED = "diajukan", _("Diajukan")
    CHECKING = "diperiksa", _("Berkas diperiksa")
    RETURNED = "dikembalikan", pgettext_lazy("permohonan", "Dikembalikan")
    PROCESSING = "diproses", _("Diproses")
    READY = "siap", _("Siap diambil")
    DELIVERED = "diserahkan", _("Diserahkan")
    REFUSED = "ditolak", pgettext_lazy("permohonan", "Ditolak")
    CANCELLED = "batal", pgettext_lazy("permohonan", "Batal")


class RequestChannel(models.TextChoices):
    """How a request came."""

    COUNTER = "loket", _("Loket")
    ONLINE = "daring", _("Dari rumah")


class ServiceRequest(models.Model):
    """One citizen's request. Who asked stands apart, in `Applicant`, and only as long as needed.

    Times: `received_at` it came; `complete_since` the last missing piece came; `started_at` its clock runs from (that
    moment, once an officer has found it complete and correct); `due_at` what was promised; `completed_at` the result is
    there; `ended_at` nothing is left to do. `standard_minutes` and `due_at` are missing until the clock has started.

    `paper_number` is that of the sheet it was first written on during an outage, empty for all others; `entered_at` is
    when it was typed in from there, by its officer.

    `lapsed`: it ended because what was missing never came, by nobody's decision. `reopened`: its result was found wrong
    and it went back to work; `held_minutes` of working time lay between and count for nobody.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="requests")
    standard = models.ForeignKey(ServiceStandard, on_delete=models.PROTECT, null=True, related_name="+")
    officer = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="service_requests")
    tracking_code = models.CharField("nomor lacak", max_length=20, unique=True)
    channel = models.CharField("kanal", max_length=8, choices=RequestChannel, default=RequestChannel.COUNTER)
    state = models.CharField("status", max_length=12, choices=RequestState, default=RequestState.PROCESSING)
    received_at = models.DateTimeField("diterima")
    complete_since = models.DateTimeField("berkas lengkap sejak", null=True, blank=True)
    started_at = models.DateTimeField("waktu dihitung sejak", null=True, blank=True)
    due_at = models.DateTimeField("dijanjikan selesai", null=True, blank=True)
    completed_at = models.DateTimeField("selesai", null=True, blank=True)
    ended_at = models.DateTimeField("berakhir", null=True, blank=True)
    standard_minutes = models.PositiveIntegerField("standar saat dihitung (menit kerja)", null=True, blank=True)
    waiting_minutes = models.PositiveIntegerField("menunggu pemohon (menit kerja)", default=0)
    actual_minutes = models.PositiveIntegerField("waktu dipakai (menit kerja)", null=True, blank=True)
    held_minutes = models.PositiveIntegerField("hasil keliru di tangan pemohon (menit kerja)", default=0)
    reopened = models.BooleanField("dibuka kembali", default=False)
    lapsed = models.BooleanField("tidak dilengkapi pada waktunya", default=False)
    note = models.CharField("alasan untuk pemohon", max_length=500, blank=True)
    paper_number = models.CharField("nomor lembar kertas", max_length=20, blank=True)
    entered_at = models.DateTimeField("dimasukkan dari kertas pada", null=True, blank=True)
    form_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    """The digest of the form's key: the same form sent twice makes one request, and the key itself is not kept."""
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-received_at"]
        indexes = [
            models.Index(fields=["officer", "completed_at"]),
            models.Index(fields=["service", "completed_at", "actual_minutes"]),
            models.Index(fields=["service", "state"], name="requests_by_state"),
            models.Index(fields=["officer", "state"], name="requests_in_hand"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("citizens:request", args=[self.pk])


class RequestPause(models.Model):
    """A time in which the applicant had to act. Open where `ended_at` is missing. `minutes`: working minutes of it
    within the running clock (0 where the clock had not started), missing while open. `until` is the last day on which
    the applicant may act, as they were told; a later change of the terms does not shorten it."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="pauses")
    officer = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("yang perlu dilengkapi", max_length=500)
    missing = models.ManyToManyField(Requirement, related_name="+")
    started_at = models.DateTimeField("dikembalikan pada")
    until = models.DateField("dilengkapi paling lambat")
    reminded = models.BooleanField("sudah diingatkan", default=False)
    ended_at = models.DateTimeField("dilengkapi pada", null=True, blank=True)
    minutes = models.PositiveIntegerField("menit kerja", null=True, blank=True)

    class Meta:
        ordering = ["request_id", "started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(ended_at__isnull=True), name="one_open_pause_per_request"
            )
        ]


class RequestReopening(models.Model):
    """A result that was found wrong: who said so and why, and which completion it undid.

    `completed_at` and `officer` are those of the completion that counts no more; `minutes` the working minutes from
    then to the reopening. `actor` is missing where the applicant did it. The reason goes with the applicant's data.
    """

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="reopenings")
    officer = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField("apa yang keliru", max_length=500, blank=True)
    completed_at = models.DateTimeField("selesai yang dibatalkan")
    reopened_at = models.DateTimeField("dibuka kembali pada")
    minutes = models.PositiveIntegerField("menit kerja di antaranya")

    class Meta:
        ordering = ["request_id", "reopened_at", "id"]
        indexes = [models.Index(fields=["officer", "completed_at"], name="reopenings_by_officer")]


class RequestStep(models.Model):
    """An officer's time with one step of a request. A step handed over or interrupted has several rows.

    `number` and `name` are those of the standard's step. `finished`: the step was done, not only left. `minutes`:
    working minutes, missing while it runs.
    """

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="steps")
    officer = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("urutan")
    name = models.CharField("langkah", max_length=150)
    started_at = models.DateTimeField("mulai")
    ended_at = models.DateTimeField("berhenti", null=True, blank=True)
    finished = models.BooleanField("selesai", default=False)
    minutes = models.PositiveIntegerField("menit kerja", null=True, blank=True)

    class Meta:
        ordering = ["request_id", "started_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(ended_at__isnull=True), name="one_running_step_per_request"
            )
        ]


class QueueTicket(models.Model):
    """The number a walk-in waits under, counted by unit, letter and day from 1: `A-012`. The letter is that of the
    service when the number was given."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    day = models.DateField("tanggal")
    letter = models.CharField("huruf", max_length=1, default="A")
    number = models.PositiveSmallIntegerField("nomor antrean")
    request = models.OneToOneField(ServiceRequest, on_delete=models.CASCADE, related_name="ticket")

    class Meta:
        ordering = ["unit_id", "-day", "letter", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "day", "letter", "number"], name="queue_number_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.letter}-{self.number:03d}"
