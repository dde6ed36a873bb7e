"""Who is nominated, by whom, with which evidence."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evidence.work.models import Entry
from terang.follow_up.awards.models.calls import Call
from terang.registry.people.models import Employee


class NominationState(models.TextChoices):
    PROPOSED = "diajukan", _("Menunggu pemeriksaan")
    ADMITTED = "diterima", _("Memenuhi syarat")
    LEFT_OUT = "ditolak", _("Tidak diteruskan")
    WITHDRAWN = "ditarik", _("Ditarik")


class Nomination(models.Model):
    """One person, or a team under its name, for one award. `reason` is what they did.

    `checked` is what the conditions said of each person on the day on which the personnel agency admitted it, frozen:
    a list of (employee id, name, conditions). `word` is why it went no further.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="nominations")
    team = models.CharField("nama tim", max_length=120, blank=True)
    reason = models.CharField("prestasinya", max_length=1000)
    nominated_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    nominated_on = models.DateField("diusulkan")
    state = models.CharField("status", max_length=12, choices=NominationState, default=NominationState.PROPOSED)
    checked = models.JSONField("hasil pemeriksaan", default=list, blank=True)
    checked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField("diperiksa", null=True, blank=True)
    word = models.CharField("alasan", max_length=500, blank=True)
    people = models.ManyToManyField(Employee, through="Nominee", related_name="award_nominations")
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["diterima", "ditolak"])
                | Q(checked_by__isnull=False) & ~Q(checked_by=F("nominated_by")),
                name="two_keys_for_a_nomination",
            ),
            models.CheckConstraint(condition=~Q(state="ditolak") | ~Q(word=""), name="a_nomination_left_out_says_why"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("awards:nomination", args=[self.pk])

    @property
    def names(self) -> str:
        """The team with its people, or the person. Reads `people` as prefetched."""
        people = ", ".join(each.name for each in self.people.all())
        return f"{self.team} ({people})" if self.team else people


class Nominee(models.Model):
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="nominees")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="nominee_rows")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["nomination", "employee"], name="one_nominee_per_nomination")]


class Evidence(models.Model):
    """One proof: an entry of the work room that counts, or a document by its name and number."""

    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="evidence")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    document = models.CharField("dokumen", max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=False) ^ ~Q(document=""), name="award_evidence_is_one_thing"
            )
        ]
