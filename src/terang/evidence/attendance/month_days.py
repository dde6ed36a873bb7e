"""A month of one person, one line for every day: the status, and everything that made it so."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.attendance.evidence import REQUIRED, describe
from terang.evidence.attendance.flexible_lists import flexible_text
from terang.evidence.attendance.leave_checks import span_text
from terang.evidence.attendance.leave_days import own_days
from terang.evidence.attendance.leave_kinds import kind_label
from terang.evidence.attendance.models import (
    DERIVED,
    AttendanceDay,
    DayDispute,
    DayStatus,
    DisputeState,
    Duty,
    FlexibleWork,
    Leave,
    LeaveState,
    Origin,
    Punch,
)
from terang.evidence.attendance.web_lists import WebLine, web_line
from terang.registry.organization.calendars import days_between, days_off
from terang.registry.organization.models import Outage
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts
from terang.web.numbers import clock
from terang.web.sentences import said

KINDS = {DayStatus.PRESENT: "ok", DayStatus.ABSENT: "wrong"}
"""The looks of badges; whatever takes a day out of what is required stays quiet."""


@dataclass(frozen=True)
class Paper:
    """Leave or duty behind a day; `url` is empty where the viewer may not open it."""

    label: str
    url: str


@dataclass
class Line:
    """One day as the page shows it. `kind` is the look of its badge, `row` what is stored (None where nothing is)."""

    day: date
    label: str
    kind: str
    detail: str
    row: AttendanceDay | None = None
    reason: str = ""
    clashes: list[str] = field(default_factory=list)
    punches: list[str] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    outages: list[str] = field(default_factory=list)
    dispute: DayDispute | None = None
    may_dispute: bool = False

    @property
    def is_plain(self) -> bool:
        """A day off of which there is nothing more to say."""
        return self.row is None and self.label == gettext("Libur") and not (self.punches or self.papers or self.dispute)

    @property
    def source(self) -> str:
        """Where the row comes from, if Terang did not work it out."""
        return self.row.source if self.row and self.row.source != DERIVED else ""


@dataclass(frozen=True)
class MonthView:
    """A month of one person: its days in order, and the counts that go into the measures."""

    first: date
    lines: list[Line]
    required: int
    present: int
    punctual: int
    late_minutes: int
    early_minutes: int
    others: list[tuple[str, int]]

    @property
    def previous(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def following(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def recorded(self) -> bool:
        """Whether anything is known of this month."""
        return any(line.row for line in self.lines)


def month_of_person(employee: Employee, first: date, today: date, *, own: bool, private: bool) -> MonthView:
    """The month that begins on `first`; days to come are left out unless something is known of them. 17 queries.

    `private` says whether the viewer may open leave and disputes, `own` whether these are the viewer's own days.
    """
    until = (first + timedelta(days=31)).replace(day=1)
    rows = {row.day: row for row in AttendanceDay.objects.filter(employee=employee, day__gte=first, day__lt=until)}
    working = set(own_days(employee, first, until))
    lines = {
        day: _line(day, rows.get(day), day in working, today)
        for day in days_between(first, until)
        if (day <= today or day in rows) and employee.joined_on <= day and not _left(employee, day)
    }
    for attach in (_name_days_off, _add_punches, _add_papers, _add_outages, _add_disputes):
        attach(employee, lines, first, until, private)
    for line in lines.values():
        line.may_dispute = own and line.day <= today and _counted(line, working) and _settled(line)
    present = [row for row in rows.values() if row.status == DayStatus.PRESENT]
    others = Counter(DayStatus(row.status) for _day, row in sorted(rows.items()) if row.status not in REQUIRED)
    return MonthView(
        first,
        list(lines.values()),
        required=sum(row.status in REQUIRED for row in rows.values()),
        present=len(present),
        punctual=sum(not row.late_minutes and not row.early_minutes for row in present),
        late_minutes=sum(row.late_minutes for row in rows.values()),
        early_minutes=sum(row.early_minutes for row in rows.values()),
        others=[(str(status.label), count) for status, count in others.items()],
    )


def _left(employee: Employee, day: date) -> bool:
    return employee.left_on is not None and day >= employee.left_on


def _counted(line: Line, working: set[date]) -> bool:
    return line.row is not None or line.day in working


def _settled(line: Line) -> bool:
    return line.dispute is None or line.dispute.state != DisputeState.OPEN


def _off_time(row: AttendanceDay) -> bool:
    return bool(row.late_minutes or row.early_minutes or row.missing_in or row.missing_out)


def _line(day: date, row: AttendanceDay | None, due: bool, today: date) -> Line:
    if row is None and not due:
        return Line(day, gettext("Libur"), "quiet", "", reason=gettext("Bukan hari kerja menurut jadwal."))
    if row is None:
        late = gettext("Data dari alat presensi untuk hari ini belum lengkap, jadi hari ini belum dihitung.")
        soon = gettext("Hari ini masih berjalan. Statusnya terbentuk setelah data alat masuk.")
        return Line(day, gettext("Belum ada data"), "quiet", "", reason=soon if day == today else late)
    status = DayStatus(row.status)
    kind = "attention" if status == DayStatus.PRESENT and _off_time(row) else KINDS.get(status, "quiet")
    reason = said(row.reason) if row.reason else _plain(row)
    clashes = [said(clash) for clash in row.clashes]
    detail = describe(row) if row.check_in or row.check_out or status in REQUIRED else ""
    return Line(day, str(status.label), kind, detail, row, reason, clashes)


def _plain(row: AttendanceDay) -> str:
    """Why, where another source brought the day without a reason."""
    told = {"status": DayStatus(row.status).label, "source": row.source or gettext("tanpa sumber")}
    return gettext("Tercatat “%(status)s” oleh %(source)s.") % told


def _name_days_off(employee: Employee, lines: dict[date, Line], first: date, until: date, private: bool) -> None:
    for each in days_off(employee.agency, first.year):
        line = lines.get(each.day)
        if line is not None and line.row is None and line.label == gettext("Libur"):
            line.detail, line.reason = each.name, gettext("Hari libur: %(name)s.") % {"name": each.name}


def _add_punches(employee: Employee, lines: dict[date, Line], first: date, until: date, private: bool) -> None:
    zone = ZoneInfo(employee.agency.time_zone)
    start, end = (datetime.combine(day, time.min, zone) for day in (first, until))
    rows = Punch.objects.filter(employee=employee, at__gte=start, at__lt=end + timedelta(days=1))
    for punch in rows.select_related("device", "web__place").order_by("at"):
        moment = punch.at.astimezone(zone)
        next_morning = _ends_a_night(lines.get(moment.date() - timedelta(days=1)), moment)
        line = lines.get(moment.date() - timedelta(days=next_morning))
        if line is not None:
            origin = punch.device.name if punch.device else str(Origin(punch.origin).label).lower()
            told = {"time": clock(moment), "origin": origin}
            text = gettext("%(time)s keesokan harinya, %(origin)s") if next_morning else gettext("%(time)s, %(origin)s")
            line.punches.append(text % told)
            if hasattr(punch, "web"):
                _add_web_punch(line, web_line(punch.web), private)


def _ends_a_night(before: Line | None, moment: datetime) -> bool:
    """Whether a record belongs to the shift of the day before, which went over midnight and ended with it or later."""
    row = before.row if before else None
    if row is None or row.check_in is None or row.check_out is None or row.check_out >= row.check_in:
        return False
    return moment.time().replace(second=0, microsecond=0) <= row.check_out


def _add_web_punch(line: Line, web: WebLine, private: bool) -> None:
    """The receipt of a record from the web; where it was is only for who may see it."""
    if private:
        told = {"where": web.where, "state": web.badge}
        label = gettext("Rekaman lewat web: %(where)s (%(state)s)") % told
        line.papers.append(Paper(label, reverse("attendance:web_punch", args=[web.web.pk])))


def _add_papers(employee: Employee, lines: dict[date, Line], first: date, until: date, private: bool) -> None:
    meets = {"starts_on__lt": until, "ends_on__gt": first}
    known = (LeaveState.REQUESTED, LeaveState.APPROVED, LeaveState.CHANGED, LeaveState.POSTPONED, LeaveState.REFUSED)
    for leave in Leave.objects.filter(employee=employee, state__in=known, **meets).order_by("pk") if private else ():
        label = gettext("%(what)s, %(span)s (%(state)s)") % {
            "what": kind_label(leave.kind),
            "span": span_text(leave.starts_on, leave.ends_on),
            "state": str(LeaveState(leave.state).label).lower(),
        }
        _put(lines, leave, Paper(label, reverse("attendance:leave", args=[leave.pk])))
    for duty in Duty.objects.filter(people=employee, cancelled_on=None, **meets).order_by("pk"):
        told = {"letter": duty.letter, "place": duty.place}
        label = gettext("Surat tugas %(letter)s, %(place)s") % told
        _put(lines, duty, Paper(label, reverse("attendance:duty", args=[duty.pk])))
    for work in FlexibleWork.objects.filter(people=employee, cancelled_on=None, **meets).order_by("pk"):
        paper = Paper(flexible_text(work), reverse("attendance:flexible", args=[work.pk]))
        for day in days_between(max(work.starts_on, first), min(work.ends_on, until)):
            if day in lines and str(day.weekday()) in work.weekdays:
                lines[day].papers.append(paper)


def _put(lines: dict[date, Line], span: Any, paper: Paper) -> None:
    for day in days_between(max(span.starts_on, min(lines, default=span.ends_on)), span.ends_on):
        if day in lines:
            lines[day].papers.append(paper)


def _add_outages(employee: Employee, lines: dict[date, Line], first: date, until: date, private: bool) -> None:
    zone = ZoneInfo(employee.agency.time_zone)
    start, end = (datetime.combine(day, time.min, zone) for day in (first, until))
    post = main_posts([employee.pk], first).get(employee.pk)
    above = [int(part) for part in post.post.unit.path.split("/") if part] if post else []
    concerned = Q(unit=None) | Q(unit_id__in=above)
    running = Q(ended_at=None) | Q(ended_at__gt=start)
    rows = Outage.objects.filter(concerned, running, agency=employee.agency, started_at__lt=end)
    for row in rows.order_by("started_at"):
        began, ended = row.started_at.astimezone(zone), (row.ended_at or timezone.now()).astimezone(zone)
        for day in days_between(max(began.date(), first), min(ended.date() + timedelta(days=1), until)):
            if day in lines:
                lines[day].outages.append(_outage_text(row.cause, began, ended, day))


def _outage_text(cause: str, began: datetime, ended: datetime, day: date) -> str:
    told = {
        "cause": cause,
        "from": clock(began) if began.date() == day else clock(time(0)),
        "to": clock(ended) if ended.date() == day else clock(time(23, 59)),
    }
    return gettext("Gangguan: %(cause)s, %(from)s sampai %(to)s") % told


def _add_disputes(employee: Employee, lines: dict[date, Line], first: date, until: date, private: bool) -> None:
    if not private:
        return
    for dispute in DayDispute.objects.filter(employee=employee, day__gte=first, day__lt=until).order_by("pk"):
        if dispute.day in lines:
            lines[dispute.day].dispute = dispute


def day_of_person(employee: Employee, day: date, today: date) -> Line | None:
    """One day of `month_of_person`, with all that is known; None for days of which nothing can be said. 17 queries."""
    view = month_of_person(employee, day.replace(day=1), today, own=False, private=True)
    return next((line for line in view.lines if line.day == day), None)
