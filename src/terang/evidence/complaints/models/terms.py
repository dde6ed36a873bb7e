"""What may be reported, and a government's own terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Agency, Unit


class ComplaintClass(models.TextChoices):
    """As the deadlines know them (`rules.complaints.deadlines.CLASSES`)."""

    INFORMATION = "informasi", _("Permintaan informasi")
    ASPIRATION = "aspirasi", _("Aspirasi")
    SERVICE = "pelayanan", _("Pengaduan pelayanan")
    MISCONDUCT = "pengawasan", _("Pengaduan berkadar pengawasan")


class ComplaintCategory(models.Model):
    """A kind of report a government takes, with the unit that usually answers. `code` is its name for other systems
    (Open311 `service_code`) and never changes; `keywords` are separated by commas."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="complaint_categories")
    code = models.SlugField("kode", max_length=40)
    name = models.CharField("nama", max_length=100)
    group = models.CharField("kelompok", max_length=60, blank=True)
    description = models.CharField("penjelasan", max_length=300, blank=True)
    keywords = models.CharField("kata kunci", max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unit penjawab"
    )
    usual_class = models.CharField("kelas biasa", max_length=12, choices=ComplaintClass, default=ComplaintClass.SERVICE)
    active = models.BooleanField("dipakai", default=True)

    class Meta:
        ordering = ["group", "name"]
        constraints = [models.UniqueConstraint(fields=["agency", "code"], name="complaint_category_code_once")]

    def __str__(self) -> str:
        return self.name


class ComplaintTerms(models.Model):
    """A government's own terms from a day on; a term that is missing is the national one (`rules.complaints`).

    `identity_days` after its end a reporter's name and contact are deleted. `contact` is who answers for complaints,
    with an address, as UU 25/2009 Pasal 36 asks to publish.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="complaint_terms")
    valid_from = models.DateField("berlaku sejak")
    verification = models.PositiveSmallIntegerField("verifikasi (hari kerja)", null=True, blank=True)
    first_answer = models.PositiveSmallIntegerField("tanggapan pertama (hari kerja)", null=True, blank=True)
    response = models.PositiveSmallIntegerField("waktu warga menanggapi (hari kerja)", null=True, blank=True)
    completion = models.PositiveSmallIntegerField("waktu warga melengkapi (hari)", null=True, blank=True)
    informasi = models.PositiveSmallIntegerField("permintaan informasi (hari kerja)", null=True, blank=True)
    aspirasi = models.PositiveSmallIntegerField("aspirasi (hari kerja)", null=True, blank=True)
    pelayanan = models.PositiveSmallIntegerField("pengaduan pelayanan (hari kerja)", null=True, blank=True)
    pengawasan = models.PositiveSmallIntegerField("berkadar pengawasan (hari kerja)", null=True, blank=True)
    identity_days = models.PositiveSmallIntegerField("identitas dihapus setelah (hari)", default=365)
    contact = models.CharField("penanggung jawab dan alamat", max_length=300, blank=True)
    basis = models.CharField("dasar hukum", max_length=200)

    class Meta:
        ordering = ["-valid_from"]
        constraints = [models.UniqueConstraint(fields=["agency", "valid_from"], name="complaint_terms_once_per_day")]
