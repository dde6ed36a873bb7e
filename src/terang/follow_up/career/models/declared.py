"""What is declared about somebody's career: given with a document by the person or the personnel agency, checked by
a second person."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.registry.people.models import Employee


class Subject(models.TextChoices):
    """What is declared. Nothing that a room of evidence holds."""

    EDUCATION = "pendidikan", _("Pendidikan terakhir")
    RANK_SINCE = "tmt_pangkat", _("TMT pangkat terakhir")
    POTENTIAL = "potensi", _("Hasil asesmen potensi")
    LEADERSHIP = "diklat_kepemimpinan", _("Pelatihan kepemimpinan tertinggi")
    FUNCTIONAL = "diklat_fungsional", _("Pelatihan fungsional")
    HOURS = "jp_teknis", _("JP pelatihan teknis setahun")
    SEMINAR = "seminar", _("Seminar, lokakarya, atau magang dalam dua tahun")
    DISCIPLINE = "disiplin", _("Hukuman disiplin tertinggi yang berlaku")
    PREDICATE = "predikat", _("Predikat tahunan sebelum ada di Terang")
    SERVICE_SINCE = "tmt_asn", _("TMT CPNS, atau awal kontrak PPPK yang pertama")
    UNPAID_LEAVE = "cltn", _("Pernah cuti di luar tanggungan negara")
    MEDAL = "satyalancana", _("Satyalancana Karya Satya yang dimiliki")


DAYS = (Subject.RANK_SINCE, Subject.SERVICE_SINCE)
"""Facts of which the day itself is the value."""


class DeclarationState(models.TextChoices):
    GIVEN = "menunggu", _("Menunggu pemeriksaan")
    CONFIRMED = "sah", _("Sudah diperiksa")
    RETURNED = "dikembalikan", _("Dikembalikan")
    CONTESTED = "disanggah", _("Disanggah pegawai")
    WITHDRAWN = "dicabut", _("Dicabut")


HANDED_IN = (
    Subject.EDUCATION,
    Subject.RANK_SINCE,
    Subject.LEADERSHIP,
    Subject.FUNCTIONAL,
    Subject.HOURS,
    Subject.SEMINAR,
    Subject.PREDICATE,
)
"""What the person may give too: whose document is in their own hands."""
RANK_FACTS = (Subject.EDUCATION, Subject.RANK_SINCE, Subject.DISCIPLINE, Subject.PREDICATE)
"""What is proof of a condition of the next rank: read by who oversees promotions."""
COUNTING = (DeclarationState.CONFIRMED, DeclarationState.CONTESTED)
"""What counts: checked, and while a contest waits for its answer too; then it is marked."""


class Declaration(models.Model):
    """One fact with its document. `value` as `values` reads it; empty where the day itself is the fact.

    `day` is when it became true (a predicate: any day of its year), `until` the first day on which it holds no more,
    missing where it stays true. `reason` is why it was returned, `contest` what the employee says against it, `answer`
    what the personnel agency says to that.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="career_declarations")
    subject = models.CharField("data", max_length=24, choices=Subject)
    value = models.CharField("isi", max_length=20, blank=True)
    day = models.DateField("berlaku sejak")
    until = models.DateField("berlaku sampai (tidak termasuk)", null=True, blank=True)
    document = models.CharField("dokumen", max_length=200)
    state = models.CharField("status", max_length=12, choices=DeclarationState, default=DeclarationState.GIVEN)
    given_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField("dicatat")
    checked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField("diperiksa", null=True, blank=True)
    reason = models.CharField("alasan pengembalian", max_length=500, blank=True)
    contest = models.CharField("sanggahan", max_length=500, blank=True)
    contested_on = models.DateField("disanggah", null=True, blank=True)
    answer = models.CharField("jawaban", max_length=500, blank=True)
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField("dijawab", null=True, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["subject", "-day", "-id"]
        indexes = [models.Index(fields=["employee", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "subject", "day"],
                condition=Q(state__in=["menunggu", "sah", "disanggah"]),
                name="one_career_fact_per_day",
            ),
            models.CheckConstraint(
                condition=Q(state="menunggu") | Q(checked_by__isnull=False) & ~Q(checked_by=F("given_by")),
                name="two_keys_for_a_career_fact",
            ),
            models.CheckConstraint(
                condition=~Q(given_by=F("employee")) | ~Q(subject__in=["potensi", "disiplin"]),
                name="nobody_declares_their_own_integrity",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("employee")), name="nobody_checks_themselves"
            ),
            models.CheckConstraint(condition=~Q(state="disanggah") | ~Q(contest=""), name="a_contest_says_why"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("day")), name="a_career_fact_ends_after_it_began"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("career:declaration", args=[self.pk])
