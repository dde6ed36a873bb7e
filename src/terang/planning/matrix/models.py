"""Who carries which part: a leader's role-result matrix (MPPH, PermenPANRB 6/2022 Lampiran II.A.5, Format A.1.5)."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee


class Strategy(models.TextChoices):
    """How a leader's indicator is split (Lampiran II p. 39–43): the first three directly, the others not."""

    ASPECT = "aspek", _("Pembagian aspek")
    AREA = "wilayah", _("Pembagian wilayah")
    LOAD = "target", _("Pembagian beban target")
    SERVICE = "layanan", _("Layanan")
    OUTPUT = "output_antara", _("Output antara")


DIRECT = (Strategy.ASPECT, Strategy.AREA, Strategy.LOAD)
"""Strategies whose parts stand for the leader's whole result (p. 41)."""


class Awaited(models.Model):
    """Something that waits for somebody's answer since `asked_on`, until `answer_due` (the last working day by the
    government's planning terms). Both are missing while nothing waits."""

    asked_on = models.DateField("ditanyakan tanggal", null=True, blank=True)
    answer_due = models.DateField("batas jawaban", null=True, blank=True)

    class Meta:
        abstract = True

    def await_answer(self, asked_on: date, answer_due: date) -> None:
        self.asked_on, self.answer_due = asked_on, answer_due

    def answered(self) -> None:
        self.asked_on = self.answer_due = None


class Matrix(models.Model):
    """A leader's or team leader's matrix for a period; `parent` is the leader's matrix a team's matrix hangs under."""

    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="matrices")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="matrices")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="teams")
    period_start = models.DateField("awal periode")
    period_end = models.DateField("akhir periode (tidak termasuk)")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-period_start", "unit__path"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "period_start"], name="one_matrix_per_leader_and_start")
        ]


class MatrixColumn(models.Model):
    """A head of the matrix: an IKI of a leading official or a result of a team leader.

    `source_key` is the key of that row in the owner's plan document; empty while the plan above is late and the column
    was written by hand (the matrix then grows from below). `strategy` is how new parts begin; each may have its own.
    """

    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="columns")
    number = models.PositiveSmallIntegerField("nomor")
    text = models.CharField("hasil atau indikator pimpinan", max_length=300)
    source_key = models.CharField(max_length=12, blank=True)
    target_milli = models.BigIntegerField("target pimpinan", null=True, blank=True)
    unit_label = models.CharField("satuan", max_length=40, blank=True)
    strategy = models.CharField("cara membagi", max_length=16, choices=Strategy, default=Strategy.ASPECT)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["matrix", "number"], name="column_number_once_per_matrix")]


class MemberState(models.TextChoices):
    """A person from another unit takes part once the own appraiser agrees (A3, A5 p. 46–47)."""

    IN = "ikut", _("Ikut")
    ASKED = "menunggu", _("Menunggu persetujuan penilai")
    REFUSED = "ditolak", _("Tidak disetujui penilai")


class MatrixMember(Awaited):
    """A person in the matrix. `leads_team`: splits results further in a matrix of the team. `decided_by` is the own
    appraiser, or the appraiser's superior where `instead`; while ASKED the row waits for them."""

    matrix = models.ForeignKey(Matrix, on_delete=models.CASCADE, related_name="members")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="matrix_memberships")
    leads_team = models.BooleanField("ketua tim", default=False)
    outside = models.BooleanField("dari unit lain", default=False)
    state = models.CharField("status", max_length=12, choices=MemberState, default=MemberState.IN)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField("diputus tanggal", null=True, blank=True)
    instead = models.BooleanField("diputus atasan penilai", default=False)
    reason = models.CharField("alasan", max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["matrix", "employee"], name="person_once_per_matrix")]
        indexes = [models.Index(fields=["state", "answer_due"])]


class CellState(models.TextChoices):
    PROPOSED = "diusulkan", _("Diusulkan anggota")
    GIVEN = "diberikan", _("Diberikan pimpinan")
    TAKEN = "diambil", _("Masuk SKP")
    DISPUTED = "dipersoalkan", _("Dipersoalkan anggota")
    WITHDRAWN = "ditarik", _("Ditarik pimpinan")
    NONE = "tanpa_peran", _("Tidak ada peran")


CARRIED = (CellState.GIVEN, CellState.TAKEN, CellState.DISPUTED)
"""States in which the person carries the result by the leader's word."""
SHOWN = (*CARRIED, CellState.PROPOSED, CellState.NONE)
"""States that stand in the leader's table; what was withdrawn is told to the member only."""


class MatrixCell(Awaited):
    """One result of one person under one column; a cell of the printed matrix can hold several. While PROPOSED or
    DISPUTED it waits for the leader.

    `part_milli` is the share of the column's target where the load is split. `result_key` is the row of the person's
    plan it became, `taken_version` the `version` it had then: a later one means that the leader changed it afterwards.
    An explicit "no role" is a row without text in the state NONE. `reason` is the last word of the two about it.
    """

    column = models.ForeignKey(MatrixColumn, on_delete=models.CASCADE, related_name="cells")
    member = models.ForeignKey(MatrixMember, on_delete=models.CASCADE, related_name="cells")
    number = models.PositiveSmallIntegerField("nomor", default=1)
    text = models.CharField("hasil kerja", max_length=300, blank=True)
    strategy = models.CharField("cara membagi", max_length=16, choices=Strategy, default=Strategy.ASPECT)
    part_milli = models.BigIntegerField("bagian target", null=True, blank=True)
    state = models.CharField("status", max_length=14, choices=CellState, default=CellState.GIVEN)
    written_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField("alasan", max_length=300, blank=True)
    result_key = models.CharField(max_length=12, blank=True)
    taken_version = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["column__number", "number", "id"]
        indexes = [
            models.Index(fields=["member", "state"]),
            models.Index(fields=["answer_due"], condition=models.Q(answer_due__isnull=False), name="cell_asked"),
        ]

    @property
    def represents_leader(self) -> bool:
        """Whether the part stands for the leader's own result (p. 41) instead of only serving it (p. 43)."""
        return self.strategy in DIRECT

    @property
    def changed_since_taken(self) -> bool:
        """Whether the leader changed it after it went into the person's plan."""
        return self.taken_version is not None and self.version > self.taken_version
