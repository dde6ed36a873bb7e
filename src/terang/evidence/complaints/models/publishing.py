"""Why something published is taken back."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TakenBack(models.TextChoices):
    """Told in the journal in these words: whoever types a reason there would repeat what should not be read."""

    PERSON = "orang", _("Menyebut atau memperlihatkan orang")
    REPORTER = "pelapor", _("Diminta pelapor")
    NAMED = "yang_disebut", _("Diminta orang yang disebut")
    WRONG = "keliru", _("Isinya keliru atau menyesatkan")
    MISTAKE = "tidak_sengaja", _("Tampil karena kekeliruan")
    OTHER = "lain", _("Sebab lain")
