"""Credit points (angka kredit) of functional officials: what was brought along, and what was laid down.

What performance adds is not stored: it is derived from the evaluations each time (`account`), and frozen in a decision.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee


class GrantKind(models.TextChoices):
    """The rows of the decision that no evaluation adds."""

    BASIC = "dasar", _("Angka kredit dasar")
    OLD = "lama", _("Angka kredit lama")
    ADJUSTED = "penyesuaian", _("Angka kredit penyesuaian atau penyetaraan")
    EDUCATION = "pendidikan", _("Peningkatan pendidikan")


class CreditGrant(models.Model):
    """Credit points at a level by a document. `day` is the last day it counts; performance of months begun until then
    is in it already, but not in that of an education. `withdrawn_on` is missing while it holds.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="credit_grants")
    kind = models.CharField("jenis", max_length=12, choices=GrantKind)
    level = models.CharField("jenjang", max_length=20)
    points = models.DecimalField("angka kredit", max_digits=8, decimal_places=2)
    day = models.DateField("dihitung sampai dengan")
    document = models.CharField("dasar", max_length=200)
    recorded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    recorded_on = models.DateField("dicatat")
    withdrawn_on = models.DateField("dibatalkan", null=True, blank=True)
    withdrawn_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("alasan pembatalan", max_length=250, blank=True)
    form_key = models.UUIDField("kunci formulir", unique=True)

    class Meta:
        ordering = ["day", "id"]
        indexes = [models.Index(fields=["employee", "day"])]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "kind", "level"],
                condition=Q(withdrawn_on__isnull=True),
                name="one_credit_grant_of_a_kind_per_level",
            ),
        ]


class CreditDecision(models.Model):
    """The credit points laid down (Penetapan Angka Kredit) by the appraiser: everything at `level` through the month
    before `until` (exclusive), as `lines` froze it. The highest `number` that was not withdrawn counts; the next one
    replaces it whole, also what an objection has changed since.

    `post_title`, `rank` and `unit` are those of the day; `before` is the sum of the one it replaced, 0 for none.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="credit_decisions")
    number = models.PositiveSmallIntegerField("nomor")
    letter = models.CharField("nomor surat", max_length=100)
    level = models.CharField("jenjang", max_length=20)
    rank = models.CharField("golongan", max_length=8, blank=True)
    post_title = models.CharField("jabatan", max_length=150)
    post_since = models.DateField("TMT jabatan")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    until = models.DateField("sampai (tidak termasuk)")
    lines = models.JSONField("rincian")
    total = models.DecimalField("jumlah", max_digits=9, decimal_places=2)
    before = models.JSONField("rincian penetapan sebelumnya", default=list)
    rule_set = models.CharField(max_length=60)
    set_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    set_on = models.DateField("ditetapkan")
    withdrawn_on = models.DateField("dicabut", null=True, blank=True)
    withdrawn_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("alasan pencabutan", max_length=250, blank=True)
    form_key = models.UUIDField("kunci formulir", unique=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["employee", "number"], name="one_credit_decision_per_number")]

    def get_absolute_url(self) -> str:
        return reverse("credit:decision", args=[self.pk])
