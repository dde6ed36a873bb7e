"""The words in which every room of planning says how something is measured. Quantities are integers in milli-units."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    HIGHER = "higher", _("makin tinggi makin baik")
    LOWER = "lower", _("makin rendah makin baik")
    RANGE = "range", _("dalam rentang")
    YES_NO = "yes_no", _("ya atau tidak")
    IMPACT = "impact", _("dampak dari keadaan awal")


class Gathering(models.TextChoices):
    """How the values reported in accepted work entries become the indicator's actual."""

    SUM = "sum", _("dijumlahkan")
    LATEST = "latest", _("nilai terakhir")


class Aspect(models.TextChoices):
    """What an indicator looks at; one is enough, none is compulsory by itself (PermenPANRB 6/2022 Pasal 9(2))."""

    QUANTITY = "kuantitas", _("Kuantitas")
    QUALITY = "kualitas", _("Kualitas")
    TIME = "waktu", _("Waktu")
    COST = "biaya", _("Biaya")


class Perspective(models.TextChoices):
    """The side of the organisation an indicator serves, in plans of JPT and of heads of independent units (p. 29)."""

    RECEIVERS = "penerima_layanan", _("Penerima Layanan")
    PROCESS = "proses_bisnis", _("Proses Bisnis")
    STRENGTH = "penguatan_internal", _("Penguatan Internal")
    BUDGET = "anggaran", _("Anggaran")
