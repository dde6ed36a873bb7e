"""Presence: when work is due, what the devices saw, why somebody was away, and the one status each day ends with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.custody.models import StoredFile
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee


class WorkMode(models.TextChoices):
    """Flexible work is decided by the PPK, never an entitlement (PermenPANRB 4/2025)."""

    OFFICE = "office", _("Di tempat kerja")
    ELSEWHERE = "elsewhere", _("Di tempat lain")
    DYNAMIC = "dynamic", _("Waktu dinamis")


class WorkHours(models.Model):
    """Hours of one weekday (0 = Monday), of an agency or one unit, for a time: normal weeks, Ramadan, six-day weeks.

    The nearest unit up the tree wins, then the row that began last. `ends_at` before `starts_at` ends the next morning.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="work_hours")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="work_hours")
    label = models.CharField("nama", max_length=60)
    weekday = models.PositiveSmallIntegerField("hari")
    starts_at = models.TimeField("jam masuk")
    ends_at = models.TimeField("jam pulang")
    break_minutes = models.PositiveSmallIntegerField("istirahat (menit)", default=60)
    mode = models.CharField("cara kerja", max_length=10, choices=WorkMode, default=WorkMode.OFFICE)
    ramadan = models.BooleanField("jam kerja Ramadan", default=False)
    basis = models.CharField("dasar", max_length=200, blank=True)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai (tidak termasuk)", null=True, blank=True)

    class Meta:
        ordering = ["-valid_from", "weekday"]
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="weekday_of_a_week"),
            models.UniqueConstraint(fields=["unit", "weekday", "valid_from"], name="hours_once_per_unit_day_and_start"),
            models.UniqueConstraint(
                fields=["agency", "weekday", "valid_from"],
                condition=models.Q(unit=None),
                name="hours_once_per_agency_day_and_start",
            ),
        ]


class RosterShift(models.Model):
    """A shift of one person on one day, in minutes from midnight; one over midnight ends after 1,440."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="roster")
    day = models.DateField("tanggal")
    start_minute = models.PositiveSmallIntegerField("mulai (menit)")
    end_minute = models.PositiveSmallIntegerField("selesai (menit)")
    break_minutes = models.PositiveSmallIntegerField("istirahat (menit)", default=0)
    label = models.CharField("sif", max_length=30, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["employee", "day"], name="one_shift_per_person_and_day"),
            models.CheckConstraint(
                condition=models.Q(end_minute__gt=models.F("start_minute"), start_minute__lt=1440),
                name="shift_ends_after_it_starts",
            ),
        ]


class Device(models.Model):
    """A machine that records presence. Only a known serial number may push; `layout` names the columns of its files.

    `heard` are the spans of which it has told everything, as pairs of ISO moments in order: on days outside them nobody
    can be called absent. `stamp` is the mark up to which the device says it has sent; it starts there again.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="devices")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="devices")
    serial = models.CharField("nomor seri", max_length=40, unique=True)
    name = models.CharField("nama", max_length=80)
    layout = models.JSONField("susunan kolom", default=dict, blank=True)
    may_push = models.BooleanField("boleh mengirim langsung", default=False)
    last_seen_at = models.DateTimeField("terakhir terhubung", null=True, blank=True)
    drift_seconds = models.IntegerField("selisih jam (detik)", null=True, blank=True)
    heard = models.JSONField("data yang sudah masuk", default=list, blank=True)
    stamp = models.CharField(max_length=20, blank=True)
    retired_on = models.DateField("tidak dipakai sejak", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PinHolder(models.Model):
    """Who stands behind a number on the devices of an agency, for a time. A PIN is never a NIP."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="pins")
    pin = models.CharField("PIN", max_length=20)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="pins")
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir (tidak termasuk)", null=True, blank=True)

    class Meta:
        ordering = ["pin", "-starts_on"]
        indexes = [models.Index(fields=["agency", "pin"]), models.Index(fields=["employee", "starts_on"])]


class Origin(models.TextChoices):
    FILE = "berkas", _("Berkas alat")
    PUSH = "kiriman", _("Kiriman alat")
    WEB = "web", _("Lewat web")


class BatchState(models.TextChoices):
    READING = "dibaca", _("Sedang dibaca")
    CHECKED = "diperiksa", _("Diperiksa")
    RUNNING = "berjalan", _("Berjalan")
    DONE = "selesai", _("Selesai")
    FAILED = "gagal", _("Gagal")


class PunchBatch(models.Model):
    """A file of punches on its way in: looked at, then taken over by the worker. The same bytes twice are one batch."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="punch_batches")
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, blank=True, related_name="batches")
    name = models.CharField("nama berkas", max_length=150)
    path = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    layout = models.JSONField("susunan kolom", default=dict)
    state = models.CharField("status", max_length=12, choices=BatchState, default=BatchState.READING)
    found = models.JSONField("temuan", default=dict)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.JSONField("pesan", default=dict)
    uploaded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField("diunggah pada")

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [models.UniqueConstraint(fields=["agency", "digest"], name="punch_file_once_per_agency")]


