"""Words about reports: the name of a period, phrases to return with, sentences prefilled from figures."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext, gettext_noop

from terang.evidence.figures import PLAN, Figure
from terang.evidence.reports.models import Frequency
from terang.rules.reports.periods import MONTHS

PHRASES = (
    gettext_noop("Mohon tambahkan bukti untuk capaian yang belum punya angka."),
    gettext_noop("Mohon jelaskan sebab target yang belum tercapai."),
    gettext_noop("Mohon sebutkan siapa yang terbantu oleh hasil ini."),
    gettext_noop("Mohon beri ukuran dan waktu pada rencana ke depan."),
)
"""What readers most often ask for when they return a report; offered, never required."""


def phrases() -> list[str]:
    """The phrases in the reader's language."""
    return [gettext(each) for each in PHRASES]


def period_name(kind: str, start: date) -> str:
    """ "Semester II 2026", "Triwulan III 2026", "Tahun 2026"."""
    number = (start.month - 1) // MONTHS[kind]
    roman = ("I", "II", "III", "IV")[number]
    told = {"year": start.year, "number": roman}
    if kind == Frequency.YEAR:
        return gettext("Tahun %(year)s") % told
    if kind == Frequency.HALF:
        return gettext("Semester %(number)s %(year)s") % told
    return gettext("Triwulan %(number)s %(year)s") % told


def achievement(figures: Iterable[Figure]) -> str:
    """The figures of one result as sentences to begin with. In Indonesian, like the report."""
    return "\n".join(f"{each.label}: {each.value} ({each.detail})." for each in figures)


def next_steps(figures: Iterable[Figure]) -> str:
    """What is not reached yet, as plans to begin with: one line each. Empty where all is reached or nothing known."""
    behind = [each for each in figures if each.group == PLAN and each.reached is False]
    return "\n".join(
        f"{n}. Mengejar {each.label}: kini {each.value}, {each.detail}." for n, each in enumerate(behind, 1)
    )
