"""Punches on their way in, from a file or from a device that sends by itself: the same punch twice is one punch."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from operator import attrgetter
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone

from terang.evidence.attendance.models import Device, Origin, Punch, PunchBatch
from terang.evidence.attendance.pins import Pins
from terang.evidence.attendance.reading import Reading
from terang.web.writing import add_missing

AT_ONCE = 20_000
"""Punches of one transaction: short enough that nobody waits for the lock."""
SORTED_AT_ONCE = 1_000_000
"""Punches put in the order of the index before they are written, a hundred megabytes of them: written in the order of
time, every one would go to another page."""
COLUMNS = ("agency", "device", "pin", "employee", "at", "received_at", "origin", "hint", "batch")


@dataclass
class Arrived:
    """What came in. `days` are local; `unknown` counts the punches of PINs that are nobody's on their day; `future`
    those whose clock is ahead of ours: they are not kept."""

    lines: int = 0
    new: int = 0
    future: int = 0
    first: date | None = None
    last: date | None = None
    employees: set[int] = field(default_factory=set)
    unknown: Counter[str] = field(default_factory=Counter)
    oldest: datetime | None = None
    newest: datetime | None = None

    @property
    def known(self) -> int:
        """Punches that were there already."""
        return self.lines - self.new - self.future


class Clock:
    """From a device's local time to UTC. The offset is asked once a day: no zone of Indonesia changes within one."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._offsets: dict[date, timedelta] = {}

    def utc(self, moment: datetime) -> datetime:
        day = moment.date()
        offset = self._offsets.get(day)
        if offset is None:
            offset = self._offsets[day] = moment.replace(tzinfo=self._zone).utcoffset() or timedelta()
        return (moment - offset).replace(tzinfo=UTC)


def add_punches(
    *,
    device: Device,
    readings: Iterable[Reading],
    origin: Origin,
    batch: PunchBatch | None = None,
    ahead: timedelta = timedelta(0),
    progress: Callable[[int], object] | None = None,
) -> Arrived:
    """Keeps the punches that are not there yet; a clock may be ahead of ours by `ahead`. One transaction for every
    twenty thousand, three queries besides. Notes on the device of which time it has told."""
    agency, now = device.agency, timezone.now()
    clock, pins, arrived = Clock(ZoneInfo(agency.time_zone)), Pins(agency), Arrived()
    limit, received = now + ahead, connection.ops.adapt_datetimefield_value(now)
    batch_id = batch.pk if batch else None

    def row(reading: Reading) -> tuple[object, ...] | None:
        at = clock.utc(reading.moment)
        arrived.lines += 1
        if at > limit:
            arrived.future += 1
            return None
        day = reading.moment.date()
        holder = pins.holder(reading.pin, day)
        _note(arrived, reading.pin, holder, day, at)
        return (agency.pk, device.pk, reading.pin, holder, at, received, origin.value, reading.hint, batch_id)

    for chunk in _chunks(readings):
        with transaction.atomic():
            arrived.new += add_missing(Punch, COLUMNS, filter(None, map(row, chunk)))
        if progress:
            progress(arrived.lines)
    _hear(device, arrived, origin, now)
    return arrived


def _chunks(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    source = iter(readings)
    while part := sorted(islice(source, SORTED_AT_ONCE), key=attrgetter("pin", "moment")):
        yield from (part[first : first + AT_ONCE] for first in range(0, len(part), AT_ONCE))


def _note(arrived: Arrived, pin: str, holder: int | None, day: date, at: datetime) -> None:
    if holder is None:
        arrived.unknown[pin] += 1
    else:
        arrived.employees.add(holder)
    if arrived.first is None or day < arrived.first:
        arrived.first = day
    if arrived.last is None or day > arrived.last:
        arrived.last = day
    if arrived.oldest is None or at < arrived.oldest:
        arrived.oldest = at
    if arrived.newest is None or at > arrived.newest:
        arrived.newest = at


@transaction.atomic
def _hear(device: Device, arrived: Arrived, origin: Origin, now: datetime) -> None:
    """A file tells of the time from its first to its last line. A device that sends by itself sends everything: it goes
    on where it had stopped."""
    if arrived.oldest is None or arrived.newest is None:
        return
    kept = Device.objects.select_for_update().get(pk=device.pk)
    spans = [(datetime.fromisoformat(first), datetime.fromisoformat(last)) for first, last in kept.heard]
    oldest = min(arrived.oldest, spans[-1][1]) if origin == Origin.PUSH and spans else arrived.oldest
    merged = with_span(spans, min(oldest, now), min(arrived.newest, now))
    device.heard = [[first.isoformat(), last.isoformat()] for first, last in merged]
    if device.heard != kept.heard:
        Device.objects.filter(pk=device.pk).update(heard=device.heard)


def with_span(
    spans: Iterable[tuple[datetime, datetime]], first: datetime, last: datetime
) -> list[tuple[datetime, datetime]]:
    """The spans with one more, in order, those that touch made one."""
    merged: list[tuple[datetime, datetime]] = []
    for begin, end in sorted([*spans, (first, last)]):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged
