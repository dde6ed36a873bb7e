"""The allowance of a government: its rules in versions, what is given by hand, monthly runs, slips and disputes."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evaluation.appraisals.models import Appraisal
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee


class RuleState(models.TextChoices):
    PROPOSED = "diusulkan", _("Menunggu orang kedua")
    APPROVED = "berlaku", _("Disetujui")
    RETURNED = "dikembalikan", _("Dikembalikan")


class RuleVersion(models.Model):
    """One version of a government's rule as its TOML text. Never edited; it counts once a second person approved it.

    `number` stands inside the text too. `decided_by` approved it or sent it back, with `reason`; missing, with
    `proposed_by`, where the program itself put it in.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="allowance_rules")
    number = models.PositiveIntegerField("versi")
    title = models.CharField("judul", max_length=150)
    valid_from = models.DateField("berlaku sejak")
    text = models.TextField("isi (TOML)")
    digest = models.CharField(max_length=64)
    state = models.CharField("keadaan", max_length=12, choices=RuleState, default=RuleState.PROPOSED)
    proposed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField("diusulkan pada")
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("diputus pada", null=True, blank=True)
    reason = models.CharField("alasan", max_length=500, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["agency", "number"], name="one_allowance_rule_per_number")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("allowance:rule", args=[self.pk])


