"""How numbers, dates and durations are written on screen: with Indonesian marks (1.234,5), or in English with 1,234.5.

Inputs are the integers of `rules`: basis points (10,000 = 100 %), milli-units, whole rupiah, minutes. Missing is `None`
and is written as "belum ada", never as zero. Rounding for display is half-up, away from zero.
"""

from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone, translation
from django.utils.dates import MONTHS
from django.utils.translation import gettext, ngettext

NO_BREAK = "\u00a0"
_SWAPPED = str.maketrans(",.", ".,")
_INDONESIAN_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def missing() -> str:
    """What stands where there is no value."""
    return gettext("belum ada")


def english() -> bool:
    return (translation.get_language() or "id").startswith("en")


def grouped(value: int) -> str:
    """A whole number with its thousands apart: 1.234.567 (English 1,234,567)."""
    text = f"{value:,}".replace("-", "−")
    return text if english() else text.replace(",", ".")


def decimal(value: int, scale: int, places: int) -> str:
    """`value / scale` with at most `places` decimals, rounded half-up, without trailing zeros."""
    unit: int = 10**places
    rounded = (abs(value) * unit * 2 + scale) // (2 * scale)
    whole, fraction = divmod(rounded, unit)
    text = ("−" if value < 0 and rounded else "") + grouped(whole)
    digits = f"{fraction:0{places}d}".rstrip("0") if places else ""
    return f"{text}{'.' if english() else ','}{digits}" if digits else text


def percent(value_bp: int | None) -> str:
    """Basis points as a percentage: 8750 → "87,5 %" (English "87.5%")."""
    if value_bp is None or value_bp == "":
        return missing()
    return decimal(int(value_bp), 100, 1) + ("%" if english() else "\u00a0%")


def score(value_bp: int | None) -> str:
    """Basis points as a score of 100, always one decimal so that columns align: 8750 → "87,5", 9000 → "90,0"."""
    if value_bp is None or value_bp == "":
        return missing()
    text, mark = decimal(int(value_bp), 100, 1), "." if english() else ","
    return text if mark in text else f"{text}{mark}0"


def points(value: Decimal | None) -> str:
    """A number with always two decimals, as credit points are printed: 14.58 → "14,58", 50 → "50,00"."""
    if value is None or value == "":
        return missing()
    text = f"{value:,.2f}".replace("-", "−")
    return text if english() else text.translate(_SWAPPED)


def shows_change(change_bp: int) -> bool:
    """Whether a change is still one once it is rounded as `score` does."""
    return abs(change_bp) >= 5


def quantity(value_milli: int | None) -> str:
    """Thousandths as a quantity: 2500 → "2,5"."""
    return missing() if value_milli is None or value_milli == "" else decimal(int(value_milli), 1000, 3)


def with_unit(amount: str, unit: str) -> str:
    """A number with its unit, never torn apart; a percent sign stands as the language wants it."""
    if not unit:
        return amount
    return f"{amount}{'' if unit == '%' and english() else NO_BREAK}{unit}"


def whole(value: int | None) -> str:
    """A count: 12345 → "12.345"."""
    return missing() if value is None or value == "" else grouped(int(value))


def rupiah(value: int | None) -> str:
    """Whole rupiah: 1250000 → "Rp1.250.000"."""
    return missing() if value is None or value == "" else f"Rp{grouped(int(value))}"


def duration(minutes: int | None) -> str:
    """Minutes in words: 95 → "1 jam 35 menit", 3000 → "2 hari 2 jam"; the smallest unit is dropped beyond a day."""
    if minutes is None or minutes == "":
        return missing()
    days, rest = divmod(int(minutes), 24 * 60)
    hours, left = divmod(rest, 60)
    parts = (
        days and ngettext("%(n)s hari", "%(n)s hari", days) % {"n": grouped(days)},
        hours and ngettext("%(n)s jam", "%(n)s jam", hours) % {"n": hours},
        not days and left and ngettext("%(n)s menit", "%(n)s menit", left) % {"n": left},
    )
    return " ".join(part for part in parts if part) or ngettext("%(n)s menit", "%(n)s menit", 0) % {"n": 0}


def longdate(day: date | datetime | None) -> str:
    """A day in long form: "24 November 2026". A moment is first brought to local time."""
    if not day:
        return missing()
    if isinstance(day, datetime) and timezone.is_aware(day):
        day = timezone.localtime(day)
    month = str(MONTHS[day.month]) if english() else _INDONESIAN_MONTHS[day.month - 1]
    return f"{day.day} {month} {day.year}"


def clock(moment: datetime | time) -> str:
    """The time of day as it stands: "09.05" (English "09:05")."""
    return f"{moment:%H:%M}" if english() else f"{moment:%H.%M}"


def longtime(moment: datetime | None) -> str:
    """A moment in long form and local time: "24 November 2026 pukul 09.05"."""
    if not moment:
        return missing()
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return gettext("%(date)s pukul %(time)s") % {"date": longdate(local), "time": clock(local)}
