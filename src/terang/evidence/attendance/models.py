"""Presence, day by day, as derived from punches, leave and duty. Issue 4 fills devices and leave around it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.registry.people.models import Employee


class DayStatus(models.TextChoices):
    PRESENT = "hadir", _("Hadir")
    ABSENT = "tanpa_keterangan", _("Tanpa keterangan")
    LEAVE = "cuti", _("Cuti")
    SICK = "sakit", _("Sakit")
    DUTY = "dinas_luar", _("Dinas luar")
    OUTAGE = "gangguan", _("Gangguan sistem")


class AttendanceDay(models.Model):
    """One working day of one employee.

    Leave, sickness, duty elsewhere and outages take the day out of what is required.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="attendance_days")
    day = models.DateField("tanggal")
    status = models.CharField("status", max_length=20, choices=DayStatus)
    check_in = models.TimeField("masuk", null=True, blank=True)
    check_out = models.TimeField("pulang", null=True, blank=True)
    late_minutes = models.PositiveSmallIntegerField("terlambat (menit)", default=0)
    early_minutes = models.PositiveSmallIntegerField("pulang cepat (menit)", default=0)
    source = models.CharField("sumber", max_length=60, blank=True)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["employee", "day"], name="one_attendance_row_per_day")]
