"""Devices that send by themselves (ADMS push). The protocol knows no password: only known serial numbers may send.

Whatever a device sends again is kept once. Fingerprints, faces and photos that devices offer are not kept
(UU 27/2022).
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from terang.audit.services import record
from terang.evidence.attendance.models import Device, Origin
from terang.evidence.attendance.reading import Reading, attlog_line
from terang.evidence.attendance.services.incoming import Arrived, add_punches
from terang.evidence.attendance.services.rederiving import ask_to_derive, begin_day
from terang.registry.organization.calendars import local_today

DRIFT_SECONDS = 120
"""A clock further off than this is flagged."""
AHEAD = timedelta(hours=24)
"""How far ahead a device's clock may be for its punches to be kept; they are flagged before."""
AT_HAND = timedelta(minutes=3)
"""A device that is not heard of for longer was away: a device asks for commands every ten seconds."""
STEADY = timedelta(minutes=2)
"""A device that has been there for this long has sent what it had kept, and sends punches as they happen."""
OLDEST = 12 * 3_600
"""A punch further behind than these seconds is an old one, not one of a slow clock."""
FEW = 5
"""Punches of one message that happened just now; more are a backlog."""
SEEN_EVERY = timedelta(minutes=1)
REFUSED_EVERY = 3_600
"""Seconds in which an address's refusals make one journal entry."""


def known_device(serial: str) -> Device | None:
    """The device that may send under this serial number today; None for any other. One query."""
    device = Device.objects.select_related("agency", "unit").filter(serial=serial, may_push=True).first()
    if device is None or (device.retired_on is not None and device.retired_on <= local_today(device.agency)):
        return None
    return device


def note_refusal(serial: str, address: str) -> None:
    """Journals who was turned away, once an hour for each address: nobody can flood the journal."""
    if not cache.add(f"terang:iclock:refused:{address}".replace(" ", ""), 1, REFUSED_EVERY):
        return
    device = Device.objects.filter(serial=serial).first()
    with transaction.atomic():
        record(
            "attendance.push_refused",
            actor=None,
            obj=device,
            agency_id=device.agency_id if device else None,
            changes={"serial": serial[:40]},
        )


def note_seen(device: Device) -> bool:
    """Keeps when the device was last there, to the minute; returns whether it has been there steadily."""
    now, before, key = timezone.now(), device.last_seen_at, f"terang:iclock:since:{device.pk}"
    if before is None or now - before >= SEEN_EVERY:
        Device.objects.filter(pk=device.pk).update(last_seen_at=now)
        device.last_seen_at = now
    since = None if before is None or now - before > AT_HAND else cache.get(key)
    if since is None:
        cache.set(key, now, 30 * 24 * 3600)
        return False
    return bool(now - since >= STEADY)


def greeting(device: Device) -> str:
    """What a device asks for first: where to go on, and how to send. The time zone is in whole hours."""
    offset = datetime.now(ZoneInfo(device.agency.time_zone)).utcoffset() or timedelta()
    stamp = device.stamp or "0"
    lines = [
        f"GET OPTION FROM: {device.serial}",
        f"Stamp={stamp}",
        f"ATTLOGStamp={stamp}",
        "OpStamp=9999",
        "OPERLOGStamp=9999",
        "ATTPHOTOStamp=9999",
        "ErrorDelay=60",
        "Delay=10",
        "TransTimes=00:00;14:05",
        "TransInterval=1",
        "TransFlag=TransData AttLog",
        f"TimeZone={int(offset.total_seconds() // 3600)}",
        "Realtime=1",
        "Encrypt=0",
        "ServerVer=2.4.1",
        "PushProtVer=2.4.1",
    ]
    return "\n".join(lines) + "\n"


def take_log(device: Device, text: str, stamp: str, *, steady: bool) -> int:
    """Keeps the punches of one message; returns how many lines it had that can be read. The days of the people in it
    are derived by the worker."""
    readings = [line for row in text.splitlines() if row.strip() and isinstance(line := _line(row), Reading)]
    _note_drift(device, readings, steady=steady)
    with transaction.atomic():
        arrived = add_punches(device=device, readings=readings, origin=Origin.PUSH, ahead=AHEAD)
        if stamp and stamp != device.stamp and len(stamp) <= 20:
            Device.objects.filter(pk=device.pk).update(stamp=stamp)
        if arrived.new:
            _derive(device, arrived)
    return len(readings)


def _line(row: str) -> object:
    """PIN, time, state, verification …: the state stands third."""
    return attlog_line(row, hint_column=3)


def _derive(device: Device, arrived: Arrived) -> None:
    assert arrived.first is not None
    assert arrived.last is not None
    first, last = arrived.first - timedelta(days=1), arrived.last + timedelta(days=1)
    ask_to_derive(device.agency, first, last, arrived.employees)
    begin_day(device.agency)


def _note_drift(device: Device, readings: list[Reading], *, steady: bool) -> None:
    """How far the device's clock is from ours, where a message can tell: what is ahead of us is wrong for certain; what
    lies behind may be old, unless the device has been there steadily and sends a punch or two."""
    if not readings:
        return
    zone = ZoneInfo(device.agency.time_zone)
    newest = max(reading.moment for reading in readings).replace(tzinfo=zone)
    drift = round((newest - timezone.now()).total_seconds())
    happened_now = steady and len(readings) <= FEW and drift > -OLDEST
    if drift <= DRIFT_SECONDS and not happened_now:
        return
    if device.drift_seconds is None or abs(device.drift_seconds - drift) > 10:
        Device.objects.filter(pk=device.pk).update(drift_seconds=drift)
    was, is_now = abs(device.drift_seconds or 0) > DRIFT_SECONDS, abs(drift) > DRIFT_SECONDS
    device.drift_seconds = drift
    if is_now and not was:
        with transaction.atomic():
            record(
                "attendance.clock_drifted",
                actor=None,
                obj=device,
                agency_id=device.agency_id,
                unit_id=device.unit_id,
                changes={"seconds": drift},
            )
