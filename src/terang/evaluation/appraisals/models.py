"""The official evaluation: when it is open, what the organisation achieved, how a person was rated, and what was said
against it. The predicate is derived by the quadrant and never typed (PermenPANRB 6/2022 Pasal 23–29)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evaluation.models import Period
from terang.planning.plans.models import PlanResult
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee

USUAL_LEAST_PEOPLE = 5
"""People from whom on the spread of predicates is looked at, where the opening says nothing else: no regulation
exempts small units, four people cannot show a pattern."""


class Rating(models.TextChoices):
    ABOVE = "above", _("Di atas ekspektasi")
    MEETS = "meets", _("Sesuai ekspektasi")
    BELOW = "below", _("Di bawah ekspektasi")


class Predicate(models.TextChoices):
    VERY_GOOD = "sangat_baik", _("Sangat Baik")
    GOOD = "baik", _("Baik")
    TO_IMPROVE = "butuh_perbaikan", _("Butuh Perbaikan")
    POOR = "kurang", _("Kurang (misconduct)")
    VERY_POOR = "sangat_kurang", _("Sangat Kurang")


class OrganisationWord(models.TextChoices):
    OUTSTANDING = "istimewa", _("Istimewa")
    GOOD = "baik", _("Baik")
    TO_IMPROVE = "butuh_perbaikan", _("Butuh Perbaikan")
    POOR = "kurang", _("Kurang")
    VERY_POOR = "sangat_kurang", _("Sangat Kurang")


class RatingWindow(models.Model):
    """The days in which a period is evaluated, both inclusive. After `closes_on` the appraiser's superior evaluates.

    The spread of predicates is looked at in groups of `least_people` and more. `computed_on` is the last day on which
    the worker was asked for scores of a period the policy does not compute daily.
    """

    period = models.OneToOneField(Period, on_delete=models.PROTECT, related_name="rating_window")
    opens_on = models.DateField("dibuka")
    closes_on = models.DateField("ditutup")
    basis = models.CharField("dasar", max_length=200)
    least_people = models.PositiveSmallIntegerField("pola dilihat mulai (orang)", default=USUAL_LEAST_PEOPLE)
    opened_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    computed_on = models.DateField("nilai diminta pada", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-period__starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="rating_window_closes_after")
        ]

    def get_absolute_url(self) -> str:
        return reverse("appraisals:window", args=[self.pk])


class UnitDays(models.Model):
    """Other days for a unit and what lies below it, with the reason and the document they rest on; of several the
    nearest above a person counts (`days`)."""

    window = models.ForeignKey(RatingWindow, on_delete=models.CASCADE, related_name="unit_days")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    opens_on = models.DateField("dibuka")
    closes_on = models.DateField("ditutup")
    reason = models.CharField("alasan", max_length=500)
    basis = models.CharField("dasar", max_length=200)
    set_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField("ditetapkan pada")
    form_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["unit__path"]
        constraints = [
            models.UniqueConstraint(fields=["window", "unit"], name="one_set_of_days_per_unit"),
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="unit_days_close_after"),
        ]


class WindowPattern(models.Model):
    """How a government opened its windows last, in working days: before the last day of a period and after it."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="window_pattern")
    opens_before = models.PositiveSmallIntegerField("dibuka sebelum akhir periode")
    closes_after = models.PositiveSmallIntegerField("ditutup sesudah akhir periode")
    year_opens_before = models.PositiveSmallIntegerField("dibuka sebelum akhir tahun")
    year_closes_after = models.PositiveSmallIntegerField("ditutup sesudah akhir tahun")


class OrganisationPredicate(models.Model):
    """What a unit achieved in the period, as the decree says (`basis`). First in the order of the regulation: nobody
    whose appraiser leads the unit is rated before (Pasal 24(1), 25(1); Lampiran IV p. 92–94)."""

    window = models.ForeignKey(RatingWindow, on_delete=models.CASCADE, related_name="organisations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    predicate = models.CharField("predikat organisasi", max_length=16, choices=OrganisationWord)
    basis = models.CharField("dasar", max_length=250)
    set_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField("ditetapkan pada")

    class Meta:
        ordering = ["unit__path"]
        constraints = [models.UniqueConstraint(fields=["window", "unit"], name="one_organisation_predicate_per_window")]


class SpreadReason(models.Model):
    """Why the predicates given in the unit do not follow the pattern of its own predicate. It explains; nothing is
    changed by it."""

    window = models.ForeignKey(RatingWindow, on_delete=models.CASCADE, related_name="spread_reasons")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    text = models.CharField("alasan", max_length=500)
    given_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField("ditulis pada")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["window", "unit"], name="one_spread_reason_per_window")]


