"""Whose answer was due: what a complaint adds to the measure of a person."""

from django.db import models

from terang.evidence.complaints.models.complaint import Complaint
from terang.registry.people.models import Employee


class AnswerDue(models.Model):
    """One final answer that was due. `number` 1 is the first, each further one follows an opening by the citizen.

    `employee` wrote it; where `due_on` (inclusive) passed without one, had the report in hand that day, or leads the
    unit in which nobody had taken it (`is_untaken`); missing where nobody leads it. It stays theirs whoever has the
    report later. `answered_on` is the local day of their own answer, missing where they gave none; `reopened_on` when
    the citizen opened that answer again.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="dues")
    number = models.PositiveSmallIntegerField("jawaban ke")
    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="complaint_answers"
    )
    due_on = models.DateField("batas")
    answered_on = models.DateField("dijawab", null=True, blank=True)
    reopened_on = models.DateField("dibuka kembali", null=True, blank=True)
    is_untaken = models.BooleanField("tidak diambil", default=False)

    class Meta:
        ordering = ["complaint_id", "number"]
        constraints = [models.UniqueConstraint(fields=["complaint", "number"], name="complaint_answer_due_once")]
        indexes = [models.Index(fields=["employee", "due_on"], name="complaint_due_of_employee")]
