"""A rise in rank or a filled post: one proposes, a second decides, and what was known then stays with it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.follow_up.career.models.pools import Pool
from terang.registry.people.models import Employee


class ProposalState(models.TextChoices):
    PROPOSED = "diusulkan", _("Menunggu keputusan")
    DECIDED = "ditetapkan", _("Ditetapkan")
    REFUSED = "ditolak", _("Tidak ditetapkan")


class Proposal(models.Model):
    """`rank` and `period` for a rise, `pool` for a post; never both. `reason` says why against the list, where it is.
    `known` is what the list said when it was decided (`contenders.known_now`), `digest` its SHA-256; empty before."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="career_proposals")
    rank = models.CharField("golongan", max_length=8, blank=True)
    period = models.DateField("periode", null=True, blank=True)
    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals")
    reason = models.CharField("alasan usulan", max_length=500, blank=True)
    state = models.CharField("status", max_length=12, choices=ProposalState, default=ProposalState.PROPOSED)
    proposed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField("diusulkan")
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField("diputus", null=True, blank=True)
    decision = models.CharField("alasan keputusan", max_length=500, blank=True)
    decree = models.CharField("nomor keputusan", max_length=120, blank=True)
    effective_on = models.DateField("berlaku sejak", null=True, blank=True)
    deviates = models.BooleanField("menyimpang dari daftar", default=False)
    known = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-proposed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "rank"],
                condition=~Q(rank="") & Q(state__in=["diusulkan", "ditetapkan"]),
                name="one_rise_to_a_rank",
            ),
            models.UniqueConstraint(
                fields=["pool"], condition=Q(state__in=["diusulkan", "ditetapkan"]), name="one_choice_from_a_pool"
            ),
            models.CheckConstraint(
                condition=Q(state="diusulkan")
                | Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")) & ~Q(decided_by=F("employee")),
                name="two_keys_for_a_career_decision",
            ),
            models.CheckConstraint(condition=~Q(proposed_by=F("employee")), name="nobody_proposes_themselves"),
            models.CheckConstraint(
                condition=~Q(state="ditetapkan") | ~Q(decree="") & Q(effective_on__isnull=False) & ~Q(digest=""),
                name="a_career_decision_has_a_decree",
            ),
            models.CheckConstraint(
                condition=Q(rank="", pool__isnull=False) | ~Q(rank="") & Q(pool__isnull=True), name="a_rank_or_a_post"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("career:proposal", args=[self.pk])

    @property
    def aim(self) -> str:
        """The rank or the post."""
        return self.rank if self.pool is None else self.pool.post.title
