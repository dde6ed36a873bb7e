"""What overseers on the spot are told of a day: records, leave, duty, shifts off; nothing more."""

from datetime import datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from terang.evidence.attendance.models import AttendanceDay, Duty, Leave, Origin, Punch, RosterShift
from terang.evidence.attendance.whereabouts import whereabouts
from terang.evidence.whereabouts import Whereabouts
from terang.rules.oversight.roster import Away


@pytest.fixture
def leave(office, today):
    def leave(person, kind, state="disetujui"):
        Leave.objects.create(
            employee=person,
            kind=kind,
            state=state,
            starts_on=today,
            ends_on=today + timedelta(days=2),
            working_days=2,
            reason="Rahasia",
            requested_at=timezone.now(),
            form_key=uuid4(),
        )

    return leave


def test_records_leave_duty_and_shifts_off(office, today, leave):
    people = [office.employee(name) for name in ("Budi", "Sari", "Izin", "Cuti", "Minta", "Tono", "Sif", "Wati")]
    budi, sari, permitted, away, asking, tono, shift, _wati = people
    zone = ZoneInfo(office.agency.time_zone)
    for hour in (16, 7):
        at = datetime.combine(today, time(hour, 28), zone)
        told = {"at": at, "received_at": at, "origin": Origin.values[0], "pin": "1"}
        Punch.objects.create(agency=office.agency, employee=budi, **told)
    for person, kind in ((sari, "sakit"), (permitted, "izin"), (away, "tahunan")):
        leave(person, kind)
    leave(asking, "tahunan", "diajukan")
    duty = Duty.objects.create(
        agency=office.agency,
        letter="SPT 5",
        signed_by="Kepala",
        purpose="Rahasia",
        place="Provinsi",
        starts_on=today,
        ends_on=today + timedelta(days=1),
        form_key=uuid4(),
    )
    duty.people.add(tono)
    RosterShift.objects.create(
        employee=shift, day=today + timedelta(days=1), start_minute=480, end_minute=900, label="Pagi"
    )
    found = whereabouts(office.agency, [person.pk for person in people], today)
    told = {person.name: found[person.pk] for person in people if person.pk in found}
    assert told["Budi"] == Whereabouts("07.28"), "the first record of the day"
    assert {name: row.away for name, row in told.items()} == {
        "Budi": None,
        "Sari": Away.SICK,
        "Izin": Away.PERMISSION,
        "Cuti": Away.LEAVE,
        "Tono": Away.DUTY,
        "Sif": Away.SHIFT_OFF,
    }
    assert "Rahasia" not in str(told)


def test_a_day_told_by_another_source_counts_as_recorded(office, today):
    budi = office.employee("Budi")
    AttendanceDay.objects.create(employee=budi, day=today, status="hadir", check_in=time(7, 31), source="impor")
    assert whereabouts(office.agency, [budi.pk], today) == {budi.pk: Whereabouts("07.31")}


def test_the_same_queries_for_one_and_for_fifty(office, today, django_assert_num_queries):
    people = [office.employee(f"Pegawai {number}").pk for number in range(50)]
    with django_assert_num_queries(8):
        whereabouts(office.agency, people[:1], today)
    with django_assert_num_queries(8):
        whereabouts(office.agency, people, today)
