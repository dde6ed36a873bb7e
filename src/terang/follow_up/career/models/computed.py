"""What the rules say about everybody today, stored: lists of a whole government are read from here, a page of one
person never. The worker computes it anew when something behind it changes, and every day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee, PostKind


class Readiness(models.TextChoices):
    """How far somebody is from the next rank in the coming period."""

    READY = "siap", _("Siap: semua syarat terpenuhi")
    ONE = "satu", _("Kurang satu syarat")
    MORE = "lebih", _("Kurang lebih dari satu")
    NONE = "tidak", _("Tidak ada golongan berikutnya")


class Standing(models.Model):
    """One person on the day `computed_on`. Points of the index are hundredths, missing where a part is; `gaps` counts
    its missing parts. `box` is missing where an axis is. `conditions` are those of `next_rank` in `period` as
    `checks` keeps them. State officials have none of it, and no row."""

    employee = models.OneToOneField(
        Employee, on_delete=models.CASCADE, primary_key=True, related_name="career_standing"
    )
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    computed_on = models.DateField("dihitung")
    name = models.CharField("nama", max_length=150)
    title = models.CharField("jabatan", max_length=150, blank=True)
    unit_name = models.CharField("unit", max_length=150, blank=True)
    unit_path = models.CharField("jalur unit", max_length=255, blank=True)
    total = models.PositiveSmallIntegerField("indeks", null=True)
    least = models.PositiveSmallIntegerField(default=0)
    most = models.PositiveSmallIntegerField(default=0)
    qualification = models.PositiveSmallIntegerField("kualifikasi", null=True)
    competence = models.PositiveSmallIntegerField("kompetensi", null=True)
    performance = models.PositiveSmallIntegerField("kinerja", null=True)
    discipline = models.PositiveSmallIntegerField("disiplin", null=True)
    gaps = models.PositiveSmallIntegerField(default=0)
    box = models.PositiveSmallIntegerField("kotak", null=True)
    box_performance = models.CharField("kinerja pada kotak", max_length=8, blank=True)
    box_potential = models.CharField("potensi pada kotak", max_length=8, blank=True)
    next_rank = models.CharField("golongan berikutnya", max_length=8, blank=True)
    period = models.DateField("periode")
    readiness = models.CharField("kesiapan", max_length=8, choices=Readiness)
    conditions = models.JSONField(default=list)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "name", "employee"], name="career_by_name"),
            models.Index(fields=["agency", "box", "name", "employee"], name="career_by_box"),
            models.Index(fields=["agency", "readiness", "name"], name="career_by_readiness"),
        ]


class Contention(models.Model):
    """Somebody who is considered for posts of a kind: stands in a box from which pools are drawn. `missing` counts the
    criteria that are not met or not known; `order` sorts who meets all, equal words share a place."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="career_contentions")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    target = models.CharField("jenis jabatan", max_length=16, choices=PostKind)
    missing = models.PositiveSmallIntegerField()
    order = models.CharField(max_length=24)
    conditions = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "target"], name="considered_once_for_a_kind")]
        indexes = [models.Index(fields=["agency", "target", "missing", "order"], name="career_in_order")]
