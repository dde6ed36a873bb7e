"""The corrective action: why somebody fell below the standard, what helps, and whether it helped, measured again."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evaluation.models import Period
from terang.follow_up.growth.models.due import DueAction
from terang.registry.people.models import Employee


class Cause(models.TextChoices):
    """Why; one word that both can agree on. Read by the two people alone."""

    SKILL = "keterampilan", _("Keterampilan belum cukup")
    RESOURCES = "sumber_daya", _("Alat, data, atau anggaran kurang")
    LOAD = "beban", _("Beban kerja terlalu besar")
    HEALTH = "kesehatan", _("Kesehatan atau keadaan pribadi")
    BEHAVIOUR = "perilaku", _("Perilaku kerja")
    EXPECTATION = "ekspektasi", _("Target atau ekspektasi keliru")


class ActionState(models.TextChoices):
    PLANNED = "disusun", _("Rencana disusun")
    PROPOSED = "diusulkan", _("Menunggu persetujuan pegawai")
    RUNNING = "berjalan", _("Langkah berjalan")
    CONCLUDED = "disimpulkan", _("Menunggu pernyataan pegawai")
    CLOSED = "pulih", _("Pulih dan ditutup")
    DROPPED = "ditiadakan", _("Ditiadakan dengan alasan")


FINISHED = (ActionState.CLOSED, ActionState.DROPPED)


class CorrectiveAction(models.Model):
    """One action of a leader and an employee. Both keys: `proposed_at` and `agreed_at` for the plan, `concluded_at` and
    `confirmed_at` for the end.

    `aspect` and `measure` are the one indicator that is measured before and after. `cause`, `cause_note` and `support`
    are empty until the leader writes them. `view` is the employee's own word. `round` counts how often it was agreed:
    0 before the first, one more with each extension. `reason` is why it was last given back, extended or concluded.
    `cause_told_to` and `reason_told_to` are the leaders these words were written by or to: a later leader reads them
    only once the employee tells them.
    """

    due = models.OneToOneField(DueAction, on_delete=models.CASCADE, related_name="corrective")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="corrective_actions")
    leader = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="corrective_actions_led"
    )
    state = models.CharField("status", max_length=12, choices=ActionState, default=ActionState.PLANNED)
    aspect = models.CharField(max_length=40)
    measure = models.CharField("indikator", max_length=40)
    standard_bp = models.IntegerField("standar")
    cause = models.CharField("sebab", max_length=14, choices=Cause, blank=True)
    cause_note = models.TextField("penjelasan sebab", max_length=1000, blank=True)
    cause_told_to = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    support = models.TextField("dukungan pimpinan", max_length=1000, blank=True)
    view = models.TextField("pandangan pegawai", max_length=2000, blank=True)
    opened_on = models.DateField("dibuka")
    remeasure_on = models.DateField("diukur ulang")
    round = models.PositiveSmallIntegerField("putaran", default=0)
    proposed_at = models.DateTimeField("diusulkan pimpinan", null=True, blank=True)
    agreed_at = models.DateTimeField("disetujui pegawai", null=True, blank=True)
    concluded_at = models.DateTimeField("disimpulkan pimpinan", null=True, blank=True)
    confirmed_at = models.DateTimeField("dinyatakan pegawai", null=True, blank=True)
    reason = models.TextField("alasan", max_length=1000, blank=True)
    reason_told_to = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-opened_on", "-id"]
        indexes = [models.Index(fields=["state", "remeasure_on"]), models.Index(fields=["leader", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["employee"],
                condition=~Q(state__in=["pulih", "ditiadakan"]),
                name="one_corrective_action_at_a_time",
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("growth:action", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state not in FINISHED

    @property
    def may_be_written(self) -> bool:
        """Whether the plan may still be changed."""
        return self.state == ActionState.PLANNED


class ActionStep(models.Model):
    """What one of both does by a day; `done_on` is missing until its owner says so."""

    action = models.ForeignKey(CorrectiveAction, on_delete=models.CASCADE, related_name="steps")
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    text = models.CharField("langkah", max_length=300)
    due_on = models.DateField("tenggat")
    done_on = models.DateField("selesai", null=True, blank=True)
    outcome = models.CharField("hasilnya", max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "id"]


class Measurement(models.Model):
    """The total and the one indicator on a day, in basis points: round 0 when it was opened, then once a round. What
    had no evidence on that day is missing, never zero."""

    action = models.ForeignKey(CorrectiveAction, on_delete=models.CASCADE, related_name="measurements")
    round = models.PositiveSmallIntegerField("putaran")
    day = models.DateField("hari")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    total_bp = models.IntegerField("nilai", null=True)
    value_bp = models.IntegerField("indikator", null=True)

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["action", "round"], name="one_measurement_per_round")]
