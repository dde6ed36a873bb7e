"""What is asked. Each is a statement one agrees with or not, on a scale of five."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

TRUST, PRESSURE, UNDERSTOOD, DARE = "percaya", "tekanan", "paham", "berani"


@dataclass(frozen=True)
class Question:
    """`told` names what a share of agreeing people means, `good` whether more of it is better."""

    code: str
    statement: Any
    told: Any
    good: bool = True


QUESTIONS = (
    Question(
        TRUST, _("Nilai saya di Terang menggambarkan pekerjaan saya yang sebenarnya."), _("Percaya pada nilainya")
    ),
    Question(
        PRESSURE, _("Sebulan ini penilaian dan pelaporan membuat saya tertekan."), _("Merasa tertekan"), good=False
    ),
    Question(UNDERSTOOD, _("Saya mengerti mengapa nilai saya seperti itu."), _("Mengerti penjelasannya")),
    Question(
        DARE, _("Bila penilaian saya keliru, saya berani mengajukan keberatan."), _("Berani mengajukan keberatan")
    ),
)
STEPS = (
    ("1", _("Sangat tidak setuju")),
    ("2", _("Tidak setuju")),
    ("3", _("Ragu-ragu")),
    ("4", _("Setuju")),
    ("5", _("Sangat setuju")),
)
CODES = tuple(each.code for each in QUESTIONS)
LOWEST, HIGHEST = 1, len(STEPS)
