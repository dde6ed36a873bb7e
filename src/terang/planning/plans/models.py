"""What is wanted of a person: the SKP, as a document with versions; what was agreed stands in rows that evidence can
prove."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.goals.models import KeyIndicator
from terang.planning.measuring import Direction, Gathering
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee, Post


def new_key() -> str:
    """A name for a row of a document, the same through all its versions."""
    return uuid.uuid4().hex[:12]


class PlanState(models.TextChoices):
    """Where the plan as a whole stands; whether a version of it is being talked about is told by `VersionState`."""

    DRAFT = "draf", _("Belum disepakati")
    AGREED = "disepakati", _("Disepakati")
    CLOSED = "ditutup", _("Ditutup")


IN_FORCE = (PlanState.AGREED, PlanState.CLOSED)
"""Plans that evidence can prove: agreed, and closed ones for the time they ran."""


class Plan(models.Model):
    """An employee's SKP on a post for a period; `period_end` is exclusive. Only an agreed plan is evidence.

    `planned_end` is the end its targets were agreed for, where the plan was closed before it (missing otherwise);
    `followed` whether the system closed it because the registry tells of a move or a departure.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="plans")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    period_start = models.DateField("awal periode")
    period_end = models.DateField("akhir periode (tidak termasuk)")
    planned_end = models.DateField("akhir semula (tidak termasuk)", null=True, blank=True)
    followed = models.BooleanField("ditutup mengikuti mutasi", default=False)
    state = models.CharField("status", max_length=12, choices=PlanState, default=PlanState.DRAFT)
    agreed_on = models.DateField("disepakati tanggal", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-period_start"]
        indexes = [models.Index(fields=["unit", "period_start"])]
        constraints = [models.UniqueConstraint(fields=["employee", "period_start"], name="one_plan_per_start")]


class VersionState(models.TextChoices):
    DRAFT = "draf", _("Draf")
    SUBMITTED = "diajukan", _("Diajukan")
    DISCUSSED = "dibahas", _("Dibahas")
    AGREED = "disepakati", _("Disepakati")
    DISCARDED = "dibatalkan", _("Dibatalkan")


OPEN = (VersionState.DRAFT, VersionState.SUBMITTED, VersionState.DISCUSSED)
"""Versions that are still talked about; a plan has one at most."""


class PlanVersion(models.Model):
    """One wording of the plan. `document` is a `terang.rules.plans.PlanDocument` as JSON and never changes once agreed.

    `reason` says why an agreed plan is changed (empty in the first). `answer_due` is the last working day for the
    appraiser's answer; from the next day on the appraiser's superior may answer (Lampiran II.C.5 p. 65). `first_due`
    is that day as it was when the plan was handed in first: giving back stretches it once (`services.dialogue`).
    `reworded` tells whether the appraiser ever wrote in it, `decided` what only a leader decides (`decisions`).
    `digest` is the SHA-256 of the canonical JSON, set with the agreement. `version` guards against a stale page.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("versi")
    state = models.CharField("status", max_length=12, choices=VersionState, default=VersionState.DRAFT)
    document = models.JSONField("naskah")
    reason = models.CharField("alasan perubahan", max_length=300, blank=True)
    opened_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField("dibuat pada")
    submitted_at = models.DateTimeField("diajukan pada", null=True, blank=True)
    answer_due = models.DateField("batas jawaban", null=True, blank=True)
    first_due = models.DateField("batas jawaban pertama", null=True, blank=True)
    reworded = models.BooleanField("ditulis ulang penilai", default=False)
    decided = models.JSONField("keputusan penilai", default=dict, blank=True)
    agreed_at = models.DateTimeField("disepakati pada", null=True, blank=True)
    agreed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    instead = models.BooleanField("disepakati atasan penilai", default=False)
    digest = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["state", "answer_due"])]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="version_number_once_per_plan"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(state__in=["draf", "diajukan", "dibahas"]),
                name="one_open_version_per_plan",
            ),
        ]


class PlanComment(models.Model):
    """A word of the dialogue, about one row (`row_key`) or the whole plan (empty)."""

    plan_version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="comments")
    row_key = models.CharField(max_length=12, blank=True)
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    text = models.CharField("komentar", max_length=1000)
    written_at = models.DateTimeField("ditulis pada")
    form_key = models.UUIDField("kunci formulir", unique=True)

    class Meta:
        ordering = ["written_at", "id"]


class PlanResult(models.Model):
    """A result the employee has promised (RHK), main or additional. `leader_result` is the result above that it
    serves.

    A result dropped by a later version stays with `retired_on`, the first day it no longer counts.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="results")
    key = models.CharField(max_length=12, default=new_key, editable=False)
    number = models.PositiveSmallIntegerField("nomor")
    text = models.CharField("rencana hasil kerja", max_length=300)
    main = models.BooleanField("hasil kerja utama", default=True)
    programme = models.CharField("program pemerintah", max_length=150, blank=True)
    leader_result = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="served_by"
    )
    goal_indicator = models.ForeignKey(
        KeyIndicator, on_delete=models.SET_NULL, null=True, blank=True, related_name="results"
    )
    retired_on = models.DateField("tidak berlaku sejak", null=True, blank=True)

    class Meta:
        ordering = ["number", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="result_key_once_per_plan")]

    def __str__(self) -> str:
        return self.text


