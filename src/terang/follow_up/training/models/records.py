"""What somebody has learned: the ledger of hours."""

from django.db import models
from django.db.models import Q

from terang.follow_up.training.models.catalogue import Course, Form
from terang.follow_up.training.models.sessions import Enrolment
from terang.registry.people.models import Employee


class TrainingRecord(models.Model):
    """One training that was finished. It counts with its `hours` (JP) in the year of `ends_on`.

    `enrolment` and `course` are missing for what was learned elsewhere. `certificate` is the number on the paper.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="training_records")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, null=True, blank=True, related_name="records")
    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="training_record"
    )
    title = models.CharField("nama pelatihan", max_length=150)
    form = models.CharField("bentuk", max_length=12, choices=Form)
    provider = models.CharField("penyelenggara", max_length=150)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("selesai")
    hours = models.PositiveSmallIntegerField("jam pelajaran (JP)")
    certificate = models.CharField("nomor sertifikat", max_length=80)

    class Meta:
        ordering = ["-ends_on", "-id"]
        indexes = [models.Index(fields=["employee", "ends_on"])]
        constraints = [
            models.CheckConstraint(condition=Q(hours__gt=0), name="a_training_has_hours"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="a_training_ends_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["employee", "title", "starts_on", "certificate"], name="one_record_per_certificate"
            ),
        ]
