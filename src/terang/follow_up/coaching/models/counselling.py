"""Counselling, sealed: nothing here names who, says what, or tells when."""

from uuid import uuid4

from django.db import models
from django.urls import reverse

from terang.registry.organization.models import Agency


class Counselling(models.Model):
    """One counselling of two people. `id` also names its key (`custody.keys`), under which `sealed` holds everything:
    who, what, when, steps. `client_mark` and `counsellor_mark` find it for its two people through the key of the
    government; no two rows have a mark in common, so nobody's rows can be put together. `version` says how often it
    was changed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    client_mark = models.CharField(max_length=64, unique=True)
    counsellor_mark = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]

    def get_absolute_url(self) -> str:
        return reverse("coaching:counselling", args=[self.pk])


class CounsellingTally(models.Model):
    """How many counselling talks took place in a government since it began, of which `told` were ever shown: whole
    groups only (`rules.regulations.guidance.told_number`)."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="+")
    held = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
