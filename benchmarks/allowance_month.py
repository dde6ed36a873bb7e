"""A month of allowance slips in the database, as the worker makes it: gathering everybody's facts, computing each
ledger, keeping the slips.

python benchmarks/allowance_month.py 20000
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import stage

TITLE = "Slip tunjangan sebulan di basis data: dari catatan sampai tersimpan (target: 20.000 slip di bawah 30 detik)"
SIZES = (1_000, 20_000)
QUICK = (1_000,)
COLUMNS = {
    "slips": "banyak slip",
    "gather_s": "mengumpulkan fakta, detik",
    "month_s": "semuanya, nilai tengah, detik",
    "slowest_s": "semuanya, yang paling lama, detik",
    "cpu_s": "waktu prosesor, nilai tengah, detik (tidak bergantung pada kesibukan komputer)",
    "again_s": "menghitung ulang tanpa ada yang berubah, detik",
}
TIMES = 3
MONTH = date(2026, 10, 1)


def run(sizes: Iterable[int] = SIZES) -> list[dict[str, Any]]:
    """One row per size, each month computed `TIMES` times on a database made for it."""
    with tempfile.TemporaryDirectory(prefix="terang-bench-") as folder:
        stage.empty(Path(folder))
        rows: list[dict[str, Any]] = stage.in_own_process(__file__, *map(str, sizes), folder=Path(folder))
    return rows


def _measured(sizes: Iterable[int]) -> list[dict[str, Any]]:
    """Each size in a transaction that is rolled back."""
    from django.db import transaction

    rows = []
    for size in sizes:
        with transaction.atomic():
            rows.append(_measure(size))
            transaction.set_rollback(True)
    return rows


def _measure(size: int) -> dict[str, Any]:
    from terang.follow_up.allowance.gathering import gather
    from terang.follow_up.allowance.models import Run, Slip
    from terang.follow_up.allowance.services import compute_run, start_run
    from terang.rules.allowance import load_rule

    agency, text = _government(size)
    start = time.perf_counter()
    found = gather(agency.pk, MONTH, load_rule(text))
    gathered = time.perf_counter() - start
    assert len(found) == size
    took, busy = [], []
    for _each in range(TIMES):
        Run.objects.filter(agency=agency).delete()
        run = start_run(actor=None, agency=agency, month=MONTH)
        start, cpu = time.perf_counter(), time.process_time()
        compute_run(run.pk)
        took.append(time.perf_counter() - start)
        busy.append(time.process_time() - cpu)
    assert Slip.objects.filter(run=run, problem="").count() == size
    Run.objects.filter(pk=run.pk).update(state="dihitung")
    start = time.perf_counter()
    compute_run(run.pk)
    return {
        "slips": size,
        "gather_s": round(gathered, 2),
        "month_s": round(stage.median(took), 2),
        "slowest_s": round(max(took), 2),
        "cpu_s": round(stage.median(busy), 2),
        "again_s": round(time.perf_counter() - start, 2),
    }


def _government(size: int) -> tuple[Any, str]:
    """Everybody has a post, a month of presence, and a salary."""
    from uuid import uuid4

    from terang.evidence.attendance.models import AttendanceDay
    from terang.follow_up.allowance.models import RuleVersion
    from terang.follow_up.allowance.services import Given, give_facts, propose_rule
    from terang.registry.organization.models import Agency, Unit
    from terang.registry.people.models import Assignment, Employee, Post

    since = date(2020, 1, 1)
    agency = Agency.objects.create(code=f"99.{size % 97:02}", name="Pemerintah Uji Beban", kind="kota")
    units = [
        Unit.objects.create(agency=agency, kind="dinas", code=f"U{n}", name=f"Unit {n}", path="/", valid_from=since)
        for n in range(50)
    ]
    posts = Post.objects.bulk_create(
        Post(unit=unit, title="Analis", kind="pelaksana", grade=8, seats=size, valid_from=since) for unit in units
    )
    people = Employee.objects.bulk_create(
        (
            Employee(
                agency=agency,
                nip=f"{200001012024040000 + number + size}",
                name=f"Pegawai {number}",
                status="pns",
                rank="III/b",
                joined_on=since,
            )
            for number in range(size)
        ),
        batch_size=1_000,
    )
    Assignment.objects.bulk_create(
        (
            Assignment(employee=each, post=posts[number % len(posts)], starts_on=since, document="SK")
            for number, each in enumerate(people)
        ),
        batch_size=1_000,
    )
    days = [day for n in range(31) if (day := MONTH + timedelta(days=n)).weekday() < 5]
    for first in range(0, size, 500):
        AttendanceDay.objects.bulk_create(
            (
                AttendanceDay(employee=each, day=day, status="hadir", late_minutes=45 if (each.pk + n) % 17 == 0 else 0)
                for each in people[first : first + 500]
                for n, day in enumerate(days)
            ),
            batch_size=1_000,
        )
    text = (files("terang.demo") / "allowance_rules" / "pola_40_60.toml").read_text(encoding="utf-8")
    propose_rule(actor=None, agency=agency, text=text, form_key=uuid4())
    pay = (("salary_idr", "4000000"), ("salary_insurance_idr", "40000"))
    rows = [Given(each, code, value, since, "Daftar gaji") for each in people for code, value in pay]
    give_facts(actor=None, agency_id=agency.pk, rows=rows)
    return agency, RuleVersion.objects.get(agency=agency).text


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        stage.start_django()
        print(json.dumps(_measured([int(each) for each in sys.argv[2:]])))
    else:
        for row in run([int(each) for each in sys.argv[1:]] or SIZES):
            print(row, flush=True)
