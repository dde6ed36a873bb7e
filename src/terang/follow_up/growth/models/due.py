"""What is due: opened by a rule with its reason and its evidence, given to a person, dated, never a punishment."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evaluation.models import Period, PolicyVersion
from terang.registry.people.models import Employee


class Kind(models.TextChoices):
    """What is to be done. The first four help with a score, the next follows a yearly predicate, the last two are for
    the personnel agency to weigh."""

    CORRECTIVE = "corrective", _("Tindakan perbaikan")
    TALK = "talk", _("Pembicaraan")
    COACHING = "coaching", _("Pendampingan")
    TRAINING = "training", _("Pelatihan")
    IMPROVEMENT = "improvement", _("Kesempatan memperbaiki")
    CONCLUDE = "conclude", _("Menyimpulkan tindakan perbaikan")
    SUCCESSION = "succession_pool", _("Kelompok rencana suksesi")
    DEVELOPMENT = "development_priority", _("Prioritas pengembangan kompetensi")


class DueState(models.TextChoices):
    OPEN = "terbuka", _("Menunggu ditindaklanjuti")
    DONE = "selesai", _("Sudah ditindaklanjuti")
    DROPPED = "ditiadakan", _("Ditiadakan dengan alasan")


class DueAction(models.Model):
    """One thing due for an employee.

    `cause` names what made it due; the same cause is never opened twice. `reason` is the stored sentence of the rule,
    `links` what it rests on (text and address). `rule` is the rule set of the score or of the regulation. `assigned_to`
    is missing where the personnel agency acts. `due_on` is the last working day to act, `escalate_on` the day from
    which the superior of whoever should act is told (`escalated_to`); `reminded_on` and `escalated_on` are missing
    until that happened. `settled_by` is missing where it settled by itself because its case went on.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="due_actions")
    kind = models.CharField("jenis", max_length=24, choices=Kind)
    cause = models.CharField(max_length=120)
    subject = models.CharField(max_length=90, blank=True)
    reason = models.JSONField("alasan")
    links = models.JSONField("bukti", default=list)
    period = models.ForeignKey(Period, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rule = models.CharField(max_length=60, blank=True)
    assigned_to = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="due_actions_to_take"
    )
    state = models.CharField("status", max_length=10, choices=DueState, default=DueState.OPEN)
    opened_on = models.DateField("dibuka")
    due_on = models.DateField("ditindaklanjuti paling lambat")
    escalate_on = models.DateField("diberitahukan ke atasan mulai")
    reminded_on = models.DateField("diingatkan", null=True, blank=True)
    escalated_on = models.DateField("diberitahukan ke atasan", null=True, blank=True)
    escalated_to = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.TextField("yang dilakukan", max_length=1000, blank=True)
    settled_on = models.DateField("diselesaikan", null=True, blank=True)
    settled_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["assigned_to", "state"]),
            models.Index(fields=["employee", "state"]),
            models.Index(fields=["state", "due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["employee", "cause"], name="one_due_action_per_cause"),
            models.CheckConstraint(condition=Q(state="terbuka") | Q(settled_on__isnull=False), name="settled_on_a_day"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("growth:due", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == DueState.OPEN
