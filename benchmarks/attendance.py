"""A month of punches from an attendance log: read, kept, and worked out into days, then the same file once more.

About 50 punches a person, as people press twice and go out at noon. The file, its PINs and the people are made anew
in a database of their own.

    python benchmarks/attendance.py 20000
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import stage

TITLE = "Impor presensi satu bulan: rekaman alat menjadi hari yang dijelaskan"
SIZES = (1_000, 20_000)
QUICK = (1_000,)
COLUMNS = {
    "people": "banyak pegawai",
    "punches": "baris dalam berkas",
    "check_s": "memeriksa berkas sebelum disetujui, detik",
    "keep_s": "menyimpan rekaman, detik",
    "days_s": "menghitung hari, detik",
    "import_s": "menyimpan dan menghitung, detik (target 20.000 pegawai: di bawah 60)",
    "import_cpu_s": "waktu prosesor untuk itu, detik",
    "days": "hari yang ditulis",
    "again_s": "berkas yang sama sekali lagi, detik",
    "again_changed": "yang berubah karenanya (harus 0)",
    "peak_mib": "puncak memori, MiB",
}
FIRST, DAYS = date(2026, 10, 1), 31
NATIVE = 1024


def run(sizes: Iterable[int] = SIZES) -> list[dict[str, Any]]:
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="terang-bench-") as folder:
            stage.empty(Path(folder))
            rows.append(stage.in_own_process(__file__, str(size), folder=Path(folder)))
    return rows


def _measured(size: int) -> dict[str, Any]:
    from terang.evidence.attendance.models import AttendanceDay, BatchState, Punch, PunchBatch
    from terang.evidence.attendance.services import batches

    device, pins = _people(size)
    data = _log(pins)
    took: dict[str, Any] = {"people": size, "punches": data.count(b"\n")}
    begun = time.perf_counter()
    batch = batches.check(batches.open_batch(device=device, name="attlog.dat", data=data, uploaded_by=None).pk)
    took["check_s"] = round(time.perf_counter() - begun, 1)
    told: dict[str, float] = {}

    def progress(_done: int, _total: int, doing: str) -> None:
        told[doing] = time.perf_counter()

    begun, begun_cpu = time.perf_counter(), time.process_time()
    PunchBatch.objects.filter(pk=batch.pk).update(state=BatchState.RUNNING)
    batch = batches.take_over(batch.pk, progress)
    ended = time.perf_counter()
    took["import_s"] = round(ended - begun, 1)
    took["import_cpu_s"] = round(time.process_time() - begun_cpu, 1)
    took["keep_s"] = round(told[batches.KEEP] - begun, 1)
    took["days_s"] = round(ended - told[batches.KEEP], 1)
    took["days"] = AttendanceDay.objects.count()
    before = (Punch.objects.count(), took["days"])
    begun = time.perf_counter()
    again = batches.import_file(device=device, name="attlog.dat", data=data)
    took["again_s"] = round(time.perf_counter() - begun, 1)
    after = (Punch.objects.count(), AttendanceDay.objects.count())
    took["again_changed"] = abs(after[0] - before[0]) + abs(after[1] - before[1]) + again.found["days"]
    took["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // NATIVE
    return {name: took[name] for name in COLUMNS}


def _people(size: int) -> tuple[Any, list[str]]:
    from terang.evidence.attendance.models import Device, PinHolder
    from terang.registry.organization.models import Agency, Unit
    from terang.registry.people.models import Assignment, Employee, Post

    since = date(2020, 1, 1)
    agency = Agency.objects.create(code="99.99", name="Pemerintah Uji Beban", kind="kota")
    root = Unit.objects.create(agency=agency, kind="pemerintah", code="0", name="Kota", valid_from=since)
    Unit.objects.filter(pk=root.pk).update(path=f"/{root.pk}/")
    posts = []
    for n in range(200):
        unit = Unit.objects.create(
            agency=agency, parent=root, kind="dinas", code=f"U{n}", name=f"Unit {n}", valid_from=since
        )
        Unit.objects.filter(pk=unit.pk).update(path=f"/{root.pk}/{unit.pk}/")
        posts.append(Post.objects.create(unit=unit, title="Penata", kind="pelaksana", valid_from=since))
    people = Employee.objects.bulk_create(
        (
            Employee(agency=agency, nip=f"{n:018}", name=f"Pegawai Uji {n}", status="pns", joined_on=since)
            for n in range(size)
        ),
        batch_size=2_000,
    )
    Assignment.objects.bulk_create(
        (Assignment(employee=each, post=posts[n % 200], starts_on=since) for n, each in enumerate(people)),
        batch_size=2_000,
    )
    PinHolder.objects.bulk_create(
        (PinHolder(agency=agency, pin=str(n + 1), employee=each, starts_on=since) for n, each in enumerate(people)),
        batch_size=2_000,
    )
    return Device.objects.create(agency=agency, serial="UJI-1", name="Alat uji"), [str(n + 1) for n in range(size)]


def _log(pins: list[str]) -> bytes:
    """In the order of time, as a device writes it."""
    dice, lines = Random(7), []  # noqa: S311 (made-up punches)
    for n in range(DAYS):
        day = datetime.combine(FIRST + timedelta(days=n), datetime.min.time())
        if day.weekday() >= 5:
            continue
        for pin in pins:
            if dice.random() < 0.02:
                continue
            minutes = [dice.randint(410, 470), dice.randint(955, 1000)]
            minutes += [minutes[-1] + 1] if dice.random() < 0.36 else []
            for minute in minutes:
                moment = day + timedelta(minutes=minute, seconds=dice.randrange(60))
                lines.append((moment, f"{pin:>10}\t{moment:%Y-%m-%d %H:%M:%S}\t1\t0\t1\t0\r\n"))
    lines.sort()
    return "".join(line for _moment, line in lines).encode()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        stage.start_django()
        print(json.dumps(_measured(int(sys.argv[2]))))
    else:
        for row in run([int(each) for each in sys.argv[1:]] or SIZES):
            print(row)
