"""Coaching and mentoring: what is wanted, the sessions, the steps agreed in them, and what each says afterwards."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.follow_up.growth.models import DueAction
from terang.registry.people.models import Employee


class GuidanceKind(models.TextChoices):
    COACHING = "coaching", _("Coaching")
    MENTORING = "mentoring", _("Mentoring")


class GuidanceState(models.TextChoices):
    PROPOSED = "diusulkan", _("Menunggu persetujuan")
    RUNNING = "berjalan", _("Berjalan")
    CONCLUDED = "disimpulkan", _("Menunggu pernyataan pegawai")
    ENDED = "selesai", _("Selesai")
    DECLINED = "ditolak", _("Tidak disetujui")


ENDED = (GuidanceState.ENDED, GuidanceState.DECLINED)


class Guidance(models.Model):
    """One guidance of an employee by a guide: the leader, or somebody the leader gave this task.

    `due` is the record that caused it, missing where nothing did. `told` is the employee's own part of the form, by
    the codes of `telling.PARTS`. Two keys: `employee_at` and `guide_at` for the beginning, `concluded_at` and
    `confirmed_at` for the end. `outcome` is what came of it; `reason` why it was declined or is not over yet.
    """

    kind = models.CharField("jenis", max_length=10, choices=GuidanceKind)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="guidances")
    guide = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="guidances_given")
    due = models.ForeignKey(DueAction, on_delete=models.PROTECT, null=True, blank=True, related_name="guidances")
    goal = models.CharField("tujuan", max_length=300)
    told = models.JSONField("diisi pegawai", default=dict, blank=True)
    state = models.CharField("status", max_length=12, choices=GuidanceState, default=GuidanceState.PROPOSED)
    opened_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField("dibuka")
    employee_at = models.DateTimeField("disetujui pegawai", null=True, blank=True)
    guide_at = models.DateTimeField("disetujui pembimbing", null=True, blank=True)
    outcome = models.TextField("hasil", max_length=1000, blank=True)
    concluded_at = models.DateTimeField("disimpulkan pembimbing", null=True, blank=True)
    confirmed_at = models.DateTimeField("dinyatakan pegawai", null=True, blank=True)
    ended_on = models.DateField("selesai", null=True, blank=True)
    reason = models.CharField("alasan", max_length=500, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-opened_on", "-id"]
        indexes = [models.Index(fields=["employee", "state"]), models.Index(fields=["guide", "state"])]
        constraints = [
            models.CheckConstraint(condition=~Q(guide=F("employee")), name="nobody_guides_themselves"),
            models.UniqueConstraint(
                fields=["due"],
                condition=Q(due__isnull=False) & ~Q(state="ditolak"),
                name="one_guidance_for_a_due_action",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("coaching:guidance", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED

    @property
    def people(self) -> tuple[Employee, Employee]:
        return self.employee, self.guide


class SessionState(models.TextChoices):
    PROPOSED = "diusulkan", _("Hari menunggu jawaban")
    AGREED = "disepakati", _("Hari disepakati")
    DONE = "selesai", _("Selesai")
    CANCELLED = "batal", _("Batal")


class GuidanceSession(models.Model):
    """One meeting. `proposed_by` named the day last; the other answers. `minutes` are those planned, and once it is
    done those it took. Both confirm what was written: a change of it clears `employee_at` and `guide_at`."""

    guidance = models.ForeignKey(Guidance, on_delete=models.CASCADE, related_name="sessions")
    day = models.DateField("hari")
    clock = models.TimeField("jam")
    place = models.CharField("tempat", max_length=120)
    minutes = models.PositiveSmallIntegerField("lama (menit)")
    state = models.CharField("status", max_length=12, choices=SessionState, default=SessionState.PROPOSED)
    proposed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    notes = models.TextField("yang dibicarakan", max_length=3000, blank=True)
    employee_at = models.DateTimeField("dinyatakan pegawai", null=True, blank=True)
    guide_at = models.DateTimeField("dinyatakan pembimbing", null=True, blank=True)
    reason = models.CharField("alasan batal", max_length=500, blank=True)
    told_on = models.DateField("diingatkan", null=True, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["day", "clock", "id"]
        indexes = [models.Index(fields=["state", "day"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="selesai") | Q(employee_at__isnull=False, guide_at__isnull=False),
                name="both_confirm_a_guidance_session",
            )
        ]

    def get_absolute_url(self) -> str:
        return f"{self.guidance.get_absolute_url()}#sesi-{self.pk}"

    def is_due(self, today: date) -> bool:
        """Whether its day has come and it is not yet written and confirmed."""
        return self.state == SessionState.AGREED and self.day <= today


class GuidanceStep(models.Model):
    """What one of both does by a day, agreed in a session; it returns in the next ones until it is done. `indicator`
    and `adjusts` are the first and the last column of Format B.1.6 (empty and False for mentoring)."""

    session = models.ForeignKey(GuidanceSession, on_delete=models.CASCADE, related_name="steps")
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    text = models.CharField("langkah", max_length=300)
    indicator = models.CharField("indikator kinerja individu", max_length=300, blank=True)
    adjusts = models.BooleanField("penyesuaian ukuran keberhasilan dan target", default=False)
    due_on = models.DateField("tenggat")
    done_on = models.DateField("selesai", null=True, blank=True)
    outcome = models.CharField("hasilnya", max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "id"]


class GuidanceFeedback(models.Model):
    """The employee's word on the guidance (Format B.1.8), for the guide's superior. The guide does not read it."""

    guidance = models.OneToOneField(Guidance, on_delete=models.CASCADE, related_name="feedback")
    on_self = models.TextField("tentang pegawai", max_length=1000)
    on_guide = models.TextField("tentang pembimbing", max_length=1000)
    on_both = models.TextField("tentang keduanya", max_length=1000)
    given_on = models.DateField("diberikan")


class CompetenceReview(models.Model):
    """The guide's evaluation of competence (Format B.1.9). `marks`: group, name, mark 1–5 and the reason for it."""

    guidance = models.OneToOneField(Guidance, on_delete=models.CASCADE, related_name="review")
    marks = models.JSONField("nilai", default=list)
    recommendation = models.TextField("rekomendasi", max_length=1000)
    given_on = models.DateField("diberikan")
