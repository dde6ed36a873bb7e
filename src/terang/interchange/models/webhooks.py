"""Programs of others that are told when something happened, and how telling them went."""

from django.db import models

from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee


class Webhook(models.Model):
    """A program of a government that gets a signed message for every event of its groups (`webhooks.events`).

    Messages are read from the journal: `position` is the last entry that was told or did not concern it. `secret` lies
    encrypted. `failures` in a row lead to `next_at`, before which nothing is sent; `busy_until` is missing while no
    worker sends. Paused (by whom: missing where the program itself gave up) nothing is lost: the journal keeps it.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="webhooks")
    name = models.CharField("nama program", max_length=80)
    contact = models.CharField("penanggung jawab program", max_length=150)
    address = models.URLField("alamat", max_length=300)
    groups = models.JSONField("kelompok kabar", default=list)
    secret = models.TextField()
    position = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    busy_until = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField("dijeda pada", null=True, blank=True)
    paused_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    paused_because = models.CharField("alasan jeda", max_length=200, blank=True)
    ended_at = models.DateTimeField("diakhiri pada", null=True, blank=True)
    ended_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_because = models.CharField("alasan diakhiri", max_length=200, blank=True)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("dibuat pada")
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        return self.paused_at is None and self.ended_at is None


class WebhookAttempt(models.Model):
    """One message sent, or that could not be. `position` 0 is a trial. `status` is the HTTP status, missing where there
    was no answer; `error` says in one line what went wrong, empty where it arrived. Kept for thirty days."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="attempts")
    position = models.BigIntegerField()
    event = models.CharField(max_length=60)
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    took_ms = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["webhook", "-id"]), models.Index(fields=["at"])]
