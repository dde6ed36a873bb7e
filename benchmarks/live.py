"""From evidence to score: how long after an appraiser accepts a report the new score is stored, and told to open pages.

`stored` measures the worker's own functions in this process: sealing the journal and the follower that recomputes, for
one person touched and for fifty. `told` measures real processes, started as by `terang serve`: from the acceptance to
the event that an open page receives. Both work on a copy of the demo.

    python benchmarks/live.py 1000
"""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import stage

TITLE = "Dari bukti ke nilai"
SIZES = (1_000,)
QUICK = (1_000,)
COLUMNS = {
    "employees": "banyak pegawai di basis data",
    "touched": "pegawai yang buktinya berubah sekaligus",
    "accept_ms": "menerima satu kegiatan: pemeriksaan, tulis, jejak (nilai tengah, milidetik)",
    "stored_ms": "sesudah itu, sampai nilai baru tersimpan oleh fungsi pekerja (nilai tengah, milidetik)",
    "stored_p95_ms": "95 dari 100 selesai dalam waktu ini",
    "told_ms": "dari menerima sampai halaman terbuka diberi tahu, lewat proses sungguhan (nilai tengah; target: 2.000)",
    "told_p95_ms": "95 dari 100 selesai dalam waktu ini",
    "repeats": "banyak pengulangan",
}
PORT = int(os.environ.get("TERANG_BENCH_PORT", "8181"))
ONE, MANY = 1, 50
REPEATS = {ONE: 30, MANY: 8}
TOLD = 20
PATIENCE_SECONDS = 8


def run(sizes: Iterable[int] = SIZES) -> list[dict[str, Any]]:
    """Per size: one person, fifty people, and the event through real processes."""
    rows = []
    for size in sizes:
        folder, _ = stage.filled(size)
        with tempfile.TemporaryDirectory(prefix="terang-bench-") as scratch:
            copy = stage.copied(folder, Path(scratch) / "data")
            for what in (str(ONE), str(MANY), "told"):
                rows.append({"employees": size, **stage.in_own_process(__file__, what, folder=copy)})
    return rows


def stored(touched: int) -> dict[str, Any]:
    """Acceptances and the worker's functions in this process."""
    from terang.audit import followers
    from terang.audit.sealing import seal_all

    while seal_all() + followers.advance():
        pass
    waiting = _waiting()
    accepting: list[float] = []
    storing: list[float] = []
    for _ in range(REPEATS[touched]):
        entries = [next(waiting) for _ in range(touched)]
        accepting += [stage.timed(lambda e=entry: _accept(e)) for entry in entries]  # type: ignore[misc]
        storing.append(stage.timed(_work))
    return {
        "touched": touched,
        "accept_ms": round(stage.median(accepting), 1),
        "stored_ms": round(stage.median(storing), 1),
        "stored_p95_ms": round(stage.quantile(storing, 0.95), 1),
        "repeats": REPEATS[touched],
    }


def _work() -> None:
    """One turn of the worker's loop."""
    from terang.audit import followers
    from terang.audit.sealing import seal

    seal()
    while followers.advance():
        pass


def _waiting() -> Iterator[Any]:
    """Reports that wait and tell a figure of the plan, so that accepting them moves a score; people take turns."""
    from terang.evidence.work.models import Entry, EntryState

    counted = Entry.objects.filter(state=EntryState.SUBMITTED, indicator__isnull=False, quantity_milli__gt=0)
    seen: set[tuple[int, Any]] = set()
    for entry in list(counted.select_related("employee__agency").order_by("day", "pk")):
        if (key := (entry.employee_id, entry.day)) not in seen and entry.employee_id in _VIEWERS:
            seen.add(key)
            yield entry


def _accept(entry: Any) -> None:
    from terang.evidence.work.services import accept_entry

    accept_entry(actor=_appraiser(entry), entry=entry, version=entry.version)


_VIEWERS: dict[int, Any] = {}


def _appraiser(entry: Any) -> Any:
    """The viewer of whoever decides on the entry, worked out before, for a page knows its viewer already."""
    return _VIEWERS[entry.employee_id]


