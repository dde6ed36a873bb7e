"""Decisions on objections, told without names so that everybody learns from them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evaluation.appraisals.models import Objection, Outcome, Predicate
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee


class Topic(models.TextChoices):
    """What an objection was about."""

    EVIDENCE = "bukti", _("Bukti tidak lengkap atau keliru")
    ATTENDANCE = "kehadiran", _("Kehadiran dan cuti")
    RESULTS = "hasil_kerja", _("Hasil kerja")
    BEHAVIOUR = "perilaku", _("Perilaku kerja")
    PROCEDURE = "prosedur", _("Tata cara penilaian")
    OTHER = "lain", _("Lainnya")


class Precedent(models.Model):
    """One decided objection in words of the personnel agency: what was asked, what was decided, and why.

    `before` and `after` are the predicates, the same where the result was kept; `year` that of the period. The
    objection stays behind it for the personnel agency alone. `withdrawn_on` is missing while everybody may read it.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="precedents")
    objection = models.OneToOneField(Objection, on_delete=models.CASCADE, related_name="precedent")
    topic = models.CharField("perihal", max_length=12, choices=Topic)
    question = models.CharField("yang dipersoalkan", max_length=300)
    answer = models.TextField("putusan dan alasannya", max_length=2000)
    outcome = models.CharField("putusan", max_length=8, choices=Outcome)
    before = models.CharField("predikat semula", max_length=16, choices=Predicate)
    after = models.CharField("predikat sesudahnya", max_length=16, choices=Predicate)
    year = models.PositiveSmallIntegerField("tahun")
    published_on = models.DateField("diterbitkan")
    published_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField("ditarik", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-published_on", "-id"]
        indexes = [models.Index(fields=["agency", "withdrawn_on", "-published_on"])]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("precedents:one", args=[self.pk])