class Punch(models.Model):
    """A moment at which somebody was recorded; never changed, never deleted. `employee` is missing while the PIN is
    nobody's.

    `at` is the device's time in UTC, `received_at` ours: both are kept. Degrees are in millionths.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="punches", db_index=False)
    device = models.ForeignKey(
        Device, on_delete=models.PROTECT, null=True, blank=True, related_name="punches", db_index=False
    )
    pin = models.CharField("PIN", max_length=20, blank=True)
    employee = models.ForeignKey(
        Employee, on_delete=models.CASCADE, null=True, blank=True, related_name="punches", db_index=False
    )
    at = models.DateTimeField("waktu")
    received_at = models.DateTimeField("diterima pada")
    origin = models.CharField("asal", max_length=8, choices=Origin)
    hint = models.CharField("tombol pada alat", max_length=8, blank=True)
    batch = models.ForeignKey(
        PunchBatch, on_delete=models.PROTECT, null=True, blank=True, related_name="punches", db_index=False
    )
    photo = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    latitude_micro = models.IntegerField(null=True, blank=True)
    longitude_micro = models.IntegerField(null=True, blank=True)
    accuracy_metres = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["employee", "at"]),
            models.Index(fields=["agency", "pin"], condition=models.Q(employee=None), name="punches_of_nobody_yet"),
            models.Index(fields=["photo"], condition=models.Q(photo__isnull=False), name="punches_with_a_photo"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["device", "pin", "at"], name="punch_once_per_device"),
            models.UniqueConstraint(
                fields=["employee", "at"], condition=models.Q(device=None), name="punch_once_without_device"
            ),
        ]


class LeaveState(models.TextChoices):
    """The official's answer is one of four (Perka BKN 24/2017)."""

    REQUESTED = "diajukan", _("Diajukan")
    APPROVED = "disetujui", _("Disetujui")
    CHANGED = "perubahan", _("Disetujui dengan perubahan")
    POSTPONED = "ditangguhkan", _("Ditangguhkan")
    REFUSED = "tidak_disetujui", _("Tidak disetujui")
    WITHDRAWN = "ditarik", _("Ditarik")


TAKEN = (LeaveState.APPROVED, LeaveState.CHANGED)
"""Leave that takes its days out of what is required."""


class Leave(models.Model):
    """Leave, sickness or permission from `starts_on` to before `ends_on`. `kind` is a code of
    `rules.regulations.leave`, or `izin` (permission for hours or a day).

    `working_days` is what it takes from the annual balance, counted by the person's calendar when it was asked for.
    Where the person was back at work earlier, `ends_on` is that day and `planned_ends_on` what had been decided.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="leaves")
    kind = models.CharField("jenis cuti", max_length=16)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir (tidak termasuk)")
    planned_ends_on = models.DateField("semula sampai (tidak termasuk)", null=True, blank=True)
    working_days = models.PositiveSmallIntegerField("hari kerja")
    reason = models.CharField("alasan", max_length=300)
    address = models.CharField("alamat selama cuti", max_length=200, blank=True)
    phone = models.CharField("telepon", max_length=30, blank=True)
    proof = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("status", max_length=16, choices=LeaveState, default=LeaveState.REQUESTED)
    requested_at = models.DateTimeField("diajukan pada")
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("diputus pada", null=True, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)
    form_key = models.UUIDField("kunci formulir", unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["employee", "starts_on"]), models.Index(fields=["state", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="leave_ends_after_it_starts"
            )
        ]


class LeaveOpening(models.Model):
    """What a person had taken or was postponed in a year before Terang kept the leave, in working days."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="leave_openings")
    year = models.PositiveSmallIntegerField("tahun")
    taken = models.PositiveSmallIntegerField("sudah diambil")
    postponed = models.PositiveSmallIntegerField("ditangguhkan", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "year"], name="one_leave_opening_per_year")]


