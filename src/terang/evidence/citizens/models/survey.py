"""What citizens say after a service: one-time links, kiosks at the counter, and answers that lead back to nobody."""

import secrets

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from terang.evidence.citizens.models.catalogue import Service
from terang.evidence.citizens.models.requests import ServiceRequest
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee


class SurveyInvitation(models.Model):
    """A one-time link to rate a request, whatever its state.

    Only the hash of its token is stored; it says nothing of the answers.
    """

    request = models.OneToOneField(ServiceRequest, on_delete=models.CASCADE, related_name="invitation")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField("berlaku sampai")
    used_at = models.DateTimeField("dipakai", null=True, blank=True)


class Channel(models.TextChoices):
    """How an answer was collected: a link (also as QR code), or a kiosk. Never which link or which kiosk."""

    LINK = "tautan", _("Tautan atau kode QR")
    KIOSK = "kios", _("Kios di tempat layanan")


class Sex(models.TextChoices):
    FEMALE = "P", _("Perempuan")
    MALE = "L", _("Laki-laki")


class Education(models.TextChoices):
    PRIMARY = "sd", _("SD")
    JUNIOR = "smp", _("SMP")
    SENIOR = "sma", _("SMA")
    DIPLOMA = "diploma", _("Diploma")
    BACHELOR = "s1", _("S1")
    MASTER = "s2", _("S2")
    DOCTOR = "s3", _("S3")


class Occupation(models.TextChoices):
    CIVIL = "pns", _("PNS/ASN")
    ARMY = "tni", _("TNI")
    POLICE = "polri", _("POLRI")
    EMPLOYED = "swasta", _("Pegawai swasta")
    OWN = "wirausaha", _("Wirausaha")
    OTHER = "lainnya", pgettext_lazy("pekerjaan", "Lainnya")


class Slot(models.TextChoices):
    MORNING = "pagi", _("08.00–12.00")
    AFTERNOON = "siang", _("13.00–17.00")


ATTRIBUTES = {"sex": Sex, "education": Education, "occupation": Occupation, "slot": Slot}
"""What PermenPANRB 14/2017 records of a respondent, and no more. Each may stay empty."""


def _answer() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )


def random_key() -> int:
    """62 random bits, never zero: a row number that tells nothing of the order in which answers came."""
    return secrets.randbits(62) or 1


class SurveyResponse(models.Model):
    """Answers to the nine elements of PermenPANRB 14/2017, each 1 to 4 or blank. Not linked to the invitation.

    The key is random, so that the order of answers cannot be laid beside the journal. `remark` holds no name, number
    or address (`web.scrubbing`). `short` is an answer to the short form: the elements not asked stay blank.
    `released` answers are those the officer may see: they come in groups of the least number of answers, so that
    no single answer can be worked out from two looks at a mean.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="responses")
    officer = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="survey_responses")
    day = models.DateField("tanggal")
    channel = models.CharField("kanal", max_length=20, choices=Channel, default=Channel.LINK)
    syarat = _answer()
    prosedur = _answer()
    waktu = _answer()
    biaya = _answer()
    produk = _answer()
    kompetensi = _answer()
    perilaku = _answer()
    pengaduan = _answer()
    sarana = _answer()
    remark = models.CharField("saran", max_length=1000, blank=True)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex, blank=True, default="")
    education = models.CharField("pendidikan", max_length=8, choices=Education, blank=True, default="")
    occupation = models.CharField("pekerjaan", max_length=10, choices=Occupation, blank=True, default="")
    slot = models.CharField("jam survei", max_length=6, choices=Slot, blank=True, default="")
    short = models.BooleanField("survei singkat", default=False)
    released = models.BooleanField("terlihat oleh petugas", default=False)

    class Meta:
        ordering = ["-day", "id"]
        indexes = [models.Index(fields=["officer", "day"]), models.Index(fields=["service", "day"])]


class HiddenRemark(models.Model):
    """A remark that the manager does not let officers read, with the reason. The remark itself is kept."""

    response = models.OneToOneField(SurveyResponse, on_delete=models.CASCADE, related_name="hidden")
    reason = models.CharField("alasan", max_length=300)
    hidden_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    hidden_at = models.DateTimeField("disembunyikan pada")


class ShortForm(models.Model):
    """Three questions instead of nine, for one service or (where it is missing) every service of a unit.

    The row of a service goes before that of its unit, that of a unit before those above it. `elements` are codes in
    the order asked; an empty list asks all nine.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="short_forms")
    service = models.OneToOneField(Service, on_delete=models.CASCADE, null=True, blank=True, related_name="short_form")
    elements = models.JSONField("unsur", default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(service__isnull=True), name="one_short_form_per_unit"
            )
        ]


class Kiosk(models.Model):
    """A unit's tablet at the counter, known by its secret link; only the hash of the token is stored.

    `offer` counts the requests shown, `request` is the one shown now, `alive_at` its last sign of life: two minutes
    later the kiosk rests. Nothing of what was shown before is kept.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="kiosks")
    name = models.CharField("nama", max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    registered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField("didaftarkan pada")
    revoked_at = models.DateTimeField("dicabut pada", null=True, blank=True)
    revoke_reason = models.CharField("alasan", max_length=200, blank=True)
    offer = models.PositiveIntegerField(default=0)
    request = models.ForeignKey(ServiceRequest, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    alive_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["unit_id", "name", "id"]

    def __str__(self) -> str:
        return self.name
