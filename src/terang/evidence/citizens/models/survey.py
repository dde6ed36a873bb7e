"""What citizens say after a service: one-time links, and answers that lead back to nobody."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from terang.evidence.citizens.models.catalogue import Service
from terang.evidence.citizens.models.requests import ServiceRequest
from terang.registry.people.models import Employee


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
