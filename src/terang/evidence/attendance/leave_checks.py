"""Looks at leave before it is asked for or decided: its days, what it does to the balance, and what stands against it.

The same answer is shown while the form is filled and asked again by the verb.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext, ngettext

from terang.evidence.attendance.balance import AnnualLeave, annual_leave
from terang.evidence.attendance.leave_days import own_days
from terang.evidence.attendance.leave_kinds import (
    ANNUAL,
    LABELS,
    counted_in_working_days,
    kind_label,
    letter_for,
    longer_than_allowed,
    why_not,
)
from terang.evidence.attendance.models import TAKEN, Duty, Leave, LeaveState
from terang.registry.people.models import Employee
from terang.web.numbers import longdate

BLOCKING = (LeaveState.REQUESTED, *TAKEN)
LONGEST = timedelta(days=366 * 4)
"""No leave is longer; keeps the counting of days bounded."""


@dataclass(frozen=True)
class Assessment:
    """Leave from `starts_on` to before `ends_on`. `days` are the working days it takes, `letter` the letter it needs,
    `annual` the balance before it (annual leave only), `problems` what stands against it, most basic first."""

    kind: str
    starts_on: date
    ends_on: date
    days: list[date]
    letter: str
    annual: AnnualLeave | None
    problems: tuple[str, ...]

    @property
    def counted(self) -> int:
        """The length in the unit of its kind."""
        return len(self.days) if self.in_working_days else (self.ends_on - self.starts_on).days

    @property
    def in_working_days(self) -> bool:
        return counted_in_working_days(self.kind)

    @property
    def free_after(self) -> int:
        """What is left of the annual leave afterwards, never below zero."""
        return max(0, self.annual.free - len(self.days)) if self.annual else 0


def assess(employee: Employee, kind: str, start: date, end: date, *, without: int | None = None) -> Assessment:
    """What this leave would be. `without` is a request that is being decided and does not stand against itself. At most
    11 queries."""
    if kind not in LABELS:
        return Assessment(ANNUAL, start, end, [], "", None, (gettext("Pilih jenis cuti yang ada."),))
    if (problem := _span_problem(employee, start, end)) is not None:
        return Assessment(kind, start, end, [], "", None, (problem,))
    days = own_days(employee, start, end)
    annual = annual_leave(employee, start.year, start, without=without) if kind == ANNUAL else None
    problems = _problems(employee, kind, start, end, days, annual, without)
    return Assessment(kind, start, end, days, letter_for(kind, start, end), annual, tuple(problems))


def _span_problem(employee: Employee, start: date, end: date) -> str | None:
    if end <= start:
        return gettext("Hari terakhir tidak boleh sebelum hari pertama.")
    if end - start > LONGEST:
        return gettext("Rentang ini terlalu panjang. Periksa tahunnya.")
    if start < employee.joined_on or (employee.left_on and end > employee.left_on):
        return gettext("Rentang ini berada di luar masa kerja pegawai.")
    return None


def _problems(
    employee: Employee,
    kind: str,
    start: date,
    end: date,
    days: list[date],
    annual: AnnualLeave | None,
    without: int | None,
) -> Iterator[str]:
    barred = why_not(employee, kind, start)
    if barred:
        yield barred
        return
    if not days:
        yield gettext("Tidak ada hari kerja dalam rentang ini, jadi tidak perlu cuti.")
    if too_long := longer_than_allowed(kind, start, end, len(days)):
        yield too_long
    if annual is not None:
        yield from _annual_problems(start, end, len(days), annual)
    yield from overlaps(employee, start, end, without)


def _annual_problems(start: date, end: date, days: int, annual: AnnualLeave) -> Iterator[str]:
    if (end - timedelta(days=1)).year != start.year:
        yield gettext("Cuti tahunan dihitung per tahun. Ajukan dua kali: sampai 31 Desember, dan mulai 1 Januari.")
    elif annual.long_leave:
        yield gettext("Cuti tahunan %(year)s sudah termasuk dalam cuti besar pada tahun itu.") % {"year": annual.year}
    elif days > annual.free:
        yield ngettext(
            "Sisa cuti tahunan yang dapat diajukan %(free)s hari kerja, sedangkan rentang ini %(days)s hari kerja.",
            "Sisa cuti tahunan yang dapat diajukan %(free)s hari kerja, sedangkan rentang ini %(days)s hari kerja.",
            annual.free,
        ) % {"free": annual.free, "days": days}


def overlaps(employee: Employee, start: date, end: date, without: int | None = None) -> Iterator[str]:
    """Leave and duty of the person in the same days, each in a sentence. Two queries."""
    leaves = Leave.objects.filter(employee=employee, state__in=BLOCKING, starts_on__lt=end, ends_on__gt=start)
    for leave in leaves.exclude(pk=without or 0).order_by("starts_on"):
        yield gettext("Bertumpang dengan %(what)s, %(span)s (%(state)s).") % {
            "what": kind_label(leave.kind),
            "span": span_text(leave.starts_on, leave.ends_on),
            "state": LeaveState(leave.state).label,
        }
    duties = Duty.objects.filter(people=employee, cancelled_on=None, starts_on__lt=end, ends_on__gt=start)
    for duty in duties.order_by("starts_on"):
        yield gettext("Bertumpang dengan surat tugas %(letter)s, %(span)s.") % {
            "letter": duty.letter,
            "span": span_text(duty.starts_on, duty.ends_on),
        }


def span_text(start: date, end: date) -> str:
    """A span in words: one day, or from the first to the last day."""
    last = end - timedelta(days=1)
    if last == start:
        return longdate(start)
    return gettext("%(first)s sampai %(last)s") % {"first": longdate(start), "last": longdate(last)}
