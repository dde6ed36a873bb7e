"""A complaint, what was said about it, and its photos."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from terang.custody.models import StoredFile
from terang.evidence.complaints.models.terms import ComplaintCategory, ComplaintClass
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee


class ComplaintState(models.TextChoices):
    RECEIVED = "diterima", _("Diterima")
    VERIFYING = "verifikasi", _("Diperiksa")
    INCOMPLETE = "perlu_data", _("Perlu dilengkapi")
    ROUTED = "diteruskan", _("Diteruskan")
    IN_HAND = "tindak_lanjut", _("Ditindaklanjuti")
    ANSWERED = "dijawab", _("Dijawab")
    REOPENED = "dibuka_kembali", _("Dibuka kembali")
    CLOSED = "selesai", pgettext_lazy("pengaduan", "Selesai")
    REJECTED = "ditolak", _("Ditolak")
    REFERRED = "dialihkan", _("Dialihkan")
    LAPSED = "dianggap_dicabut", _("Dianggap dicabut")


ENDED = (ComplaintState.CLOSED, ComplaintState.REJECTED, ComplaintState.REFERRED, ComplaintState.LAPSED)
CHECKS = (ComplaintState.RECEIVED, ComplaintState.VERIFYING)
"""While the office looks what a report is and whose; a report that must be completed is the citizen's turn."""
WITH_VERIFIER = (ComplaintState.RECEIVED, ComplaintState.VERIFYING, ComplaintState.INCOMPLETE)
WITH_UNIT = (ComplaintState.ROUTED, ComplaintState.IN_HAND, ComplaintState.REOPENED)
GOES_ALONG = (ComplaintState.ROUTED, ComplaintState.IN_HAND, ComplaintState.ANSWERED)
"""Where a joined report gets what is said to the reporter of its main report."""
CITIZEN_WAITS = Q(state=ComplaintState.ANSWERED, citizen_wrote_at__gte=F("last_answer_at"))
"""Of rows, as `Complaint.citizen_waits`."""


class Channel(models.TextChoices):
    WEB = "web", _("Web")
    COUNTER = "loket", _("Loket")
    OPEN311 = "open311", "Open311"
    PHONE = "telepon", _("Telepon")


class ClosedBy(models.TextChoices):
    CITIZEN = "warga", _("Warga")
    TIME = "waktu", _("Waktu")


