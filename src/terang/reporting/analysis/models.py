"""A question worth asking again: a view of the analysis with a name, kept by a person and perhaps shown to others."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee

LONGEST_QUERY = 500


class Sharing(models.TextChoices):
    ME = "saya", _("Hanya saya")
    UNIT = "unit", _("Pimpinan di unit saya, di atas, dan di bawahnya")
    ALL = "semua", _("Semua yang boleh membuka analisis di pemerintah daerah ini")


class SavedView(models.Model):
    """A question, never its answer: who opens it is answered with what they themselves may see.

    `query` is the address after the question mark, as `asked.Question.query` writes it. `unit` is the owner's unit when
    it was saved; missing for who has none. `form_key` is that of the form it was saved with.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="analysis_views")
    name = models.CharField("nama", max_length=80)
    query = models.CharField("pertanyaan", max_length=LONGEST_QUERY)
    shared = models.CharField("dibagikan kepada", max_length=8, choices=Sharing, default=Sharing.ME)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("disimpan pada", auto_now_add=True)
    form_key = models.UUIDField(unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["agency", "shared"]), models.Index(fields=["owner"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('analysis:page')}?{self.query}"
