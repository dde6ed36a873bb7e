"""Programs that act for an employee with a token (ADR 0043), and what was answered to what they sent."""

from datetime import date

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee


class Application(models.Model):
    """A program to which an employee lends their own access: some scopes (`api.scopes`), up to `last_day` inclusive.

    Only the hash of its token is kept; `start` are its first signs, so that people can tell tokens apart.
    `last_used_on` is missing until the program asks for the first time.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="applications")
    lender = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="applications")
    name = models.CharField("nama aplikasi", max_length=80)
    purpose = models.CharField("untuk apa", max_length=200)
    scopes = models.JSONField("cakupan", default=list)
    token_hash = models.CharField(max_length=64, unique=True)
    start = models.CharField("awal token", max_length=12)
    last_day = models.DateField("berlaku sampai")
    lent_at = models.DateTimeField("dibuat pada")
    last_used_on = models.DateField("terakhir dipakai", null=True, blank=True)
    revoked_at = models.DateTimeField("dicabut pada", null=True, blank=True)
    revoked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revoke_reason = models.CharField("alasan", max_length=200, blank=True)
    form_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-lent_at", "-pk"]
        indexes = [models.Index(fields=["agency", "-lent_at"]), models.Index(fields=["lender", "-lent_at"])]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """How the journal names it: the name alone may be anybody's."""
        return f"{self.name} ({self.start}…)"

    def has_ended(self, today: date) -> bool:
        return today > self.last_day


class KeptAnswer(models.Model):
    """What was answered to a request that carried an `Idempotency-Key`, so that the same request gets it again.

    `digest` is that of what was sent: address and body. Kept for two days.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="kept_answers")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    answer = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    answered_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "key"], name="one_answer_per_idempotency_key")]
