"""A day in the news: public pages from the cache, and survey answers, with the server that `terang serve` starts.

Pages of one government are read by sixteen readers at once; then citizens answer surveys from many addresses, one
answer a link. Aims: 200 pages and 50 answers a second, none of them an error.

    python benchmarks/public.py 1000
"""

import http.client
import json
import os
import secrets
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import stage

TITLE = "Hari ramai: halaman publik dan jawaban survei"
SIZES = (1_000,)
QUICK = (1_000,)
COLUMNS = {
    "employees": "banyak pegawai di basis data",
    "what": "yang dibuka atau dikirim",
    "clients": "pembaca atau pengirim sekaligus",
    "answered": "yang dijawab",
    "errors": "yang gagal (target: 0)",
    "per_s": "jawaban per detik (target: 200 halaman, 50 survei)",
    "median_ms": "nilai tengah, milidetik",
    "p95_ms": "95 dari 100 selesai dalam waktu ini, milidetik",
    "kib": "ukuran rata-rata yang dikirim, KiB",
}
READERS, PAGES = 16, 6_000
SENDERS, SURVEYS = 8, 1_000
CSRF = "k" * 32
ELEMENTS = ("syarat", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")


@dataclass
class Tally:
    """What the clients of one measurement saw."""

    milliseconds: list[float] = field(default_factory=list)
    errors: int = 0
    size: int = 0

    def row(self, what: str, clients: int, seconds: float) -> dict[str, Any]:
        answered = len(self.milliseconds)
        return {
            "what": what,
            "clients": clients,
            "answered": answered,
            "errors": self.errors,
            "per_s": round(answered / seconds, 1),
            "median_ms": round(stage.median(self.milliseconds), 1),
            "p95_ms": round(stage.quantile(self.milliseconds, 0.95), 1),
            "kib": round(self.size / answered / 1024, 1),
        }


Ask = Callable[[http.client.HTTPConnection, Any], tuple[bool, int]]
"""Asks for one thing; whether it went well, and how many bytes came."""


def run(sizes: Iterable[int] = SIZES) -> list[dict[str, Any]]:
    """Two rows per size, measured on a copy: answers are written."""
    rows = []
    for size in sizes:
        folder, _ = stage.filled(size)
        with tempfile.TemporaryDirectory(prefix="terang-bench-") as scratch:
            copy = stage.copied(folder, Path(scratch) / "data")
            rows += [{"employees": size, **row} for row in stage.in_own_process(__file__, folder=copy)]
    return rows


def measured(folder: Path) -> list[dict[str, Any]]:
    stage.start_django()
    pages, surveys = _pages(), _surveys()
    with stage.Server(folder, TERANG_PROXIES="1"):
        for path in pages:
            _get(stage.connection(), path)
        return [
            _together("halaman publik dari simpanan", READERS, [pages[i % len(pages)] for i in range(PAGES)], _get),
            _together("jawaban survei", SENDERS, surveys, _send),
        ]


def _pages() -> list[str]:
    """The government's page in both languages, its units with services, its reports and a table."""
    from terang.evidence.citizens.models import Service
    from terang.registry.organization.models import Agency

    code = Agency.objects.first().code  # type: ignore[union-attr]
    units = Service.objects.order_by("unit_id").values_list("unit_id", flat=True).distinct()
    more = [f"/publik/{code}/unit/{pk}/" for pk in units]
    plain = [f"/publik/{code}/{end}" for end in ("", "?bahasa=en", "laporan/", "data/", "data/layanan.csv")]
    return ["/publik/", *plain, *more]


def _surveys() -> list[tuple[str, str]]:
    """Open links, each with an address it is opened from."""
    from datetime import timedelta

    from django.utils import timezone

    from terang.evidence.citizens.models import ServiceRequest, SurveyInvitation
    from terang.web.secrets import token_hash

    asked = ServiceRequest.objects.filter(invitation=None).order_by("pk")[:SURVEYS]
    free = list(asked.values_list("pk", flat=True))
    if len(free) < SURVEYS:
        used = SurveyInvitation.objects.order_by("pk")[: SURVEYS - len(free)]
        free += list(used.values_list("request_id", flat=True))
        SurveyInvitation.objects.filter(request_id__in=free).delete()
    tokens = [secrets.token_urlsafe(24) for _ in free]
    until = timezone.now() + timedelta(days=2)
    SurveyInvitation.objects.bulk_create(
        SurveyInvitation(request_id=pk, token_hash=token_hash(token), expires_at=until)
        for pk, token in zip(free, tokens, strict=True)
    )
    return [(token, f"10.{place // 250 % 250}.{place % 250}.7") for place, token in enumerate(tokens)]


def _together(what: str, clients: int, things: Sequence[Any], ask: Ask) -> dict[str, Any]:
    """Everything asked for by so many clients at once, each with one connection."""
    tally, lock, rest = Tally(), threading.Lock(), iter(things)
    workers = [threading.Thread(target=_client, args=(rest, lock, tally, ask)) for _ in range(clients)]
    begun = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return tally.row(what, clients, time.perf_counter() - begun)


def _client(rest: Iterator[Any], lock: threading.Lock, tally: Tally, ask: Ask) -> None:
    connection = stage.connection()
    while True:
        with lock:
            thing = next(rest, None)
        if thing is None:
            return
        begun = time.perf_counter()
        try:
            good, size = ask(connection, thing)
        except (OSError, http.client.HTTPException):
            good, size, connection = False, 0, stage.connection()
        spent = (time.perf_counter() - begun) * 1000
        with lock:
            tally.milliseconds.append(spent)
            tally.errors += not good
            tally.size += size


def _get(connection: http.client.HTTPConnection, path: str) -> tuple[bool, int]:
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    return answer.status == 200 and bool(body), len(body)


def _send(connection: http.client.HTTPConnection, survey: tuple[str, str]) -> tuple[bool, int]:
    """One answer of a citizen, as the form posts it."""
    token, address = survey
    told = dict.fromkeys(ELEMENTS, "3") | {"csrfmiddlewaretoken": CSRF, "remark": "Cepat dan jelas"}
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrftoken={CSRF}",
        "X-Forwarded-For": address,
    }
    connection.request("POST", f"/layanan/survei/{token}/", urlencode(told), headers)
    answer = connection.getresponse()
    body = answer.read()
    return answer.status == 302, len(body)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(Path(os.environ["TERANG_DATA"]))))
    else:
        for row in run([int(each) for each in sys.argv[1:]] or SIZES):
            print(row)
