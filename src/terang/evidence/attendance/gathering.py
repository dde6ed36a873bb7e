"""What is known about some people and days, read at once: a constant number of queries however many people."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from terang.evidence.attendance.models import (
    TAKEN,
    AttendanceDay,
    DayDispute,
    DisputeState,
    Duty,
    FlexibleWork,
    Leave,
    PinHolder,
    Punch,
    RosterShift,
    WebPunch,
)
from terang.evidence.attendance.schedules import MINUTES
from terang.registry.organization.models import Agency
from terang.registry.people.models import Assignment, AssignmentKind, Employee, PostKind
from terang.rules.attendance.day import Ground
from terang.rules.regulations.leave import leave_kinds

GROUND_OF_LEAVE = {"cltn": "cltn", "sakit": "sakit", "izin": "izin"}
"""Every other kind of leave is plain leave (`cuti`)."""
_RANK = {AssignmentKind.DEFINITIVE: 2, AssignmentKind.ACTING: 1, AssignmentKind.STAND_IN: 0}
COLUMNS = (
    "employee",
    "day",
    "status",
    "check_in",
    "check_out",
    "late_minutes",
    "early_minutes",
    "missing_in",
    "missing_out",
    "reason",
    "clashes",
    "source",
)


@dataclass(frozen=True)
class Post:
    """Where somebody works from `start` to before `end`. Who was elected owes no hours."""

    start: date
    end: date | None
    unit_id: int
    elected: bool


@dataclass(frozen=True)
class Grant:
    """What an accepted dispute gave a day, and when: records that came later weigh more."""

    status: str
    answer: str
    decided_at: datetime


@dataclass
class Known:
    """All that is known about one person in the span. Punches are in minutes of `absolute`, ascending; `kept` are the
    rows of days that stand already, in the order of `COLUMNS` without the employee."""

    employee_id: int
    joined_on: date
    left_on: date | None
    posts: list[Post] = field(default_factory=list)
    pins: list[tuple[date, date | None]] = field(default_factory=list)
    roster: dict[date, tuple[int, int]] = field(default_factory=dict)
    flexible: dict[date, str] = field(default_factory=dict)
    punches: list[int] = field(default_factory=list)
    grounds: dict[date, list[Ground]] = field(default_factory=lambda: defaultdict(list))
    grants: dict[date, Grant] = field(default_factory=dict)
    later: dict[date, datetime] = field(default_factory=dict)
    kept: dict[date, tuple[Any, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Nothing to derive from, nothing to take back."""
        return not (self.pins or self.punches or self.grounds or self.grants or self.kept or self.flexible)

    def is_there(self, day: date) -> bool:
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)

    def has_pin(self, day: date) -> bool:
        return any(start <= day and (end is None or day < end) for start, end in self.pins)

    def post_on(self, day: date) -> Post | None:
        """The main post of the day: posts are kept in rising order of weight."""
        return next((p for p in reversed(self.posts) if p.start <= day and (p.end is None or day < p.end)), None)


def absolute(moment: datetime) -> int:
    """A local moment in whole minutes since day 0, truncated: any two moments can be compared across midnight."""
    return moment.toordinal() * MINUTES + moment.hour * 60 + moment.minute


def gather(agency: Agency, employee_ids: Collection[int], start: date, end: date) -> list[Known]:
    """What is known about each person from `start` to before `end`. Thirteen queries, one more where a dispute
    was accepted."""
    people = {
        pk: Known(pk, joined, left)
        for pk, joined, left in Employee.objects.filter(agency=agency, pk__in=employee_ids).values_list(
            "pk", "joined_on", "left_on"
        )
    }
    _read_posts(people, start, end)
    _read_pins(people, start, end)
    _read_roster(people, start, end)
    _read_flexible(people, start, end)
    _read_punches(people, start, end, ZoneInfo(agency.time_zone))
    _read_leave(people, start, end)
    _read_duty(people, start, end)
    _read_disputes(people, start, end)
    _read_later(people, ZoneInfo(agency.time_zone))
    names = ("employee_id", *COLUMNS[1:])
    rows = AttendanceDay.objects.filter(employee_id__in=people, day__gte=start, day__lt=end).order_by()
    for employee_id, *row in rows.values_list(*names):
        people[employee_id].kept[row[0]] = tuple(row)
    return list(people.values())


def _read_posts(people: dict[int, Known], start: date, end: date) -> None:
    held = Assignment.objects.filter(employee_id__in=people, starts_on__lt=end).exclude(ends_on__lte=start).order_by()
    rows = held.values_list("employee_id", "starts_on", "ends_on", "post__unit_id", "post__kind", "kind", "pk")
    for row in sorted(rows, key=lambda each: (_RANK[AssignmentKind(each[5])], each[1], each[6])):
        people[row[0]].posts.append(Post(row[1], row[2], row[3], row[4] == PostKind.ELECTED))


def _read_pins(people: dict[int, Known], start: date, end: date) -> None:
    held = PinHolder.objects.filter(employee_id__in=people, starts_on__lt=end).exclude(ends_on__lte=start).order_by()
    for employee_id, since, until in held.values_list("employee_id", "starts_on", "ends_on"):
        people[employee_id].pins.append((since, until))


