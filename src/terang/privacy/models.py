"""The register of failures of protection of personal data: what is known of each, as versions, and who was told."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee


class BreachState(models.TextChoices):
    SUSPECTED = "dugaan", _("Dugaan")
    OPEN = "terbuka", _("Perlu diberitahukan")
    NOTIFIED = "diberitahukan", _("Sudah diberitahukan")
    CLOSED = "ditutup", _("Ditutup")
    DISMISSED = "bukan", _("Bukan kegagalan")


ENDED = (BreachState.CLOSED, BreachState.DISMISSED)


class DataKind(models.TextChoices):
    """The last six are specific data (UU 27/2022 Pasal 4 ayat (2))."""

    IDENTITY = "identitas", _("Nama, NIK, NIP, tanggal lahir")
    CONTACT = "kontak", _("Alamat, telepon, surel")
    WORK = "kepegawaian", _("Jabatan, kehadiran, nilai kinerja")
    SERVICE = "layanan", _("Permohonan, pengaduan, isian survei")
    HEALTH = "kesehatan", _("Kesehatan")
    BIOMETRIC = "biometrik", _("Biometrik, misalnya sidik jari dan wajah")
    GENETIC = "genetika", _("Genetika")
    CRIME = "kejahatan", _("Catatan kejahatan")
    CHILDREN = "anak", _("Anak")
    FINANCE = "keuangan", _("Keuangan pribadi")


SPECIFIC = (
    DataKind.HEALTH,
    DataKind.BIOMETRIC,
    DataKind.GENETIC,
    DataKind.CRIME,
    DataKind.CHILDREN,
    DataKind.FINANCE,
)


class PersonKind(models.TextChoices):
    EMPLOYEES = "pegawai", pgettext_lazy("kelompok orang", "Pegawai")
    APPLICANTS = "pemohon", _("Pemohon layanan")
    REPORTERS = "pelapor", _("Pelapor pengaduan")
    RESPONDENTS = "responden", _("Responden survei")
    OTHERS = "lain", _("Orang lain")


class PublicNotice(models.TextChoices):
    UNDECIDED = "", _("Belum diputuskan")
    NEEDED = "perlu", _("Perlu")
    NOT_NEEDED = "tidak", _("Tidak perlu")


class Recipient(models.TextChoices):
    """As the rule knows them (`rules.regulations.breach`); the public only where it was decided."""

    SUBJECTS = "subjek", _("Orang yang datanya terbuka")
    AUTHORITY = "lembaga", _("Lembaga pelindungan data pribadi")
    PUBLIC = "masyarakat", _("Masyarakat")


class Breach(models.Model):
    """One failure, or the suspicion of one. What is known of it stands in its `facts`; the newest holds.

    `suspicion` is what was reported, word for word; `reported_at` the latest moment the government can have known.
    `due_at` is the last moment to tell, of the newest facts (of the report before there are any). `ending` is why it
    was closed or dismissed.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="breaches")
    form_key = models.UUIDField(unique=True)
    state = models.CharField("status", max_length=14, choices=BreachState, default=BreachState.SUSPECTED)
    suspicion = models.TextField("yang dilaporkan", max_length=2000)
    reported_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField("dilaporkan pada")
    due_at = models.DateTimeField("batas pemberitahuan")
    ending = models.CharField("alasan berakhir", max_length=1000, blank=True)
    ended_at = models.DateTimeField("berakhir pada", null=True, blank=True)
    ended_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-reported_at", "-id"]
        indexes = [models.Index(fields=["agency", "state", "due_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | ~models.Q(ending=""), name="breach_ends_with_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"PDP-{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("privacy:breach", args=[self.pk])

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED


class BreachFacts(models.Model):
    """What is known, as one version; a correction is the next one, with its reason, and changes none before it.

    `known_at` is when the government knew, never later than the report. `happened_at` is missing where only words
    (`happened_note`) say when. `persons` is missing where nobody knows yet; `is_estimate` marks a number that was
    guessed. Texts name nobody. `tells_public` is the decision on telling the public, with its reason.
    """

    breach = models.ForeignKey(Breach, on_delete=models.CASCADE, related_name="facts")
    number = models.PositiveSmallIntegerField("versi")
    title = models.CharField("judul", max_length=120)
    known_at = models.DateTimeField("diketahui")
    happened_at = models.DateTimeField("terjadi", null=True, blank=True)
    happened_note = models.CharField("keterangan waktu", max_length=200, blank=True)
    how = models.TextField("bagaimana", max_length=2000, blank=True)
    data_kinds = models.JSONField("jenis data", default=list)
    exposed = models.TextField("data yang terungkap", max_length=2000, blank=True)
    person_kinds = models.JSONField("kelompok orang", default=list)
    persons = models.PositiveIntegerField("jumlah orang", null=True, blank=True)
    is_estimate = models.BooleanField("perkiraan", default=False)
    handling = models.TextField("penanganan", max_length=2000, blank=True)
    recovery = models.TextField("pemulihan", max_length=2000, blank=True)
    contact = models.CharField("tempat bertanya", max_length=300, blank=True)
    tells_public = models.CharField("diumumkan", max_length=6, choices=PublicNotice, blank=True)
    public_reason = models.CharField("alasan tentang pengumuman", max_length=500, blank=True)
    reason = models.CharField("alasan perubahan", max_length=500, blank=True)
    entered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("dicatat pada")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["breach", "number"], name="breach_facts_numbered_once")]

    @property
    def data_labels(self) -> list[str]:
        return [str(DataKind(kind).label) for kind in self.data_kinds]

    @property
    def person_labels(self) -> list[str]:
        return [str(PersonKind(kind).label) for kind in self.person_kinds]

    @property
    def is_specific(self) -> bool:
        """Whether specific data are among those exposed (UU 27/2022 Pasal 4 ayat (2))."""
        return any(kind in SPECIFIC for kind in self.data_kinds)


class BreachNotice(models.Model):
    """A written notice that was sent: to whom, when, how, and on which version of the facts. One recorded by mistake is
    withdrawn with a reason and stays readable."""

    breach = models.ForeignKey(Breach, on_delete=models.CASCADE, related_name="notices")
    facts = models.ForeignKey(BreachFacts, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(unique=True)
    recipient = models.CharField("kepada", max_length=10, choices=Recipient)
    sent_at = models.DateTimeField("dikirim pada")
    way = models.CharField("cara dan nomor surat", max_length=300)
    recorded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("dicatat pada")
    withdrawn_at = models.DateTimeField("dibatalkan pada", null=True, blank=True)
    withdrawn_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField("alasan pembatalan", max_length=500, blank=True)

    class Meta:
        ordering = ["sent_at", "id"]
