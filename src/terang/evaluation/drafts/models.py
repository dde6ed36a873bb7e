"""A policy while it is being written: one text with a state, an author, and the person who decides on it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evaluation.models import PolicyVersion
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee


class DraftState(models.TextChoices):
    DRAFT = "draf", _("Draf")
    SUBMITTED = "diajukan", _("Menunggu persetujuan")
    RETURNED = "dikembalikan", _("Dikembalikan")
    PUBLISHED = "terbit", _("Disetujui dan terbit")
    DISCARDED = "dibuang", _("Dibuang")


class PolicyDraft(models.Model):
    """What may become a government's next policy version.

    `text` is TOML and may be incomplete while it is written. `base` is the version it was begun from, missing where it
    began from nothing, an example or a file. `decided_by` approved it or sent it back last, with `reason`. `published`
    is the version it became. `version` counts the changes of the row itself.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="policy_drafts")
    base = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField("judul", max_length=150, blank=True)
    text = models.TextField("isi (TOML)")
    state = models.CharField("keadaan", max_length=12, choices=DraftState, default=DraftState.DRAFT)
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField("dimulai", auto_now_add=True)
    changed_at = models.DateTimeField("diubah", auto_now=True)
    submitted_at = models.DateTimeField("diajukan", null=True, blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("diputuskan", null=True, blank=True)
    reason = models.CharField("alasan", max_length=500, blank=True)
    published = models.OneToOneField(
        PolicyVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="draft"
    )
    form_key = models.UUIDField(unique=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policy_drafts:draft", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether its author may still write in it."""
        return self.state in (DraftState.DRAFT, DraftState.RETURNED)
