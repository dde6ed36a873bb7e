"""Presence away from the devices: who may record it from the web and where; flexible work; rosters."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee


class WebPunchWho(models.TextChoices):
    EVERYONE = "semua", _("Semua pegawai")
    FLEXIBLE = "fleksibel", _("Hanya yang bekerja fleksibel hari itu")
    NOBODY = "tidak_ada", _("Tidak seorang pun")


class OutsideEffect(models.TextChoices):
    """What becomes of a record whose place does not fit, until the appraiser has answered."""

    COUNTS = "dihitung", _("Dihitung sambil menunggu jawaban penilai")
    WAITS = "menunggu", _("Belum dihitung sampai penilai menjawab")


class Decider(models.TextChoices):
    PERSONNEL = "kepegawaian", _("Pengelola kepegawaian")
    HEAD = "kepala_unit", _("Kepala unit dan pengelola kepegawaian")


class WebPunchRule(models.Model):
    """How presence is recorded from the web in an agency or a unit, for a time; the nearest unit's rule counts, then
    the one that began last. Without a rule nobody records from the web and the personnel agency decides flexible work.

    `radius_metres` is around every `WorkPlace` of the unit and of those above it.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="web_punch_rules")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="web_punch_rules")
    who = models.CharField("siapa", max_length=10, choices=WebPunchWho)
    place_required = models.BooleanField("lokasi diminta", default=True)
    radius_metres = models.PositiveIntegerField("jarak (meter)", null=True, blank=True)
    outside = models.CharField("di luar lokasi", max_length=10, choices=OutsideEffect, default=OutsideEffect.COUNTS)
    answer_days = models.PositiveSmallIntegerField("dijawab dalam (hari kerja)", default=3)
    """Working days within which the appraiser answers; a record that waits longer counts."""
    photo_required = models.BooleanField("foto diminta", default=False)
    flexible_by = models.CharField(
        "kerja fleksibel ditetapkan oleh", max_length=12, choices=Decider, default=Decider.PERSONNEL
    )
    basis = models.CharField("dasar", max_length=200)
    valid_from = models.DateField("berlaku sejak")
    valid_to = models.DateField("berlaku sampai (tidak termasuk)", null=True, blank=True)

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="web_rule_once_per_unit_and_start"),
            models.UniqueConstraint(
                fields=["agency", "valid_from"],
                condition=models.Q(unit=None),
                name="web_rule_once_per_agency_and_start",
            ),
            models.CheckConstraint(
                condition=models.Q(place_required=False) | models.Q(radius_metres__gt=0),
                name="web_rule_with_a_place_has_a_radius",
            ),
        ]


class WorkPlace(models.Model):
    """A named place at which presence may be recorded, in millionths of a degree. Of one unit and those below it, or of
    everybody."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="work_places")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="work_places")
    name = models.CharField("nama", max_length=100)
    latitude_micro = models.IntegerField("lintang")
    longitude_micro = models.IntegerField("bujur")
    retired_on = models.DateField("tidak dipakai sejak", null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Placing(models.TextChoices):
    """Where somebody was, as `rules.attendance.place` says it. FREE: the rule asks for no place on this day."""

    FREE = "bebas", _("Lokasi tidak diminta")
    INSIDE = "di_lokasi", _("Di lokasi")
    OUTSIDE = "di_luar", _("Di luar lokasi")
    UNSURE = "kurang_teliti", _("Lokasi kurang teliti")
    UNKNOWN = "tanpa_lokasi", _("Tanpa lokasi")


QUESTIONED = (Placing.OUTSIDE, Placing.UNSURE, Placing.UNKNOWN)
"""Placings that are put to the appraiser."""


class Answer(models.TextChoices):
    NONE = "", _("Tidak ditanyakan")
    OPEN = "menunggu", _("Menunggu jawaban penilai")
    ACCEPTED = "diterima", _("Diterima")
    REFUSED = "ditolak", _("Tidak dihitung")


class WebPunch(models.Model):
    """What stands behind a punch from the web: the rule it was made under, the place, and the question to the appraiser
    where the place does not fit. `counts` says whether the day may use the punch now.

    `device_at` is what the person's device said, kept for information; the punch's own time is the server's.
    """

    punch = models.OneToOneField("attendance.Punch", on_delete=models.PROTECT, related_name="web")
    rule = models.ForeignKey(WebPunchRule, on_delete=models.PROTECT, related_name="+")
    placing = models.CharField("lokasi", max_length=14, choices=Placing)
    place = models.ForeignKey(WorkPlace, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    distance_metres = models.PositiveIntegerField("jarak (meter)", null=True, blank=True)
    device_at = models.DateTimeField("waktu pada alat pegawai", null=True, blank=True)
    explanation = models.CharField("penjelasan", max_length=200, blank=True)
    state = models.CharField("status", max_length=10, choices=Answer, default=Answer.NONE, blank=True)
    counts = models.BooleanField("dihitung", default=True)
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField("dijawab pada", null=True, blank=True)
    note = models.CharField("catatan", max_length=200, blank=True)
    form_key = models.UUIDField("kunci formulir", unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state"], condition=models.Q(state="menunggu"), name="web_punches_asked_about"),
            models.Index(fields=["punch"], condition=models.Q(counts=False), name="web_punches_not_counted"),
        ]


class FlexibleMode(models.TextChoices):
    """The forms of PermenPANRB 4/2025: another place, free hours, or shifts."""

    ELSEWHERE = "elsewhere", _("Lokasi lain")
    DYNAMIC = "dynamic", _("Waktu dinamis")
    SHIFT = "shift", _("Sif")


class FlexibleWork(models.Model):
    """A decision that people work flexibly from `starts_on` to before `ends_on`, on the named weekdays (0 = Monday).
    Decided for each, never an entitlement (PermenPANRB 4/2025); the weekly hours stay due."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="flexible_work")
    mode = models.CharField("bentuk", max_length=10, choices=FlexibleMode)
    weekdays = models.CharField("hari", max_length=7, default="01234")
    place = models.CharField("tempat", max_length=150, blank=True)
    letter = models.CharField("nomor surat keputusan", max_length=100)
    signed_by = models.CharField("ditetapkan oleh", max_length=150)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir (tidak termasuk)")
    people = models.ManyToManyField(Employee, related_name="flexible_work")
    recorded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_on = models.DateField("dibatalkan", null=True, blank=True)
    form_key = models.UUIDField("kunci formulir", unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["agency", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="flexible_work_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.letter


class ShiftTemplate(models.Model):
    """A shift that a unit uses, in minutes from midnight; one over midnight ends after 1,440. `code` is what the grid
    shows (P, S, M). A day off needs none."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="shift_templates")
    code = models.CharField("kode", max_length=3)
    name = models.CharField("nama", max_length=40)
    start_minute = models.PositiveSmallIntegerField("mulai (menit)")
    end_minute = models.PositiveSmallIntegerField("selesai (menit)")
    break_minutes = models.PositiveSmallIntegerField("istirahat (menit)", default=0)
    retired_on = models.DateField("tidak dipakai sejak", null=True, blank=True)

    class Meta:
        ordering = ["start_minute", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code"], condition=models.Q(retired_on=None), name="one_shift_code_per_unit"
            ),
            models.CheckConstraint(
                condition=models.Q(end_minute__gt=models.F("start_minute"), start_minute__lt=1440),
                name="shift_template_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RosterMonth(models.Model):
    """The roster of a unit for a month, as one thing two people cannot change at once."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="roster_months")
    month = models.DateField("bulan")
    changed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField("diubah pada")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="one_roster_per_unit_and_month")]
