"""The most used pages and those of planning: queries, bytes and latency at 1,000 and 10,000 employees.

Queries and bytes come from one request in this process; latency and requests per second from a granian server on
loopback with the settings of `terang serve`. Queries must be the same at every size.

    python benchmarks/pages.py 1000 10000
"""

import gzip
import http.client
import json
import os
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import stage

TITLE = "Halaman yang paling sering dipakai, dan halaman perencanaan"
SIZES = (1_000, 10_000)
QUICK = (1_000,)
COLUMNS = {
    "employees": "banyak pegawai di basis data",
    "page": "halaman, dan yang membukanya",
    "queries": "pertanyaan ke basis data; harus sama berapa pun pegawainya",
    "cpu_ms": "waktu prosesor satu permintaan, tanpa gangguan beban lain, milidetik",
    "kib": "ukuran jawaban, KiB",
    "gzip_kib": "ukuran terkompresi, KiB (target: di bawah 100)",
    "median_ms": "nilai tengah dari satu pembaca berturut-turut, milidetik (target: di bawah 100)",
    "p95_ms": "95 dari 100 permintaan selesai dalam waktu ini",
    "per_s": "permintaan per detik dengan empat pembaca sekaligus",
}
RATIO = ("page", "median_ms")
"""Rows of the same page are compared by this column, the smallest size being 1."""

COUNTED = 7
ONE_BY_ONE = 40
READERS = 4
TOGETHER = 80


@dataclass(frozen=True)
class PageSpec:
    """A page and who opens it: a slot of the demo's cast."""

    name: str
    path: str
    who: str


def run(sizes: Iterable[int] = SIZES) -> list[dict[str, Any]]:
    """One row per size and page."""
    rows = []
    for size in sizes:
        folder, _ = stage.filled(size)
        rows += [{"employees": size, **row} for row in stage.in_own_process(__file__, folder=folder)]
    return rows


def measured(folder: Path) -> list[dict[str, Any]]:
    """Every page against the database of this process."""
    stage.start_django()
    people = _people()
    sessions = {slot: stage.session_of(person.user) for slot, person in people.items()}
    pages = _pages(people)
    counted = [_counted(page, sessions[page.who]) for page in pages]
    if os.environ.get("TERANG_BENCH_SQL"):
        return counted
    with stage.Server(folder):
        return [row | _timed(page, sessions[page.who]) for page, row in zip(pages, counted, strict=True)]


def _people() -> dict[str, Any]:
    """Who opens the pages: staff of a health centre and its head, the widest head, an officer, personnel, the mayor."""
    from terang.demo.blueprint import government
    from terang.evidence.citizens.models import ServiceRequest
    from terang.registry.people.models import Assignment, Employee

    cast = government(stage.GOVERNMENT)["cast"]
    named = Employee.objects.select_related("user")
    centre = Assignment.objects.filter(post__unit__code="PUSKESMAS3").select_related("employee__user")
    busiest = ServiceRequest.objects.order_by("-pk").values_list("officer_id", flat=True).first()
    return {
        "staf": centre.filter(post__is_head=False).order_by("pk")[0].employee,
        "kepala": centre.get(post__is_head=True).employee,
        "kepala dinas": Assignment.objects.select_related("employee__user")
        .get(post__unit__code="EDUCATION", post__is_head=True)
        .employee,
        "petugas": named.get(pk=busiest),
        "kepegawaian": named.get(name=cast["personnel/head"]),
        "wali kota": named.get(name=cast["root/head"]),
    }


def _pages(people: dict[str, Any]) -> list[PageSpec]:
    from django.urls import reverse

    from terang.evaluation.models import ScoreComponent

    staff = people["staf"].pk
    part = ScoreComponent.objects.filter(score__employee=staff, measure="plan_achievement").select_related("score")
    shown = part.latest("score__period__starts_on")
    period = shown.score.period_id
    return [
        PageSpec("hari ini", reverse("boards:today"), "staf"),
        PageSpec("tim saya", reverse("boards:team"), "kepala"),
        PageSpec("tim saya", reverse("boards:team"), "kepala dinas"),
        PageSpec("daftar pegawai", reverse("people:list"), "kepegawaian"),
        PageSpec("pohon unit", reverse("people:tree"), "kepegawaian"),
        PageSpec("pegawai", reverse("people:person", args=[staff]), "kepegawaian"),
        PageSpec("kegiatan", reverse("work:entries"), "staf"),
        PageSpec("antrean kegiatan", reverse("work:queue"), "kepala"),
        PageSpec("nilai", reverse("evaluation:score", args=[period, staff]), "staf"),
        PageSpec("ukuran", reverse("evaluation:measure", args=[period, staff, shown.aspect, shown.measure]), "staf"),
        PageSpec("bagaimana jika", f"{reverse('evaluation:what_if', args=[period])}?hadir=1&lapor=1", "staf"),
        PageSpec("penjelasan sebagai JSON", reverse("explaining:score", args=[period, staff]), "staf"),
        PageSpec("permohonan", reverse("citizens:requests"), "petugas"),
        PageSpec("kebijakan", reverse("evaluation:policy"), "staf"),
        PageSpec("kota kami", reverse("boards:city"), "wali kota"),
        *_planning(staff),
    ]


