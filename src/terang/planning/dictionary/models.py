"""The dictionary of indicators: how the work of a family of posts is measured, agreed once per government."""

from django.db import models

from terang.planning.measuring import Aspect, Direction, Gathering, Perspective
from terang.registry.organization.models import Agency


class DictionaryEntry(models.Model):
    """An indicator that plans can take over. `family` names the posts it is for (empty: all).

    `measure` is the code of a measure of Terang that gives its live value (empty: values come from daily entries).
    `guard` is the code of the entry or measure that must be shown beside it, so that the number is not chased alone.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="dictionary_entries")
    code = models.CharField("kode", max_length=40)
    family = models.CharField("rumpun jabatan", max_length=40, blank=True)
    result = models.CharField("contoh hasil kerja", max_length=300)
    text = models.CharField("indikator", max_length=250)
    aspect = models.CharField("aspek", max_length=10, choices=Aspect, default=Aspect.QUANTITY)
    perspective = models.CharField("perspektif", max_length=20, choices=Perspective, blank=True)
    direction = models.CharField("arah", max_length=8, choices=Direction, default=Direction.HIGHER)
    gathering = models.CharField("pengumpulan", max_length=8, choices=Gathering, default=Gathering.SUM)
    unit_label = models.CharField("satuan", max_length=40)
    target_milli = models.BigIntegerField("target lazim", null=True, blank=True)
    target_max_milli = models.BigIntegerField("batas atas lazim", null=True, blank=True)
    definition = models.TextField("definisi")
    formula = models.CharField("rumus", max_length=300, blank=True)
    source = models.CharField("sumber data", max_length=200, blank=True)
    measure = models.CharField("ukuran Terang", max_length=40, blank=True)
    guard = models.CharField("penjaga", max_length=40, blank=True)
    example = models.CharField("contoh target", max_length=250, blank=True)
    retired_on = models.DateField("tidak dipakai sejak", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["family", "code"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="entry_code_once_per_agency")]

    def __str__(self) -> str:
        return self.text
