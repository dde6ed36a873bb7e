"""A session of a course: its days, its seats, and its people."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.follow_up.training.models.catalogue import Course
from terang.follow_up.training.models.plans import PlanItem
from terang.registry.people.models import Employee


class SessionState(models.TextChoices):
    OPEN = "terbuka", _("Dijadwalkan")
    FINISHED = "selesai", _("Selesai")
    CANCELLED = "batal", _("Dibatalkan")


class TrainingSession(models.Model):
    """One time at which a course is held, from `starts_on` to `ends_on` (both inclusive: its first and last day).

    `seats` people have a place, the others wait in the order in which they came. One enrols up to and with
    `enrol_until`. Who was there for `least_bp` of the hours gets a certificate; where its `test` (missing where the
    course has none) declares a pass mark, who reached that too. `word` is why it was cancelled.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    place = models.CharField("tempat", max_length=200)
    trainer = models.CharField("pengajar", max_length=150, blank=True)
    seats = models.PositiveSmallIntegerField("kursi")
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("selesai")
    enrol_until = models.DateField("pendaftaran sampai")
    least_bp = models.PositiveIntegerField("kehadiran paling sedikit")
    test = models.ForeignKey(
        "training.CourseTest", on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    state = models.CharField("status", max_length=8, choices=SessionState, default=SessionState.OPEN)
    word = models.CharField("alasan", max_length=300, blank=True)
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["starts_on", "id"]
        indexes = [models.Index(fields=["course", "starts_on"])]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gt=0), name="a_session_has_seats"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="a_session_ends_after_it_began"
            ),
            models.CheckConstraint(condition=~Q(state="batal") | ~Q(word=""), name="a_cancelled_session_says_why"),
        ]

    def __str__(self) -> str:
        return self.course.title

    def get_absolute_url(self) -> str:
        return reverse("training:session", args=[self.pk])


class SessionDay(models.Model):
    """One day of a session with its hours (JP). `recorded_at` is missing until its roster was kept."""

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="days")
    day = models.DateField("tanggal")
    starts_at = models.TimeField("mulai")
    hours = models.PositiveSmallIntegerField("jam pelajaran (JP)")
    recorded_at = models.DateTimeField("dicatat pada", null=True, blank=True)
    recorded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["session", "day"], name="one_row_per_session_day"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="a_session_day_has_hours"),
        ]


class EnrolmentState(models.TextChoices):
    INVITED = "diundang", _("Diundang")
    SEATED = "terdaftar", _("Terdaftar")
    WAITING = "antre", _("Daftar tunggu")
    REFUSED = "menolak", _("Tidak menerima undangan")
    CANCELLED = "batal", _("Dibatalkan")
    COMPLETED = "selesai", _("Selesai")
    INCOMPLETE = "belum", _("Syarat belum terpenuhi")
    LAPSED = "gugur", _("Tidak kebagian tempat")


ON_THE_LIST = (EnrolmentState.INVITED, EnrolmentState.SEATED, EnrolmentState.WAITING)
"""Who may still come."""


class Enrolment(models.Model):
    """One person in one session. `invited_by` is missing where the person came by themselves.

    `asked_at` is when they asked for a seat: the order of the waiting list; missing while an invitation is unanswered.
    `item` is the part of their plan that it fulfils, `need` its reason, or the reason there was on the day.
    """

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="enrolments")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="trainings")
    state = models.CharField("status", max_length=10, choices=EnrolmentState)
    invited_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField("meminta tempat pada", null=True, blank=True)
    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, null=True, blank=True, related_name="enrolments")
    need = models.JSONField("dasar", default=dict, blank=True)
    word = models.CharField("alasan", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "employee"], name="one_enrolment_per_session")]
        indexes = [models.Index(fields=["employee", "state"])]


class Presence(models.Model):
    """Whether somebody was there on one day of a session."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="presences")
    day = models.ForeignKey(SessionDay, on_delete=models.CASCADE, related_name="presences")
    present = models.BooleanField("hadir")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "day"], name="one_presence_per_day")]