def _planning(staff: int) -> list[PageSpec]:
    """Goals, the dictionary, plans and the matrix. The front page is here once more, for who waits for most plans."""
    from django.urls import reverse

    from terang.planning.plans.models import PlanVersion

    version = PlanVersion.objects.filter(plan__employee=staff).latest("plan__period_start", "number").pk
    return [
        PageSpec("hari ini", reverse("boards:today"), "kepala dinas"),
        PageSpec("hari ini", reverse("boards:today"), "wali kota"),
        PageSpec("SKP saya", reverse("plans:own"), "staf"),
        PageSpec("naskah SKP", reverse("plans:version", args=[version]), "staf"),
        PageSpec("naskah SKP", reverse("plans:version", args=[version]), "kepala"),
        PageSpec("SKP tim", reverse("plans:team"), "kepala"),
        PageSpec("SKP tim", reverse("plans:team"), "kepala dinas"),
        PageSpec("SKP tim", reverse("plans:team"), "kepegawaian"),
        PageSpec("antrean SKP", reverse("plans:queue"), "kepala"),
        PageSpec("kelengkapan SKP", reverse("plans:completeness"), "kepegawaian"),
        PageSpec("sasaran", reverse("goals:tree"), "staf"),
        PageSpec("periksa sasaran", reverse("goals:coverage"), "kepegawaian"),
        PageSpec("kamus indikator", reverse("dictionary:entries"), "staf"),
        PageSpec("matriks", reverse("matrix:own"), "kepala"),
        PageSpec("matriks", reverse("matrix:own"), "kepala dinas"),
    ]


def _counted(page: PageSpec, session: str) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = session
    _open(client, page)
    with CaptureQueriesContext(connection) as captured:
        body = _open(client, page)
    if os.environ.get("TERANG_BENCH_SQL"):
        for query in captured.captured_queries:
            print(page.name, query["time"], query["sql"][:1500], file=sys.stderr)
    queries = len(captured)
    spent = [_processor_ms(client, page) for _ in range(COUNTED)]
    return {
        "page": f"{page.name} ({page.who})",
        "queries": queries,
        "cpu_ms": round(stage.median(spent), 1),
        "kib": round(len(body) / 1024, 1),
        "gzip_kib": round(len(gzip.compress(body, 6)) / 1024, 1),
    }


def _processor_ms(client: Any, page: PageSpec) -> float:
    begun = time.process_time()
    _open(client, page)
    return (time.process_time() - begun) * 1000


def _open(client: Any, page: PageSpec) -> bytes:
    answer = client.get(page.path)
    if answer.status_code != 200:
        raise RuntimeError(f"{page.name} ({page.path}): {answer.status_code}")
    return bytes(answer.content)


def _get(connection: http.client.HTTPConnection, path: str, session: str) -> int:
    connection.request("GET", path, headers={"Cookie": f"sessionid={session}", "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _timed(page: PageSpec, session: str) -> dict[str, Any]:
    connection = stage.connection()
    for _ in range(4):
        _get(connection, page.path, session)
    alone = [stage.timed(lambda: _get(connection, page.path, session)) for _ in range(ONE_BY_ONE)]
    begun = time.perf_counter()
    with ThreadPoolExecutor(READERS) as readers:
        list(readers.map(lambda _: _several(page, session), range(READERS)))
    return {
        "median_ms": round(stage.median(alone), 1),
        "p95_ms": round(stage.quantile(alone, 0.95), 1),
        "per_s": round(TOGETHER / (time.perf_counter() - begun), 1),
    }


def _several(page: PageSpec, session: str) -> None:
    connection = stage.connection()
    for _ in range(TOGETHER // READERS):
        _get(connection, page.path, session)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(Path(os.environ["TERANG_DATA"]))))
    else:
        for row in run([int(each) for each in sys.argv[1:]] or SIZES):
            print(row)
