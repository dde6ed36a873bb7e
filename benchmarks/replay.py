"""One step of a slider on a replay of a whole government: the rules alone, and from request to answer over HTTP.

The government is made in an empty database: people, posts and units as rows, their evidence by the engine's simulation,
kept as the worker keeps it. Every step asks for another weight, so that nothing asked before helps. The first step of a
set of measures also measures everybody, and stands by itself.

    python benchmarks/replay.py 20000
"""

import json
import os
import sys
import tempfile
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import stage

TITLE = "Putar ulang kebijakan: satu geseran untuk seluruh pemerintah daerah"
SIZES = (1_000, 20_000)
QUICK = (1_000,)
COLUMNS = {
    "employees": "banyak pegawai",
    "measures": "ukuran yang dipakai kebijakan",
    "copy_mib": "ukuran salinan bukti, MiB",
    "first_ms": "gambar pertama: bukti dibaca dan diukur, milidetik",
    "rules_ms": "satu geseran, aturan dan hitungan saja, nilai tengah, milidetik",
    "queries": "pertanyaan ke basis data; harus sama berapa pun pegawainya",
    "kib": "ukuran jawaban, KiB",
    "step_ms": "satu geseran dari permintaan sampai jawaban lewat HTTP, nilai tengah (target: di bawah 1000)",
    "p95_ms": "95 dari 100 geseran selesai dalam waktu ini",
}
POLICY = "makassar"
RULESET = "bench"
STEPS = 40
UNIT_SIZE = 25
UNITS_OF_OFFICE = 20
OFFICES_FROM, ROOT_ID = 100_000, 200_000


