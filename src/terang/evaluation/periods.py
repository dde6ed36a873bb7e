"""The calendar of periods: the months, quarters, semesters and years of a policy, cut and named. Pure dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from terang.rules.policies import Policy

YEAR = "year"
MONTHS_IN = {"month": 1, "quarter": 3, "semester": 6, YEAR: 12}
MONTH_NAMES = (
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
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Span:
    """One period of a kind; `end` is exclusive."""

    kind: str
    start: date
    end: date

    @property
    def name(self) -> str:
        """The official Indonesian name, for example "Triwulan IV 2026"."""
        number = (self.start.month - 1) // MONTHS_IN[self.kind]
        if self.kind == "month":
            return f"{MONTH_NAMES[number]} {self.start.year}"
        if self.kind == "quarter":
            return f"Triwulan {_ROMAN[number]} {self.start.year}"
        if self.kind == "semester":
            return f"Semester {_ROMAN[number]} {self.start.year}"
        return f"Tahun {self.start.year}"

    @property
    def title(self) -> str:
        """The name in the reader's language; `name` is the official one."""
        return period_title(self.kind, self.start)


def span_of(kind: str, day: date) -> Span:
    """The period of this kind that contains the day."""
    months = MONTHS_IN[kind]
    first = (day.month - 1) // months * months
    after = first + months
    return Span(kind, date(day.year, first + 1, 1), date(day.year + after // 12, after % 12 + 1, 1))


def spans(kind: str, start: date, end: date) -> Iterator[Span]:
    """The periods of this kind that touch the time from `start` to before `end`, in order."""
    day = start
    while day < end:
        span = span_of(kind, day)
        yield span
        day = span.end


def period_title(kind: str, start: date) -> str:
    """The name of a period in the reader's language."""
    number = (start.month - 1) // MONTHS_IN[kind]
    if kind == "month":
        return f"{MONTHS[start.month]} {start.year}"
    if kind == "quarter":
        return _("Triwulan %(number)s %(year)s") % {"number": _ROMAN[number], "year": start.year}
    if kind == "semester":
        return _("Semester %(number)s %(year)s") % {"number": _ROMAN[number], "year": start.year}
    return _("Tahun %(year)s") % {"year": start.year}


def short_title(kind: str, start: date) -> str:
    """The name of a period for the axis of a chart: "Nov 26"."""
    number = (start.month - 1) // MONTHS_IN[kind]
    year = f"{start.year % 100:02}"
    if kind == "month":
        return f"{str(MONTHS[start.month])[:3]} {year}"
    if kind == "quarter":
        return _("TW %(number)s %(year)s") % {"number": _ROMAN[number], "year": year}
    if kind == "semester":
        return _("Sem %(number)s %(year)s") % {"number": _ROMAN[number], "year": year}
    return str(start.year)


def every(policy: Policy) -> str:
    """How often the policy draws up a total, as an adverb."""
    return {
        "month": pgettext("irama nilai", "setiap bulan"),
        "quarter": pgettext("irama nilai", "setiap triwulan"),
        "semester": pgettext("irama nilai", "setiap semester"),
        "year": pgettext("irama nilai", "setiap tahun"),
    }[policy.period_kind]


def every_kind() -> dict[str, str]:
    """The kinds of periods by code, as words."""
    return {
        "month": pgettext("jenis periode", "Bulanan"),
        "quarter": pgettext("jenis periode", "Triwulanan"),
        "semester": pgettext("jenis periode", "Semesteran"),
        "year": pgettext("jenis periode", "Tahunan"),
    }
