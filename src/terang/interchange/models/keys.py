"""Keys of programs that send reports, and which report came by which key."""

from django.db import models

from terang.evidence.complaints.models import Complaint
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee


class ApiKey(models.Model):
    """What a program proves itself with when it sends reports to one government; only the hash is stored.

    `by_token`: its reports are answered with a token, and get their number once they are published. Otherwise the
    number comes at once. `start` are the first signs, so that people can tell keys apart.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField("nama program", max_length=80)
    contact = models.CharField("penanggung jawab program", max_length=150)
    key_hash = models.CharField(max_length=64, unique=True)
    start = models.CharField("awal kunci", max_length=6)
    by_token = models.BooleanField("nomor menyusul", default=False)
    form_key = models.UUIDField(unique=True)
    issued_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("diterbitkan pada")
    revoked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField("dicabut pada", null=True, blank=True)
    revoke_reason = models.CharField("alasan", max_length=200, blank=True)

    class Meta:
        ordering = ["-issued_at", "-id"]

    def __str__(self) -> str:
        return self.name


class ApiSubmission(models.Model):
    """That a report came by a key. It tells nothing of who reported. `token_hash` is missing where a number was given
    at once."""

    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="submissions")
    complaint = models.OneToOneField(Complaint, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    received_at = models.DateTimeField("diterima pada")

    class Meta:
        ordering = ["-id"]