def run(sizes: Iterable[int] = SIZES) -> list[dict[str, Any]]:
    """One row per size. Everything is made in a temporary folder."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="terang-bench-") as folder:
            stage.empty(Path(folder))
            rows.append(stage.in_own_process(__file__, str(size), folder=Path(folder)))
    return rows


def measured(size: int, folder: Path) -> dict[str, Any]:
    """The row of this size, against the empty database of this process."""
    stage.start_django()
    user, replay = _made(size)
    from terang.evaluation.replay.folders import folder_of

    kept = folder_of(replay.copy)
    first = stage.timed(lambda: _step(kept, 1_000))
    rules = [stage.timed(lambda weight=weight: _step(kept, weight)) for weight in range(4_001, 4_001 + STEPS)]
    queries, body = _counted(user, replay)
    with stage.Server(folder):
        session = stage.session_of(user)
        over_http = [_asked(session, replay.pk, number) for number in range(STEPS + 5)][5:]
    return {
        "employees": size,
        "measures": len(_policy().measure_codes()),
        "copy_mib": round(sum(path.stat().st_size for path in kept.rglob("*")) / 1024**2, 1),
        "first_ms": round(first, 1),
        "rules_ms": round(stage.median(rules), 1),
        "queries": queries,
        "kib": round(len(body) / 1024, 1),
        "step_ms": round(stage.median(over_http), 1),
        "p95_ms": round(stage.quantile(over_http, 0.95), 1),
    }


def _policy() -> Any:
    from terang.rules.policies import load_preset

    return load_preset(POLICY)


def _step(kept: Path, weight: int) -> None:
    """What one step asks of the rules: everything the picture shows."""
    from terang.engine.replay import compare
    from terang.rules.policies.knobs import turned

    base = _policy()
    found = compare(kept, base, turned(base, {"w..hasil": weight}, ["w..hasil"]), RULESET)
    _ = (found.whole, found.by_unit(), found.histogram(), found.crossed("work"), found.crossed("behaviour"))
    _ = [found.by(column) for column in ("kind", "status", "category")]


def _made(size: int) -> tuple[Any, Any]:
    """A government of this size, its personnel officer, and a replay whose evidence is kept."""
    from django.utils import timezone

    from terang.accounts.models import User
    from terang.evaluation.models import PolicyVersion
    from terang.evaluation.replay.models import CopyState, EvidenceCopy, Replay
    from terang.registry.organization.models import Agency
    from terang.registry.people.models import Employee, RoleGrant
    from terang.rules.policies import digest, preset_text

    policy, today = _policy(), timezone.now().date()
    agency = Agency.objects.create(code=policy.agency_code, name="Pemerintah Uji", kind="kota")
    _people(agency, size)
    version = PolicyVersion.objects.create(
        agency=agency,
        version=1,
        title=policy.title,
        valid_from=policy.valid_from,
        text=preset_text(POLICY),
        digest=digest(policy),
    )
    user = User.objects.create(nip="197001011990011001", name="Pengelola Uji", password="!")  # noqa: S106
    officer = Employee.objects.create(
        agency=agency, user=user, nip=user.nip, name=user.name, status="pns", joined_on=policy.valid_from
    )
    RoleGrant.objects.create(employee=officer, role="kepegawaian", starts_on=policy.valid_from)
    copy = EvidenceCopy.objects.create(
        agency=agency,
        policy=version,
        starts_on=policy.valid_from,
        ends_on=policy.valid_from.replace(year=policy.valid_from.year + 1),
        as_of=today,
        state=CopyState.READY,
        people=size,
        ruleset=RULESET,
        asked_at=timezone.now(),
        used_on=today,
    )
    _kept(copy, size)
    replay = Replay.objects.create(
        copy=copy, source="versi", title=policy.title, text=version.text, digest=version.digest, form_key=uuid.uuid4()
    )
    return user, replay


def _people(agency: Any, size: int) -> None:
    """Units of 25 people in offices of 20 units, under one root."""
    from terang.registry.organization.models import Unit
    from terang.registry.people.models import Employee

    start = _policy().valid_from
    last = (size - 1) // UNIT_SIZE + 1
    offices = range(OFFICES_FROM, OFFICES_FROM + (last - 1) // UNITS_OF_OFFICE + 1)
    said = {"agency": agency, "kind": "dinas", "valid_from": start}
    root = Unit(pk=ROOT_ID, code="ROOT", name="Pemerintah Uji", path=f"/{ROOT_ID}/", **said)
    above = [
        Unit(pk=pk, code=f"D{pk}", name=f"Dinas {pk}", parent_id=ROOT_ID, path=f"/{ROOT_ID}/{pk}/", **said)
        for pk in offices
    ]
    units = [
        Unit(
            pk=pk,
            code=f"U{pk}",
            name=f"Unit {pk}",
            parent_id=(office := OFFICES_FROM + (pk - 1) // UNITS_OF_OFFICE),
            path=f"/{ROOT_ID}/{office}/{pk}/",
            **said,
        )
        for pk in range(1, last + 1)
    ]
    for several in ([root], above, units):
        Unit.objects.bulk_create(several, batch_size=500)
    people = (
        Employee(pk=pk, agency=agency, nip=f"{10**17 + pk}", name=f"Orang {pk}", status="pns", joined_on=start)
        for pk in range(1, size + 1)
    )
    Employee.objects.bulk_create(people, batch_size=500)


def _kept(copy: Any, size: int) -> None:
    from terang.engine.kept import Keeper
    from terang.engine.simulation import Plan, simulated
    from terang.evaluation.replay.folders import folder_of, new_name

    copy.folder = new_name(copy)
    copy.save(update_fields=["folder"])
    aspects = tuple(aspect.code for aspect in _policy().instruments[0].aspects)
    rows = {name: frame.rows() for name, frame in simulated(Plan(size, aspects=aspects), 1, size)}
    kinds = ("pelaksana", "fungsional", "pengawas", "administrator")
    with Keeper(folder_of(copy)) as keeper:
        keeper.add(rows, [(pk, kinds[pk % 4], ("pns", "pppk")[pk % 2], "") for pk in range(1, size + 1)])


def _counted(user: Any, replay: Any) -> tuple[int, bytes]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = stage.session_of(user)
    for weight in (41, 42):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(f"/putar-ulang/{replay.pk}/?w..hasil={weight}", headers={"HX-Request": "true"})
        if answer.status_code != 200:
            raise RuntimeError(f"/putar-ulang/{replay.pk}/: {answer.status_code}")
    return len(captured), bytes(answer.content)


def _get(path: str, session: str) -> int:
    connection = stage.connection()
    headers = {"Cookie": f"sessionid={session}", "Accept-Encoding": "gzip", "HX-Request": "true"}
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def _asked(session: str, pk: int, number: int) -> float:
    """Milliseconds of one step; each asks for another weight."""
    path = f"/putar-ulang/{pk}/?w..hasil={30 + number // 4}.{25 * (number % 4):02}&kunci=w..hasil"

    def step() -> None:
        if (status := _get(path, session)) != 200:
            raise RuntimeError(f"{path}: {status}")

    return stage.timed(step)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measured(int(sys.argv[2]), Path(os.environ["TERANG_DATA"]))))
    else:
        for row in run([int(each) for each in sys.argv[1:]] or SIZES):
            print(row)
