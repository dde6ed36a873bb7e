"""The annual leave of a person: entitled, carried over, taken, waiting; with how each figure came about.

What Terang did not keep is unknown until the personnel agency enters it (`LeaveOpening`): unknown is never nothing, so
an unknown year carries no days and gives no 24 days.
"""

from dataclasses import dataclass
from datetime import date

from terang.evidence.attendance.leave_kinds import ANNUAL, LONG
from terang.evidence.attendance.models import TAKEN, Leave, LeaveOpening, LeaveState
from terang.registry.people.models import Employee
from terang.rules.regulations.leave import Balance, annual_balance, service_months

FULL_YEAR = 12


@dataclass(frozen=True)
class YearUse:
    """Annual leave used in a year, in working days: entered for the time before Terang, and kept by Terang.

    `state` is "known", "unknown" (kept elsewhere and not entered yet) or "before" (before service).
    """

    year: int
    state: str
    entered: int = 0
    kept: int = 0
    postponed: int = 0
    opening: LeaveOpening | None = None

    @property
    def taken(self) -> int | None:
        return self.entered + self.kept if self.state == "known" else None


@dataclass(frozen=True)
class AnnualLeave:
    """The annual leave of one year. `pending` days are asked for and not decided yet; `years` are the two years before
    and the year itself."""

    year: int
    balance: Balance
    pending: int
    postponed: int
    long_leave: bool
    service_months: int
    years: tuple[YearUse, YearUse, YearUse]

    @property
    def total(self) -> int:
        return self.balance.entitled + self.balance.carried

    @property
    def free(self) -> int:
        """What can still be asked for."""
        return max(0, self.balance.left - self.pending)

    @property
    def unknown_years(self) -> list[int]:
        return [use.year for use in self.years if use.state == "unknown"]


def annual_leave(employee: Employee, year: int, on: date, *, without: int | None = None) -> AnnualLeave:
    """The annual leave of `year` as it stands on a day. `without` leaves one request out. Three queries."""
    span = {"starts_on__lt": date(year + 1, 1, 1), "ends_on__gt": date(year - 2, 1, 1)}
    rows = Leave.objects.filter(employee=employee, kind__in=(ANNUAL, LONG), **span).exclude(pk=without or 0)
    leaves = list(rows.order_by())
    openings = {row.year: row for row in LeaveOpening.objects.filter(employee=employee)}
    since = _kept_since(employee)
    before_last, last, this = (_use(employee, each, leaves, openings, since) for each in (year - 2, year - 1, year))
    own = [leave for leave in leaves if leave.starts_on.year == year]
    long_leave = any(_is_long(leave, year) for leave in leaves)
    service = service_months(employee.joined_on, on)
    postponed = last.postponed if last.taken is None else min(last.postponed, max(0, FULL_YEAR - last.taken))
    balance = annual_balance(
        service_months=service,
        taken=this.entered + this.kept,
        taken_last_year=last.taken,
        taken_year_before=before_last.taken,
        postponed=postponed,
        long_leave=long_leave,
        on=on,
    )
    pending = sum(leave.working_days for leave in own if leave.kind == ANNUAL and leave.state == LeaveState.REQUESTED)
    return AnnualLeave(year, balance, pending, postponed, long_leave, service, (before_last, last, this))


def _is_long(leave: Leave, year: int) -> bool:
    within = leave.starts_on < date(year + 1, 1, 1) and leave.ends_on > date(year, 1, 1)
    return leave.kind == LONG and leave.state in TAKEN and within


def _use(
    employee: Employee, year: int, leaves: list[Leave], openings: dict[int, LeaveOpening], kept_since: int | None
) -> YearUse:
    if employee.joined_on.year > year:
        return YearUse(year, "before")
    annual = [leave for leave in leaves if leave.kind == ANNUAL and leave.starts_on.year == year]
    kept = sum(leave.working_days for leave in annual if leave.state in TAKEN)
    postponed = sum(leave.working_days for leave in annual if leave.state == LeaveState.POSTPONED)
    opening = openings.get(year)
    known = kept_since is not None and year > kept_since
    if opening is not None:
        return YearUse(year, "known", opening.taken, kept, opening.postponed + postponed, opening)
    return YearUse(year, "known" if known else "unknown", 0, kept, postponed)


def _kept_since(employee: Employee) -> int | None:
    """The year in which the government began to keep leave in Terang: years after it are known whole. One query."""
    rows = Leave.objects.filter(employee__agency_id=employee.agency_id).order_by("pk")
    first = rows.values_list("requested_at", flat=True).first()
    return first.year if first else None
