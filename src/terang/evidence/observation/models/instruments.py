"""The instruments of a government. A version is never changed: an observation keeps the one it was planned with."""

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from terang.registry.organization.models import Agency, Unit
from terang.rules.observations.rubric import Rubric, from_json

USUAL_CONTEST_DAYS = 5
"""Working days in which an observed person may ask for another observer, where a government says nothing else. No
regulation sets it; each version of an instrument holds its own number."""


class Instrument(models.Model):
    """One version of an instrument, in force from a day until the next version of the same `code` begins.

    `categories` are the families of posts it is for (empty: all), `unit_kinds` the kinds of units (empty: all).
    `place` is what the place of an observation is called. `keeper` is the unit whose head keeps it beside the personnel
    agency (missing: the personnel agency alone). What is `formative` never counts. `contest_days` are working days
    after the feedback. `rubric` is `rules.observations.rubric` as JSON.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="observation_instruments")
    code = models.SlugField("kode", max_length=40)
    number = models.PositiveSmallIntegerField("versi")
    name = models.CharField("nama", max_length=120)
    place = models.CharField("sebutan tempat", max_length=60)
    categories = models.JSONField("rumpun jabatan", default=list)
    unit_kinds = models.JSONField("jenis unit", default=list)
    keeper = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    formative = models.BooleanField("tidak dinilai", default=False)
    contest_days = models.PositiveSmallIntegerField(
        "hari kerja untuk meminta pengamat lain", default=USUAL_CONTEST_DAYS
    )
    valid_from = models.DateField("berlaku sejak")
    rubric = models.JSONField("rubrik")
    basis = models.CharField("dasar", max_length=200)
    form_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["name", "-valid_from", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code", "number"], name="instrument_version_once"),
            models.UniqueConstraint(fields=["agency", "code", "valid_from"], name="instrument_once_per_day"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("observation:instrument", args=[self.pk])

    @cached_property
    def content(self) -> Rubric:
        return from_json(self.rubric)

    def suits(self, category: str, unit_kind: str) -> bool:
        """Whether it is for such a post in such a unit."""
        fits = not self.categories or category in self.categories
        return fits and (not self.unit_kinds or unit_kind in self.unit_kinds)
