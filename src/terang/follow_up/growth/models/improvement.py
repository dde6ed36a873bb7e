"""The chance to improve after a poor yearly predicate (PP 30/2019 Pasal 56–58) as a case: plan, monthly checks, end
evaluation, and the steps that a person may decide afterwards."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.follow_up.growth.models.due import DueAction
from terang.registry.people.models import Employee


class CaseState(models.TextChoices):
    PLANNED = "disusun", _("Rencana disusun")
    PROPOSED = "diusulkan", _("Menunggu persetujuan pegawai")
    RUNNING = "berjalan", _("Masa perbaikan berjalan")
    EVALUATED = "dinilai", _("Menunggu tanggapan pegawai")
    RECOVERED = "pulih", _("Pulih dan ditutup")
    FURTHER = "lanjut", _("Langkah berikutnya disiapkan")
    DECIDED = "diputus", _("Diputus pejabat yang berwenang")


CASE_CLOSED = (CaseState.RECOVERED, CaseState.DECIDED)


class ImprovementCase(models.Model):
    """One chance to improve, of an employee and the appraiser.

    `target` and `support` are the plan, `view` the employee's own word. `proposed_at` and `agreed_at` are both keys of
    the plan; where the employee stayed silent beyond the term, `agreed_at` is missing and the case runs none the less.
    `starts_on` and `ends_on` (its last day) are missing before it runs. `recovered` is the end evaluation, missing
    before it; `finding` its reason, `answer` the employee's word on it, both keys `evaluated_at` and `answered_at`.
    `act_by` is the last day of whoever acts now, missing while the months run and once the case is closed. `reason`
    is why it was last given back or extended.
    """

    due = models.OneToOneField(DueAction, on_delete=models.CASCADE, related_name="improvement")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="improvement_cases")
    leader = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="improvement_cases_led"
    )
    year = models.PositiveSmallIntegerField("tahun predikat")
    predicate = models.CharField("predikat", max_length=20)
    holder = models.CharField(max_length=8)
    state = models.CharField("status", max_length=10, choices=CaseState, default=CaseState.PLANNED)
    target = models.TextField("yang harus dicapai", max_length=2000, blank=True)
    support = models.TextField("yang ditawarkan", max_length=2000, blank=True)
    view = models.TextField("pandangan pegawai", max_length=2000, blank=True)
    opened_on = models.DateField("dibuka")
    proposed_at = models.DateTimeField("diusulkan pimpinan", null=True, blank=True)
    agreed_at = models.DateTimeField("disetujui pegawai", null=True, blank=True)
    starts_on = models.DateField("mulai", null=True, blank=True)
    ends_on = models.DateField("hari terakhir", null=True, blank=True)
    recovered = models.BooleanField("membaik", null=True)
    finding = models.TextField("penilaian akhir", max_length=2000, blank=True)
    evaluated_at = models.DateTimeField("dinilai pimpinan", null=True, blank=True)
    answer = models.TextField("tanggapan pegawai", max_length=2000, blank=True)
    answered_at = models.DateTimeField("ditanggapi pegawai", null=True, blank=True)
    closed_on = models.DateField("ditutup", null=True, blank=True)
    act_by = models.DateField("paling lambat", null=True, blank=True)
    reason = models.TextField("alasan", max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-opened_on", "-id"]
        indexes = [models.Index(fields=["state", "act_by"]), models.Index(fields=["leader", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["pulih", "lanjut", "diputus"]) | ~Q(finding=""),
                name="an_improvement_case_ends_with_a_finding",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("growth:improvement", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state not in CASE_CLOSED


class ImprovementCheck(models.Model):
    """One joint check, planned on `day`. `notes` how it goes, `offered` what help was given since the last; `word` is
    the employee's own. Both keys; `held_on` is the day on which the leader wrote it, missing before."""

    case = models.ForeignKey(ImprovementCase, on_delete=models.CASCADE, related_name="checks")
    day = models.DateField("hari")
    held_on = models.DateField("ditulis", null=True, blank=True)
    notes = models.TextField("keadaannya", max_length=2000, blank=True)
    offered = models.TextField("yang diberikan", max_length=1000, blank=True)
    word = models.TextField("pandangan pegawai", max_length=1000, blank=True)
    leader_at = models.DateTimeField("dinyatakan pimpinan", null=True, blank=True)
    employee_at = models.DateTimeField("dinyatakan pegawai", null=True, blank=True)

    class Meta:
        ordering = ["day", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "day"], name="one_improvement_check_per_day")]


class ImprovementStep(models.Model):
    """A later step: prepared by the personnel agency, decided by a person with a document. `carried` tells whether the
    step was carried out (missing while nobody has decided); `decided_by` is who entered the decision, never who
    prepared it; `document` names the letter of the official who decided."""

    case = models.ForeignKey(ImprovementCase, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=24)
    label = models.CharField("langkah", max_length=200)
    article = models.CharField(max_length=60)
    decides = models.CharField("pejabat yang memutus", max_length=120)
    prepared_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    prepared_on = models.DateField("disiapkan")
    grounds = models.TextField("pertimbangan", max_length=2000)
    carried = models.BooleanField("dijalankan", null=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField("diputus", null=True, blank=True)
    document = models.CharField("dokumen keputusan", max_length=200, blank=True)
    outcome = models.TextField("isi keputusan", max_length=2000, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(carried__isnull=True), name="one_improvement_step_waits_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(carried__isnull=True)
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("prepared_by")) & ~Q(document=""),
                name="an_improvement_step_is_decided_by_another_with_a_document",
            ),
        ]
