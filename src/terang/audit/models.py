"""The journal: append-only, in one strict order, chained by hashes. Who did what, when, to what, and why."""

from collections.abc import Iterable
from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class SealedError(Exception):
    """Somebody tried to change or delete what the journal keeps for ever."""


class AppendOnly(models.QuerySet[Any]):
    """Rows are added and read. Only the sealer writes once more, by plain SQL, and the database allows it only that."""

    def update(self, **fields: Any) -> NoReturn:
        raise SealedError("The journal is append-only: an entry is corrected by a new entry.")

    def delete(self) -> NoReturn:
        raise SealedError("The journal is append-only: entries are never deleted.")

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> NoReturn:
        self.update()

    def update_or_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        self.update()


class AppendOnlyModel(models.Model):
    objects = AppendOnly.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise SealedError("The journal is append-only: an entry is corrected by a new entry.")
        super().save(*args, **kwargs)

    def delete(self, using: Any = None, keep_parents: bool = False) -> NoReturn:
        raise SealedError("The journal is append-only: entries are never deleted.")


class Batch(AppendOnlyModel):
    """A sealed run of entries. `digest` covers the batch's entries and the digest of the batch before it."""

    first_position = models.BigIntegerField(unique=True)
    last_position = models.BigIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["first_position"]


class JournalEntry(AppendOnlyModel):
    """One change of state. Written in the transaction of the change; `position` is given when it is sealed.

    Rows are never updated after sealing nor deleted. With concurrent writers the order of ids is not the order of
    commits: who follows the journal reads by `position`, which is strict and without gaps.

    `actor_id` is the account (missing: the system itself), `actor_digest` the salted digest of its NIP, so that an
    account renamed afterwards is noticed. No name stands here; `changes` holds personal values as salted digests only.
    """

    position = models.BigIntegerField(null=True, unique=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="entries")
    at = models.DateTimeField()
    actor_id = models.BigIntegerField("akun pelaku", null=True)
    actor_digest = models.CharField(max_length=64, blank=True)
    agency_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.BigIntegerField(null=True)
    subject_employee_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["object_type", "object_id"]),
            models.Index(fields=["subject_employee_id", "position"]),
            models.Index(fields=["agency_id", "position"]),
            models.Index(fields=["id"], condition=models.Q(position__isnull=True), name="journal_unsealed"),
        ]


class Follower(models.Model):
    """Who reads the journal and acts on it. `position` is the last entry handled; it moves together with the
    follower's writes.
    """

    name = models.CharField(max_length=150, unique=True)
    position = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    retry_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]


class SkippedEntry(models.Model):
    """An entry a follower failed on again and again: put aside so that the others go on, and tried again later."""

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="skipped")
    position = models.BigIntegerField()
    error = models.TextField()
    skipped_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["follower", "position"]
        constraints = [models.UniqueConstraint(fields=["follower", "position"], name="entry_skipped_once")]


class WorkerHeartbeat(models.Model):
    """A background worker and when it was last seen. `stopped_at` is missing while it runs, and after it was killed."""

    worker_id = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=253)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-seen_at"]
