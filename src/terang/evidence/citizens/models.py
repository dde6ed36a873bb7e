"""What citizens got: published services, their requests, and what citizens say after a finished one."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from terang.evidence.citizens.working_time import working_time
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee


class Service(models.Model):
    """A published service with its standard time in working minutes (a working day has 450, Perpres 21/2023)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="services")
    code = models.CharField("kode", max_length=30)
    name = models.CharField("nama layanan", max_length=150)
    standard_minutes = models.PositiveIntegerField("standar waktu (menit kerja)")
    monthly_norm = models.PositiveIntegerField("norma beban per petugas per bulan", null=True, blank=True)
    active = models.BooleanField("aktif", default=True)

    class Meta:
        ordering = ["unit_id", "name"]
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="service_code_once_per_unit")]

    def __str__(self) -> str:
        return self.name

    @property
    def standard_words(self) -> str:
        """The standard time in words, in working days or minutes."""
        return working_time(self.standard_minutes)


class ServiceRequest(models.Model):
    """One citizen's request. No name is kept here: the citizen holds a tracking number and a secret."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="requests")
    officer = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="service_requests")
    tracking_code = models.CharField("nomor lacak", max_length=20, unique=True)
    received_at = models.DateTimeField("diterima")
    completed_at = models.DateTimeField("selesai", null=True, blank=True)
    waiting_minutes = models.PositiveIntegerField("menunggu pemohon (menit kerja)", default=0)
    actual_minutes = models.PositiveIntegerField("waktu dipakai (menit kerja)", null=True, blank=True)
    reopened = models.BooleanField("dibuka kembali", default=False)

    class Meta:
        ordering = ["-received_at"]
        indexes = [
            models.Index(fields=["officer", "completed_at"]),
            models.Index(fields=["service", "completed_at", "actual_minutes"]),
        ]

    def get_absolute_url(self) -> str:
        return reverse("citizens:request", args=[self.pk])


class SurveyInvitation(models.Model):
    """A one-time link to rate a finished request.

    Only the hash of its token is stored; it says nothing of the answers.
    """

    request = models.OneToOneField(ServiceRequest, on_delete=models.CASCADE, related_name="invitation")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField("berlaku sampai")
    used_at = models.DateTimeField("dipakai", null=True, blank=True)


def _answer() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )


class SurveyResponse(models.Model):
    """Answers to the nine elements of PermenPANRB 14/2017, each 1 to 4 or blank. Not linked to the invitation."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="responses")
    officer = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="survey_responses")
    day = models.DateField("tanggal")
    channel = models.CharField("kanal", max_length=20, default="tautan")
    syarat = _answer()
    prosedur = _answer()
    waktu = _answer()
    biaya = _answer()
    produk = _answer()
    kompetensi = _answer()
    perilaku = _answer()
    pengaduan = _answer()
    sarana = _answer()
    remark = models.CharField("saran", max_length=1000, blank=True)

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["officer", "day"]), models.Index(fields=["service", "day"])]
