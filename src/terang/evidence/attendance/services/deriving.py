"""Works the days out again: reads what is known, asks the rule, writes what has changed.

Deriving twice changes nothing the second time, and in whatever order evidence arrived, the days are the same.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_values
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from terang.audit.services import Event, record_many
from terang.evidence.attendance.gathering import COLUMNS, Grant, Known, absolute, gather
from terang.evidence.attendance.models import DERIVED, AttendanceDay, Device, FlexibleMode
from terang.evidence.attendance.schedules import MINUTES, Schedules
from terang.evidence.attendance.web_rules import WebRules
from terang.registry.organization.calendars import days_between
from terang.registry.organization.models import Agency, Outage
from terang.registry.people.models import Employee
from terang.rules.attendance.day import Day, DayResult, Shift, day_result
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _
from terang.web.writing import replace

AT_ONCE = 1_000
"""People worked out together: a few tens of thousands of days in memory, one short transaction."""
FOR_EVER = 10**9
NOTHING: list[Any] = []
CLOCK = [time(minute // 60, minute % 60) for minute in range(MINUTES)]
Progress = Callable[[int, int], object]
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Outcome:
    """What deriving did: people looked at, people whose days changed, days written, days taken back."""

    people: int
    changed_people: int
    written: int
    removed: int


def derive_days(
    *,
    agency: Agency,
    start: date,
    end: date,
    employee_ids: Collection[int] | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Derives the days from `start` to before `end` of these people (of everybody where no ids are given).

    - Missing is not absent: a day without any record counts as absent only where the person had a PIN and every device
      of the nearest unit that has devices told of a moment after the shift. Before that the day has no row.
    - A row of another source (an import, a demo) stands until a punch, leave, duty or an accepted dispute of that day
      is known; then it is replaced.
    - One journal entry per person whose days changed, so that scores follow. 7 queries, and 13 to 16 for each thousand
      people.
    """
    ids = sorted(employee_ids) if employee_ids is not None else list(_everybody(agency, start, end))
    town = Town(agency, start, end)
    total = Outcome(0, 0, 0, 0)
    for first in range(0, len(ids), AT_ONCE):
        part = _derive_some(town, ids[first : first + AT_ONCE])
        total = Outcome(*(a + b for a, b in zip(_figures(total), _figures(part), strict=True)))
        if progress:
            progress(min(first + AT_ONCE, len(ids)), len(ids))
    return total


