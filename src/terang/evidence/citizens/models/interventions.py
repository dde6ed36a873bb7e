"""Marks on the time axis of services: what was changed, and when."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from terang.evidence.citizens.models.catalogue import Service
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee


class Intervention(models.Model):
    """Something done to serve better, from `day` on: of one service, or (where it is missing) of all services of `unit`
    and of the units below it. A withdrawn mark is kept with its reason, and counts nowhere.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="interventions")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="interventions")
    day = models.DateField("mulai")
    title = models.CharField("perubahan", max_length=80)
    detail = models.CharField("keterangan", max_length=600, blank=True)
    entered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("ditandai pada")
    withdrawn_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField("dicabut pada", null=True, blank=True)
    withdraw_reason = models.CharField("alasan", max_length=250, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["unit", "day"], name="interventions_by_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdraw_reason=""),
                name="intervention_withdrawn_with_reason",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("citizens:intervention_correct", args=[self.pk])

    @property
    def withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    def concerns(self, service: Service, on: date) -> bool:
        """Whether it was done to this service (its unit loaded) by a day."""
        own = self.service_id == service.pk if self.service_id else service.unit.path.startswith(self.unit.path)
        return own and self.day <= on