class DutyKind(models.TextChoices):
    TRAVEL = "dinas_luar", _("Dinas luar")
    TRAINING = "diklat", _("Pendidikan dan pelatihan")
    STUDY = "tugas_belajar", _("Tugas belajar")


class Duty(models.Model):
    """Work elsewhere on a letter of assignment (SPT), from `starts_on` to before `ends_on`, by one person or more."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="duties")
    kind = models.CharField("jenis", max_length=16, choices=DutyKind, default=DutyKind.TRAVEL)
    letter = models.CharField("nomor surat tugas", max_length=100)
    signed_by = models.CharField("penanda tangan", max_length=150)
    purpose = models.CharField("maksud", max_length=300)
    place = models.CharField("tempat", max_length=150)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir (tidak termasuk)")
    people = models.ManyToManyField(Employee, related_name="duties")
    proof = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_on = models.DateField("dibatalkan", null=True, blank=True)
    form_key = models.UUIDField("kunci formulir", unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["agency", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="duty_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.letter


class DayStatus(models.TextChoices):
    PRESENT = "hadir", _("Hadir")
    ABSENT = "tanpa_keterangan", _("Tanpa keterangan")
    LEAVE = "cuti", _("Cuti")
    UNPAID = "cltn", _("Cuti di luar tanggungan negara")
    SICK = "sakit", _("Sakit")
    PERMISSION = "izin", _("Izin")
    DUTY = "dinas_luar", _("Dinas luar")
    TRAINING = "diklat", _("Pendidikan dan pelatihan")
    STUDY = "tugas_belajar", _("Tugas belajar")
    SUSPENDED = "skorsing", _("Pemberhentian sementara")
    OUTAGE = "gangguan", _("Gangguan sistem")
    OFF = "libur", _("Libur")


DERIVED = "turunan"


class AttendanceDay(models.Model):
    """One day of one employee, derived by `rules.attendance.day` from everything above.

    Leave, sickness, duty elsewhere and outages take the day out of what is required. `reason` and `clashes` are stored
    sentences. Days off have no row. `source` is `DERIVED` where Terang worked the day out; any other source (an import,
    a demo) is left alone until a punch, leave or duty of that day is known.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="attendance_days", db_index=False)
    day = models.DateField("tanggal")
    status = models.CharField("status", max_length=20, choices=DayStatus)
    check_in = models.TimeField("masuk", null=True, blank=True)
    check_out = models.TimeField("pulang", null=True, blank=True)
    late_minutes = models.PositiveSmallIntegerField("terlambat (menit)", default=0)
    early_minutes = models.PositiveSmallIntegerField("pulang cepat (menit)", default=0)
    missing_in = models.BooleanField("tanpa rekaman masuk", default=False)
    missing_out = models.BooleanField("tanpa rekaman pulang", default=False)
    reason = models.JSONField("alasan", null=True, blank=True)
    clashes = models.JSONField("pertentangan", default=list, blank=True)
    source = models.CharField("sumber", max_length=60, blank=True)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["employee", "day"], name="one_attendance_row_per_day")]


class DisputeState(models.TextChoices):
    OPEN = "menunggu", _("Menunggu")
    ACCEPTED = "diterima", _("Diterima")
    REFUSED = "ditolak", _("Ditolak")


class DayDispute(models.Model):
    """Why is this day counted so? Asked by the person; an accepted one sets the day's status until evidence changes."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="day_disputes")
    day = models.DateField("tanggal")
    text = models.CharField("penjelasan", max_length=500)
    proof = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("status", max_length=12, choices=DisputeState, default=DisputeState.OPEN)
    raised_at = models.DateTimeField("diajukan pada")
    granted_status = models.CharField("status yang diberikan", max_length=20, choices=DayStatus, blank=True)
    answer = models.CharField("jawaban", max_length=500, blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("diputus pada", null=True, blank=True)
    form_key = models.UUIDField("kunci formulir", unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "day"], condition=models.Q(state="menunggu"), name="one_open_dispute_per_day"
            )
        ]
