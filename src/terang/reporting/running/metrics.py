"""The figures of the installation in the text format of Prometheus (version 0.0.4)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version

from django.utils import timezone

from terang.reporting.running.counters import BOUNDS_S, CLASSES, WIDTH, totals
from terang.reporting.running.facts import Standing

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Sample = tuple[Mapping[str, str], float]


def exposition(found: Standing) -> str:
    """Everything as text."""
    return "\n".join([*_requests(totals()), *_standing(found), ""])


def _standing(found: Standing) -> Iterator[str]:
    yield from _metric("terang_info", "gauge", "Versi yang berjalan.", [({"version": version("terang")}, 1)])
    yield from _number("terang_worker_running", "Apakah pekerja latar berjalan.", float(found.worker.running))
    yield from _number("terang_worker_age_seconds", "Sejak denyut terakhir pekerja latar.", found.worker_age_s)
    yield from _number("terang_journal_unsealed", "Entri jejak yang menunggu segel.", found.worker.waiting)
    yield from _number("terang_journal_lag_seconds", "Umur entri tertua yang menunggu segel.", found.waiting_s or 0.0)
    yield from _number("terang_journal_skipped", "Entri yang dilewati setelah gagal.", found.worker.skipped)
    yield from _metric(
        "terang_follower_lag_entries",
        "gauge",
        "Entri tersegel yang belum dibaca pengikut.",
        [({"follower": name}, lag) for name, lag in found.followers.items()],
    )
    yield from _metric(
        "terang_tasks", "gauge", "Tugas antrean menurut keadaan.", [({"state": k}, n) for k, n in found.tasks.items()]
    )
    yield from _number("terang_disk_free_bytes", "Ruang kosong cakram data.", found.free_bytes)
    yield from _number("terang_backup_age_seconds", "Umur cadangan terbaru.", found.backup_age_s)
    if drill := found.drill:
        age = (timezone.now() - drill.made_at).total_seconds()
        yield from _number("terang_drill_age_seconds", "Sejak uji pulih terakhir.", age)
        yield from _number("terang_drill_succeeded", "Apakah uji pulih terakhir berhasil.", float(drill.succeeded))


def _requests(counted: Mapping[str, Sequence[float]]) -> Iterator[str]:
    used = {room: numbers for room, numbers in counted.items() if any(numbers)}
    yield from _metric(
        "terang_requests_total",
        "counter",
        "Permintaan yang dijawab.",
        [
            ({"room": room, "status": name}, numbers[place])
            for room, numbers in used.items()
            for place, name in enumerate(CLASSES)
        ],
    )
    yield from _head("terang_request_seconds", "histogram", "Lama menjawab, dalam detik.")
    for room, numbers in used.items():
        reached = 0.0
        for place, bound in enumerate([*map(str, BOUNDS_S), "+Inf"]):
            reached += numbers[len(CLASSES) + place]
            yield _line("terang_request_seconds_bucket", {"room": room, "le": bound}, reached)
        yield _line("terang_request_seconds_sum", {"room": room}, numbers[WIDTH - 1])
        yield _line("terang_request_seconds_count", {"room": room}, reached)


def _number(name: str, words: str, value: float | None) -> Iterator[str]:
    """Nothing where the value is missing."""
    if value is not None:
        yield from _metric(name, "gauge", words, [({}, value)])


def _metric(name: str, kind: str, words: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield from _head(name, kind, words)
    for labels, value in samples:
        yield _line(name, labels, value)


def _head(name: str, kind: str, words: str) -> Iterator[str]:
    yield f"# HELP {name} {words}"
    yield f"# TYPE {name} {kind}"


def _line(name: str, labels: Mapping[str, str], value: float) -> str:
    told = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
    return f"{name}{{{told}}} {value:.17g}" if told else f"{name} {value:.17g}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
