"""Raters lay their decided ratings side by side before they hand them over: who sits together, where each person stood
and stands on the grid of the two ratings, and what was proposed, answered and decided (ADR 0022)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evaluation.appraisals.models import Appraisal, Predicate, Rating, RatingWindow
from terang.evaluation.calibration.wording import family_label
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee


class SessionState(models.TextChoices):
    OPEN = "terbuka", _("Berjalan")
    CLOSED = "ditutup", _("Ditutup")
    CANCELLED = "dibatalkan", _("Dibatalkan")


class CalibrationSession(models.Model):
    """The raters below `unit`, led by the head who opened it, over one window; `family` narrows it to a family of posts
    (empty: everybody). A rater is heard until the end of `answers_until`.

    A closed session never changes again; `note` is what its leader wrote when it ended.
    """

    window = models.ForeignKey(RatingWindow, on_delete=models.PROTECT, related_name="calibrations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    family = models.CharField("rumpun jabatan", max_length=40, blank=True)
    leader = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="calibrations_led")
    answers_until = models.DateField("penilai menjawab sampai")
    state = models.CharField("status", max_length=10, choices=SessionState, default=SessionState.OPEN)
    opened_at = models.DateTimeField("dibuka pada")
    ended_at = models.DateTimeField("berakhir pada", null=True, blank=True)
    ended_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField("catatan penutup", max_length=1000, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="terbuka") | Q(ended_at__isnull=False) & ~Q(note=""), name="an_ended_session_says_why"
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("calibration:session", args=[self.pk])

    @property
    def family_label(self) -> str:
        """The family of posts in the reader's words."""
        return family_label(self.family)


class Participant(models.Model):
    """Who sits in the session: its leader and the raters of the people in it, as they were when it opened."""

    session = models.ForeignKey(CalibrationSession, on_delete=models.PROTECT, related_name="participants")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    leads = models.BooleanField("memimpin", default=False)

    class Meta:
        ordering = ["-leads", "employee__name", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "employee"], name="one_seat_per_session")]


class Placement(models.Model):
    """Where one person stood when the session opened (`before_*`, never changed) and stands now.

    `live` is off in a cancelled session: a person is compared once, unless the session came to nothing.
    """

    session = models.ForeignKey(CalibrationSession, on_delete=models.PROTECT, related_name="placements")
    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="placements")
    before_work = models.CharField(max_length=5, choices=Rating)
    before_behaviour = models.CharField(max_length=5, choices=Rating)
    before_predicate = models.CharField(max_length=16, choices=Predicate)
    work_result = models.CharField("rating hasil kerja", max_length=5, choices=Rating)
    behaviour = models.CharField("rating perilaku kerja", max_length=5, choices=Rating)
    predicate = models.CharField("predikat", max_length=16, choices=Predicate)
    live = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["appraisal__employee__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "appraisal"], name="once_in_a_session"),
            models.UniqueConstraint(fields=["appraisal"], condition=Q(live=True), name="compared_once"),
        ]

    @property
    def is_moved(self) -> bool:
        """Whether one of the two ratings is another than before."""
        return (self.work_result, self.behaviour) != (self.before_work, self.before_behaviour)


class ProposalState(models.TextChoices):
    OPEN = "diusulkan", _("Menunggu keputusan")
    CONFIRMED = "disetujui", _("Disetujui")
    DECLINED = "ditolak", _("Tidak diikuti")
    WITHDRAWN = "ditarik", _("Ditarik")


class Proposal(models.Model):
    """That a person's two ratings become others, with a reason; the predicate follows from the quadrant.

    `rater_word` is what the rater holds against it. `settled_by` confirmed, declined or withdrew it; `word` says why
    it was declined.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="proposals")
    work_result = models.CharField("rating hasil kerja", max_length=5, choices=Rating)
    behaviour = models.CharField("rating perilaku kerja", max_length=5, choices=Rating)
    predicate = models.CharField("predikat", max_length=16, choices=Predicate)
    reason = models.TextField("alasan", max_length=1000)
    proposed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("diusulkan pada")
    state = models.CharField("status", max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    rater_word = models.TextField("keberatan penilai", max_length=1000, blank=True)
    settled_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField("diputus pada", null=True, blank=True)
    word = models.TextField("tanggapan", max_length=1000, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(state="diusulkan"), name="one_open_proposal_per_person"
            ),
            models.CheckConstraint(
                condition=~Q(state="disetujui") | Q(settled_by__isnull=False) & ~Q(settled_by=F("proposed_by")),
                name="two_people_move",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("calibration:proposal", args=[self.pk])
