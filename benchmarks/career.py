"""Careers of a whole government: what the worker stores in a night, and the lists that read it.

Made on an empty database, in a process of its own for each size: units of fifty people, seven of ten with everything
declared, heads of units who retire. Queries must be the same at every size.

    python benchmarks/career.py 1000 20000
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import stage

TITLE = "Karier: yang disimpan pekerja latar, dan daftar seluruh pemerintah daerah"
SIZES = (1_000, 20_000)
QUICK = (1_000,)
COLUMNS = {
    "people": "pegawai",
    "page": "halaman kepegawaian",
    "queries": "pertanyaan ke basis data; harus sama berapa pun pegawainya",
    "cpu_ms": "waktu prosesor satu permintaan, tanpa gangguan beban lain, milidetik",
    "median_ms": "nilai tengah satu permintaan dalam proses ini, milidetik (target: di bawah 100)",
    "p95_ms": "95 dari 100 permintaan selesai dalam waktu ini",
    "all_s": "menghitung dan menyimpan semua orang sekali semalam, detik",
    "one_ms": "menghitung satu orang sesudah datanya diperiksa, milidetik",
}
RATIO = ("page", "median_ms")
UNIT = 50
ROUNDS = 21
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
    from django.urls import reverse

    from terang.follow_up.career.models import Contention, Pool
    from terang.follow_up.career.services import compute
    from terang.registry.organization.calendars import local_today
    from terang.registry.people.models import Post

    keeper = _government(size)
    today = local_today(keeper.agency)
    begun = time.perf_counter()
    compute(keeper.agency_id, today)
    whole = round(time.perf_counter() - begun, 1)
    one = [stage.timed(lambda: compute(keeper.agency_id, today, [keeper.pk])) for _ in range(ROUNDS)]
    post = Post.objects.filter(is_head=True, kind="administrator").first()
    pool = Pool.objects.create(post=post, opened_by=keeper, opened_on=today, form_key=uuid4())
    considered = Contention.objects.filter(target="administrator").first()
    pages = {
        "indeks": reverse("career:index"),
        "kotak talenta": reverse("career:boxes"),
        "calon kenaikan pangkat": reverse("career:candidates"),
        "calon yang siap": f"{reverse('career:candidates')}?siap=siap",
        "calon, cari nama, halaman terakhir": f"{reverse('career:candidates')}?q=1&halaman=9999",
        "pengisian jabatan": reverse("career:vacancies"),
        "kelompok": reverse("career:pool", args=[pool.pk]),
        "satu calon di kelompok": reverse("career:contender", args=[pool.pk, considered.employee_id]),
        "satu pegawai": reverse("career:person", args=[considered.employee_id]),
    }
    client = _client(keeper)
    rows = [{"people": size, "page": name, **_asked(client, url)} for name, url in pages.items()]
    return [*rows, {"people": size, "page": "pekerja latar", "all_s": whole, "one_ms": round(stage.median(one), 1)}]


def _client(keeper: Any) -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = stage.session_of(keeper.user)
    return client


def _asked(client: Any, url: str) -> dict[str, Any]:
    from django.db import connection

    asked: list[str] = []

    def noted(execute: Any, sql: str, *more: Any) -> Any:
        asked.append(sql)
        return execute(sql, *more)

    def get() -> None:
        answer = client.get(url)
        if answer.status_code != 200:
            raise RuntimeError(f"{url}: {answer.status_code}")

    get()
    with connection.execute_wrapper(noted):
        get()
    begun = time.process_time()
    spent = [stage.timed(get) for _ in range(ROUNDS)]
    busy = (time.process_time() - begun) * 1000 / ROUNDS
    return {
        "queries": len(asked),
        "cpu_ms": round(busy, 1),
        "median_ms": round(stage.median(spent), 1),
        "p95_ms": round(stage.quantile(spent, 0.95), 1),
    }


def _government(size: int) -> Any:
    """The person of the personnel agency who looks."""
    from terang.accounts.models import User
    from terang.follow_up.career.models import Declaration
    from terang.registry.organization.models import Agency, Unit
    from terang.registry.people.models import Assignment, Employee, Post, Role, RoleGrant

    agency = Agency.objects.create(code="99.73", name="Pemerintah Kota Uji", kind="kota", time_zone="Asia/Makassar")
    root = stage.below(
        Unit(agency=agency, kind="pemerintah", code="ROOT", name="Pemerintah Kota Uji", valid_from=SINCE)
    )
    posts = []
    for number in range(-(-size // UNIT)):
        kept = {"agency": agency, "kind": "bidang", "valid_from": SINCE, "parent": root}
        unit = stage.below(Unit(code=f"U{number}", name=f"Unit Uji {number}", **kept))
        told = {"unit": unit, "valid_from": SINCE}
        head = Post.objects.create(title=f"Kepala Uji {number}", kind="administrator", is_head=True, **told)
        lower = Post.objects.create(title="Pengawas", kind="pengawas", seats=4, **told)
        rest = Post.objects.create(title="Analis", kind="pelaksana", seats=UNIT, **told)
        posts.append([head, *[lower] * 4, *[rest] * (UNIT - 5)])
    user = User.objects.create(nip="198001202005011000", name="Kepegawaian Uji", password="!")  # noqa: S106 (opens nothing)
    named = {"agency": agency, "status": "pns", "joined_on": SINCE}
    ranks = ("III/a", "III/b", "III/c", "III/d")
    people = Employee.objects.bulk_create(
        [
            Employee(
                nip=f"{1968 + n % 30}{1 + n % 12:02}{1 + n % 28:02}20{n:07}0"[:18],
                name=f"Pegawai Uji {n:05}",
                rank=ranks[n % 4],
                user=None if n else user,
                **named,
            )
            for n in range(size)
        ],
        batch_size=1000,
    )
    Assignment.objects.bulk_create(
        [Assignment(employee=each, post=posts[n // UNIT][n % UNIT], starts_on=SINCE) for n, each in enumerate(people)],
        batch_size=1000,
    )
    keeper = Employee.objects.get(user=user)
    RoleGrant.objects.create(employee=keeper, role=Role.PERSONNEL, starts_on=SINCE)
    Declaration.objects.bulk_create(
        [row for n, each in enumerate(people) if n % 10 < 7 for row in _declared(n, each, people[-1], people[-2])],
        batch_size=2000,
    )
    return keeper


def _declared(number: int, employee: Any, giver: Any, second: Any) -> Iterator[Any]:
    """Everything that can be declared, different from person to person; one in four lacks a predicate."""
    from terang.follow_up.career.models import Declaration

    year = date.today().year  # noqa: DTZ011 (the day of this machine)
    facts = [
        ("pendidikan", ("s1", "s2", "d3")[number % 3], SINCE),
        ("tmt_pangkat", "", date(year - 2 - number % 4, 4, 1)),
        ("potensi", ("9300", "8400", "7000")[number % 7 % 3], SINCE),
        ("diklat_kepemimpinan", ("pkp", "none", "pka")[number % 3], SINCE),
        ("jp_teknis", "24", date(year - 1, 12, 30)),
        ("seminar", "ya", date(year - 1, 6, 1)),
        ("disiplin", "none", SINCE),
        ("predikat", ("baik", "sangat_baik")[number % 2], date(year - 1, 12, 31)),
    ]
    if number % 4:
        facts.append(("predikat", "baik", date(year - 2, 12, 31)))
    for subject, value, day in facts:
        yield Declaration(
            employee=employee,
            subject=subject,
            value=value,
            day=day,
            document="Dokumen uji",
            state="sah",
            given_by=giver,
            given_on=day,
            checked_by=second,
            checked_on=day,
            form_key=uuid4(),
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        stage.start_django()
        print(json.dumps(_measured(int(sys.argv[2]))))
    else:
        for row in run([int(each) for each in sys.argv[1:]] or SIZES):
            print(row)
