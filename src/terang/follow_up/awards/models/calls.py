"""A call for an award: what it asks, its committee, and their votes."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evaluation.appraisals.models import Predicate
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee
from terang.rules.awards import Terms


class Category(models.TextChoices):
    MODEL = "teladan", _("Pegawai teladan")
    INNOVATOR = "inovator", _("Inovator")
    SERVICE = "pelayanan", _("Pelayanan kepada masyarakat")
    TEAM = "tim", _("Tim")


class CallState(models.TextChoices):
    OPEN = "terbuka", _("Menerima usulan")
    VOTING = "pemungutan", _("Pemungutan suara")
    TIED = "seri", _("Seri, ketua memutus")
    DECIDED = "diputus", _("Diputus, belum diumumkan")
    ANNOUNCED = "diumumkan", _("Diumumkan")
    CANCELLED = "batal", _("Dibatalkan")


class Call(models.Model):
    """One award to be given, for work from `period_start` to before `period_end`.

    Nominated until `nominate_until`, voted until `vote_until` (both inclusive). What everybody nominated must meet is
    `tenure_years`, `least_predicate` in each of the `predicate_years` last years, `clean_years` without a sanction;
    zero or empty asks nothing. `bonus_idr` is for each who wins, missing where none is paid. `document` is the decree.
    `winner`, `decision` (how it came about), `citation` (why, for everybody) come with time; `word` is why it was
    cancelled.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="award_calls")
    title = models.CharField("nama penghargaan", max_length=150)
    category = models.CharField("kategori", max_length=12, choices=Category)
    criteria = models.CharField("yang dinilai", max_length=1000)
    period_start = models.DateField("prestasi sejak")
    period_end = models.DateField("prestasi sampai (tidak termasuk)")
    nominate_until = models.DateField("usulan sampai")
    vote_until = models.DateField("suara sampai")
    tenure_years = models.PositiveSmallIntegerField("masa kerja paling sedikit", default=0)
    least_predicate = models.CharField("predikat paling rendah", max_length=24, choices=Predicate, blank=True)
    predicate_years = models.PositiveSmallIntegerField("selama tahun terakhir", default=0)
    clean_years = models.PositiveSmallIntegerField("tanpa hukuman selama", default=0)
    bonus_idr = models.PositiveIntegerField("bonus tiap orang", null=True, blank=True)
    document = models.CharField("dasar", max_length=150)
    state = models.CharField("status", max_length=12, choices=CallState, default=CallState.OPEN)
    opened_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField("dibuka")
    winner = models.ForeignKey("awards.Nomination", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.CharField("alasan ketua pada seri", max_length=500, blank=True)
    decided_on = models.DateField("diputus", null=True, blank=True)
    citation = models.CharField("alasan yang diumumkan", max_length=1000, blank=True)
    announced_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    announced_on = models.DateField("diumumkan", null=True, blank=True)
    word = models.CharField("alasan pembatalan", max_length=500, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-opened_on", "-id"]
        indexes = [models.Index(fields=["agency", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_end__gt=models.F("period_start")), name="an_award_looks_at_some_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["diputus", "diumumkan"]) | Q(winner__isnull=False),
                name="a_decided_call_has_a_winner",
            ),
            models.CheckConstraint(condition=~Q(state="batal") | ~Q(word=""), name="a_cancelled_call_says_why"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("awards:call", args=[self.pk])

    @property
    def terms(self) -> Terms:
        return Terms(self.tenure_years, self.least_predicate, self.predicate_years, self.clean_years)


class Conflict(models.TextChoices):
    """Why a member of the committee does not vote in a call."""

    SELF = "diri", _("diusulkan sendiri")
    NOMINATOR = "pengusul", _("mengusulkan")
    APPRAISER = "penilai", _("pejabat penilai yang diusulkan")
    LEADER = "pimpinan", _("memimpin unit yang diusulkan")
    DECLARED = "menyatakan", _("menyatakan sendiri")


class Member(models.Model):
    """Somebody of the committee of a call. With a `conflict` they do not vote in it; `conflict_word` is what they
    declared, read by the committee and the personnel agency."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="members")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="award_committees")
    chairs = models.BooleanField("ketua", default=False)
    conflict = models.CharField("benturan kepentingan", max_length=12, choices=Conflict, blank=True)
    conflict_word = models.CharField("penjelasan", max_length=300, blank=True)

    class Meta:
        ordering = ["-chairs", "id"]
        constraints = [
            models.UniqueConstraint(fields=["call", "employee"], name="one_seat_per_committee"),
            models.UniqueConstraint(fields=["call"], condition=Q(chairs=True), name="one_chair_per_committee"),
        ]


class Vote(models.Model):
    """One member's vote with its reason. Shown to nobody before the vote is closed, the member included."""

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="vote")
    nomination = models.ForeignKey("awards.Nomination", on_delete=models.PROTECT, related_name="votes")
    reason = models.CharField("alasan", max_length=500)
    cast_at = models.DateTimeField("diberikan pada")
