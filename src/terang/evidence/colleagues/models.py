"""What colleagues say, in rounds of review on the aspects of an instrument. Answers carry no link to the rater."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee


class RaterKind(models.TextChoices):
    SUPERIOR = "superior", _("Atasan")
    PEER = "peer", _("Rekan sejawat")
    SUBORDINATE = "subordinate", _("Bawahan")


class ReviewRound(models.Model):
    """A time in which colleagues answer about each other; `closes_on` is exclusive."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="review_rounds")
    name = models.CharField("nama", max_length=120)
    instrument = models.CharField("instrumen", max_length=40)
    aspects = models.JSONField("aspek", default=list)
    """[code, label] of what is asked, in order, as the policy had it when the round was opened."""
    scale_min = models.PositiveSmallIntegerField("nilai terendah", default=1)
    scale_max = models.PositiveSmallIntegerField("nilai tertinggi", default=5)
    opens_on = models.DateField("dibuka")
    closes_on = models.DateField("ditutup (tidak termasuk)")

    def __str__(self) -> str:
        return self.name

    @property
    def labels(self) -> dict[str, str]:
        """The label of each aspect by its code, in order."""
        return dict(self.aspects)


class ReviewTicket(models.Model):
    """Who is asked about whom, and whether the answer came: a list of invitations, never of answers."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="tickets")
    rater = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="review_tickets")
    subject = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=RaterKind)
    answered = models.BooleanField("sudah menjawab", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "rater", "subject"], name="one_review_ticket_per_rater_and_subject"
            )
        ]


class ReviewTally(models.Model):
    """Sum of the answers about one person, by kind of rater and aspect. A single answer is never kept."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="tallies")
    subject = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="review_tallies")
    kind = models.CharField(max_length=12, choices=RaterKind)
    aspect = models.CharField("aspek", max_length=40)
    answers = models.PositiveIntegerField("jawaban", default=0)
    sum_milli = models.PositiveBigIntegerField("jumlah nilai", default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "subject", "kind", "aspect"], name="one_tally_per_subject_and_aspect"
            )
        ]