class Reminder(models.Model):
    """That who leads a part of the government was asked to see to what is missing there: `missing` people were not
    decided, `waiting` were not handed over. Once a day at most."""

    window = models.ForeignKey(RatingWindow, on_delete=models.CASCADE, related_name="reminders")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    missing = models.PositiveIntegerField("belum dinilai")
    waiting = models.PositiveIntegerField("belum diserahkan")
    sent_on = models.DateField("diingatkan")
    sent_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-sent_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["window", "unit", "sent_on"], name="one_reminder_a_day")]


class AppraisalState(models.TextChoices):
    DRAFT = "draf", _("Sedang dinilai")
    DECIDED = "ditetapkan", _("Ditetapkan")
    HANDED = "diserahkan", _("Diserahkan")
    RECEIVED = "diterima", _("Diterima pegawai")
    OBJECTED = "keberatan", _("Dalam keberatan")
    FINAL = "selesai", _("Selesai")


class Alignment(models.TextChoices):
    """Whether the appraisal is compared with others before hand-over (`evaluation.calibration`)."""

    OPEN = "berjalan", _("Sedang diselaraskan")
    CLOSED = "selesai", _("Sudah diselaraskan")


class Appraisal(models.Model):
    """How one employee was rated for a period.

    `home` is the unit of the person's post, `unit` that of `organisation`: the one the appraiser leads. `suggested_*`
    are what evidence suggested when it was decided (missing where it was too thin), `frozen` the score behind it with
    its digest, policy and rule set.
    `predicate` is missing until it is decided. `unfinished_study` is the appraiser's choice in the one case outside the
    quadrant. `final_code` names why no objection is open (`clocks.toml`, final_results). `saved_by` is the form key of
    the page that saved last: a page never makes itself stale. `alignment` is missing where no session compared it.
    """

    window = models.ForeignKey(RatingWindow, on_delete=models.PROTECT, related_name="appraisals")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="appraisals")
    home = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post_title = models.CharField("jabatan", max_length=150, blank=True)
    rater = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="appraisals_given")
    instead = models.BooleanField("dinilai atasan pejabat penilai", default=False)
    state = models.CharField("status", max_length=10, choices=AppraisalState, default=AppraisalState.DRAFT)
    organisation = models.CharField("predikat organisasi", max_length=16, choices=OrganisationWord, blank=True)
    work_result = models.CharField("rating hasil kerja", max_length=5, choices=Rating, blank=True)
    behaviour = models.CharField("rating perilaku kerja", max_length=5, choices=Rating, blank=True)
    unfinished_study = models.CharField("tugas belajar tidak selesai", max_length=16, choices=Predicate, blank=True)
    reason = models.TextField("alasan", max_length=1000, blank=True)
    notes = models.TextField("catatan dan rekomendasi", max_length=2000, blank=True)
    suggested_work = models.CharField(max_length=5, choices=Rating, blank=True)
    suggested_behaviour = models.CharField(max_length=5, choices=Rating, blank=True)
    frozen = models.JSONField("bukti saat ditetapkan", default=dict, blank=True)
    predicate = models.CharField("predikat", max_length=16, choices=Predicate, blank=True)
    rule_set = models.CharField(max_length=60, blank=True)
    final_code = models.CharField(max_length=24, blank=True)
    decided_on = models.DateField("ditetapkan", null=True, blank=True)
    handed_on = models.DateField("diserahkan", null=True, blank=True)
    received_on = models.DateField("diterima", null=True, blank=True)
    finished_on = models.DateField("selesai", null=True, blank=True)
    alignment = models.CharField("penyelarasan", max_length=8, choices=Alignment, blank=True)
    saved_by = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["employee__name", "id"]
        indexes = [models.Index(fields=["window", "unit", "state"]), models.Index(fields=["employee", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["window", "employee"], name="one_appraisal_per_period"),
            models.CheckConstraint(
                condition=Q(state="draf") | ~Q(predicate=""), name="a_decided_appraisal_has_a_predicate"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("appraisals:result", args=[self.pk])

    @property
    def handed(self) -> "Appraisal | Adjustment":
        """The two ratings and the predicate that the employee is given: those after calibration, else the rater's own.
        Costs a query where the adjustment was not read along."""
        adjustment: Adjustment | None = getattr(self, "adjustment", None)
        return adjustment or self

    @property
    def counting(self) -> "Appraisal | Adjustment | Objection":
        """The two ratings and the predicate that count: of an objection that changed them, else as handed over. Costs
        a query for each of objection and adjustment that was not read along."""
        objection: Objection | None = getattr(self, "objection", None)
        return objection if objection is not None and objection.predicate else self.handed

    @property
    def standing(self) -> str:
        """The predicate that counts (`counting`)."""
        return self.counting.predicate

    @property
    def standing_label(self) -> str:
        """`standing` in the reader's words; a dash where nothing is decided yet."""
        return str(Predicate(self.standing).label) if self.standing else "–"


class ItemRating(models.Model):
    """How one result of the plan was rated. `title` is the result as it stood, `main` whether it is a main one."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.CASCADE, related_name="items")
    result = models.ForeignKey(PlanResult, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("nomor")
    title = models.CharField("hasil kerja", max_length=300)
    main = models.BooleanField("hasil kerja utama", default=True)
    rating = models.CharField("rating", max_length=5, choices=Rating)
    remark = models.CharField("catatan", max_length=500, blank=True)

    class Meta:
        ordering = ["number", "id"]
        constraints = [models.UniqueConstraint(fields=["appraisal", "result"], name="one_item_rating_per_result")]


class CarryAnswer(models.TextChoices):
    AGREED = "setuju", _("Disetujui")
    DECLINED = "tolak", _("Tidak disetujui")


class CarryOver(models.Model):
    """The rater's proposal to let the `earlier` result, of the unit the employee left, stand for this period (Lampiran
    IV.A.13.a p. 91). `answer` is the employee's; empty while it waits."""

    appraisal = models.OneToOneField(Appraisal, on_delete=models.CASCADE, related_name="carry_over")
    earlier = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField("diusulkan")
    answer = models.CharField("jawaban pegawai", max_length=8, choices=CarryAnswer, blank=True)
    answered_on = models.DateField("dijawab", null=True, blank=True)


class Adjustment(models.Model):
    """What a calibration made of a rating before it was handed over, and the two who decided it (ADR 0022).

    The appraisal keeps what its rater gave; this stands beside it. `rater_word` is what the rater held against it,
    `rater_silent` whether the rater was asked and did not answer; neither where the rater is one of the two.
    """

    appraisal = models.OneToOneField(Appraisal, on_delete=models.CASCADE, related_name="adjustment")
    work_result = models.CharField("rating hasil kerja", max_length=5, choices=Rating)
    behaviour = models.CharField("rating perilaku kerja", max_length=5, choices=Rating)
    predicate = models.CharField("predikat", max_length=16, choices=Predicate)
    reason = models.TextField("alasan", max_length=1000)
    proposed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    rater_word = models.TextField("keberatan penilai", max_length=1000, blank=True)
    rater_silent = models.BooleanField("penilai tidak menjawab", default=False)
    decided_on = models.DateField("ditetapkan")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(proposed_by=models.F("confirmed_by")), name="two_people_adjust"),
        ]


