"""A simulated device talks ADMS to a running server: it greets, sends, sends everything again, and its clock is off."""

from datetime import UTC, date, datetime, timedelta
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.utils import timezone
from tests.cast import make_cast

from terang.audit.models import JournalEntry
from terang.evidence.attendance.models import AttendanceDay, Device, PinHolder, Punch
from terang.evidence.attendance.services import pushing
from terang.evidence.attendance.views import push

ZONE = ZoneInfo("Asia/Makassar")
moment = datetime.fromisoformat


class Machine:
    """A device: knows its serial number and what it has recorded."""

    def __init__(self, server, serial="CKPG201"):
        self.server, self.serial = server, serial

    def ask(self, path, body=None, **query):
        words = "&".join(f"{name}={value}" for name, value in {"SN": self.serial, **query}.items())
        request = Request(f"{self.server}/iclock/{path}?{words}", data=body)  # noqa: S310 (our own test server)
        try:
            with urlopen(request, timeout=20) as answer:  # noqa: S310
                return answer.status, answer.read().decode(), answer.headers["Content-Type"]
        except HTTPError as error:
            return error.code, error.read().decode(), error.headers["Content-Type"]

    def send(self, *punches, stamp="1"):
        body = "".join(f"{pin}\t{when:%Y-%m-%d %H:%M:%S}\t0\t1\t0\t0\n" for pin, when in punches)
        return self.ask("cdata", body.encode(), table="ATTLOG", Stamp=stamp)[:2]


@pytest.fixture
def town(transactional_db):
    cache.clear()
    return make_cast()


@pytest.fixture
def device(town):
    PinHolder.objects.create(agency=town.agency, pin="17", employee=town.andi, starts_on=date(2020, 1, 1))
    return Device.objects.create(agency=town.agency, serial="CKPG201", name="Pintu", may_push=True)


def local(**ago):
    return (timezone.now() - timedelta(**ago)).astimezone(ZONE).replace(tzinfo=None, microsecond=0)


def test_a_device_greets_sends_and_sends_all_again(live_server, town, device):
    machine = Machine(live_server.url)
    status, greeting, kind = machine.ask("cdata", options="all", pushver="2.4.1")
    assert (status, kind) == (200, "text/plain; charset=utf-8")
    assert greeting.startswith("GET OPTION FROM: CKPG201\n")
    assert {"TimeZone=8", "Realtime=1", "ATTLOGStamp=0"} <= set(greeting.splitlines())
    past = [("17", moment("2026-10-05 07:31")), ("17", moment("2026-10-05 16:02")), ("8", moment("2026-10-05 07:00"))]
    assert machine.send(*past[:1], stamp="100") == (200, "OK: 1\n")
    assert machine.send(*past, stamp="200") == (200, "OK: 3\n")
    assert machine.send(*past, stamp="200") == (200, "OK: 3\n")
    assert Punch.objects.count() == 3
    punch = Punch.objects.get(pin="17", at=datetime(2026, 10, 4, 23, 31, tzinfo=UTC))
    assert (punch.employee, punch.origin, punch.hint) == (town.andi, "kiriman", "0")
    assert "ATTLOGStamp=200" in machine.ask("cdata", options="all")[1]
    assert machine.ask("getrequest", INFO="x")[:2] == (200, "OK\n")
    assert machine.ask("devicecmd", b"ID=1&Return=0")[:2] == (200, "OK\n")
    assert machine.ask("ping")[:2] == (200, "OK\n")
    device.refresh_from_db()
    assert device.last_seen_at is not None
    assert device.drift_seconds is None
    assert device.heard == [["2026-10-04T23:00:00+00:00", "2026-10-05T08:02:00+00:00"]]


def test_the_days_of_who_was_recorded_are_derived_by_the_worker(live_server, town, device):
    from django_tasks_db.models import DBTaskResult

    Machine(live_server.url).send(("17", moment("2026-10-05 07:31")), ("17", moment("2026-10-05 16:02")))
    for waiting in DBTaskResult.objects.filter(status="READY"):
        waiting.task.call(*waiting.args_kwargs["args"], **waiting.args_kwargs["kwargs"])
    assert AttendanceDay.objects.get(employee=town.andi, day=date(2026, 10, 5)).late_minutes == 1
    assert not AttendanceDay.objects.exclude(employee=town.andi).exists()


def test_fingers_faces_and_photos_are_not_kept(live_server, device):
    machine = Machine(live_server.url)
    for table in ("OPERLOG", "BIODATA", "ATTPHOTO", "options"):
        assert machine.ask("cdata", b"FP PIN=17\tFID=1\tTMP=AAAA", table=table)[:2] == (200, "OK\n")
    assert Punch.objects.count() == 0


def test_unknown_devices_are_turned_away_and_cannot_flood_the_journal(live_server, town, device):
    Device.objects.create(agency=town.agency, serial="DIAM", name="Tidak boleh")
    Device.objects.create(agency=town.agency, serial="LAMA", name="Pensiun", may_push=True, retired_on=date(2026, 1, 1))
    for serial in ("ASING", "DIAM", "LAMA", ""):
        machine = Machine(live_server.url, serial)
        assert machine.ask("cdata", options="all")[0] == 403
        assert machine.send(("17", moment("2026-10-05 07:00")))[0] == 403
    assert Punch.objects.count() == 0
    assert JournalEntry.objects.filter(verb="attendance.push_refused").count() == 1


def test_messages_are_limited_in_size_and_number(live_server, device, monkeypatch):
    machine = Machine(live_server.url)
    assert machine.ask("cdata", b"x" * (push.LARGEST + 1), table="ATTLOG")[0] == 413
    monkeypatch.setattr(push, "MESSAGES_A_MINUTE", 2)
    assert [machine.send(("17", moment("2026-10-05 07:00")))[0] for _ in range(4)] == [200, 200, 429, 429]


def test_a_clock_that_is_off_is_flagged(live_server, device, monkeypatch):
    machine = Machine(live_server.url)
    machine.ask("cdata", options="all")
    machine.send(("17", local(minutes=90)))
    device.refresh_from_db()
    assert device.drift_seconds is None  # an old punch of a device that was away says nothing
    monkeypatch.setattr(pushing, "STEADY", timedelta(0))
    machine.send(("17", local(minutes=9)))
    device.refresh_from_db()
    assert -545 < device.drift_seconds < -535
    machine.send(("17", local(minutes=-5)))
    device.refresh_from_db()
    assert 290 < device.drift_seconds < 305
    assert Punch.objects.count() == 3
    machine.send(("17", local(seconds=2)))
    device.refresh_from_db()
    assert abs(device.drift_seconds) < 15
    machine.send(("17", local(days=-3)))
    assert Punch.objects.count() == 4
    assert JournalEntry.objects.filter(verb="attendance.clock_drifted").count() == 2


def test_what_is_no_log_is_answered_and_not_kept(live_server, device):
    machine = Machine(live_server.url)
    assert machine.ask("cdata", b"\x00\xff<html>\n17\tkemarin\n", table="ATTLOG")[:2] == (200, "OK: 0\n")
    assert Punch.objects.count() == 0
