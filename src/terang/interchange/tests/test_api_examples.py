"""The programs on the page run as they stand there, against a running server."""

import os
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import requests
from django.db import connection
from django.utils import timezone
from tests.cast import make_cast

from terang.evidence.work.models import Entry
from terang.interchange.api.applications import Loan, lend
from terang.interchange.api.examples import FOLDER
from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState


@pytest.fixture
def place(transactional_db, live_server):
    """The address and a token of somebody with a plan; the server's clock is today's."""
    cast, now = make_cast(), timezone.now()
    today = cast.viewer("andi", now).today
    start = today.replace(month=1, day=1)
    plan = Plan.objects.create(
        employee=cast.andi, period_start=start, period_end=start.replace(year=today.year + 1), state=PlanState.AGREED
    )
    result = PlanResult.objects.create(plan=plan, number=1, text="KTP terbit")
    Indicator.objects.create(result=result, text="KTP diterbitkan", unit_label="KTP", target_milli=900_000)
    scopes = ["profil", "kegiatan:baca", "kegiatan:tulis"]
    loan = Loan("Contoh", "Uji", scopes, today)
    token = lend(actor=cast.viewer("andi", now), loan=loan, form_key=uuid.uuid4())[1]
    return {**os.environ, "TERANG_URL": live_server.url, "TERANG_TOKEN": token}


def run(program, place):
    done = subprocess.run([*program], env=place, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def test_the_example_in_python(place):
    told = run([sys.executable, str(FOLDER / "catat.py")], place)
    assert Entry.objects.get().text in told
    assert "Memeriksa 12 berkas KTP" in told


def test_the_example_with_curl(place):
    told = run(["sh", str(FOLDER / "baca.sh")], place)
    assert "Andi Pratama" in told
    assert '"items": []' in told


def test_the_same_key_sent_by_four_at_once_writes_once(place):
    """A program that repeats before it has heard from us gets the one answer."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite takes one writer at a time anyway")
    root, together = f"{place['TERANG_URL']}/api/v1", Barrier(4)
    headers = {"Authorization": f"Bearer {place['TERANG_TOKEN']}", "Idempotency-Key": "kirim-serentak"}
    purpose = requests.get(f"{root}/purposes", headers=headers, timeout=30).json()
    body = {"day": purpose["day"], "purpose": purpose["items"][0]["key"], "text": "Memeriksa berkas"}

    def send(_number):
        together.wait()
        return requests.post(f"{root}/entries", json=body, headers=headers, timeout=30)

    with ThreadPoolExecutor(4) as tabs:
        answers = list(tabs.map(send, range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("Idempotent-Replayed" in answer.headers for answer in answers) == 3
    assert Entry.objects.count() == 1
