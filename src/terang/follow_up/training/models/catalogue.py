"""What a government offers its people to learn, and what each course is good for."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Agency


class Form(models.TextChoices):
    """How one learns: in class, from afar, or at work (PP 11/2017 Pasal 210–212)."""

    CLASSROOM = "klasikal", _("Klasikal")
    ONLINE = "daring", _("Daring")
    AT_WORK = "tempat_kerja", _("Di tempat kerja")


class CourseKind(models.TextChoices):
    """A training counts as hours (JP); an introduction (sosialisasi) explains how Terang works, and does not."""

    TRAINING = "pelatihan", _("Pelatihan")
    INTRODUCTION = "sosialisasi", _("Sosialisasi")


class Course(models.Model):
    """One course of the catalogue. `hours` are JP (jam pelajaran). `withdrawn_on` is missing while it is offered."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="courses")
    title = models.CharField("nama pelatihan", max_length=150)
    summary = models.TextField("yang dipelajari", max_length=1000)
    kind = models.CharField("jenis", max_length=12, choices=CourseKind, default=CourseKind.TRAINING)
    form = models.CharField("bentuk", max_length=12, choices=Form)
    hours = models.PositiveSmallIntegerField("jam pelajaran (JP)")
    provider = models.CharField("penyelenggara", max_length=150)
    form_key = models.UUIDField(unique=True)
    withdrawn_on = models.DateField("ditarik", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "title"], condition=Q(withdrawn_on=None), name="one_course_per_title"
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="a_course_has_hours"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("training:course", args=[self.pk])

    @property
    def counts_hours(self) -> bool:
        return self.kind == CourseKind.TRAINING


class CourseAim(models.Model):
    """What a course helps with: it is advised to whoever's value of `subject` is below `below_bp`.

    `subject` as `rules.training` names it. `below_bp` is missing where the subject has no figure (a rating).
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="aims")
    subject = models.CharField("yang dibantu", max_length=90)
    below_bp = models.PositiveIntegerField("disarankan bila di bawah", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["course", "subject"], name="one_aim_per_course_and_subject")]
