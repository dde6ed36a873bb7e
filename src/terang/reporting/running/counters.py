"""How many requests this installation answered, how, and how fast: figures of all web processes together.

Each process counts in a small file that it maps into its memory: counting costs no call to the system, a process that
reads sees what the others counted, and what a killed process had counted stays. Nothing in it tells of a person: the
room of a page, the kind of answer, seconds.
"""

import hashlib
import mmap
import os
import secrets
import struct
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

GetResponse = Callable[[HttpRequest], HttpResponse]
CLASSES = ("2xx", "3xx", "4xx", "5xx")
BOUNDS_S = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper bounds of the groups of latencies, in seconds; a last group holds what is slower."""
OTHER = "lain"
"""The room of what has none: the first page, files, addresses that do not exist."""
FOLDER = "metrics"
KEPT_SECONDS = 7 * 24 * 3600
WIDTH = len(CLASSES) + len(BOUNDS_S) + 2
"""Numbers a room has: answers by class, latencies by group, their sum in seconds."""


def rooms() -> list[str]:
    """The names of the rooms with addresses, in a fixed order."""
    return [OTHER, *sorted(str(name) for name in get_resolver().namespace_dict)]


class Counters:
    """The numbers of one process."""

    def __init__(self, folder: Path) -> None:
        self._index = {name: place * WIDTH for place, name in enumerate(rooms())}
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _forget_old(folder)
        path = folder / f"{_layout()}-{os.getpid()}-{secrets.token_hex(4)}"
        size = len(self._index) * WIDTH * 8
        with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+b") as file:  # noqa: PTH123
            file.truncate(size)
            self._numbers = memoryview(mmap.mmap(file.fileno(), size)).cast("d")

    def count(self, room: str, status: int, seconds: float) -> None:
        first = self._index.get(room, 0)
        group = next((place for place, bound in enumerate(BOUNDS_S) if seconds <= bound), len(BOUNDS_S))
        answer = min(max(status // 100, 2), 5) - 2
        with self._lock:
            self._numbers[first + answer] += 1
            self._numbers[first + len(CLASSES) + group] += 1
            self._numbers[first + WIDTH - 1] += seconds


def totals(folder: Path | None = None) -> dict[str, Sequence[float]]:
    """The numbers of all processes by room, in the order of `Counters`."""
    names = rooms()
    summed = [0.0] * (len(names) * WIDTH)
    for path in (folder or _folder()).glob(f"{_layout()}-*"):
        data = path.read_bytes()
        if len(data) == len(summed) * 8:
            summed = [a + b for a, b in zip(summed, struct.unpack(f"{len(summed)}d", data), strict=True)]
    return {name: summed[place * WIDTH : (place + 1) * WIDTH] for place, name in enumerate(names)}


def counting_middleware(get_response: GetResponse) -> GetResponse:
    """Counts every request. Where the folder cannot be written, nothing is counted and everything is answered."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = get_response(request)
        counters = _own(os.getpid())
        if counters:
            found = request.resolver_match.namespaces if request.resolver_match else ()
            counters.count(_first(found), response.status_code, time.perf_counter() - began)
        return response

    return middleware


def _first(names: Iterable[str]) -> str:
    return next(iter(names), OTHER)


def _folder() -> Path:
    return Path(settings.DATA) / FOLDER


@cache
def _own(pid: int) -> Counters | None:
    """Of this process, and not of the one it was forked from."""
    try:
        return Counters(_folder())
    except OSError:
        return None


@cache
def _layout() -> str:
    """Files of another version of Terang mean something else."""
    return hashlib.sha256(repr((rooms(), CLASSES, BOUNDS_S)).encode()).hexdigest()[:12]


def _forget_old(folder: Path) -> None:
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > KEPT_SECONDS and not _runs(path):
            path.unlink(missing_ok=True)


def _runs(path: Path) -> bool:
    parts = path.name.split("-")
    return len(parts) == 3 and parts[1].isdigit() and Path(f"/proc/{parts[1]}").exists()
