"""Who works where, since when, under whom. Every answer is derived from dated rows; ends are exclusive."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.accounts.validators import validate_nip
from terang.registry.organization.models import Agency, Unit


class EmploymentStatus(models.TextChoices):
    PNS = "pns", _("PNS")
    CPNS = "cpns", _("CPNS")
    PPPK = "pppk", _("PPPK")


class Employee(models.Model):
    """A civil servant of an agency. The account is linked when there is one; a person can be in the registry without
    it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="employees")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="employee"
    )
    nip = models.CharField("NIP", max_length=18, unique=True, validators=[validate_nip])
    name = models.CharField("nama", max_length=150)
    status = models.CharField("status", max_length=8, choices=EmploymentStatus)
    rank = models.CharField("golongan", max_length=8, blank=True)
    email = models.EmailField("surel", blank=True)
    joined_on = models.DateField("masuk sejak")
    left_on = models.DateField("keluar sejak", null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["agency", "name"])]

    def __str__(self) -> str:
        return self.name


class PostKind(models.TextChoices):
    LEADER = "jpt", _("Pimpinan tinggi")
    ADMINISTRATOR = "administrator", _("Administrator")
    SUPERVISOR = "pengawas", _("Pengawas")
    EXECUTOR = "pelaksana", _("Pelaksana")
    FUNCTIONAL = "fungsional", _("Fungsional")
    ELECTED = "kepala_daerah", _("Kepala daerah")


class Post(models.Model):
    """A post (jabatan) in a unit. One post of a unit heads it. `category` (for example guru) selects a policy's
    variant, `grade` (kelas jabatan, missing where not known) the amount of the allowance."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField("nama jabatan", max_length=150)
    kind = models.CharField("jenis jabatan", max_length=16, choices=PostKind)
    level = models.CharField("jenjang", max_length=40, blank=True)
    category = models.CharField("rumpun", max_length=40, blank=True)
    is_head = models.BooleanField("memimpin unit", default=False)
    grade = models.PositiveSmallIntegerField(
        "kelas jabatan", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(17)]
    )
    seats = models.PositiveSmallIntegerField("formasi", default=1)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai (tidak termasuk)", null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["unit__path", "-is_head", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(is_head=True, valid_to__isnull=True), name="one_head_post_per_unit"
            )
        ]

    def __str__(self) -> str:
        return self.title


class AssignmentKind(models.TextChoices):
    DEFINITIVE = "definitif", _("Definitif")
    ACTING = "plt", _("Pelaksana tugas (Plt.)")
    STAND_IN = "plh", _("Pelaksana harian (Plh.)")


class Assignment(models.Model):
    """A person on a post from `starts_on` to before `ends_on` (open where missing)."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="assignments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="assignments")
    kind = models.CharField("sifat", max_length=10, choices=AssignmentKind, default=AssignmentKind.DEFINITIVE)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir (tidak termasuk)", null=True, blank=True)
    document = models.CharField("dasar penugasan", max_length=150, blank=True)

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["post", "starts_on"]), models.Index(fields=["employee", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="assignment_ends_after_it_starts",
            )
        ]


class AppraiserOverride(models.Model):
    """Another appraiser than the tree gives, for a time, with reason and document (PermenPANRB 6/2022, Lampiran
    IV.A)."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="appraiser_overrides")
    appraiser = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="appraises_by_override")
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir (tidak termasuk)", null=True, blank=True)
    reason = models.CharField("alasan", max_length=250)
    document = models.CharField("dokumen", max_length=150)

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["appraiser", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(employee=models.F("appraiser")), name="nobody_appraises_themselves"
            )
        ]


class Role(models.TextChoices):
    """Appointed roles. Employee, appraiser, unit head and acting official are derived from assignments instead."""

    PERSONNEL = "kepegawaian", _("Pengelola kepegawaian (BKD/BKPSDM)")
    OVERSIGHT = "pengawasan", _("Tim pengawas/Inspektorat")
    SERVICE_OFFICER = "petugas_layanan", _("Petugas layanan")
    SERVICE_MANAGER = "pengelola_layanan", _("Pengelola layanan")
    COMPLAINT_COORDINATOR = "pengaduan", _("Koordinator pengaduan")
    REGIONAL_HEAD = "kepala_daerah", _("Kepala daerah")
    AUDITOR = "auditor", _("Auditor")
    OPERATOR = "operator", _("Operator teknis")


class RoleGrant(models.Model):
    """A role given to a person for a time, over a unit and what lies below it (the whole agency where missing)."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField("peran", max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir (tidak termasuk)", null=True, blank=True)
    document = models.CharField("dasar penunjukan", max_length=150, blank=True)

    class Meta:
        ordering = ["role", "-starts_on", "-id"]
