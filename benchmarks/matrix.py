"""The pages of a role-result matrix: a unit of 300 people × 8 columns with 3,600 parts, opened by its head.

Made on an empty database, in a process of its own for each size; every request goes through all of Django and the
templates, as by `terang serve`. Queries must be the same at every size.

    python benchmarks/matrix.py 50 300
"""

import gzip
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import stage

TITLE = "Matriks peran dan hasil"
SIZES = (50, 300)
QUICK = (300,)
COLUMNS = {
    "people": "orang di matriks",
    "parts": "bagian yang dibagi kepada mereka, di delapan kolom",
    "page": "halaman, dibuka pimpinannya; tabel 50 orang sehalaman",
    "queries": "pertanyaan ke basis data; harus sama berapa pun orangnya",
    "median_ms": "nilai tengah satu permintaan, milidetik (target 300 orang: di bawah 200)",
    "cpu_ms": "nilai tengah waktu prosesornya, tanpa gangguan beban lain, milidetik",
    "p95_ms": "95 dari 100 permintaan selesai dalam waktu ini",
    "kib": "ukuran jawaban, KiB",
    "gzip_kib": "ukuran terkompresi, KiB (target: di bawah 100)",
}
HEADS = 8
REPEATS = 25
SINCE = date(2020, 1, 2)


def run(sizes: Iterable[int] = SIZES) -> list[dict[str, Any]]:
    """One row per size and page."""
    rows: list[dict[str, Any]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="terang-bench-") as folder:
            stage.empty(Path(folder))
            rows += stage.in_own_process(__file__, str(size), folder=Path(folder))
    return rows


def _measured(size: int) -> list[dict[str, Any]]:
    from django.conf import settings
    from django.test import Client

    head, matrix, parts = _matrix(size)
    settings.SECURE_SSL_REDIRECT = False
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = stage.session_of(head.user)
    return [{"people": size, "parts": parts, **_page(client, *page)} for page in _pages(matrix)]


def _matrix(size: int) -> tuple[Any, Any, int]:
    """The head of a unit, the matrix with everybody in it, and how many parts it has: three in two cells."""
    from terang.planning.matrix.models import MatrixCell
    from terang.planning.matrix.services import begin_matrix

    viewer = _unit(size)
    _plan(viewer)
    matrix = begin_matrix(actor=viewer, day=viewer.today)
    states = ("diambil", "diberikan", "diusulkan", "dipersoalkan")
    cells = MatrixCell.objects.bulk_create(
        [
            MatrixCell(
                column=column,
                member=member,
                number=number,
                text=f"Bagian {number} dari pekerjaan pada hasil {column.number} selesai tepat waktu",
                strategy="target",
                part_milli=3_000,
                state=states[number - 1] if (place + column.number) % 100 else states[number + 1],
            )
            for place, member in enumerate(matrix.members.all())
            for column in matrix.columns.all()
            for number in range(1, 2 + (place + column.number) % 2)
        ],
        batch_size=500,
    )
    return viewer.employee, matrix, len(cells)


def _unit(size: int) -> Any:
    """A unit of so many people under a head, who is the viewer that comes back."""
    from django.utils import timezone

    from terang.accounts.models import User
    from terang.registry.organization.models import Agency, Unit
    from terang.registry.people.models import Assignment, Employee, Post
    from terang.registry.people.viewer import viewer_for

    agency = Agency.objects.create(code="99.72", name="Pemerintah Kota Uji", kind="kota", time_zone="Asia/Makassar")
    root = stage.below(
        Unit(agency=agency, kind="pemerintah", code="ROOT", name="Pemerintah Kota Uji", valid_from=SINCE)
    )
    unit = stage.below(Unit(agency=agency, kind="dinas", code="DINAS", name="Dinas Uji", valid_from=SINCE, parent=root))
    posts = {"valid_from": SINCE, "unit": unit, "category": ""}
    leads = Post.objects.create(title="Kepala Dinas", kind="administrator", is_head=True, seats=1, **posts)
    works = Post.objects.create(title="Analis Kebijakan", kind="fungsional", is_head=False, seats=size, **posts)
    user = User.objects.create(nip="198001202005011000", name="Kepala Uji", password="!")  # noqa: S106 (no password opens it)
    named = {"agency": agency, "status": "pns", "joined_on": SINCE}
    head = Employee.objects.create(user=user, nip=user.nip, name=user.name, **named)
    people = Employee.objects.bulk_create(
        Employee(nip=f"19900101202001{n:04}", name=f"Pegawai Uji {n:03}", **named) for n in range(1, size + 1)
    )
    Assignment.objects.bulk_create(
        Assignment(employee=each, post=leads if each is head else works, starts_on=SINCE) for each in (head, *people)
    )
    return viewer_for(user, timezone.now())


def _plan(viewer: Any) -> None:
    from terang.planning.plans.services import open_plan
    from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult

    def result(n: int) -> Any:
        counted = PlannedIndicator(f"k{n}", "Jumlah berkas selesai", target_milli=1_000_000, unit_label="berkas")
        return PlannedResult(f"r{n}", f"Hasil kerja pimpinan yang cukup panjang nomor {n}", indicators=(counted,))

    year = viewer.today.year
    open_plan(
        actor=viewer,
        employee=viewer.employee,
        period_start=date(year, 1, 1),
        period_end=date(year + 1, 1, 1),
        document=PlanDocument(results=tuple(result(n) for n in range(HEADS))),
    )


def _pages(matrix: Any) -> list[tuple[str, str]]:
    from django.urls import reverse

    column, member = matrix.columns.first(), matrix.members.first()
    table = reverse("matrix:show", args=[matrix.pk])
    return [
        ("tabel", table),
        ("tabel, halaman terakhir", f"{table}?halaman={-(-matrix.members.count() // 50)}"),
        ("per hasil", f"{table}?lihat=kolom"),
        ("cakupan", reverse("matrix:coverage", args=[matrix.pk])),
        ("satu hasil dibagi", reverse("matrix:column", args=[column.pk])),
        ("satu orang", reverse("matrix:person", args=[member.pk])),
        ("satu sel", reverse("matrix:cell", args=[member.pk, column.pk])),
        ("dari bawah", reverse("matrix:below", args=[matrix.pk])),
    ]


def _page(client: Any, name: str, path: str) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def opened() -> bytes:
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{name} ({path}): {answer.status_code}")
        return bytes(answer.content)

    opened()
    with CaptureQueriesContext(connection) as captured:
        body = opened()
    queries = len(captured)
    took, busy = zip(*(_timed(opened) for _ in range(REPEATS)), strict=True)
    return {
        "page": name,
        "queries": queries,
        "median_ms": round(stage.median(took), 1),
        "cpu_ms": round(stage.median(busy), 1),
        "p95_ms": round(stage.quantile(took, 0.95), 1),
        "kib": round(len(body) / 1024, 1),
        "gzip_kib": round(len(gzip.compress(body, 6)) / 1024, 1),
    }


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of the processor."""
    worked = time.process_time()
    took = stage.timed(work)
    return took, (time.process_time() - worked) * 1000


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        stage.start_django()
        print(json.dumps(_measured(int(sys.argv[2]))))
    else:
        for row in run([int(each) for each in sys.argv[1:]] or SIZES):
            print(row)
