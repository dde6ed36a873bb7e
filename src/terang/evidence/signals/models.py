"""Questions of the oversight team, the evidence behind each, and who of the team opened whose records."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee


class SignalState(models.TextChoices):
    """Where a question stands; what may follow is `states.MOVES`."""

    NEW = "baru", pgettext_lazy("tanda", "Baru")
    ASKED = "ditanyakan", _("Diminta penjelasan")
    EXPLAINED = "dijelaskan", _("Dijelaskan")
    DISMISSED = "ditutup", pgettext_lazy("tanda", "Ditutup")
    REFERRED = "diteruskan", pgettext_lazy("tanda", "Diteruskan")


class Path(models.TextChoices):
    """Where a question goes on to once somebody was heard."""

    VISIT = "kunjungan", _("Kunjungan atau pemeriksaan")
    INSPECTORATE = "inspektorat", _("Kepala inspektorat")


class Signal(models.Model):
    """Something odd in the records of a person or (where `employee` is missing) of a unit, whose head answers then.

    A question, never a verdict: no score knows of it. `first_day` and `last_day` are inclusive; `sentence` is a stored
    sentence with the facts. `due_on` is the last day for an answer, missing until asked. The person knows of it from
    `asked_at` on, the superior from `shared_at` on.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="signals")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="signals")
    kind = models.CharField("jenis", max_length=40)
    first_day = models.DateField("sejak")
    last_day = models.DateField("sampai")
    sentence = models.JSONField("yang terlihat")
    state = models.CharField("status", max_length=12, choices=SignalState, default=SignalState.NEW)
    found_at = models.DateTimeField("ditemukan pada")
    found_on = models.DateField("ditemukan")
    question = models.CharField("pertanyaan", max_length=500, blank=True)
    asked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField("ditanyakan pada", null=True, blank=True)
    due_on = models.DateField("dijawab paling lambat", null=True, blank=True)
    answer = models.TextField("penjelasan", max_length=2000, blank=True)
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField("dijelaskan pada", null=True, blank=True)
    shared_at = models.DateTimeField("dibagikan kepada atasan pada", null=True, blank=True)
    shared_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    path = models.CharField("diteruskan ke", max_length=12, choices=Path, blank=True)
    reason = models.CharField("alasan", max_length=500, blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("diputus pada", null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["-found_at", "-id"]
        indexes = [
            models.Index(fields=["agency", "state", "due_on"], name="signals_by_state"),
            models.Index(fields=["employee", "asked_at"], name="signals_of_person"),
            models.Index(fields=["unit", "state"], name="signals_of_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["ditanyakan", "dijelaskan"]) | Q(asked_at__isnull=False, due_on__isnull=False),
                name="signal_asked_with_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="diteruskan") | (Q(asked_at__isnull=False) & ~Q(path="")),
                name="signal_heard_before_referred",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ditutup", "diteruskan"]) | ~Q(reason=""), name="signal_ended_with_a_reason"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("signals:signal", args=[self.pk])

    @property
    def subject(self) -> str:
        """The name of the person, or of the unit."""
        return self.employee.name if self.employee else self.unit.name

    @property
    def has_ended(self) -> bool:
        return self.state in (SignalState.DISMISSED, SignalState.REFERRED)


class SignalTrace(models.Model):
    """One record behind a question. The same evidence never stands behind two questions of a kind, whatever became of
    the first."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="traces")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("jenis", max_length=40)
    ref = models.CharField("bukti", max_length=120)
    day = models.DateField("tanggal", null=True, blank=True)
    words = models.JSONField("keterangan")
    url = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-day", "id"]
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "ref"], name="evidence_asked_about_once")]


class Sweep(models.Model):
    """The last day on which a source was looked at in a government; one that failed is looked at again within the
    hour."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("jenis", max_length=40)
    day = models.DateField("terakhir")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "kind"], name="one_sweep_per_source")]


class SignalTerms(models.Model):
    """What a government asks from a day on. `limits` are thresholds by `kind.code` that differ from the usual ones;
    `silent` are kinds that are not asked about. Thresholds are never shown to staff."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    valid_from = models.DateField("berlaku sejak")
    answer_days = models.PositiveSmallIntegerField("hari kerja untuk menjelaskan")
    limits = models.JSONField("ambang", default=dict, blank=True)
    silent = models.JSONField("tidak ditanyakan", default=list, blank=True)
    basis = models.CharField("dasar", max_length=200, blank=True)
    set_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-valid_from"]
        constraints = [models.UniqueConstraint(fields=["agency", "valid_from"], name="signal_terms_once_per_day")]


class Opening(models.Model):
    """An overseer opened a record of somebody outside their own line, once for each record and day.

    `subject` is missing for a question the person does not know of yet, or that is about a unit. `page` is the name of
    the address (`watching.PAGES` has its words).
    """

    overseer = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    subject = models.ForeignKey(
        Employee, on_delete=models.CASCADE, null=True, blank=True, related_name="opened_by_overseers"
    )
    page = models.CharField("halaman", max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    day = models.DateField("tanggal")

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["subject", "-day"], name="openings_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["overseer", "page", "object_type", "object_id", "day"], name="opened_once_a_day"
            )
        ]
