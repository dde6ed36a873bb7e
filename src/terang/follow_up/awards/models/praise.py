"""A short thanks, in the moment."""

from django.db import models
from django.db.models import F, Q

from terang.evidence.work.models import Entry
from terang.planning.plans.models import PlanResult
from terang.registry.people.models import Employee


class Value(models.TextChoices):
    """The seven values by their official names, which are never translated (PermenPANRB 6/2022 Pasal 10)."""

    SERVICE = "BP", "Berorientasi Pelayanan"
    ACCOUNTABLE = "AK", "Akuntabel"
    COMPETENT = "KP", "Kompeten"
    HARMONIOUS = "HM", "Harmonis"
    LOYAL = "LY", "Loyal"
    ADAPTIVE = "AD", "Adaptif"
    COLLABORATIVE = "KL", "Kolaboratif"


class Praise(models.Model):
    """Thanks from one to another, bound to a value, a result of the plan, or an entry; never counted into anything.

    `taken_back_on` is the day on which the giver took it back; then nobody reads its text any more.
    """

    giver = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="praise_given")
    receiver = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="praise_received")
    text = models.CharField("ucapan", max_length=280)
    value = models.CharField("nilai BerAKHLAK", max_length=2, choices=Value, blank=True)
    result = models.ForeignKey(PlanResult, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField("tanggal")
    given_at = models.DateTimeField("diucapkan pada")
    taken_back_on = models.DateField("ditarik", null=True, blank=True)
    form_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-given_at", "-id"]
        indexes = [models.Index(fields=["receiver", "-day"]), models.Index(fields=["giver", "-day"])]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="nobody_praises_themselves"),
            models.CheckConstraint(
                condition=~Q(value="") | Q(result__isnull=False) | Q(entry__isnull=False),
                name="praise_is_bound_to_something",
            ),
        ]
