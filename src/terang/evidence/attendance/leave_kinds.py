"""The kinds of leave a person asks for, with their words. `izin` is not leave by the regulation: it is permission for a
day or two."""

from datetime import date

from django.utils.translation import gettext, gettext_noop

from terang.registry.people.models import Employee, EmploymentStatus
from terang.rules.regulations.leave import leave_kinds, letter_needed, refusal, service_months, too_long
from terang.web.sentences import said

ANNUAL = "tahunan"
LONG = "besar"
PERMISSION = "izin"
PERMISSION_MOST_DAYS = 2
"""Working days of one permission. A declared choice, not a regulation: longer needs leave."""
DECREED = "bersama"
"""Joint leave is decreed for everybody; nobody asks for it."""

LABELS = {
    ANNUAL: gettext_noop("Cuti tahunan"),
    LONG: gettext_noop("Cuti besar"),
    "sakit": gettext_noop("Cuti sakit"),
    "melahirkan": gettext_noop("Cuti melahirkan"),
    "alasan_penting": gettext_noop("Cuti karena alasan penting"),
    "cltn": gettext_noop("Cuti di luar tanggungan negara"),
    PERMISSION: gettext_noop("Izin"),
}
"""In the order in which they are offered: those of the regulation, then permission."""


def kind_label(kind: str) -> str:
    """The kind in words; an unknown code as it is."""
    return gettext(LABELS.get(kind, kind))


def why_not(employee: Employee, kind: str, on: date) -> str:
    """Why the person cannot take this kind on a day, by status and months of service; empty where they can."""
    if kind == PERMISSION:
        return ""
    pppk = employee.status == EmploymentStatus.PPPK
    return said(refusal(kind, pppk=pppk, service_months=service_months(employee.joined_on, on)))


def letter_for(kind: str, start: date, end: date) -> str:
    """The letter this leave needs; empty where none."""
    return "" if kind == PERMISSION else said(letter_needed(kind, (end - start).days))


def longer_than_allowed(kind: str, start: date, end: date, working_days: int) -> str:
    """Why the span is too long for its kind; empty where it is not."""
    if kind != PERMISSION:
        return said(too_long(kind, start, end))
    if working_days <= PERMISSION_MOST_DAYS:
        return ""
    return gettext("Izin paling lama %(n)s hari kerja. Untuk waktu yang lebih lama, ajukan cuti.") % {
        "n": PERMISSION_MOST_DAYS
    }


def counted_in_working_days(kind: str) -> bool:
    """Whether the kind is measured in working days; the others in calendar days."""
    return kind == PERMISSION or leave_kinds()[kind].counts == "working"
