"""Who read which explainer, where people under pressure find help, and what people ask."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee


class Reading(models.Model):
    """That somebody read one version of an explainer; `understood_on` is missing until every question was answered
    rightly. How often somebody tried is kept nowhere."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="explainers_read")
    code = models.CharField(max_length=20)
    text_version = models.PositiveSmallIntegerField("versi")
    read_on = models.DateField("dibaca")
    understood_on = models.DateField("dipahami", null=True, blank=True)

    class Meta:
        ordering = ["-read_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["employee", "code", "text_version"], name="one_reading_per_version")
        ]


class HelpKind(models.TextChoices):
    """What one turns to it for."""

    COUNSELLOR = "konselor", _("Konselor atau psikolog")
    HEALTH = "kesehatan", _("Layanan kesehatan")
    PERSONNEL = "kepegawaian", _("Kepegawaian")
    WHISTLE = "pelaporan", _("Pelaporan pelanggaran")
    OTHER = "lain", _("Lainnya")


class HelpContact(models.Model):
    """One place that helps, as the personnel agency tells it. `checked_on` is when it was last made sure that it holds;
    `ended_on` the first day on which it no longer does, missing while it does."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="help_contacts")
    kind = models.CharField("untuk", max_length=12, choices=HelpKind)
    name = models.CharField("nama", max_length=120)
    reach = models.CharField("cara menghubungi", max_length=200)
    hours = models.CharField("jam", max_length=120, blank=True)
    told_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField("dicatat")
    checked_on = models.DateField("terakhir diperiksa")
    ended_on = models.DateField("berakhir", null=True, blank=True)
    form_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["kind", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name", "reach"], condition=Q(ended_on=None), name="one_help_contact"
            )
        ]

    def __str__(self) -> str:
        return self.name


class BoxQuestion(models.Model):
    """A question to the personnel agency, answered for everybody. Names of people are taken out of it.

    `asked_by` is missing where it was asked without a name: then nothing here, and nothing in the journal, says who
    did. Its key is the random one of the form. `withheld` keeps its words from the page; `answer` then says why.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="box_questions")
    text = models.TextField("pertanyaan", max_length=500)
    asked_by = models.ForeignKey(
        Employee, on_delete=models.SET_NULL, null=True, blank=True, related_name="box_questions"
    )
    asked_on = models.DateField("ditanyakan")
    answer = models.TextField("jawaban", max_length=2000, blank=True)
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField("dijawab", null=True, blank=True)
    withheld = models.BooleanField("tidak ditampilkan", default=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-asked_on", "id"]
        indexes = [models.Index(fields=["agency", "answered_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, answer="", withheld=False)
                | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="a_box_question_is_answered_with_words",
            )
        ]
