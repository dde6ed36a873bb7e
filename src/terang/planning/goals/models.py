"""What the government wants to reach: goals as a tree, their indicators with yearly targets, and the yearly promise."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.planning.measuring import Direction, Perspective
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee, Post


class GoalKind(models.TextChoices):
    """Levels of the outcome tree, from the RPJMD down to a programme."""

    OBJECTIVE = "tujuan", _("Tujuan RPJMD")
    TARGET = "sasaran", _("Sasaran RPJMD")
    UNIT_TARGET = "sasaran_renstra", _("Sasaran Renstra")
    PROGRAMME = "program", _("Program")


class Goal(models.Model):
    """A goal or programme of an agency. `unit` carries it; `parent` is the goal it serves (none for the top).

    `year_start` and `year_end` are both inclusive.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="goals")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="goals")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField("tingkat", max_length=16, choices=GoalKind)
    code = models.CharField("kode", max_length=30)
    text = models.CharField("sasaran", max_length=300)
    source = models.CharField("dokumen", max_length=120, blank=True)
    year_start = models.PositiveSmallIntegerField("tahun awal")
    year_end = models.PositiveSmallIntegerField("tahun akhir")
    retired_on = models.DateField("tidak dipakai sejak", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="goal_code_once_per_agency"),
            models.CheckConstraint(
                condition=models.Q(year_end__gte=models.F("year_start")), name="goal_ends_not_before_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class KeyIndicator(models.Model):
    """How a goal is measured (IKU). `outcome` marks what changes for the community.

    `measure` is the code of a measure of Terang whose value is read live; where empty, values are reported by hand.
    `responsible` is the post whose holder answers for it, on any day.
    """

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="indicators")
    number = models.PositiveSmallIntegerField("nomor")
    text = models.CharField("indikator", max_length=250)
    outcome = models.BooleanField("keadaan masyarakat", default=False)
    direction = models.CharField("arah", max_length=8, choices=Direction, default=Direction.HIGHER)
    perspective = models.CharField("perspektif", max_length=20, choices=Perspective, blank=True)
    unit_label = models.CharField("satuan", max_length=40)
    formula = models.CharField("rumus", max_length=300, blank=True)
    baseline_milli = models.BigIntegerField("keadaan awal", null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField("tahun keadaan awal", null=True, blank=True)
    measure = models.CharField("ukuran Terang", max_length=40, blank=True)
    source = models.CharField("sumber data", max_length=200, blank=True)
    responsible = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    retired_on = models.DateField("tidak dipakai sejak", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["goal__code", "number"]
        constraints = [models.UniqueConstraint(fields=["goal", "number"], name="indicator_number_once_per_goal")]

    def __str__(self) -> str:
        return self.text


class YearTarget(models.Model):
    """What an indicator should reach in a year; the quarters are the trajectory, each the value expected at its end."""

    indicator = models.ForeignKey(KeyIndicator, on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField("tahun", validators=[MinValueValidator(2000)])
    target_milli = models.BigIntegerField("target")
    target_max_milli = models.BigIntegerField("batas atas", null=True, blank=True)
    quarter1_milli = models.BigIntegerField("triwulan I", null=True, blank=True)
    quarter2_milli = models.BigIntegerField("triwulan II", null=True, blank=True)
    quarter3_milli = models.BigIntegerField("triwulan III", null=True, blank=True)
    quarter4_milli = models.BigIntegerField("triwulan IV", null=True, blank=True)

    class Meta:
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["indicator", "year"], name="one_target_per_indicator_and_year")]


class Reading(models.Model):
    """A value of an indicator on a day, reported by hand; a correction is a new reading that names the old one and says
    why. Values of yes-or-no indicators are 1,000 (yes) and 0 (no)."""

    indicator = models.ForeignKey(KeyIndicator, on_delete=models.CASCADE, related_name="readings")
    day = models.DateField("keadaan tanggal")
    value_milli = models.BigIntegerField("nilai")
    source = models.CharField("sumber", max_length=200)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction")
    reason = models.CharField("alasan pembetulan", max_length=300, blank=True)
    reported_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField("dilaporkan pada")
    form_key = models.UUIDField("kunci formulir", unique=True)

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["indicator", "-day"])]


class AgreementState(models.TextChoices):
    """A signed agreement holds until a renewed one replaces it; what is not signed is no row, only the page of today's
    targets."""

    SIGNED = "ditandatangani", _("Ditandatangani")
    REPLACED = "diganti", _("Diganti perubahan")


class ChangeCause(models.TextChoices):
    """Why a signed agreement may be changed (PermenPANRB 53/2014, Lampiran I)."""

    OFFICIAL = "pejabat", _("Pergantian atau mutasi pejabat")
    STRATEGY = "strategi", _("Perubahan strategi: program, kegiatan, atau anggaran")
    PRIORITY = "prioritas", _("Perubahan prioritas atau asumsi")


class Agreement(models.Model):
    """The yearly promise of a unit's head to the one above (Perjanjian Kinerja, PermenPANRB 53/2014).

    `number` counts from 1; every later one is a change with its cause and reason, and replaces the one before. Titles
    are those of the day of signing. `taker` is missing where nobody is above: the head of the government.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="agreements")
    year = models.PositiveSmallIntegerField("tahun")
    number = models.PositiveSmallIntegerField("perjanjian ke", default=1)
    state = models.CharField("status", max_length=16, choices=AgreementState, default=AgreementState.SIGNED)
    cause = models.CharField("sebab perubahan", max_length=12, choices=ChangeCause, blank=True)
    reason = models.CharField("alasan perubahan", max_length=300, blank=True)
    giver = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    giver_title = models.CharField("jabatan pihak pertama", max_length=200)
    taker = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taker_title = models.CharField("jabatan pihak kedua", max_length=200, blank=True)
    signed_on = models.DateField("ditandatangani tanggal")
    document = models.CharField("nomor dokumen", max_length=120, blank=True)

    class Meta:
        ordering = ["-year", "unit__path", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="agreement_number_once_per_unit_and_year"),
            models.UniqueConstraint(
                fields=["unit", "year"],
                condition=models.Q(state="ditandatangani"),
                name="one_signed_agreement_per_unit_and_year",
            ),
        ]


class AgreementItem(models.Model):
    """A target promised, with its words, as it stood when it was signed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="items")
    indicator = models.ForeignKey(KeyIndicator, on_delete=models.PROTECT, related_name="promises")
    goal_text = models.CharField("sasaran", max_length=300)
    text = models.CharField("indikator", max_length=250)
    unit_label = models.CharField("satuan", max_length=40)
    target_milli = models.BigIntegerField("target")
    target_max_milli = models.BigIntegerField("batas atas", null=True, blank=True)

    class Meta:
        ordering = ["indicator__goal__code", "indicator__number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "indicator"], name="indicator_promised_once")]
