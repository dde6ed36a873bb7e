"""Questions about presence."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from terang.evidence.attendance.evidence import REQUIRED, describe
from terang.evidence.attendance.models import AttendanceDay, DayStatus

KINDS = {DayStatus.PRESENT: "ok", DayStatus.ABSENT: "wrong"}
"""The looks of badges; whatever takes a day out of what is required stays quiet."""


@dataclass(frozen=True)
class Line:
    """One day as a page shows it. `kind` is the look of its badge; lateness asks for attention."""

    day: date
    label: str
    kind: str
    detail: str
    source: str


@dataclass(frozen=True)
class MonthView:
    """A month of one person: its days in order, and the counts that go into the measures."""

    first: date
    lines: list[Line]
    required: int
    present: int
    punctual: int
    others: list[tuple[str, int]]

    @property
    def previous(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def following(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)


def month_of_person(employee_id: int, first: date) -> MonthView:
    """The month that begins on `first`. One query."""
    until = (first + timedelta(days=31)).replace(day=1)
    days = list(AttendanceDay.objects.filter(employee_id=employee_id, day__gte=first, day__lt=until).order_by("day"))
    present = [day for day in days if day.status == DayStatus.PRESENT]
    others = Counter(DayStatus(day.status) for day in days if day.status not in REQUIRED)
    return MonthView(
        first,
        [_line(day) for day in days],
        required=sum(day.status in REQUIRED for day in days),
        present=len(present),
        punctual=sum(not _off_time(day) for day in present),
        others=[(str(status.label), count) for status, count in others.items()],
    )


def _off_time(day: AttendanceDay) -> bool:
    return bool(day.late_minutes or day.early_minutes)


def _line(day: AttendanceDay) -> Line:
    status = DayStatus(day.status)
    kind = "attention" if status == DayStatus.PRESENT and _off_time(day) else KINDS.get(status, "quiet")
    return Line(day.day, str(status.label), kind, describe(day), day.source)
