"""What a government wants looked at on every visit, dated; and the sample of cases of one visit."""

from django.db import models

from terang.evidence.oversight.models.visits import Inspection
from terang.registry.organization.models import Agency


class ChecklistItem(models.Model):
    """One point of the government's own checklist, from `valid_from` to before `valid_to`. Where none is in force the
    usual ones are used (`rules.oversight.checklist`)."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    text = models.CharField("butir", max_length=250)
    source = models.CharField("dasar", max_length=200, blank=True)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai (tidak termasuk)", null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "text"], condition=models.Q(valid_to__isnull=True), name="checklist_item_once"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="checklist_item_ends_after_it_starts",
            ),
        ]


class CaseDraw(models.Model):
    """The draw of a visit's cases from requests received from `since` to before `until`: the list as it was frozen,
    with a salt of the machine's, and the seal of the journal that came after its digest stood there (empty before the
    draw; `rules.oversight.lots`, ADR 0018)."""

    inspection = models.OneToOneField(Inspection, on_delete=models.CASCADE, related_name="case_draw")
    since = models.DateField()
    until = models.DateField()
    list_text = models.TextField()
    salt = models.CharField(max_length=40)
    list_sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField("dibekukan pada")
    beacon = models.CharField(max_length=64, blank=True)
    beacon_batch = models.BigIntegerField(null=True, blank=True)
    drawn_at = models.DateTimeField("diundi pada", null=True, blank=True)

    @property
    def is_drawn(self) -> bool:
        return bool(self.beacon)


class CaseFollowed(models.Model):
    """A real case followed on the spot. `steps` are those of its log when it was drawn: text, day, whether it agrees
    (missing: not looked at), and a note."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="cases")
    code = models.CharField("nomor", max_length=40)
    title = models.CharField("layanan", max_length=200)
    url = models.CharField(max_length=200)
    rank = models.PositiveSmallIntegerField("urutan undian")
    steps = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "code"], name="case_once_per_visit"),
        ]

    @property
    def looked_at(self) -> int:
        return sum(step["agrees"] is not None for step in self.steps)

    @property
    def differs(self) -> int:
        return sum(step["agrees"] is False for step in self.steps)
