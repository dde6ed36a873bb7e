"""The short test of a course, before and after, and what one person answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terang.follow_up.training.models.catalogue import Course
from terang.follow_up.training.models.sessions import Enrolment
from terang.registry.people.models import Employee
from terang.rules.training_tests import Question


class CourseTest(models.Model):
    """One version of the test of a course, never changed: a newer one follows it.

    `questions` as `rules.training_tests.Question`. `pass_bp` is the share that a certificate asks for after the
    training, missing where it asks for none. The last test is open for `open_days` after the last day.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="tests")
    number = models.PositiveSmallIntegerField("versi")
    questions = models.JSONField("pertanyaan")
    pass_bp = models.PositiveIntegerField("nilai lulus", null=True, blank=True)
    open_days = models.PositiveSmallIntegerField("hari terbuka sesudah selesai")
    written_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField("ditulis")
    form_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="one_test_per_course_and_number"),
            models.CheckConstraint(
                condition=Q(pass_bp__isnull=True) | Q(pass_bp__gt=0, pass_bp__lte=10_000), name="a_pass_mark_is_a_share"
            ),
        ]

    @property
    def asked(self) -> list[Question]:
        return [Question(**{**each, "choices": tuple(each["choices"])}) for each in self.questions]


class Phase(models.TextChoices):
    BEFORE = "awal", _("Uji awal")
    AFTER = "akhir", _("Uji akhir")


class Attempt(models.Model):
    """The one time somebody takes the test of a phase. Read by nobody but the person.

    `order` is the order of one's own, `answers` the chosen place by question, kept while one goes on. `score_bp` and
    `finished_at` are missing until it was handed in.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attempts")
    phase = models.CharField("kapan", max_length=5, choices=Phase)
    test = models.ForeignKey(CourseTest, on_delete=models.PROTECT, related_name="attempts")
    order = models.JSONField("urutan")
    answers = models.JSONField("jawaban", default=dict, blank=True)
    score_bp = models.PositiveIntegerField("nilai", null=True, blank=True)
    finished_at = models.DateTimeField("diserahkan pada", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "phase"], name="one_attempt_each"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, score_bp__isnull=True)
                | Q(finished_at__isnull=False, score_bp__isnull=False),
                name="only_what_is_given_has_a_mark",
            ),
        ]
