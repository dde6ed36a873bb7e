"""Questions of who keeps presence: devices and files a viewer may see, PINs and those that are nobody's yet, hours."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min, Q, QuerySet

from terang.evidence.attendance.models import Device, PinHolder, Punch, PunchBatch, WorkHours
from terang.evidence.attendance.services.hours import DayHours
from terang.evidence.attendance.services.pushing import DRIFT_SECONDS
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer

WAITING_SHOWN = 50


def devices_of(viewer: Viewer) -> QuerySet[Device]:
    """The devices whose files the viewer may bring: all of the government, or those of the units led. One query."""
    devices = Device.objects.filter(agency_id=viewer.agency_id).select_related("unit")
    if viewer.has(Role.PERSONNEL):
        return devices
    below = Q(pk=None)
    for path in viewer.headed_paths:
        below |= Q(unit__path__startswith=path)
    return devices.filter(below)


@dataclass(frozen=True)
class DeviceLine:
    """A device as the list shows it. `heard_until` is the last moment it told of; `drift` its clock's difference in
    minutes, where it is flagged."""

    device: Device
    heard_until: datetime | None
    drift: int | None
    retired: bool

    @property
    def ahead(self) -> bool:
        return (self.drift or 0) > 0

    @property
    def drift_minutes(self) -> int:
        return abs(self.drift or 0) // 60


def device_lines(agency: Agency, today: date) -> list[DeviceLine]:
    """Every device of a government, those in use first. One query."""
    lines = [_line(device, today) for device in Device.objects.filter(agency=agency).select_related("unit")]
    return sorted(lines, key=lambda line: (line.retired, line.device.name))


def _line(device: Device, today: date) -> DeviceLine:
    drift = device.drift_seconds
    flagged = drift if drift is not None and abs(drift) > DRIFT_SECONDS else None
    heard = datetime.fromisoformat(device.heard[-1][1]) if device.heard else None
    return DeviceLine(device, heard, flagged, device.retired_on is not None and device.retired_on <= today)


def batches_of(viewer: Viewer) -> QuerySet[PunchBatch]:
    """Files of the devices the viewer may bring files of, newest first. One query when read."""
    found = PunchBatch.objects.filter(agency_id=viewer.agency_id, device__in=devices_of(viewer))
    return found.select_related("device", "uploaded_by")


def pin_holders(agency: Agency) -> QuerySet[PinHolder]:
    """Every PIN with its holder, past ones too. One query when read."""
    return PinHolder.objects.filter(agency=agency).select_related("employee")


@dataclass(frozen=True)
class WaitingPin:
    """A PIN whose punches are nobody's: how many, from when to when, and on which devices."""

    pin: str
    count: int
    first: datetime
    last: datetime
    devices: str


def waiting_pins(agency: Agency) -> tuple[list[WaitingPin], int]:
    """The PINs with the most waiting punches, and how many PINs wait in all. Three queries."""
    waiting = Punch.objects.filter(agency=agency, employee=None).exclude(pin="").order_by()
    grouped = waiting.values("pin").annotate(count=Count("id"), first=Min("at"), last=Max("at"))
    shown = list(grouped.order_by("-count", "pin")[:WAITING_SHOWN])
    names: dict[str, set[str]] = defaultdict(set)
    told = waiting.filter(pin__in=[row["pin"] for row in shown]).values_list("pin", "device__name").distinct()
    for pin, name in told:
        names[pin].add(name or "")
    lines = [WaitingPin(**row, devices=", ".join(sorted(names[row["pin"]]))) for row in shown]
    return lines, grouped.count()


@dataclass(frozen=True)
class HoursWeek:
    """Hours decided together: the agency's (no unit) or a unit's, with the minutes they add up to."""

    first: WorkHours
    unit: Unit | None
    days: list[DayHours]

    @property
    def minutes(self) -> int:
        return sum(day.minutes for day in self.days)


def hours_weeks(agency: Agency) -> list[HoursWeek]:
    """Every week of hours of a government, the agency's first, newest first. One query."""
    grouped: dict[tuple[int | None, date], list[WorkHours]] = defaultdict(list)
    for row in WorkHours.objects.filter(agency=agency).select_related("unit").order_by("weekday"):
        grouped[row.unit_id, row.valid_from].append(row)
    weeks = [
        HoursWeek(
            rows[0],
            rows[0].unit,
            [DayHours(row.weekday, row.starts_at, row.ends_at, row.break_minutes, row.mode) for row in rows],
        )
        for rows in grouped.values()
    ]
    return sorted(
        weeks,
        key=lambda each: (
            each.unit is not None,
            each.unit.name if each.unit else "",
            -each.first.valid_from.toordinal(),
        ),
    )
