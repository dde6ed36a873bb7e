"""Files of punches: kept as they came, looked through, and taken over once a person has agreed (`uploading`)."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from terang.audit.services import record
from terang.evidence.attendance.models import BatchState, Device, Origin, PinHolder, Punch, PunchBatch
from terang.evidence.attendance.pins import Pins
from terang.evidence.attendance.reading import Reading, Unreadable, read_lines
from terang.evidence.attendance.services.deriving import derive_days
from terang.evidence.attendance.services.incoming import Arrived, Clock, add_punches
from terang.registry.people.models import Employee
from terang.registry.people.selectors import assignments_below
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _
from terang.web.sheets import SpreadsheetError

SHOWN = 20
"""Lines shown of a file, with what becomes of each."""
LISTED = 200
"""Unknown PINs and unreadable lines listed; the counts are of all."""
TELL_EVERY = 20_000
Progress = Callable[[int, int, str], object]
READ, KEEP, DERIVE = _("Membaca berkas"), _("Menyimpan rekaman"), _("Menghitung hari")


def open_batch(*, device: Device, name: str, data: bytes, uploaded_by: Employee | None) -> PunchBatch:
    """Keeps the raw file. The same bytes of a government are one batch, looked through anew each time they come."""
    batch = _batch_of(device, hashlib.sha256(data).hexdigest(), data)
    if batch.state == BatchState.RUNNING:
        return batch
    batch.device, batch.name, batch.layout, batch.uploaded_by = device, name[:150], device.layout, uploaded_by
    batch.state, batch.found, batch.message, batch.done, batch.total = BatchState.READING, {}, {}, 0, 0
    batch.uploaded_at = timezone.now()
    batch.save()
    return batch


def _batch_of(device: Device, digest: str, data: bytes) -> PunchBatch:
    """The batch of these bytes; where two come at once, the first."""
    if there := PunchBatch.objects.filter(agency_id=device.agency_id, digest=digest).first():
        return there
    path = default_storage.save(f"presensi/{uuid.uuid4()}", ContentFile(data))
    batch, made = PunchBatch.objects.get_or_create(
        agency_id=device.agency_id, digest=digest, defaults={"path": path, "uploaded_at": timezone.now()}
    )
    if not made:
        default_storage.delete(path)
    return batch


def check(batch_id: int, progress: Progress | None = None) -> PunchBatch:
    """From uploaded file to what becomes of it; does nothing where that has been done."""
    batch = PunchBatch.objects.select_related("agency", "device").get(pk=batch_id)
    if batch.state != BatchState.READING:
        return batch
    try:
        found = _look(batch, progress)
    except SpreadsheetError as error:
        return _fail(batch, error.sentence)
    except Exception:
        _fail(batch, Sentence("Berkas ini tidak terbaca. Salin ulang dari alat, lalu unggah lagi."))
        raise
    if not found["lines"]:
        return _fail(batch, Sentence("Tidak ada satu pun rekaman yang terbaca dalam berkas ini."))
    batch.state, batch.found = BatchState.CHECKED, found
    PunchBatch.objects.filter(pk=batch.pk, state=BatchState.READING).update(state=batch.state, found=found)
    return batch


def _fail(batch: PunchBatch, message: Sentence) -> PunchBatch:
    batch.state, batch.message = BatchState.FAILED, message.stored()
    PunchBatch.objects.filter(pk=batch.pk).update(state=batch.state, message=batch.message)
    return batch


def readings(batch: PunchBatch) -> Iterator[Reading]:
    """The lines that can be read."""
    with default_storage.open(batch.path) as file:
        for _number, line in read_lines(file, batch.name, batch.layout):
            if isinstance(line, Reading):
                yield line


def _look(batch: PunchBatch, progress: Progress | None) -> dict[str, Any]:
    pins, clock, now = Pins(batch.agency), Clock(ZoneInfo(batch.agency.time_zone)), timezone.now()
    first: list[tuple[int, Reading]] = []
    unreadable: list[list[Any]] = []
    bad = lines = future = 0
    unknown: Counter[str] = Counter()
    days: list[date] = []
    with default_storage.open(batch.path) as file:
        for number, line in read_lines(file, batch.name, batch.layout):
            if isinstance(line, Unreadable):
                bad += 1
                unreadable += [[number, line.text]] if len(unreadable) < SHOWN else []
                continue
            lines += 1
            day = line.moment.date()
            if len(first) < SHOWN:
                first.append((number, line))
            if not days or not days[0] <= day <= days[-1]:
                days = [min([day, *days]), max([day, *days])]
            if clock.utc(line.moment) > now:
                future += 1
            elif pins.holder(line.pin, day) is None:
                unknown[line.pin] += 1
            if progress and lines % TELL_EVERY == 0:
                progress(lines, 0, READ)
    return {
        "lines": lines,
        "bad": bad,
        "unreadable": unreadable,
        "future": future,
        "unknown": unknown.most_common(LISTED),
        "unknown_pins": len(unknown),
        "unknown_punches": unknown.total(),
        "first": days[0].isoformat() if days else "",
        "last": days[-1].isoformat() if days else "",
        "sample": _sample(batch, first, pins, clock, now),
    }


def _sample(
    batch: PunchBatch, lines: list[tuple[int, Reading]], pins: Pins, clock: Clock, now: datetime
) -> list[dict[str, Any]]:
    """What becomes of the first lines: `what` is baru, ada (known), ganda (twice in the file), asing (a PIN of nobody)
    or depan (ahead of our clock). Two queries."""
    moments = {clock.utc(line.moment) for _number, line in lines}
    there = Punch.objects.filter(device=batch.device, pin__in={line.pin for _number, line in lines}, at__in=moments)
    seen = set(there.values_list("pin", "at"))
    holders = {line: pins.holder(line.pin, line.moment.date()) for _number, line in lines}
    names = dict(Employee.objects.filter(pk__in=filter(None, holders.values())).values_list("pk", "name"))
    shown, earlier = [], set()
    for number, line in lines:
        key = (line.pin, clock.utc(line.moment))
        holder = holders[line]
        what = "depan" if key[1] > now else "ada" if key in seen else "ganda" if key in earlier else ""
        earlier.add(key)
        shown.append(
            {
                "line": number,
                "pin": line.pin,
                "at": line.moment.isoformat(sep=" "),
                "hint": line.hint,
                "name": names.get(holder, "") if holder else "",
                "what": what or ("baru" if holder else "asing"),
            }
        )
    return shown


def take_over(batch_id: int, progress: Progress | None = None) -> PunchBatch:
    """From checked file to punches and days. Each step may be repeated after a worker was killed."""
    batch = PunchBatch.objects.select_related("agency", "device", "uploaded_by__user").get(pk=batch_id)
    if batch.state != BatchState.RUNNING:
        return batch
    tell = progress or _teller(batch)
    try:
        _take(batch, tell)
    except Exception:
        _fail(batch, Sentence("Pekerjaan ini terhenti di tengah. Unggah berkas yang sama lagi: yang sudah ada tetap."))
        raise
    return batch


def _take(batch: PunchBatch, tell: Progress) -> None:
    lines, device = batch.found["lines"], batch.device
    assert device is not None
    arrived = add_punches(
        device=device,
        readings=readings(batch),
        origin=Origin.FILE,
        batch=batch,
        progress=lambda done: tell(done, lines, KEEP),
    )
    result = {"new": arrived.new, "known": arrived.known, "days": 0, "people": 0}
    if arrived.first and arrived.last:
        people = concerned(device, arrived)
        outcome = derive_days(
            agency=batch.agency,
            start=arrived.first - timedelta(days=1),
            end=arrived.last + timedelta(days=1),
            employee_ids=people,
            progress=lambda done, total: tell(done, total, DERIVE),
        )
        result |= {"days": outcome.written, "people": outcome.changed_people}
    with transaction.atomic():
        batch.state, batch.found = BatchState.DONE, {**batch.found, **result}
        batch.save(update_fields=["state", "found"])
        actor = batch.uploaded_by.user if batch.uploaded_by else None
        record("attendance.punches_taken", actor=actor, obj=batch, agency_id=batch.agency_id, changes=result)


def concerned(device: Device, arrived: Arrived) -> set[int] | None:
    """Whose days a file can change: who is in it, and everybody of the device's unit, for whoever is missing may have
    been absent. None: all of the government, where the device belongs to no unit. Two queries."""
    if device.unit is None or arrived.last is None:
        return None
    there = assignments_below([device.unit.path], arrived.last)
    pinned = PinHolder.objects.filter(agency_id=device.agency_id, employee__in=there.values("employee_id"))
    return arrived.employees | set(pinned.values_list("employee_id", flat=True))


def _teller(batch: PunchBatch) -> Progress:
    def tell(done: int, total: int, doing: str) -> None:
        PunchBatch.objects.filter(pk=batch.pk).update(done=done, total=total, message=Sentence(doing).stored())

    return tell


def import_file(*, device: Device, name: str, data: bytes, progress: Progress | None = None) -> PunchBatch:
    """The whole way at once, for the command line. The batch is FAILED with a message where the file is of no use."""
    batch = check(open_batch(device=device, name=name, data=data, uploaded_by=None).pk, progress)
    if batch.state == BatchState.CHECKED:
        PunchBatch.objects.filter(pk=batch.pk).update(state=BatchState.RUNNING)
        take_over(batch.pk, progress)
        batch.refresh_from_db()
    return batch


def find_device(serial: str) -> Device | None:
    """The device of a serial number, with its government and unit. One query."""
    return Device.objects.select_related("agency", "unit").filter(serial=serial).first()
