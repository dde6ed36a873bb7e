"""What was awarded to whom."""

from django.db import models

from terang.follow_up.allowance.models import GivenFact
from terang.follow_up.awards.models.calls import Call
from terang.registry.people.models import Employee


class Award(models.Model):
    """An award of one person, with the number on its certificate. `bonus` is the fact that the allowance reads, given
    by a second person; missing where none is paid, or not yet."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="awards")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="awards")
    number = models.CharField("nomor", max_length=40, unique=True)
    awarded_on = models.DateField("diberikan")
    bonus = models.OneToOneField(GivenFact, on_delete=models.PROTECT, null=True, blank=True, related_name="award")

    class Meta:
        ordering = ["-awarded_on", "id"]
        constraints = [models.UniqueConstraint(fields=["call", "employee"], name="one_award_per_person_and_call")]
        indexes = [models.Index(fields=["employee", "-awarded_on"])]
