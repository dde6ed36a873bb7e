"""What a government promises: its published services and their standard."""

from django.db import models

from terang.evidence.citizens.working_time import working_time
from terang.registry.organization.models import Unit


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
