"""Files in custody: kept outside the web root under the hash of their content, never changed, never lost silently; and
what is asked where a picture was used before."""

from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee


class Scan(models.TextChoices):
    """What a virus scanner said. Nothing where none was named, or where the row is older than it."""

    NONE = "", _("Tidak diperiksa")
    CLEAN = "bersih", _("Bersih")
    PENDING = "menunggu", _("Belum diperiksa virus")
    INFECTED = "terjangkit", _("Berisi virus")


class StoredFile(models.Model):
    """One uploaded file. The bytes lie under `sha256`; two uploads of the same bytes share them.

    What is kept beside a photo may be missing: rows of before have no small copy, and are shown without it.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField("nama berkas", max_length=150)
    media_type = models.CharField("jenis", max_length=80)
    shown_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    """The copy of an image without its metadata (place, device), shown to everybody but its keeper; empty for other
    files.
    """
    small_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    """The small copy of an image in WEBP, without metadata."""
    size_bytes = models.PositiveBigIntegerField("ukuran")
    uploaded_at = models.DateTimeField("diunggah", auto_now_add=True)
    uploaded_by_id = models.BigIntegerField("pengunggah (pegawai)", null=True)
    agency_id = models.BigIntegerField("pemerintah daerah", null=True)
    taken_at = models.CharField("waktu menurut kamera", max_length=25, blank=True)
    """ISO text in the camera's local time, with an offset only where the camera noted one; empty where missing."""
    latitude_micro = models.IntegerField(null=True)
    longitude_micro = models.IntegerField(null=True)
    """Where the camera was, in millionths of a degree; south and west negative; both or none."""
    scan = models.CharField("pemeriksaan virus", max_length=12, choices=Scan, blank=True, default=Scan.NONE)
    compared_at = models.DateTimeField("dibandingkan pada", null=True)
    look_again_on = models.DateField("retensi dilihat lagi", null=True)
    destroyed_on = models.DateField("dimusnahkan pada", null=True)
    bytes_gone = models.BooleanField("isi sudah terhapus", default=False)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["agency_id", "look_again_on"], name="files_by_retention"),
            models.Index(fields=["uploaded_at"], condition=models.Q(compared_at=None), name="files_not_compared"),
            models.Index(fields=["id"], condition=models.Q(scan="menunggu"), name="files_not_scanned"),
            models.Index(
                fields=["destroyed_on"],
                condition=models.Q(destroyed_on__isnull=False, bytes_gone=False),
                name="files_to_empty",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def taken(self) -> datetime | None:
        """When the camera says it was taken: naive where no offset was noted."""
        return datetime.fromisoformat(self.taken_at) if self.taken_at else None

    @property
    def has_place(self) -> bool:
        return self.latitude_micro is not None and self.longitude_micro is not None


class Fingerprint(models.Model):
    """The look of an image that shows enough to be compared (`fingerprints`). `band_*` are parts of `coarse`, by which
    look-alikes are found; `fine` and `busy` are 256 bits as hexadecimal digits and decide."""

    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, primary_key=True, related_name="fingerprint")
    agency_id = models.BigIntegerField()
    coarse = models.BigIntegerField()
    fine = models.CharField(max_length=64)
    busy = models.CharField(max_length=64)
    band_0 = models.PositiveIntegerField()
    band_1 = models.PositiveIntegerField()
    band_2 = models.PositiveIntegerField()
    band_3 = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["agency_id", f"band_{number}", "coarse"], name=f"looks_by_band_{number}")
            for number in range(4)
        ]


class ResemblanceState(models.TextChoices):
    ASKED = "ditanyakan", _("Perlu penjelasan")
    EXPLAINED = "dijelaskan", _("Dijelaskan")
    CLOSED = "selesai", pgettext_lazy("kemiripan", "Selesai")


class Verdict(models.TextChoices):
    """What the appraiser says after the explanation."""

    CLEAR = "jelas", _("Jelas")
    TALK = "bicarakan", _("Perlu dibicarakan")


class Resemblance(models.Model):
    """A file that is the same as, or nearly the same as, one used earlier: a question to the person, never an
    accusation.

    `employee` and `day` tell where it is used now, `earlier_*` where it was. `distance` is 0 for the same picture.
    Until `due_on` has passed only the person sees it, unless they have explained it. No score knows of it.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="resemblance")
    earlier = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="resemblances")
    day = models.DateField("tanggal")
    earlier_employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="+")
    earlier_day = models.DateField("tanggal sebelumnya")
    same_bytes = models.BooleanField("isi sama persis")
    distance = models.PositiveSmallIntegerField("selisih (persen)")
    found_at = models.DateTimeField("ditemukan pada")
    due_on = models.DateField("dijelaskan sampai")
    state = models.CharField("status", max_length=12, choices=ResemblanceState, default=ResemblanceState.ASKED)
    explanation = models.CharField("penjelasan", max_length=500, blank=True)
    explained_at = models.DateTimeField("dijelaskan pada", null=True, blank=True)
    verdict = models.CharField("kesimpulan", max_length=12, choices=Verdict, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)
    closed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField("selesai pada", null=True, blank=True)
    form_key = models.UUIDField("kunci formulir", unique=True, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-found_at", "-id"]
        indexes = [models.Index(fields=["employee", "state"]), models.Index(fields=["state", "due_on"])]

    def get_absolute_url(self) -> str:
        return reverse("custody:resemblance", args=[self.pk])


class CustodyTerms(models.Model):
    """How a government asks about look-alikes from a day on; where there are none, `terms.USUAL` holds.

    `answer_days` are working days in which only the person sees the question. `asks_same_day`: whether a picture that
    somebody else used on the same day is asked about too; where a photo of common work is shared, it need not be.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="custody_terms")
    valid_from = models.DateField("berlaku sejak")
    answer_days = models.PositiveSmallIntegerField("hari kerja untuk menjelaskan")
    asks_same_day = models.BooleanField("foto orang lain pada hari yang sama ditanyakan", default=True)
    basis = models.CharField("dasar", max_length=200, blank=True)

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "valid_from"], name="custody_terms_once_per_agency_and_day")
        ]


class UseKind(models.TextChoices):
    """What a file is a proof of; retention is decided by it."""

    WORK = "kegiatan", _("Bukti kegiatan")
    PRESENCE = "kehadiran", _("Foto presensi, surat tugas, dan keberatan kehadiran")
    LEAVE = "cuti", _("Surat keterangan cuti")
    CITIZENS = "warga", _("Berkas pemohon layanan dan pelapor")
    OVERSIGHT = "pengawasan", _("Foto pemeriksaan lapangan")
    TRAINING = "pelatihan", _("Sertifikat pelatihan")


class RetentionRule(models.Model):
    """For how many years files of a kind are kept, from a day on. `years` missing: for ever, which also holds where
    there is no rule."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="retention_rules")
    kind = models.CharField("jenis", max_length=12, choices=UseKind)
    years = models.PositiveSmallIntegerField("tahun", null=True, blank=True)
    basis = models.CharField("dasar hukum", max_length=200)
    valid_from = models.DateField("berlaku sejak")

    class Meta:
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "valid_from"], name="retention_once_per_kind_and_day")
        ]
