"""The journal: append-only, in one strict order, chained by hashes. Who did what, when, to what, and why."""

from django.db import models


class Batch(models.Model):
    """A sealed run of entries. `digest` covers the batch's entries and the digest of the batch before it."""

    first_position = models.BigIntegerField(unique=True)
    last_position = models.BigIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["first_position"]


class JournalEntry(models.Model):
    """One change of state. Written in the transaction of the change; `position` is given when it is sealed.

    Rows are never updated after sealing nor deleted. With concurrent writers the order of ids is not the order of commits:
    who follows the journal reads by `position`, which is strict and without gaps.
    """

    position = models.BigIntegerField(null=True, unique=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="entries")
    at = models.DateTimeField()
    actor_id = models.BigIntegerField("akun pelaku", null=True)
    actor_label = models.CharField(max_length=150)
    agency_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    subject_employee_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    changes = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["object_type", "object_id"]),
            models.Index(fields=["subject_employee_id", "position"]),
            models.Index(fields=["agency_id", "position"]),
            models.Index(fields=["batch"], condition=models.Q(position__isnull=True), name="journal_unsealed"),
        ]
