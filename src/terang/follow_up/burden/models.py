"""How long people need to feed Terang, week by week and in groups: counted from entries of the journal, never measured
on a person. No row names anybody."""

from django.db import models
from django.db.models import Q

from terang.registry.organization.models import Agency
from terang.registry.people.models import PostKind


class CountedWeek(models.Model):
    """One week of a government, from its Monday, counted once it was over. `first_position` is where it begins in the
    journal."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="burden_weeks")
    monday = models.DateField("minggu dari")
    first_position = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["monday"]
        constraints = [models.UniqueConstraint(fields=["agency", "monday"], name="one_burden_week")]


class GroupWeek(models.Model):
    """Minutes of one kind of posts in a week (`group` is empty for everybody). Only groups that are large enough have a
    row."""

    week = models.ForeignKey(CountedWeek, on_delete=models.CASCADE, related_name="groups")
    group = models.CharField("jenis jabatan", max_length=16, choices=PostKind, blank=True)
    people = models.PositiveIntegerField("pegawai")
    median = models.PositiveIntegerField("nilai tengah (menit)")
    ninetieth = models.PositiveIntegerField("persentil ke-90 (menit)")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["week", "group"], name="one_burden_group_a_week"),
            models.CheckConstraint(condition=Q(ninetieth__gte=models.F("median")), name="burden_spread_is_ordered"),
        ]


class FormWeek(models.Model):
    """What one kind of entry cost all together in a week. `kind` as `rules.burden`."""

    week = models.ForeignKey(CountedWeek, on_delete=models.CASCADE, related_name="forms")
    kind = models.CharField(max_length=20)
    entries = models.PositiveIntegerField("isian")
    minutes = models.PositiveIntegerField("menit")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["week", "kind"], name="one_burden_form_a_week")]