def _figures(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.people, outcome.changed_people, outcome.written, outcome.removed


def _everybody(agency: Agency, start: date, end: date) -> Any:
    there = Q(left_on__isnull=True) | Q(left_on__gt=start)
    return Employee.objects.filter(there, agency=agency, joined_on__lt=end).order_by("pk").values_list("pk", flat=True)


class Town:
    """What holds for everybody of an agency in the span: schedules, outages, and until when the devices have told."""

    def __init__(self, agency: Agency, start: date, end: date) -> None:
        self.agency, self.start, self.end = agency, start, end
        self.zone = ZoneInfo(agency.time_zone)
        self.days = list(days_between(start, end))
        self.schedules = Schedules(agency)
        self.now = absolute(timezone.now().astimezone(self.zone))
        self._outages = self._read_outages()
        self._devices = self._read_devices()
        self.web_rules = WebRules(agency, self.schedules)
        self._heard: dict[tuple[int | None, date], int | None] = {}

    def _read_outages(self) -> list[tuple[int | None, int, int]]:
        first = datetime.combine(self.start, time.min, self.zone)
        last = datetime.combine(self.end + timedelta(days=1), time.min, self.zone)
        running = Q(ended_at__isnull=True) | Q(ended_at__gt=first)
        rows = Outage.objects.filter(running, agency=self.agency, started_at__lt=last).order_by()
        return [
            (
                row.unit_id,
                absolute(row.started_at.astimezone(self.zone)),
                absolute(row.ended_at.astimezone(self.zone)) if row.ended_at else self.now,
            )
            for row in rows
        ]

    def _read_devices(self) -> list[tuple[int | None, date | None, list[tuple[int, int]]]]:
        rows = Device.objects.filter(agency=self.agency).order_by().values_list("unit_id", "retired_on", "heard")
        return [(unit, retired, [self._span(*told) for told in heard]) for unit, retired, heard in rows if heard]

    def _span(self, first: str, last: str) -> tuple[int, int]:
        """What a device told of, from the midnight before."""
        begin, end = (absolute(datetime.fromisoformat(told).astimezone(self.zone)) for told in (first, last))
        return begin // MINUTES * MINUTES, end

    def outages(self, unit_id: int | None, day: date) -> list[tuple[int, int]]:
        """Spans in minutes of the day in which the unit, or all, could not punch."""
        if not self._outages:
            return NOTHING
        midnight, concerned = day.toordinal() * MINUTES, {None, *self.schedules.chain(unit_id)}
        return [
            (first - midnight, last - midnight)
            for unit, first, last in self._outages
            if unit in concerned and first < midnight + 2 * MINUTES and last > midnight
        ]

    def heard(self, unit_id: int | None, day: date) -> int | None:
        """The minute until which all devices told that the unit's people use; None where that day is not known."""
        key = (unit_id, day)
        if key not in self._heard:
            self._heard[key] = self._heard_by(unit_id, day)
        return self._heard[key]

    def _heard_by(self, unit_id: int | None, day: date) -> int | None:
        midnight = day.toordinal() * MINUTES
        ends = [next((b for a, b in told if a <= midnight < b), None) for told in self._used(unit_id, day)]
        return None if not ends or None in ends else min(end for end in ends if end is not None)

    def _used(self, unit_id: int | None, day: date) -> list[list[tuple[int, int]]]:
        """What the devices in use of the nearest unit that has devices told of."""
        for level in (*self.schedules.chain(unit_id), None):
            used = [told for unit, retired, told in self._devices if unit == level and (not retired or day < retired)]
            if used:
                return used
        return []

    def only_by_web(self, unit_id: int | None, day: date, mode: str | None) -> bool:
        """Whether the web is this person's way to record the day: decided for the day, or there is no device."""
        rule = self.web_rules.rule_on(unit_id, day)
        return self.web_rules.opens(rule, mode) and (mode is not None or not self.has_device(unit_id, day))

    def has_device(self, unit_id: int | None, day: date) -> bool:
        """Whether the unit's people use a device that has told anything yet."""
        return bool(self._used(unit_id, day))


def _derive_some(town: Town, ids: Sequence[int]) -> Outcome:
    known = gather(town.agency, ids, town.start, town.end)
    people = [person for person in known if not person.is_empty or town.web_rules.any]
    written: list[Row] = []
    gone: list[tuple[int, date]] = []
    events: list[Event] = []
    reasons: dict[str, dict[str, Any]] = {}
    for person in people:
        rows, away = _changes(town, person, reasons)
        if rows or away:
            written += rows
            gone += [(person.employee_id, day) for day in away]
            events.append(_event(person, [*(row[1] for row in rows), *away]))
    with transaction.atomic():
        replace(AttendanceDay, COLUMNS, written, key=("employee", "day"))
        _remove(gone)
        record_many(events, actor=None, agency_id=town.agency.pk)
    return Outcome(len(ids), len(events), len(written), len(gone))


def _event(person: Known, days: list[date]) -> Event:
    first, last = min(days), max(days)
    post = person.post_on(last)
    return Event(
        "attendance.days_derived",
        subject_employee_id=person.employee_id,
        unit_id=post.unit_id if post else None,
        changes={"day": [first.isoformat(), last.isoformat()], "days": len(days)},
    )


def _remove(gone: list[tuple[int, date]]) -> None:
    by_day: dict[date, list[int]] = {}
    for employee_id, day in gone:
        by_day.setdefault(day, []).append(employee_id)
    for day, ids in by_day.items():
        AttendanceDay.objects.filter(day=day, employee_id__in=ids).delete()


def _changes(town: Town, person: Known, reasons: dict[str, dict[str, Any]]) -> tuple[list[Row], list[date]]:
    """The rows to write, and the derived days that no longer hold."""
    written, gone = [], []
    for day, result in _results(town, person):
        kept = person.kept.get(day)
        if result is None:
            if kept and kept[-1] == DERIVED:
                gone.append(day)
            continue
        row = _row(day, result, reasons)
        if kept is None or row != kept:
            written.append((person.employee_id, *row))
    return written, gone


def _row(day: date, result: DayResult, reasons: dict[str, dict[str, Any]]) -> Row:
    reason = reasons.get(result.reason)
    if reason is None:
        reason = reasons[result.reason] = result.reason.stored()
    return (
        day,
        result.status,
        None if result.check_in is None else CLOCK[result.check_in % MINUTES],
        None if result.check_out is None else CLOCK[result.check_out % MINUTES],
        result.late,
        result.early,
        result.missing_in,
        result.missing_out,
        reason,
        [clash.stored() for clash in result.clashes] if result.clashes else NOTHING,
        DERIVED,
    )


def _results(town: Town, person: Known) -> Iterator[tuple[date, DayResult | None]]:
    """Each day of the span with its result; None where the day is to have no row of ours."""
    shifts = _shifts(town, person)
    for number, day in enumerate(town.days, 1):
        shift = shifts[number]
        if shift is None:
            yield day, None
        else:
            punches = _own_punches(person.punches, day, shifts[number - 1], shift, shifts[number + 1])
            yield day, _result(town, person, day, shift, punches)


def _shifts(town: Town, person: Known) -> list[Shift | None]:
    """The shifts of the span with the day before and the day after it: a punch may belong to a neighbour."""
    around = [town.start - timedelta(days=1), *town.days, town.end]
    months = {(day.year, day.month) for day in person.roster}
    return [_shift(town, person, day, months) for day in around]


def _shift(town: Town, person: Known, day: date, months: set[tuple[int, int]]) -> Shift | None:
    """Who has a roster follows it for the whole month: days without a shift are off."""
    post = person.post_on(day)
    if not person.is_there(day) or (post is not None and post.elected):
        return None
    if (day.year, day.month) in months:
        shift = Shift(*person.roster[day]) if day in person.roster else None
    else:
        shift = town.schedules.shift(post.unit_id if post else None, day)
    return as_decided(shift, person.flexible.get(day)) if person.flexible else shift


def as_decided(shift: Shift | None, mode: str | None) -> Shift | None:
    """The shift under a decision on flexible work of the day."""
    if shift is None or mode is None:
        return shift
    if mode == FlexibleMode.DYNAMIC:
        return Shift.free(shift.start, shift.end)
    return with_values(shift, mode="elsewhere") if mode == FlexibleMode.ELSEWHERE else shift


def _own_punches(punches: list[int], day: date, before: Shift | None, shift: Shift, after: Shift | None) -> list[int]:
    """The punches that belong to this day, in its minutes. Where two shifts could have one, the nearer end or start
    takes it; in the very middle the earlier shift does."""
    if not punches:
        return punches
    opens, closes = shift.start - shift.early, shift.end + shift.late
    if before is not None and before.end - MINUTES + before.late >= opens:
        opens = max(opens, (before.end - MINUTES + shift.start) // 2 + 1)
    if after is not None and after.start + MINUTES - after.early <= closes:
        closes = min(closes, (shift.end + after.start + MINUTES) // 2)
    midnight = day.toordinal() * MINUTES
    mine = punches[bisect_left(punches, midnight + opens) : bisect_right(punches, midnight + closes)]
    return [punch - midnight for punch in mine]


def _result(town: Town, person: Known, day: date, shift: Shift, punches: list[int]) -> DayResult | None:
    post = person.post_on(day)
    unit_id = post.unit_id if post else None
    outages = town.outages(unit_id, day)
    grounds = person.grounds.get(day, ())
    midnight = day.toordinal() * MINUTES
    pinned = person.has_pin(day)
    by_web = town.only_by_web(unit_id, day, person.flexible.get(day))
    waits = pinned and (not by_web or town.has_device(unit_id, day))
    heard = town.heard(unit_id, day) if waits else town.now
    until = -FOR_EVER if heard is None else heard - midnight
    if not punches and not grounds:
        result = _without_record(person, day, Day(shift, outages=outages), until, observed=pinned or by_web)
    else:
        until = max(until, punches[-1] if punches else until)
        unknown = [*outages, (until + 1, FOR_EVER)] if until < shift.end + shift.late else outages
        result = day_result(Day(shift, punches=punches, grounds=grounds, outages=_bounded(unknown, shift)))
    grant = person.grants.get(day)
    if grant is not None and person.later.get(day, grant.decided_at) <= grant.decided_at:
        return _granted(grant, result)
    return result


def _bounded(outages: list[tuple[int, int]], shift: Shift) -> list[tuple[int, int]]:
    """Only what lies in reach of the shift."""
    opens, closes = shift.start - shift.early, shift.end + shift.late
    return [(max(first, opens), min(last, closes)) for first, last in outages if first < closes and last > opens]


def _without_record(person: Known, day: date, known: Day, until: int, *, observed: bool) -> DayResult | None:
    """Absent, or stopped by an outage; None where that is not known yet, or another source has said more."""
    kept = person.kept.get(day)
    if not observed or (kept and kept[-1] != DERIVED):
        return None
    result = day_result(known)
    assert known.shift is not None
    return result if result.status == "gangguan" or until >= known.shift.end else None


def _granted(grant: Grant, result: DayResult | None) -> DayResult:
    reason = Sentence(_("Ditetapkan setelah keberatan: %(answer)s"), {"answer": grant.answer})
    required = grant.status in {"hadir", "tanpa_keterangan"}
    if result is None:
        return DayResult(grant.status, required, reason)
    return DayResult(grant.status, required, reason, check_in=result.check_in, check_out=result.check_out)
