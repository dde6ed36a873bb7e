"""What a government promises: its services, the dated versions of their standard, and the pledge of each unit."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from terang.evidence.citizens.working_time import limit_words, working_time
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee


class Service(models.Model):
    """A service of a unit. `standard_minutes` are the working minutes of the standard in force today, for lists; each
    request keeps those of the version its own clock started under. `queue_letter` heads the queue numbers of its
    walk-ins; services of a unit with the same letter share one row of numbers."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="services")
    code = models.CharField("kode", max_length=30)
    name = models.CharField("nama layanan", max_length=150)
    queue_letter = models.CharField("huruf antrean", max_length=1, default="A")
    standard_minutes = models.PositiveIntegerField("standar waktu (menit kerja)")
    monthly_norm = models.PositiveIntegerField("norma beban per petugas per bulan", null=True, blank=True)
    active = models.BooleanField("aktif", default=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["unit_id", "name"]
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="service_code_once_per_unit")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("citizens:service", args=[self.pk])

    @property
    def standard_words(self) -> str:
        """The standard time in words, in working days or minutes."""
        return working_time(self.standard_minutes)


class LimitUnit(models.TextChoices):
    """In what a time limit is counted. Minutes and hours are working time; calendar days count every day."""

    MINUTES = "menit", _("menit kerja")
    HOURS = "jam", _("jam kerja")
    WORKING_DAYS = "hari_kerja", _("hari kerja")
    CALENDAR_DAYS = "hari", _("hari kalender")


class ServiceStandard(models.Model):
    """One version of a service's standard, in force from `valid_from` to before `valid_to` (open where missing).

    Its fields are the 14 components of UU 25/2009 Pasal 21 as PermenPANRB 15/2014 splits them: six that the public
    sees and eight of the inside. A version is never edited; the next one closes it.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="standards")
    number = models.PositiveSmallIntegerField("versi")
    decree = models.CharField("nomor SK", max_length=120)
    decree_day = models.DateField("tanggal SK")
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai (tidak termasuk)", null=True, blank=True)
    online = models.BooleanField("dapat diajukan dari rumah", default=False)

    requirements_note = models.CharField("catatan persyaratan", max_length=500, blank=True)
    procedure = models.TextField("sistem, mekanisme, dan prosedur", max_length=2000)
    limit_least = models.PositiveSmallIntegerField("jangka waktu tercepat", null=True, blank=True)
    limit = models.PositiveSmallIntegerField("jangka waktu paling lama")
    limit_unit = models.CharField("satuan waktu", max_length=12, choices=LimitUnit)
    fee_idr = models.PositiveBigIntegerField("biaya (rupiah)", default=0)
    fee_note = models.CharField("keterangan biaya", max_length=300, blank=True)
    product = models.CharField("produk pelayanan", max_length=300)
    complaint_handling = models.TextField("penanganan pengaduan, saran, dan masukan", max_length=1000)

    legal_basis = models.TextField("dasar hukum", max_length=2000)
    facilities = models.TextField("sarana, prasarana, dan fasilitas", max_length=1000)
    competence = models.TextField("kompetensi pelaksana", max_length=1000)
    supervision = models.TextField("pengawasan internal", max_length=1000)
    staffing = models.CharField("jumlah pelaksana", max_length=300)
    assurance = models.TextField("jaminan pelayanan", max_length=1000)
    safety = models.TextField("jaminan keamanan dan keselamatan", max_length=1000)
    evaluation = models.TextField("evaluasi kinerja pelaksana", max_length=1000)

    published_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField("diterbitkan", auto_now_add=True)

    class Meta:
        ordering = ["service_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["service", "number"], name="standard_number_once_per_service"),
            models.UniqueConstraint(
                fields=["service"], condition=Q(valid_to__isnull=True), name="one_open_standard_per_service"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
                name="standard_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("citizens:standard", args=[self.pk])

    @property
    def limit_words(self) -> str:
        """The time limit as published, with its range."""
        return limit_words(self.limit, self.limit_unit, self.limit_least)


class Requirement(models.Model):
    """What an applicant brings. `attachable`: a picture or scan of it can be sent with an online request."""

    standard = models.ForeignKey(ServiceStandard, on_delete=models.CASCADE, related_name="requirements")
    number = models.PositiveSmallIntegerField("urutan")
    name = models.CharField("persyaratan", max_length=150)
    detail = models.CharField("keterangan", max_length=300, blank=True)
    obligatory = models.BooleanField("wajib", default=True)
    attachable = models.BooleanField("dapat dilampirkan", default=True)

    class Meta:
        ordering = ["standard_id", "number"]
        constraints = [models.UniqueConstraint(fields=["standard", "number"], name="requirement_once_per_place")]

    def __str__(self) -> str:
        return self.name


class StandardStep(models.Model):
    """One step of the procedure with its share of the limit, in working minutes."""

    standard = models.ForeignKey(ServiceStandard, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField("urutan")
    name = models.CharField("langkah", max_length=150)
    who = models.CharField("pelaksana", max_length=120)
    minutes = models.PositiveIntegerField("waktu (menit kerja)")

    class Meta:
        ordering = ["standard_id", "number"]
        constraints = [models.UniqueConstraint(fields=["standard", "number"], name="step_once_per_place")]

    def __str__(self) -> str:
        return self.name

    @property
    def time_words(self) -> str:
        return working_time(self.minutes)


class ServicePledge(models.Model):
    """The maklumat pelayanan of a unit (UU 25/2009 Pasal 22): what it promises and accepts, signed by its head."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="pledges")
    text = models.TextField("bunyi maklumat", max_length=2000)
    signer = models.CharField("penanda tangan", max_length=150)
    signer_title = models.CharField("jabatan penanda tangan", max_length=150)
    place = models.CharField("tempat", max_length=100)
    day = models.DateField("tanggal")
    published_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField("diterbitkan", auto_now_add=True)

    class Meta:
        ordering = ["unit_id", "-day", "-id"]
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="pledge_once_per_unit_and_day")]
