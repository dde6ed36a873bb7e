"""Closing a year of a whole government: everybody evaluated and frozen with the evidence behind it, then checked by
computing it again from what was kept.

Made on an empty database, in a process of its own for each size: units of fifty people, each with a year of presence.
The work runs as in the worker, one batch after another.

    python benchmarks/closing.py 1000 20000
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import stage

TITLE = "Menutup satu tahun"
SIZES = (1_000, 20_000)
QUICK = (1_000,)
COLUMNS = {
    "people": "pegawai yang dibekukan",
    "days": "hari kehadiran yang menjadi bukti",
    "ask_ms": "jawaban atas tombol “Tutup”, milidetik",
    "freeze_s": "menghitung dan membekukan semua orang, detik (target 20.000: di bawah 60)",
    "freeze_cpu_s": "waktu prosesornya, tanpa gangguan beban lain, detik",
    "check_s": "menghitung ulang semua orang dari bukti yang beku, detik",
    "same": "orang yang mendapat hasil yang sama",
    "mib": "ukuran bukti yang beku, MiB",
}
UNIT = 50
POLICY = """
code = "uji"
title = "Kebijakan Kota Uji"
agency_code = "99.72"
version = 1
valid_from = 2020-01-01
period = "year"
standard_bp = 6500
warning_days = 5
action_days = 10
least_coverage_bp = 5000
second_factor_roles = ["kepegawaian"]

[reporting]
rhythm = "weekly"
grace_days = 1
remote_grace_days = 3
progress = "year"

[ratings.work_result]
aspects = ["hasil"]
above_bp = 9000
meets_bp = 7000

[ratings.behaviour]
above_bp = 9000
meets_bp = 7000
measures = [{ code = "punctuality", share_bp = 10000 }]

[[aspects]]
code = "disiplin"
label = "Disiplin"
label_en = "Discipline"
weight_bp = 6000
measures = [{ code = "attendance_rate", share_bp = 6000 }, { code = "punctuality", share_bp = 4000 }]

[[aspects]]
code = "hasil"
label = "Hasil"
label_en = "Results"
weight_bp = 4000
measures = [
  { code = "plan_achievement", share_bp = 4000 },
  { code = "task_completion", share_bp = 3000 },
  { code = "citizen_satisfaction", share_bp = 3000 },
]
"""
YEAR = 2025
SINCE = date(2020, 1, 2)


def run(sizes: Iterable[int] = SIZES) -> list[dict[str, Any]]:
    """One row per size."""
    rows: list[dict[str, Any]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="terang-bench-") as folder:
            stage.empty(Path(folder))
            rows.append(stage.in_own_process(__file__, str(size), folder=Path(folder)))
    return rows


def _measured(size: int) -> dict[str, Any]:
    from uuid import uuid4

    from django.conf import settings

    from terang.evaluation.closing.models import FrozenInputs
    from terang.evaluation.closing.services import ask_closing, check_run, freeze

    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    viewer, period, days = _government(size)
    begun = time.perf_counter()
    said = {"basis": "BA 1", "reason": "Uji", "form_key": uuid4()}
    closing = ask_closing(actor=viewer, period=period, **said)
    asked = time.perf_counter() - begun
    begun, worked = time.perf_counter(), time.process_time()
    freeze(closing.pk)
    frozen, busy = time.perf_counter() - begun, time.process_time() - worked
    begun = time.perf_counter()
    same, people = check_run(closing.pk)
    checked = time.perf_counter() - begun
    parts = FrozenInputs.objects.filter(closing=closing).values_list("body", flat=True)
    return {
        "people": people,
        "days": days,
        "ask_ms": round(asked * 1000),
        "freeze_s": round(frozen, 1),
        "freeze_cpu_s": round(busy, 1),
        "check_s": round(checked, 1),
        "same": same,
        "mib": round(sum(len(part) for part in parts.iterator()) / 1024**2, 1),
    }


def _government(size: int) -> tuple[Any, Any, int]:
    """The personnel agency's viewer, the year to close, and how many days of presence there are."""
    from django.utils import timezone

    from terang.accounts.models import User
    from terang.evaluation.services import open_periods, publish_policy
    from terang.registry.organization.models import Agency, Unit, WorkWeek
    from terang.registry.people.models import Assignment, Employee, Post, Role, RoleGrant
    from terang.registry.people.viewer import viewer_for

    agency = Agency.objects.create(code="99.72", name="Pemerintah Kota Uji", kind="kota", time_zone="Asia/Makassar")
    WorkWeek.objects.create(agency=agency, weekdays="12345", starts_at="07:30", ends_at="16:00", valid_from=SINCE)
    root = stage.below(
        Unit(agency=agency, kind="pemerintah", code="ROOT", name="Pemerintah Kota Uji", valid_from=SINCE)
    )
    posts = []
    for number in range(-(-size // UNIT)):
        kept = {"agency": agency, "kind": "dinas", "valid_from": SINCE, "parent": root}
        unit = stage.below(Unit(code=f"U{number}", name=f"Unit Uji {number}", **kept))
        posts.append(Post.objects.create(unit=unit, title="Analis", kind="fungsional", seats=UNIT, valid_from=SINCE))
    user = User.objects.create(nip="198001202005011000", name="Kepegawaian Uji", password="!")  # noqa: S106 (opens nothing)
    named = {"agency": agency, "status": "pns", "joined_on": SINCE}
    people = Employee.objects.bulk_create(
        [
            Employee(nip=f"1990010120{n:07}0", name=f"Pegawai Uji {n:05}", user=None if n else user, **named)
            for n in range(size)
        ],
        batch_size=1000,
    )
    Assignment.objects.bulk_create(
        [Assignment(employee=each, post=posts[n // UNIT], starts_on=SINCE) for n, each in enumerate(people)],
        batch_size=1000,
    )
    keeper = Employee.objects.get(user=user)
    RoleGrant.objects.create(employee=keeper, role=Role.PERSONNEL, starts_on=SINCE)
    publish_policy(agency=agency, text=POLICY)
    [period] = open_periods(agency=agency, start=date(YEAR, 1, 1), end=date(YEAR, 12, 31))
    return viewer_for(user, timezone.now()), period, _presence()


def _presence() -> int:
    """A year of working days for everybody, one in fifty late and one in ninety absent."""
    from django.db import connection

    first = date(YEAR, 1, 1)
    days = [first + timedelta(days=n) for n in range(365) if (first + timedelta(days=n)).weekday() < 5]
    with connection.cursor() as cursor:
        for number, day in enumerate(days):
            cursor.execute(
                "insert into attendance_attendanceday (employee_id, day, status, late_minutes, early_minutes,"
                " missing_in, missing_out, clashes, source)"
                " select id, %s, case when (id + %s) %% 90 = 0 then 'tanpa_keterangan' else 'hadir' end,"
                " case when (id + %s) %% 50 = 0 then 20 else 0 end, 0, false, false, '[]', 'uji' from people_employee",
                [day.isoformat(), number, number],
            )
        cursor.execute("select count(*) from attendance_attendanceday")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        stage.start_django()
        print(json.dumps(_measured(int(sys.argv[2]))))
    else:
        for row in run([int(each) for each in sys.argv[1:]] or SIZES):
            print(row)
