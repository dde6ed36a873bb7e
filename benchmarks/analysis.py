"""The analysis of a whole government: the first answer to a question, and the same question again.

Made on an empty database, in a process of its own for each size: units of fifty people, six months of stored scores
with four measures. Queries must be the same at every size.

    python benchmarks/analysis.py 1000 10000
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import stage

TITLE = "Analisis: jawaban pertama dan berikutnya untuk seluruh pemerintah daerah"
SIZES = (1_000, 10_000)
QUICK = (1_000,)
COLUMNS = {
    "people": "pegawai",
    "page": "pertanyaan",
    "queries": "pertanyaan ke basis data pada jawaban pertama; harus sama berapa pun pegawainya",
    "first_ms": "jawaban pertama, milidetik",
    "cpu_ms": "waktu prosesor pertanyaan yang sama lagi, tanpa gangguan beban lain, milidetik",
    "median_ms": "pertanyaan yang sama lagi, nilai tengah, milidetik (target: di bawah 100)",
    "p95_ms": "95 dari 100 permintaan selesai dalam waktu ini",
}
RATIO = ("page", "median_ms")
UNIT, MONTHS, ROUNDS = 50, 6, 21
SINCE = date(2020, 1, 2)
MEASURES = ("attendance_rate", "punctuality", "task_completion", "reporting_regularity")
ASKED = {
    "bandingkan unit": "",
    "bandingkan rumpun": "menurut=rumpun",
    "satu ukuran": "apa=ukuran:punctuality",
    "tren enam bulan": "cara=tren&menurut=semua",
    "sebaran": "cara=sebaran",
    "kohort": "cara=kohort&kohort=baru",
}


def run(sizes: Iterable[int] = SIZES) -> list[dict[str, Any]]:
    """One row per size and question."""
    rows: list[dict[str, Any]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="terang-bench-") as folder:
            stage.empty(Path(folder))
            rows += stage.in_own_process(__file__, str(size), folder=Path(folder))
    return rows


def _measured(size: int) -> list[dict[str, Any]]:
    from django.test import Client
    from django.urls import reverse

    keeper = _government(size)
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = stage.session_of(keeper.user)
    client.get(reverse("glossary"))
    address = reverse("analysis:page")
    return [{"people": size, "page": name, **_asked(client, f"{address}?{query}")} for name, query in ASKED.items()]


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

    with connection.execute_wrapper(noted):
        first = stage.timed(get)
    begun = time.process_time()
    spent = [stage.timed(get) for _ in range(ROUNDS)]
    busy = (time.process_time() - begun) * 1000 / ROUNDS
    return {
        "queries": len(asked),
        "first_ms": round(first, 1),
        "cpu_ms": round(busy, 1),
        "median_ms": round(stage.median(spent), 1),
        "p95_ms": round(stage.quantile(spent, 0.95), 1),
    }


def _government(size: int) -> Any:
    """The person of the personnel agency who looks."""
    from django.utils import timezone

    from terang.accounts.models import User
    from terang.evaluation.models import Score, ScoreComponent
    from terang.evaluation.services import open_periods, publish_policy
    from terang.registry.organization.calendars import local_today
    from terang.registry.organization.models import Agency, Unit
    from terang.registry.people.models import Assignment, Employee, Post, Role, RoleGrant
    from terang.rules.policies import preset_text

    agency = Agency.objects.create(code="73.71", name="Pemerintah Kota Uji", kind="kota", time_zone="Asia/Makassar")
    kept = {"agency": agency, "valid_from": SINCE}
    root = stage.below(Unit(code="ROOT", kind="pemerintah", name="Pemerintah Kota Uji", **kept))
    units, posts = [], []
    for number in range(-(-size // UNIT)):
        unit = stage.below(Unit(code=f"U{number}", kind="dinas", name=f"Unit Uji {number}", parent=root, **kept))
        units.append(unit)
        posts.append(Post.objects.create(unit=unit, title="Analis", kind="pelaksana", seats=UNIT, valid_from=SINCE))
    user = User.objects.create(nip="198001202005011000", name="Kepegawaian Uji", password="!")  # noqa: S106 (opens nothing)
    Employee.objects.bulk_create(
        Employee(
            agency=agency,
            nip=f"{198001202005011000 + number}",
            name=f"Pegawai {number:05d}",
            status="pns",
            joined_on=SINCE,
            user=user if number == 0 else None,
        )
        for number in range(size)
    )
    people = list(Employee.objects.order_by("pk"))
    Assignment.objects.bulk_create(
        Assignment(employee=person, post=posts[number // UNIT], starts_on=SINCE, document="SK")
        for number, person in enumerate(people)
    )
    RoleGrant.objects.create(employee=people[0], role=Role.PERSONNEL, starts_on=SINCE, document="SK")
    policy = publish_policy(agency=agency, text=preset_text("makassar"))
    today = local_today(agency)
    start = (today.replace(day=1) - timedelta(days=31 * (MONTHS - 1))).replace(day=1)
    dice, now = Random(2026), timezone.now()  # noqa: S311 (made-up figures)
    for period in open_periods(agency=agency, start=start, end=today + timedelta(days=1)):
        Score.objects.bulk_create(
            Score(
                employee=person,
                period=period,
                unit=units[number // UNIT],
                policy=policy,
                total_bp=dice.randint(5000, 10_000),
                coverage_bp=10_000,
                status="complete",
                work_result="meets",
                behaviour="meets",
                ruleset="uji",
                input_digest="x",
                computed_at=now,
            )
            for number, person in enumerate(people)
        )
        ScoreComponent.objects.bulk_create(
            ScoreComponent(
                score=score,
                aspect="uji",
                measure=measure,
                value_bp=dice.randint(5000, 10_000),
                score_bp=8000,
                weight_bp=2500,
                effective_weight_bp=2500,
                n=20,
                reason="ok",
            )
            for score in Score.objects.filter(period=period)
            for measure in MEASURES
        )
    return people[0]


def main(words: list[str]) -> None:
    if words[:1] == ["--one"]:
        stage.start_django()
        print(json.dumps(_measured(int(words[1]))))
        return
    begun = time.perf_counter()
    for row in run([int(word) for word in words] or SIZES):
        print(row, flush=True)
    print(f"{time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