def _know_appraisers() -> None:
    from django.utils import timezone

    from terang.registry.people.models import Employee
    from terang.registry.people.selectors import appraisers_on
    from terang.registry.people.viewer import viewer_for

    agency_id = Employee.objects.values_list("agency_id", flat=True)[0]
    found = appraisers_on(agency_id, timezone.localdate())
    heads = {head.employee.pk: head.employee.user for head in found.values()}
    viewers = {pk: viewer_for(user, timezone.now()) for pk, user in heads.items() if user}
    _VIEWERS.update({pk: viewers[head.employee.pk] for pk, head in found.items() if head.employee.pk in viewers})


def told() -> dict[str, Any]:
    """Through web, worker and live processes: from the acceptance to the event about the new score."""
    call = f"from terang.cli import main; raise SystemExit(main(['serve', '--port', '{PORT}']))"
    server = subprocess.Popen([sys.executable, "-c", call], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _await_live()
        _await_quiet()
        waiting = _waiting()
        _once_told(next(waiting))
        _await_quiet()
        moved = (_once_told(entry) for entry in islice(waiting, 3 * TOLD))
        times = list(islice((each for each in moved if each is not None), TOLD))
    finally:
        server.terminate()
        server.wait(15)
    return {
        "touched": ONE,
        "told_ms": round(stage.median(times)),
        "told_p95_ms": round(stage.quantile(times, 0.95)),
        "repeats": len(times),
    }


def _once_told(entry: Any) -> float | None:
    """Milliseconds until the event; None where the report moved nothing, as beyond the most a target can give."""
    from terang.audit.models import JournalEntry

    page = _OpenPage(entry.employee)
    changes = JournalEntry.objects.filter(verb="evaluation.score_changed", subject_employee_id=entry.employee_id)
    before = changes.count()
    begun = time.perf_counter()
    _accept(entry)
    while changes.count() == before or not (position := changes.latest("id").position):
        if time.perf_counter() - begun > PATIENCE_SECONDS:
            return None
        time.sleep(0.005)
    return (page.heard(position) - begun) * 1000


class _OpenPage:
    """Somebody who listens to the events about one person."""

    def __init__(self, employee: Any) -> None:
        self._events: list[tuple[int, float]] = []
        connection = http.client.HTTPConnection("127.0.0.1", PORT + 1, timeout=20)
        cookie = f"sessionid={stage.session_of(employee.user)}"
        connection.request("GET", f"/events?topics=employee:{employee.pk}", headers={"Cookie": cookie})
        self._stream = connection.getresponse()
        if self._stream.status != 200:
            raise RuntimeError(f"events: {self._stream.status}")
        threading.Thread(target=self._listen, daemon=True).start()
        time.sleep(0.1)

    def _listen(self) -> None:
        kind = position = ""
        for line in self._stream:
            name, _, value = line.decode().strip().partition(": ")
            if name == "event":
                kind = value
            elif name == "id":
                position = value
            elif name == "data" and kind == "change":
                self._events.append((int(position), time.perf_counter()))

    def heard(self, position: int) -> float:
        """The moment of the first event that tells of this position of the journal."""
        until = time.perf_counter() + 10
        while time.perf_counter() < until:
            for told_of, moment in self._events:
                if told_of >= position:
                    return moment
            time.sleep(0.002)
        raise RuntimeError("no event after ten seconds")


def _await_live() -> None:
    until = time.monotonic() + 40
    while time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT + 1, timeout=5)
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"live updates on port {PORT + 1} did not answer")


def _await_quiet() -> None:
    """Until worker and queue have nothing left to do, such as the sweep of a new day."""
    from django_tasks_db.models import DBTaskResult

    from terang.audit.models import Follower, JournalEntry

    until = time.monotonic() + 300
    while time.monotonic() < until:
        last = (
            JournalEntry.objects.order_by("-position").values_list("position", flat=True).exclude(position=None).first()
        )
        behind = Follower.objects.exclude(position=last or 0).exists()
        unsealed = JournalEntry.objects.filter(position=None).exists()
        if not behind and not unsealed and not DBTaskResult.objects.filter(status__in=("READY", "RUNNING")).exists():
            return
        time.sleep(0.5)
    raise RuntimeError("the worker did not come to rest")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        stage.start_django()
        _know_appraisers()
        print(json.dumps(told() if sys.argv[2] == "told" else stored(int(sys.argv[2]))))
    else:
        for row in run([int(each) for each in sys.argv[1:]] or SIZES):
            print(row)
