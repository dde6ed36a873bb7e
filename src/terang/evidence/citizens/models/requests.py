"""What citizens asked for: requests and the officer who has each."""

from django.db import models
from django.urls import reverse

from terang.evidence.citizens.models.catalogue import Service
from terang.registry.people.models import Employee


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