class Outcome(models.TextChoices):
    KEPT = "tetap", _("Hasil tetap")
    CHANGED = "berubah", _("Hasil diubah")


class Objection(models.Model):
    """What an employee holds against the result, and what the appraiser's superior decided (Pasal 29).

    `case` is the case file as it stood when the objection was filed: ratings, reasons, items, suggestion. The decision
    does not overwrite the appraisal: ratings and predicate of a changed result stand here, all missing otherwise.

    `decider` is the rater's own appraiser on the day of filing, whoever moves later.
    """

    appraisal = models.OneToOneField(Appraisal, on_delete=models.CASCADE, related_name="objection")
    text = models.TextField("keberatan", max_length=4000)
    filed_on = models.DateField("diajukan")
    last_day = models.DateField("hari terakhir mengajukan")
    decision_due = models.DateField("diputus paling lambat")
    case = models.JSONField("berkas saat diajukan", default=dict)
    decider = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, related_name="objections_to_decide", verbose_name="pemutus"
    )
    answer = models.TextField("penjelasan pejabat penilai", max_length=4000, blank=True)
    answered_at = models.DateTimeField("dijelaskan pada", null=True, blank=True)
    outcome = models.CharField("putusan", max_length=8, choices=Outcome, blank=True)
    work_result = models.CharField("rating hasil kerja", max_length=5, choices=Rating, blank=True)
    behaviour = models.CharField("rating perilaku kerja", max_length=5, choices=Rating, blank=True)
    predicate = models.CharField("predikat", max_length=16, choices=Predicate, blank=True)
    reason = models.TextField("pertimbangan", max_length=4000, blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField("diputus", null=True, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-filed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="berubah") | ~Q(predicate=""), name="a_changed_result_has_a_predicate"
            ),
        ]
