"""Where people work: agencies, their tree of units, their working time, and the outages that excuse a missed
deadline."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    CITY = "kota", _("Kota")
    REGENCY = "kabupaten", _("Kabupaten")
    PROVINCE = "provinsi", _("Provinsi")
    MINISTRY = "kementerian", _("Kementerian/Lembaga")


class Agency(models.Model):
    """A government (instansi), for example Pemerintah Kota Makassar, known by its official region code, for example
    73.71."""

    code = models.CharField("kode wilayah", max_length=13, unique=True)
    name = models.CharField("nama", max_length=120)
    kind = models.CharField("jenis", max_length=16, choices=AgencyKind)
    time_zone = models.CharField("zona waktu", max_length=40, default="Asia/Jakarta")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class UnitKind(models.TextChoices):
    ROOT = "pemerintah", _("Pemerintah daerah")
    SECRETARIAT = "sekretariat", _("Sekretariat")
    DINAS = "dinas", _("Dinas")
    BADAN = "badan", _("Badan")
    INSPECTORATE = "inspektorat", _("Inspektorat")
    BIDANG = "bidang", _("Bidang")
    SECTION = "seksi", _("Seksi/Subbagian")
    UPTD = "uptd", _("UPTD")
    PUSKESMAS = "puskesmas", _("Puskesmas")
    HOSPITAL = "rsud", _("Rumah sakit")
    SCHOOL = "sekolah", _("Sekolah")
    DISTRICT = "kecamatan", _("Kecamatan")
    VILLAGE = "kelurahan", _("Kelurahan")


class Unit(models.Model):
    """A node of an agency's tree. `path` holds the ids from the root, as `/1/5/9/`, so that a subtree is one prefix."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField("jenis", max_length=16, choices=UnitKind)
    code = models.CharField("kode", max_length=30)
    name = models.CharField("nama", max_length=150)
    path = models.CharField(max_length=255, db_index=True, editable=False, default="")
    serves_public = models.BooleanField("melayani masyarakat", default=False)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai (tidak termasuk)", null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="unit_code_once_per_agency"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="unit_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HolidayKind(models.TextChoices):
    NATIONAL = "nasional", _("Libur nasional")
    JOINT_LEAVE = "cuti_bersama", _("Cuti bersama")
    LOCAL = "daerah", _("Libur daerah")


class Holiday(models.Model):
    """A day off of one agency beyond the national ones, which are dated rules in `rules.regulations`."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="holidays")
    day = models.DateField("tanggal")
    name = models.CharField("nama", max_length=120)
    kind = models.CharField("jenis", max_length=16, choices=HolidayKind, default=HolidayKind.LOCAL)
    basis = models.CharField("dasar", max_length=200, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["agency", "day"], name="holiday_once_per_agency_and_day")]


class WorkWeek(models.Model):
    """Which weekdays an agency, or one unit of it (shift, six days), works. `weekdays` has one digit a day, Monday =
    1."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="work_weeks")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="work_weeks")
    weekdays = models.CharField("hari kerja", max_length=7, default="12345")
    starts_at = models.TimeField("jam masuk")
    ends_at = models.TimeField("jam pulang")
    shifts = models.BooleanField("kerja bergilir", default=False)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai (tidak termasuk)", null=True, blank=True)

    class Meta:
        ordering = ["-valid_from", "-id"]


class Outage(models.Model):
    """A time in which a system did not answer. Deadlines that fall into it are not held against anybody."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="outages")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="outages")
    started_at = models.DateTimeField("mulai")
    ended_at = models.DateTimeField("selesai", null=True, blank=True)
    cause = models.CharField("sebab", max_length=200)

    class Meta:
        ordering = ["-started_at", "-id"]


class SignalZone(models.Model):
    """That a unit and those below it lie where there is no network, so that what is sent from there arrives later."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="signal_zones")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="signal_zones")
    basis = models.CharField("dasar", max_length=200)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai (tidak termasuk)", null=True, blank=True)

    class Meta:
        ordering = ["unit__name", "-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="zone_ends_after_it_starts",
            ),
        ]
