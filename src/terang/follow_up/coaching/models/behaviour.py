"""Who may counsel, and the report of a problem of behaviour that may lead to counselling (Format B.1.10)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evidence.dialogue.models import Feedback
from terang.registry.people.models import Employee


class CounsellorKind(models.TextChoices):
    INDEPENDENT = "independen", _("Konselor independen yang ditunjuk")
    TRAINED = "terlatih", _("Pejabat penilai yang terlatih konseling")
    FUNCTION = "fungsi", _("Pejabat dengan fungsi konseling")


class Counsellor(models.Model):
    """Somebody who may counsel, by a document, from `starts_on` to before `ends_on` (missing: until further notice)."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("sebagai", max_length=10, choices=CounsellorKind)
    basis = models.CharField("dasar", max_length=200)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir (tidak termasuk)", null=True, blank=True)
    given_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["employee__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee"], condition=Q(ends_on__isnull=True), name="one_running_entry_per_counsellor"
            )
        ]


class ReportState(models.TextChoices):
    SENT = "terkirim", _("Menunggu jawaban kepegawaian")
    COUNSELLOR = "konselor", _("Konselor ditunjuk")
    DISMISSED = "tanpa_konseling", _("Tanpa konseling")


class BehaviourReport(models.Model):
    """An appraiser's report to the personnel agency, after a talk that changed nothing. `proofs` are the feedback given
    before; without any there is no report. `reply` is the employee's own word. Whether the counselling ever takes place
    is recorded nowhere beside its two people (`Counselling`)."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="behaviour_reports")
    reporter = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    talked_on = models.DateField("dibicarakan dengan pegawai")
    expectation = models.TextField("ekspektasi khusus", max_length=1000, blank=True)
    problem = models.TextField("permasalahan", max_length=2000)
    others_too = models.BooleanField("juga terjadi pada pegawai lain", default=False)
    tried = models.TextField("yang sudah dilakukan", max_length=2000)
    proofs = models.ManyToManyField(Feedback, related_name="+")
    state = models.CharField("status", max_length=16, choices=ReportState, default=ReportState.SENT)
    reported_on = models.DateField("dilaporkan")
    reply = models.TextField("tanggapan pegawai", max_length=2000, blank=True)
    counsellor = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField("jawaban", max_length=1000, blank=True)
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField("dijawab", null=True, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-reported_on", "-id"]
        indexes = [models.Index(fields=["employee", "state"])]
        constraints = [
            models.CheckConstraint(condition=~Q(reporter=F("employee")), name="nobody_reports_themselves"),
            models.CheckConstraint(
                condition=Q(state="terkirim") | Q(answered_by__isnull=False),
                name="a_behaviour_report_is_answered_by_one",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("coaching:report", args=[self.pk])
