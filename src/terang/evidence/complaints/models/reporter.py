"""Who reported, kept apart from what was reported, and the two-person opening of that identity."""

from django.db import models

from terang.evidence.complaints.models.complaint import Complaint
from terang.registry.people.models import Employee


class Reporter(models.Model):
    """Name and contact of who reported, as far as given. A row of its own, so that deleting it leaves no trace; no list
    reads it."""

    complaint = models.OneToOneField(Complaint, on_delete=models.CASCADE, related_name="reporter")
    name = models.CharField("nama", max_length=120, blank=True)
    contact = models.CharField("nomor telepon atau surel", max_length=120, blank=True)


class Disclosure(models.Model):
    """The opening of an identity: asked by one person of the oversight team with a reason, approved by another, shown
    once to who asked. `refused_at` ends it."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="disclosures")
    asked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("diminta pada")
    reason = models.CharField("alasan", max_length=500)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField("disetujui pada", null=True, blank=True)
    refused_at = models.DateTimeField("ditolak pada", null=True, blank=True)
    shown_at = models.DateTimeField("ditampilkan pada", null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("asked_by")),
                name="disclosure_needs_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(shown_at=None) | models.Q(approved_at__isnull=False),
                name="disclosure_shown_after_approval",
            ),
            models.UniqueConstraint(
                fields=["complaint", "asked_by"],
                condition=models.Q(shown_at=None, refused_at=None),
                name="one_open_disclosure_per_asker",
            ),
        ]