class GivenFact(models.Model):
    """A fact of a person that no room of evidence holds (salary, tax status, a sanction), from a day on.

    `code` of a fact that the rule declares, `value` as a file says it, `ends_on` exclusive. One of a single month
    spans that month. Never edited: a newer one counts (of sanctions all), and one that was wrong is withdrawn with a
    reason.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="allowance_facts")
    code = models.CharField("fakta", max_length=40)
    value = models.CharField("isi", max_length=60)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir (tidak termasuk)", null=True, blank=True)
    document = models.CharField("dasar", max_length=150)
    given_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField("dicatat pada")
    withdrawn_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField("dicabut pada", null=True, blank=True)
    withdrawn_because = models.CharField("alasan pencabutan", max_length=500, blank=True)
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["employee", "code", "starts_on"])]


class RunState(models.TextChoices):
    COMPUTING = "dihitung", _("Sedang dihitung")
    OPEN = "terbuka", _("Slip terbuka untuk sanggahan")
    APPROVED = "disetujui", _("Disetujui untuk dibayar")
    FAILED = "gagal", _("Gagal dihitung")


class Run(models.Model):
    """One month of one government under one rule. `month` is its first day.

    `digest` covers every slip that counts; it changes where a dispute is upheld or the run is computed again, and never
    once it is approved. `started_by` is missing where the worker began it. `asked_at`: when the worker was last asked
    to compute; `error` says in plain words why it could not, empty otherwise.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="allowance_runs")
    month = models.DateField("bulan")
    rule = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="runs")
    state = models.CharField("keadaan", max_length=12, choices=RunState, default=RunState.COMPUTING)
    digest = models.CharField(max_length=64, blank=True)
    started_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField("dimulai")
    asked_at = models.DateTimeField("diminta pada", null=True, blank=True)
    computed_at = models.DateTimeField("dihitung pada", null=True, blank=True)
    error = models.CharField("galat", max_length=500, blank=True)
    approved_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField("disetujui pada", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-month"]
        constraints = [models.UniqueConstraint(fields=["agency", "month"], name="one_allowance_run_per_month")]

    def get_absolute_url(self) -> str:
        return reverse("allowance:run", args=[self.pk])


class Slip(models.Model):
    """The ledger of one person in a run, frozen with its facts. An upheld dispute makes the next `number`.

    Without a ledger (`problem` says what is missing) nothing can be paid. `corrected` are facts set by a decision;
    `sources` lead from a fact to the page of its record, `givers` are the ids of who gave the facts given by hand.
    A postponed one is left out of its month and paid as arrears once it can be computed.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="slips")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="allowance_slips")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post_title = models.CharField("jabatan", max_length=150)
    number = models.PositiveSmallIntegerField("hitungan", default=1)
    is_current = models.BooleanField("berlaku", default=True)
    facts = models.JSONField(default=dict)
    corrected = models.JSONField(default=dict)
    givers = models.JSONField(default=list)
    sources = models.JSONField(default=dict)
    ledger = models.JSONField(null=True)
    gross_idr = models.BigIntegerField("bruto", null=True)
    net_idr = models.BigIntegerField("bersih", null=True)
    problem = models.CharField("masalah", max_length=500, blank=True)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField("dibuat pada")
    postponed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    postponed_at = models.DateTimeField("ditunda pada", null=True, blank=True)
    postponed_because = models.CharField("alasan penundaan", max_length=500, blank=True)

    class Meta:
        ordering = ["-run__month", "-number"]
        indexes = [models.Index(fields=["employee", "is_current"]), models.Index(fields=["run", "is_current", "unit"])]
        constraints = [
            models.UniqueConstraint(fields=["run", "employee", "number"], name="one_slip_per_number"),
            models.UniqueConstraint(
                fields=["run", "employee"], condition=models.Q(is_current=True), name="one_current_slip"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("allowance:slip", args=[self.pk])


class DisputeState(models.TextChoices):
    OPEN = "menunggu", _("Menunggu putusan")
    UPHELD = "diterima", _("Diterima")
    REFUSED = "ditolak", _("Ditolak")


class Dispute(models.Model):
    """What a person holds against a row of the slip before it is paid. `row` is its number, 0 the whole slip.

    `outcome` is the slip that followed where it was upheld, `changes` the facts that the decision changed and those
    that it knowingly left, as `differences.Difference`. One open dispute for a slip.
    """

    slip = models.ForeignKey(Slip, on_delete=models.CASCADE, related_name="disputes")
    row = models.PositiveSmallIntegerField("baris", default=0)
    label = models.CharField("langkah", max_length=200, blank=True)
    text = models.TextField("sanggahan", max_length=1000)
    state = models.CharField("keadaan", max_length=12, choices=DisputeState, default=DisputeState.OPEN)
    raised_at = models.DateTimeField("diajukan pada")
    reason = models.TextField("alasan putusan", max_length=1000, blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("diputus pada", null=True, blank=True)
    outcome = models.ForeignKey(Slip, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changes = models.JSONField("perubahan", default=list)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slip"], condition=models.Q(state="menunggu"), name="one_open_dispute")
        ]

    def get_absolute_url(self) -> str:
        return reverse("allowance:dispute", args=[self.pk])


class ArrearsState(models.TextChoices):
    PROPOSED = "usulan", _("Usulan, menunggu keputusan")
    DUE = "menunggu", _("Dibawa ke bulan berikutnya")
    DROPPED = "tidak_dituntut", _("Tidak ditagih")


class Arrears(models.Model):
    """What an approved slip would have paid more (or less) with the predicate as an objection or calibration left it;
    or, without `appraisal`, the whole of a slip that was postponed.

    `before` and `after` are predicates, `gross_idr` the difference before insurance and tax, `ledger` the month worked
    out again. What is owed to the employee is due at once; what was paid too much is only proposed, and a person
    decides. `run` is the month that carries it, missing until one does.
    """

    slip = models.ForeignKey(Slip, on_delete=models.PROTECT, related_name="arrears")
    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    before = models.CharField("predikat dipakai", max_length=16, blank=True)
    after = models.CharField("predikat sekarang", max_length=16, blank=True)
    gross_idr = models.BigIntegerField("selisih bruto")
    ledger = models.JSONField()
    state = models.CharField("keadaan", max_length=16, choices=ArrearsState)
    found_at = models.DateTimeField("ditemukan pada")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, blank=True, related_name="arrears")
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("diputus pada", null=True, blank=True)
    reason = models.CharField("alasan", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-found_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["slip", "after"], name="one_arrears_per_change")]

    def get_absolute_url(self) -> str:
        return reverse("allowance:arrears", args=[self.pk])


class TrialState(models.TextChoices):
    WAITING = "menunggu", _("Menunggu giliran")
    RUNNING = "dihitung", _("Sedang dihitung")
    READY = "selesai", _("Selesai")
    FAILED = "gagal", _("Gagal")


class Trial(models.Model):
    """A version of the rule tried on months that were approved: what they would have paid. Nobody's pay changes.

    `done` of `total` slips are worked out. `beaten_at`: when the worker was last heard of.
    """

    rule = models.ForeignKey(RuleVersion, on_delete=models.PROTECT, related_name="trials")
    first_month = models.DateField("bulan pertama")
    last_month = models.DateField("bulan terakhir")
    state = models.CharField("keadaan", max_length=10, choices=TrialState, default=TrialState.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    error = models.CharField("galat", max_length=500, blank=True)
    started_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField("dimulai")
    beaten_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-pk"]

    def get_absolute_url(self) -> str:
        return reverse("allowance:trial", args=[self.pk])


class TriedPay(models.Model):
    """One person in a trial: gross rupiah of all months before and after, of those months that could be worked out.

    `unit` is that of the newest month, `is_remote` whether it lies in a zone without signal. `months` were worked out;
    `problem` says why others could not.
    """

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="people")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    is_remote = models.BooleanField("wilayah tanpa sinyal", default=False)
    months = models.PositiveSmallIntegerField("bulan")
    before_idr = models.BigIntegerField("sebelum")
    after_idr = models.BigIntegerField("sesudah")
    change_idr = models.BigIntegerField("selisih")
    problem = models.CharField("masalah", max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trial", "employee"], name="one_row_per_person_tried")]
        indexes = [models.Index(fields=["trial", "change_idr"]), models.Index(fields=["trial", "unit"])]