class Complaint(models.Model):
    """One report of a citizen. Who reported it stands in `Reporter`, never here.

    `secret_hash` is that of the link, `code_hash` that of the short code to type. `is_anonymous`: the reporter is
    hidden from everybody in the institution; `is_secret`: the report is shown to nobody but who handles it. `category`
    is missing for reports of misconduct and where the citizen knew none. `about_unit` is the unit the report is about,
    as far as known; `unit` the one that has to answer (missing until it is passed on; for misconduct always: the
    oversight team answers).

    Due days are inclusive. `complete_on` is the day the file was complete: terms of verification and finishing count
    from it. `routed_on` is when the unit got it. `finish_due_on` is the first due day and never moves once answered;
    `again_due_on` is that of the answer after a reopening or a reply. `answered_on` is the local day of the first final
    answer.
    `last_answer_at` and `citizen_wrote_at` (missing before the first) say whose turn it is. `duplicate_of` gets the
    answers of that one. `rating` 1–4. `forgotten_on` is when name and contact were deleted. Coordinates are millionths
    of a degree, both or none. `taken_back_at` is when the report or a photo of it last left the public pages, missing
    where nothing ever did. `moved_on` is the local day of the latest thing everybody may know the day of (passed on,
    published, taken in hand, answered, ended, taken back); missing before the first. `updated_at` moves with citizens'
    acts and internal notes too and is told to nobody outside.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="complaints")
    tracking_code = models.CharField("nomor pengaduan", max_length=20, unique=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    form_key = models.UUIDField(unique=True)
    title = models.CharField("judul", max_length=120)
    body = models.TextField("isi", max_length=4000)
    event_on = models.DateField("tanggal kejadian", null=True, blank=True)
    address = models.CharField("tempat kejadian", max_length=250, blank=True)
    latitude_micro = models.IntegerField(null=True, blank=True)
    longitude_micro = models.IntegerField(null=True, blank=True)
    category = models.ForeignKey(
        ComplaintCategory, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    complaint_class = models.CharField("kelas", max_length=12, choices=ComplaintClass, default=ComplaintClass.SERVICE)
    is_anonymous = models.BooleanField("anonim", default=False)
    is_secret = models.BooleanField("rahasia", default=False)
    is_published = models.BooleanField("tampil di halaman publik", default=False)
    taken_back_at = models.DateTimeField("terakhir ditarik dari halaman publik", null=True, blank=True)
    state = models.CharField("status", max_length=16, choices=ComplaintState, default=ComplaintState.RECEIVED)
    about_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints")
    handler = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints_in_hand"
    )
    channel = models.CharField("saluran", max_length=8, choices=Channel, default=Channel.WEB)
    entered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField("diterima pada")
    received_on = models.DateField("diterima")
    complete_on = models.DateField("lengkap sejak")
    routed_on = models.DateField("diteruskan", null=True, blank=True)
    verify_due_on = models.DateField("batas verifikasi")
    completion_due_on = models.DateField("batas melengkapi", null=True, blank=True)
    first_answer_due_on = models.DateField("batas tanggapan pertama", null=True, blank=True)
    finish_due_on = models.DateField("batas jawaban akhir")
    again_due_on = models.DateField("batas jawaban setelah dibuka kembali", null=True, blank=True)
    response_due_on = models.DateField("batas tanggapan warga", null=True, blank=True)
    ombudsman_on = models.DateField("pemberitahuan Ombudsman")
    verified_at = models.DateTimeField("diverifikasi pada", null=True, blank=True)
    first_answered_at = models.DateTimeField("tanggapan pertama pada", null=True, blank=True)
    answered_on = models.DateField("jawaban akhir pertama", null=True, blank=True)
    last_answer_at = models.DateTimeField("jawaban akhir terbaru", null=True, blank=True)
    citizen_wrote_at = models.DateTimeField("pesan warga terakhir", null=True, blank=True)
    reopened_count = models.PositiveSmallIntegerField("dibuka kembali", default=0)
    reopened_on = models.DateField("dibuka kembali terakhir", null=True, blank=True)
    closed_at = models.DateTimeField("berakhir pada", null=True, blank=True)
    closed_by = models.CharField("ditutup oleh", max_length=6, choices=ClosedBy, blank=True)
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates")
    referred_to = models.CharField("dialihkan kepada", max_length=150, blank=True)
    ending_reason = models.CharField("alasan", max_length=500, blank=True)
    rating = models.PositiveSmallIntegerField("penilaian", null=True, blank=True)
    rating_reason = models.CharField("alasan penilaian", max_length=500, blank=True)
    forgotten_on = models.DateField("identitas dihapus", null=True, blank=True)
    moved_on = models.DateField("perubahan publik terakhir", null=True, blank=True)
    updated_at = models.DateTimeField("berubah terakhir")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["agency", "state", "finish_due_on"]),
            models.Index(fields=["agency", "received_at"]),
            models.Index(fields=["unit", "state"]),
            models.Index(fields=["handler", "finish_due_on"]),
            models.Index(
                fields=["agency", "taken_back_at"],
                condition=models.Q(taken_back_at__isnull=False),
                name="complaint_taken_back",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verify_due_on__gte=models.F("received_on"))
                & models.Q(finish_due_on__gte=models.F("received_on")),
                name="complaint_due_after_receipt",
            ),
            models.CheckConstraint(
                condition=models.Q(rating=None) | models.Q(rating__gte=1, rating__lte=4), name="complaint_rating_1_to_4"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="selesai") | models.Q(last_answer_at__isnull=False),
                name="complaint_never_closed_without_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.tracking_code

    def get_absolute_url(self) -> str:
        return reverse("complaints:complaint", args=[self.tracking_code])

    @property
    def is_misconduct(self) -> bool:
        return self.complaint_class == ComplaintClass.MISCONDUCT

    @property
    def is_guarded(self) -> bool:
        """Whether nothing of it may be seen outside of who handles it."""
        return self.is_secret or self.is_misconduct

    @cached_property
    def is_joined_to(self) -> bool:
        """Whether reports are joined to it that get what its reporter gets. One query, once."""
        return self.duplicates.filter(state__in=GOES_ALONG).exists()

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def place_text(self) -> str:
        """The coordinates as degrees, empty where there are none."""
        if self.latitude_micro is None or self.longitude_micro is None:
            return ""
        return f"{_degrees(self.latitude_micro)}, {_degrees(self.longitude_micro)}"

    @property
    def citizen_waits(self) -> bool:
        """Whether the citizen wrote again after the latest answer: silence closes nothing then."""
        answered, wrote = self.last_answer_at, self.citizen_wrote_at
        return self.state == ComplaintState.ANSWERED and bool(answered and wrote and wrote >= answered)

    @property
    def due_on(self) -> date | None:
        """The day the office's next answer is due; None while it is the citizen's turn, or ended."""
        if self.state in CHECKS:
            return self.verify_due_on
        if self.citizen_waits:
            return self.again_due_on
        if self.state not in WITH_UNIT:
            return None
        finish = self.again_due_on or self.finish_due_on
        waits_for_first = self.first_answered_at is None and self.first_answer_due_on
        return min(self.first_answer_due_on, finish) if waits_for_first and self.first_answer_due_on else finish


def _degrees(micro: int) -> str:
    sign = "-" if micro < 0 else ""
    whole, rest = divmod(abs(micro), 1_000_000)
    return f"{sign}{whole}.{rest:06d}"


class MessageKind(models.TextChoices):
    REPORT = "laporan", _("Laporan")
    QUESTION = "pertanyaan", _("Pertanyaan")
    REPLY = "balasan", _("Balasan")
    ANSWER = "jawaban", _("Jawaban")
    NOTE = "catatan", _("Catatan internal")
    FORWARD = "penerusan", _("Penerusan")
    NOTICE = "pemberitahuan", _("Pemberitahuan")


class Speaker(models.TextChoices):
    CITIZEN = "warga", _("Warga")
    STAFF = "petugas", _("Petugas")
    SYSTEM = "sistem", _("Sistem")


class ComplaintMessage(models.Model):
    """One thing said or told. `is_shown` to the reporter; on public pages answers of a published complaint only.

    `author` is the employee (missing for citizens and the system). A forwarding names the `unit` it goes to.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField("jenis", max_length=14, choices=MessageKind)
    speaker = models.CharField("dari", max_length=8, choices=Speaker)
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField("isi", max_length=4000)
    is_shown = models.BooleanField("terlihat oleh pelapor", default=True)
    said_at = models.DateTimeField("pada")
    form_key = models.UUIDField(null=True, blank=True, unique=True)

    class Meta:
        ordering = ["said_at", "id"]
        indexes = [models.Index(fields=["complaint", "said_at"])]


class ComplaintPhoto(models.Model):
    """A photo without its metadata, in custody under a neutral name. `is_published` only after a person looked."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="photos")
    message = models.ForeignKey(
        ComplaintMessage, on_delete=models.CASCADE, null=True, blank=True, related_name="photos"
    )
    number = models.PositiveSmallIntegerField("nomor")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    is_published = models.BooleanField("tampil di halaman publik", default=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["complaint", "number"], name="complaint_photo_number_once")]
