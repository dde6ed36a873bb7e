"""Back at work before the leave's end: days and balance are given back, and what was decided stays to be read."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.evidence.attendance.balance import annual_leave
from terang.evidence.attendance.models import AttendanceDay, LeaveState
from terang.evidence.attendance.services.leave import (
    approve_leave,
    end_leave_early,
    request_leave,
    withdraw_leave,
)
from terang.registry.people.models import Role
from terang.web.errors import NotAllowed, NotNow, Stale

MONDAY, SATURDAY = date(2026, 12, 7), date(2026, 12, 12)
WEDNESDAY = MONDAY + timedelta(days=2)


@pytest.fixture
def budi(office):
    return office.employee("Budi")


@pytest.fixture
def leave(office, budi, monkeypatch):
    """Five approved days from Monday; it is Tuesday of that week."""
    asked = request_leave(
        actor=office.viewer(budi), kind="tahunan", starts_on=MONDAY, ends_on=SATURDAY, reason="Keluarga",
        form_key=uuid4(),
    )  # fmt: skip
    decided = approve_leave(actor=office.viewer(office.head), leave=asked, version=1)
    monkeypatch.setattr(timezone, "now", lambda: office.moment(MONDAY + timedelta(days=1), 12))
    return decided


def free(person):
    return annual_leave(person, 2026, WEDNESDAY).free


def end(office, leave, back_on=WEDNESDAY, version=2, by=None, note="Dipanggil kembali"):
    return end_leave_early(
        actor=office.viewer(by or office.head), leave=leave, version=version, back_on=back_on, note=note
    )


def test_days_and_balance_are_given_back(office, budi, leave):
    before = free(budi)
    ended = end(office, leave)
    assert (ended.state, ended.ends_on, ended.planned_ends_on, ended.working_days) == (
        LeaveState.CHANGED, WEDNESDAY, SATURDAY, 2,
    )  # fmt: skip
    assert free(budi) == before + 3
    days = AttendanceDay.objects.filter(employee=budi, status="cuti").values_list("day", flat=True)
    assert sorted(days) == [MONDAY, MONDAY + timedelta(days=1)]
    entry = JournalEntry.objects.get(verb="attendance.leave_ended")
    assert entry.changes["given_back"] == 3
    assert "Dipanggil" not in str(entry.changes)


def test_who_never_went_has_all_of_it_back(office, budi, leave):
    before = free(budi)
    assert end(office, leave, MONDAY).state == LeaveState.WITHDRAWN
    assert free(budi) == before + 5
    assert not AttendanceDay.objects.filter(employee=budi, status="cuti").exists()


def test_what_is_refused(office, budi, leave):
    keeper = office.employee("Pengelola")
    office.grant(keeper, Role.PERSONNEL)
    for stranger in (budi, office.employee("Teman")):
        with pytest.raises(NotAllowed):
            end(office, leave, by=stranger)
    for day in (MONDAY - timedelta(days=1), SATURDAY):
        with pytest.raises(NotNow, match="di dalam masa cuti"):
            end(office, leave, day)
    with pytest.raises(NotNow, match="mengapa"):
        end(office, leave, note=" ")
    with pytest.raises(Stale):
        end(office, leave, version=1)
    with pytest.raises(NotNow, match="sudah berjalan"):
        withdraw_leave(actor=office.viewer(budi), leave=leave, version=2)
    assert end(office, leave, by=keeper).working_days == 2
    assert end(office, leave, MONDAY + timedelta(days=1), version=3, by=keeper).working_days == 1
    assert leave.__class__.objects.get().planned_ends_on == SATURDAY


def test_before_it_has_begun_only_the_person_takes_it_back(office, leave, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: office.moment(MONDAY - timedelta(days=1), 12))
    with pytest.raises(NotNow, match="belum mulai"):
        end(office, leave)


def test_the_page_of_the_appraiser(client, office, budi, leave):
    address = reverse("attendance:leave", args=[leave.pk])
    client.force_login(budi.user)
    assert "Catat masuk kembali" not in client.get(address).content.decode()
    client.force_login(office.head.user)
    assert "Catat masuk kembali" in client.get(address).content.decode()
    ending = reverse("attendance:leave_end", args=[leave.pk])
    assert client.post(ending, {"version": 2, "back_on": "2026-12-09", "note": ""}).status_code == 422
    assert client.post(ending, {"version": 2, "back_on": "2026-12-09", "note": "Sembuh"}).status_code == 303
    assert "7 Desember 2026 sampai 11 Desember 2026" in client.get(address).content.decode()
