"""The months of a longer time of one person, each with the days that count: what a figure of a report adds up."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from terang.evidence.attendance.evidence import facts
from terang.evidence.attendance.models import DayDispute
from terang.evidence.months import month_spans
from terang.registry.people.models import Employee

MOST_DAYS = 366 * 5
"""The longest time shown at once, in days: five years, more than any report spans."""


@dataclass(frozen=True)
class MonthSum:
    """A month, or the part of it that belongs to the time, from `start` to before `end`. `disputes` is None where the
    viewer may not know of them. Zero `required`: no day counted."""

    start: date
    end: date
    required: int
    present: int
    punctual: int
    disputes: int | None
    url: str

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def is_whole(self) -> bool:
        return self.start.day == 1 and self.end.day == 1


@dataclass(frozen=True)
class PeriodView:
    """The months from `start` to before `end`, as far as they have begun."""

    start: date
    end: date
    months: list[MonthSum]

    @property
    def required(self) -> int:
        return sum(month.required for month in self.months)

    @property
    def present(self) -> int:
        return sum(month.present for month in self.months)

    @property
    def punctual(self) -> int:
        return sum(month.punctual for month in self.months)

    @property
    def disputes(self) -> int | None:
        known = [month.disputes for month in self.months if month.disputes is not None]
        return sum(known) if known else None


def period_of_person(employee: Employee, start: date, end: date, today: date, *, private: bool) -> PeriodView:
    """The counted days month by month, from `evidence.facts` as reports take them. Two queries, one without `private`.

    `private` says whether the viewer may know of disputes.
    """
    rows: Sequence[tuple[Any, ...]] = facts([employee.pk], start, end)["attendance"]
    counted = {row[1]: row for row in rows}
    disputes = _disputes(employee, start, end) if private else None
    address = f"{reverse('attendance:month')}?pegawai={employee.pk}"
    months = []
    for number, first, until in month_spans(start, end):
        if first <= today or number in counted:
            _pk, _month, required, present, punctual = counted.get(number, (0, number, 0, 0, 0))
            raised = None if disputes is None else disputes[number]
            url = f"{address}&bulan={first:%Y-%m}"
            months.append(MonthSum(first, until, required, present, punctual, raised, url))
    return PeriodView(start, end, months)


def _disputes(employee: Employee, start: date, end: date) -> Counter[int]:
    days = DayDispute.objects.filter(employee=employee, day__gte=start, day__lt=end).values_list("day", flat=True)
    return Counter(day.year * 100 + day.month for day in days.order_by())
