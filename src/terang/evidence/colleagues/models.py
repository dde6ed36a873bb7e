"""What colleagues say, in rounds of review on the aspects of an instrument. Nothing here joins an answer and its rater
(ADR 0015): while a round is open answers lie in sealed ballots, afterwards there are only figures of groups."""

import uuid
from datetime import date, timedelta
from typing import cast

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee
from terang.rules.reviews.draw import Group
from terang.rules.reviews.terms import Kind


class RaterKind(models.TextChoices):
    SUPERIOR = "superior", _("Atasan")
    PEER = "peer", _("Rekan sejawat")
    SUBORDINATE = "subordinate", _("Bawahan")


class ReviewRound(models.Model):
    """A time in which colleagues answer about each other; `closes_on` is exclusive. Its state follows from the days and
    from `released_on` and `cancelled_on` (`states`)."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="review_rounds")
    name = models.CharField("nama", max_length=120)
    instrument = models.CharField("instrumen", max_length=40)
    aspects = models.JSONField("aspek", default=list)
    """[code, label] of what is asked, in order, as the policy had it when the round was opened."""
    scale_min = models.PositiveSmallIntegerField("nilai terendah", default=1)
    scale_max = models.PositiveSmallIntegerField("nilai tertinggi", default=5)
    least = models.JSONField("jawaban paling sedikit", default=dict)
    """Kind of rater → the fewest answers that are shown, as the policy had it when the round was opened."""
    wanted = models.JSONField("penilai yang diminta", default=dict)
    """Kind of rater → how many are drawn (0: not asked), for the worker that prepares a large round."""
    cap = models.PositiveSmallIntegerField("batas beban", default=0)
    """The most that one person is asked about, beside those they lead."""
    opens_on = models.DateField("dibuka")
    closes_on = models.DateField("ditutup (tidak termasuk)")
    asked = models.PositiveIntegerField("penilaian yang diminta", default=0)
    answered = models.PositiveIntegerField("penilaian yang masuk", default=0)
    """How many came in all: the only thing an open round tells of its answers."""
    key_name = models.UUIDField("nama kunci", unique=True, default=uuid.uuid4, editable=False)
    """The file with the key of this round's ballots, which lies outside the database and its backup."""
    drawn_on = models.DateField("diundi", null=True)
    """The day whose people were drawn: who has left their unit since then gets somebody beside them."""
    prepared = models.BooleanField("siap", default=True)
    """Whether all tickets and ballots are there; a large round is prepared by the worker."""
    to_make = models.PositiveIntegerField("yang disiapkan", default=0)
    made = models.PositiveIntegerField("sudah disiapkan", default=0)
    queued_at = models.DateTimeField("masuk antrean", null=True)
    beaten_at = models.DateTimeField("tanda hidup pekerja", null=True)
    run = models.UUIDField("giliran pekerja", null=True, editable=False)
    """Which run of a worker prepares it: the one that began last. An earlier one stops at its next step."""
    raters_checked_on = models.DateField("penilai terakhir diperiksa", null=True)
    reminded_on = models.DateField("terakhir diingatkan", null=True)
    released_on = models.DateField("hasil dibuka", null=True)
    cancelled_on = models.DateField("dibatalkan", null=True)
    cancel_reason = models.CharField("alasan pembatalan", max_length=200, blank=True)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gt=models.F("opens_on")), name="review_round_closes_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("colleagues:round", args=[self.pk])

    @property
    def last_day(self) -> date:
        """The last day with answers."""
        return self.closes_on - timedelta(days=1)

    @property
    def labels(self) -> dict[str, str]:
        """The label of each aspect by its code, in order."""
        return dict(self.aspects)


class ReviewTicket(models.Model):
    """Who is asked about whom: a list of invitations. Whether an answer came stands in no table. Deleted when the round
    ends.

    A spare one has no rater until somebody of its group leaves; its ballot lies among the others from the beginning, so
    that giving it to somebody moves no ballot. `beside` says that the rater has left and somebody was drawn beside
    them, whether they had answered or not.
    """

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="tickets")
    rater = models.ForeignKey(Employee, on_delete=models.CASCADE, null=True, related_name="review_tickets")
    subject = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=RaterKind)
    beside = models.BooleanField("ada penilai pengganti", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "rater", "subject"], name="one_review_ticket_per_rater_and_subject"
            )
        ]

    @property
    def group(self) -> Group:
        """The subject and the kind of rater."""
        return self.subject_id, cast(Kind, self.kind)


class Ballot(models.Model):
    """One sealed sheet for each ticket, made when the round opens and always of the same size, empty or filled.

    `locator` is found from a ticket by the round's key only; rows are written in its order, which is no order. There is
    no other column, and none may be added: each would be a thread from a sheet to who filled it.
    """

    locator = models.CharField(max_length=64, primary_key=True)
    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="ballots")
    sealed = models.BinaryField()


class ReviewGroup(models.Model):
    """One kind of raters about one person in a released round, and whether enough of them answered."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="groups")
    subject = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="review_groups")
    kind = models.CharField(max_length=12, choices=RaterKind)
    enough = models.BooleanField("cukup jawaban")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "subject", "kind"], name="one_review_group_per_subject_and_kind")
        ]


class ReviewTally(models.Model):
    """What a group said about one aspect, from the round's least number of answers on: how many, and their robust mean
    in thousandths. Written once, when the round is released."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="tallies")
    subject = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="review_tallies")
    kind = models.CharField(max_length=12, choices=RaterKind)
    aspect = models.CharField("aspek", max_length=40)
    answers = models.PositiveIntegerField("jawaban")
    mean_milli = models.PositiveIntegerField("rata-rata")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "subject", "kind", "aspect"], name="one_tally_per_subject_and_aspect"
            )
        ]


class ReviewRemark(models.Model):
    """Words to one person, without names, kind of rater or time; all of a round are written at once in random order."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="remarks")
    subject = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="review_remarks")
    text = models.CharField("catatan", max_length=300)


class ConflictReason(models.TextChoices):
    FAMILY = "keluarga", _("Keluarga atau ikatan perkawinan")
    BUSINESS = "usaha", _("Usaha atau utang piutang bersama")
    DISPUTE = "sengketa", _("Sengketa, pengaduan, atau pemeriksaan")
    CLOSENESS = "kedekatan", _("Terlalu dekat atau berselisih secara pribadi")
    UNKNOWN = "tidak_mengenal", _("Tidak cukup mengenal pekerjaannya")


class Conflict(models.Model):
    """That two people are not asked about each other, in both directions, from `since` to before `until` (open where
    missing). A choice of reasons and no free text: a conflict is a fact, not a story."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="review_conflicts")
    one = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+", verbose_name="pegawai pertama")
    other = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+", verbose_name="pegawai kedua")
    reason = models.CharField("alasan", max_length=16, choices=ConflictReason)
    since = models.DateField("berlaku sejak")
    until = models.DateField("berlaku sampai (tidak termasuk)", null=True, blank=True)
    declared = models.BooleanField("dinyatakan sendiri", default=False)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(one=models.F("other")), name="nobody_conflicts_with_themselves"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="conflict_ends_after_it_begins",
            ),
        ]
