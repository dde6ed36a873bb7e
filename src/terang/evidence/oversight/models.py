"""What overseers saw: inspections and their points. A finding counts only when confirmed after the reply."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee


class Inspection(models.Model):
    """A visit to a unit against its service standard (sidak)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="inspections")
    day = models.DateField("tanggal")
    lead = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField("tujuan", max_length=250)

    class Meta:
        ordering = ["-day", "-id"]


class CheckState(models.TextChoices):
    OPEN = "menunggu_tanggapan", _("Menunggu tanggapan")
    CONFIRMED = "terkonfirmasi", _("Terkonfirmasi")
    WITHDRAWN = "dicabut", _("Dicabut")


class InspectionCheck(models.Model):
    """One point of the checklist. Points that fail wait for the person's reply before they count."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="checks")
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="inspection_checks"
    )
    criterion = models.CharField("standar", max_length=250)
    met = models.BooleanField("terpenuhi")
    state = models.CharField("status", max_length=20, choices=CheckState, default=CheckState.CONFIRMED)
    note = models.CharField("catatan", max_length=500, blank=True)
    reply = models.CharField("tanggapan", max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
