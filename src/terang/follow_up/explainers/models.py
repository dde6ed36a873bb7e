"""Who read which explainer, and where people under pressure find help."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee


class Reading(models.Model):
    """That somebody read one version of an explainer; `understood_on` is missing until every question was answered
    rightly. How often somebody tried is kept nowhere."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="explainers_read")
    code = models.CharField(max_length=20)
    text_version = models.PositiveSmallIntegerField("versi")
    read_on = models.DateField("dibaca")
    understood_on = models.DateField("dipahami", null=True, blank=True)

    class Meta:
        ordering = ["-read_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["employee", "code", "text_version"], name="one_reading_per_version")
        ]


class HelpKind(models.TextChoices):
    """What one turns to it for."""

    COUNSELLOR = "konselor", _("Konselor atau psikolog")
    HEALTH = "kesehatan", _("Layanan kesehatan")
    PERSONNEL = "kepegawaian", _("Kepegawaian")
    WHISTLE = "pelaporan", _("Pelaporan pelanggaran")
    OTHER = "lain", _("Lainnya")


class HelpContact(models.Model):
    """One place that helps, as the personnel agency tells it. `ended_on` is the first day on which it no longer holds;
    missing while it does."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="help_contacts")
    kind = models.CharField("untuk", max_length=12, choices=HelpKind)
    name = models.CharField("nama", max_length=120)
    reach = models.CharField("cara menghubungi", max_length=200)
    hours = models.CharField("jam", max_length=120, blank=True)
    told_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField("dicatat")
    ended_on = models.DateField("berakhir", null=True, blank=True)
    form_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["kind", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name", "reach"], condition=Q(ended_on=None), name="one_help_contact"
            )
        ]

    def __str__(self) -> str:
        return self.name
