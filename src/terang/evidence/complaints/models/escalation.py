"""Reminders before a due day, and what is passed upwards after it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.evidence.complaints.models.complaint import Complaint
from terang.registry.people.models import Employee


class EscalationStep(models.TextChoices):
    REMINDER = "ingat", _("Pengingat")
    VERIFICATION_LATE = "verifikasi", _("Verifikasi terlambat")
    FIRST_ANSWER_LATE = "tanggapan", _("Belum ada tanggapan pertama")
    FINISH_LATE = "jawaban", _("Jawaban akhir terlambat")
    OMBUDSMAN = "ombudsman", _("Warga diberi tahu tentang Ombudsman")


class Escalation(models.Model):
    """One reminder or step upwards, once for a due day. `told` is who sees it; missing where only the desk does, and
    for a notice to the citizen."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="escalations")
    step = models.CharField("langkah", max_length=12, choices=EscalationStep)
    due_on = models.DateField("batas")
    day = models.DateField("hari")
    told = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField("pada")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "step", "due_on", "day"], name="one_escalation_per_step_and_day"
            )
        ]
        indexes = [models.Index(fields=["told", "step"])]
