"""A person's development plan: what is to be learned in a year, proposed by one and agreed by the other."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.follow_up.training.models.catalogue import Course
from terang.registry.people.models import Employee


class PlanState(models.TextChoices):
    PROPOSED = "diusulkan", _("Menunggu jawaban")
    AGREED = "disetujui", _("Disetujui")
    DECLINED = "ditolak", _("Tidak disetujui")
    WITHDRAWN = "ditarik", _("Ditarik")
    DONE = "terlaksana", _("Terlaksana")


class PlanItem(models.Model):
    """One course that a person means to take until `due_on`.

    Two keys: who proposed and who answered are the person and their appraiser, never the same. `need` is the weak place
    that was its reason, frozen as it was (`needs.frozen`): empty where there was none. `word` is what the other said.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="training_plan")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="plan_items")
    due_on = models.DateField("selambatnya")
    reason = models.TextField("alasan", max_length=500)
    need = models.JSONField("dasar", default=dict, blank=True)
    state = models.CharField("status", max_length=10, choices=PlanState, default=PlanState.PROPOSED)
    proposed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField("diusulkan")
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField("dijawab", null=True, blank=True)
    word = models.CharField("tanggapan", max_length=500, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-proposed_on", "-id"]
        indexes = [models.Index(fields=["employee", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "course"],
                condition=Q(state__in=["diusulkan", "disetujui"]),
                name="one_open_plan_item_per_course",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["disetujui", "ditolak", "terlaksana"])
                | Q(answered_by__isnull=False) & ~Q(answered_by=F("proposed_by")),
                name="two_keys_for_a_plan_item",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("training:item", args=[self.pk])

    @property
    def from_appraiser(self) -> bool:
        """Whether it was the appraiser who proposed it; then the person holds the second key."""
        return self.proposed_by_id != self.employee_id