class Indicator(models.Model):
    """How a result is measured (IKI).

    Quantities in milli-units; a summed target grows month by month over the plan's period. `measure` is the code of a
    measure of Terang that gives a live value beside the target.
    """

    result = models.ForeignKey(PlanResult, on_delete=models.CASCADE, related_name="indicators")
    key = models.CharField(max_length=12, default=new_key, editable=False)
    text = models.CharField("indikator", max_length=250)
    aspect = models.CharField("aspek", max_length=40, default="kuantitas")
    direction = models.CharField("arah", max_length=8, choices=Direction, default=Direction.HIGHER)
    gathering = models.CharField("pengumpulan", max_length=8, choices=Gathering, default=Gathering.SUM)
    unit_label = models.CharField("satuan", max_length=40)
    baseline_milli = models.BigIntegerField("keadaan awal", null=True, blank=True)
    target_milli = models.BigIntegerField("target")
    target_max_milli = models.BigIntegerField("batas atas", null=True, blank=True)
    share_bp = models.PositiveIntegerField("andil", default=10_000)
    measure = models.CharField("ukuran Terang", max_length=40, blank=True)
    entry = models.ForeignKey(DictionaryEntry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    retired_on = models.DateField("tidak berlaku sejak", null=True, blank=True)

    class Meta:
        ordering = ["result__number", "id"]

    def __str__(self) -> str:
        return self.text


class PlanningTerms(models.Model):
    """A government's own terms of planning from a day on; where there are none, those of `rules.regulations` apply.

    `answer_days` are working days for the appraiser's answer before the superior may answer instead.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="planning_terms")
    valid_from = models.DateField("berlaku sejak")
    answer_days = models.PositiveSmallIntegerField("hari kerja untuk menjawab")
    basis = models.CharField("dasar", max_length=200, blank=True)

    class Meta:
        ordering = ["-valid_from"]
        constraints = [models.UniqueConstraint(fields=["agency", "valid_from"], name="terms_once_per_agency_and_day")]


class PlanTemplate(models.Model):
    """A plan to begin with, for a family of posts (`category`), a kind of post, or a title; the narrower match wins."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="plan_templates")
    name = models.CharField("nama", max_length=120)
    kind = models.CharField("jenis jabatan", max_length=16, blank=True)
    category = models.CharField("rumpun", max_length=40, blank=True)
    title = models.CharField("nama jabatan", max_length=150, blank=True)
    document = models.JSONField("naskah")
    retired_on = models.DateField("tidak dipakai sejak", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="template_name_once_per_agency")]

    def __str__(self) -> str:
        return self.name


class TemplateRun(models.Model):
    """A template given as drafts to a unit and what lies below it, or there only to posts with one title.

    `day` decides whose posts are meant and for which year. `skipped` are (name, reason) pairs, the reason a stored
    sentence (`rules.sentences`); `total` is missing until the worker has counted.
    """

    template = models.ForeignKey(PlanTemplate, on_delete=models.CASCADE, related_name="runs")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post_title = models.CharField("nama jabatan", max_length=150, blank=True)
    asked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("diminta pada")
    day = models.DateField("per tanggal")
    form_key = models.UUIDField("kunci formulir", unique=True)
    total = models.PositiveIntegerField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=list)
    finished_at = models.DateTimeField("selesai pada", null=True, blank=True)

    class Meta:
        ordering = ["-id"]
