"""Who asked, kept apart from the request and no longer than needed (UU 27/2022): person, keys, files, and the terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from terang.custody.models import StoredFile
from terang.evidence.citizens.models.catalogue import Requirement
from terang.evidence.citizens.models.requests import ServiceRequest
from terang.registry.organization.models import Agency


class Applicant(models.Model):
    """The person of a request: the name to call, and what an officer or the system may write to. The row goes at the
    end of its time; the request stays without it."""

    request = models.OneToOneField(ServiceRequest, on_delete=models.CASCADE, related_name="applicant")
    name = models.CharField("nama", max_length=120)
    phone = models.CharField("nomor telepon", max_length=20, blank=True)
    email = models.EmailField("surel", max_length=150, blank=True)


class KeyKind(models.TextChoices):
    LINK = "tautan", _("Tautan")
    CODE = "kode", _("Kode")
    MAIL = "surel", _("Tautan dalam surel")


class RequestKey(models.Model):
    """What opens a request to whoever holds it. Of a link the hash is kept, of the short code a keyed hash."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=8, choices=KeyKind)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)


class RequestFile(models.Model):
    """A file of a request: what the applicant attached for a requirement (or beside it), or the result. `replaced`: a
    result from before the request was reopened."""

    request = models.ForeignKey(ServiceRequest, on_delete=models.CASCADE, related_name="files")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    is_result = models.BooleanField("hasil layanan", default=False)
    replaced = models.BooleanField("hasil sebelum diperbaiki", default=False)
    added_at = models.DateTimeField("dilampirkan", auto_now_add=True)

    class Meta:
        ordering = ["request_id", "id"]


class ApplicantTerms(models.Model):
    """What a government gives its applicants, in calendar days, from a day on: how long after the end their name,
    contact and files are kept, how long they may take to send what is missing, and how long they may say that a result
    is wrong."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="applicant_terms")
    keep_days = models.PositiveSmallIntegerField("hari data disimpan")
    supply_days = models.PositiveSmallIntegerField("hari untuk melengkapi", default=30)
    reopen_days = models.PositiveSmallIntegerField("hari untuk membuka kembali", default=14)
    basis = models.CharField("dasar", max_length=200)
    valid_from = models.DateField("berlaku sejak")

    class Meta:
        ordering = ["agency_id", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "valid_from"], name="applicant_terms_once_per_day"),
        ]