def _read_roster(people: dict[int, Known], start: date, end: date) -> None:
    """Of whole months: whether a person works by roster is asked of the month."""
    first, last = (start - timedelta(days=1)).replace(day=1), end + timedelta(days=31)
    rows = RosterShift.objects.filter(employee_id__in=people, day__gte=first, day__lt=last).order_by()
    for employee_id, day, begins, ends in rows.values_list("employee_id", "day", "start_minute", "end_minute"):
        people[employee_id].roster[day] = (begins, ends)


def _read_flexible(people: dict[int, Known], start: date, end: date) -> None:
    """With a day more on both sides, as the shifts; the decision recorded last counts."""
    for employee_id, day, mode in flexible_days(people, start - timedelta(days=1), end + timedelta(days=1)):
        people[employee_id].flexible[day] = mode


def flexible_days(employee_ids: Collection[int], start: date, end: date) -> Iterable[tuple[int, date, str]]:
    """Who works flexibly on which days, and how, from `start` to before `end`. One query."""
    rows = FlexibleWork.people.through.objects.filter(
        employee_id__in=employee_ids,
        flexiblework__cancelled_on=None,
        flexiblework__starts_on__lt=end,
        flexiblework__ends_on__gt=start,
    ).order_by("flexiblework_id")
    names = ("mode", "weekdays", "starts_on", "ends_on")
    told = rows.values_list("employee_id", *(f"flexiblework__{name}" for name in names))
    for employee_id, mode, weekdays, since, until in told:
        for day in _within(since, until, start, end):
            if str(day.weekday()) in weekdays:
                yield employee_id, day, mode


def _read_punches(people: dict[int, Known], start: date, end: date, zone: ZoneInfo) -> None:
    """With a day more on both sides: a night shift's punches lie on two days. Those from the web whose place waits for
    an answer, or was refused, are left out where the rule said so."""
    span = {
        "at__gte": datetime.combine(start - timedelta(days=1), time.min, zone),
        "at__lt": datetime.combine(end + timedelta(days=2), time.min, zone),
    }
    waiting = WebPunch.objects.filter(counts=False, punch__employee_id__in=people).order_by()
    left_out = set(
        waiting.filter(**{f"punch__{name}": moment for name, moment in span.items()}).values_list(
            "punch__employee_id", "punch__at"
        )
    )
    rows = Punch.objects.filter(employee_id__in=people, **span).order_by("employee_id", "at")
    offsets = Offsets(zone)
    for row in rows.values_list("employee_id", "at").iterator(chunk_size=20_000):
        if left_out and row in left_out:
            continue
        people[row[0]].punches.append(absolute(row[1]) + offsets[row[1].date()])


class Offsets(dict[date, int]):
    """Minutes from UTC by day: no zone of Indonesia changes within one, and asking for every punch is slow."""

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self._zone = zone

    def __missing__(self, day: date) -> int:
        offset = datetime.combine(day, time.min, UTC).astimezone(self._zone).utcoffset() or timedelta()
        self[day] = int(offset.total_seconds()) // 60
        return self[day]


def _read_leave(people: dict[int, Known], start: date, end: date) -> None:
    labels = {code: kind.label for code, kind in leave_kinds().items()}
    rows = Leave.objects.filter(employee_id__in=people, state__in=TAKEN, starts_on__lt=end, ends_on__gt=start)
    for row in rows.order_by().values_list("employee_id", "kind", "starts_on", "ends_on", "decided_at"):
        person = people[row[0]]
        ground = Ground(GROUND_OF_LEAVE.get(row[1], "cuti"), labels.get(row[1], ""))
        for day in _within(row[2], row[3], start, end):
            person.grounds[day].append(ground)
            if row[4]:
                person.later[day] = max(row[4], person.later.get(day, row[4]))


def _read_duty(people: dict[int, Known], start: date, end: date) -> None:
    rows = Duty.people.through.objects.filter(
        employee_id__in=people, duty__cancelled_on=None, duty__starts_on__lt=end, duty__ends_on__gt=start
    ).order_by()
    names = ("employee_id", "duty__kind", "duty__letter", "duty__starts_on", "duty__ends_on")
    for employee_id, kind, letter, since, until in rows.values_list(*names):
        for day in _within(since, until, start, end):
            people[employee_id].grounds[day].append(Ground(kind, letter))


def _read_disputes(people: dict[int, Known], start: date, end: date) -> None:
    """The last decision on a day counts."""
    rows = DayDispute.objects.filter(
        employee_id__in=people, day__gte=start, day__lt=end, state=DisputeState.ACCEPTED, decided_at__isnull=False
    ).exclude(granted_status="")
    names = ("employee_id", "day", "granted_status", "answer", "decided_at")
    for employee_id, day, status, answer, decided_at in rows.order_by("decided_at", "pk").values_list(*names):
        people[employee_id].grants[day] = Grant(status, answer, decided_at)


def _read_later(people: dict[int, Known], zone: ZoneInfo) -> None:
    """When the last record of a disputed day came in."""
    disputed = {pk: person.grants for pk, person in people.items() if person.grants}
    if not disputed:
        return
    since = min(grant.decided_at for grants in disputed.values() for grant in grants.values())
    rows = Punch.objects.filter(employee_id__in=disputed, received_at__gt=since.astimezone(UTC)).order_by()
    for employee_id, at, received in rows.values_list("employee_id", "at", "received_at"):
        day = at.astimezone(zone).date()
        later = people[employee_id].later
        later[day] = max(received, later.get(day, received))


def _within(since: date, until: date, start: date, end: date) -> Iterable[date]:
    first, last = max(since, start), min(until, end)
    return (first + timedelta(days=n) for n in range((last - first).days))
