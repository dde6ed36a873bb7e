"""Days present and punctual, and the month on screen."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from terang.evidence.attendance.evidence import days_on_leave, facts, records
from terang.evidence.attendance.models import AttendanceDay, DayStatus

AUTUMN = (date(2026, 10, 1), date(2026, 12, 1))


@pytest.fixture
def budi(office):
    return office.employee("Budi")


def mark(employee, day, status=DayStatus.PRESENT, **fields):
    return AttendanceDay.objects.create(employee=employee, day=day, status=status, source="mesin presensi", **fields)


def test_leave_duty_and_outage_are_taken_out_of_what_is_required(budi):
    mark(budi, date(2026, 10, 1))
    mark(budi, date(2026, 10, 2), late_minutes=5)
    mark(budi, date(2026, 10, 5), early_minutes=5)
    mark(budi, date(2026, 10, 6), DayStatus.ABSENT)
    for day, status in ((7, DayStatus.LEAVE), (8, DayStatus.SICK), (9, DayStatus.DUTY), (12, DayStatus.OUTAGE)):
        mark(budi, date(2026, 10, day), status)
    mark(budi, date(2026, 11, 2), DayStatus.LEAVE)
    mark(budi, date(2026, 9, 30))
    assert facts([budi.pk], *AUTUMN) == {"attendance": [(budi.pk, 202610, 4, 3, 1)]}
    assert days_on_leave([budi.pk], *AUTUMN) == {budi.pk: {date(2026, 10, 7), date(2026, 10, 8), date(2026, 11, 2)}}


def test_one_query_however_many_people(office):
    people = [office.employee(f"Pegawai {number}") for number in range(50)]
    for person in people:
        mark(person, date(2026, 10, 1))
    with CaptureQueriesContext(connection) as queries:
        assert len(facts([person.pk for person in people], *AUTUMN)["attendance"]) == 50
    assert len(queries) == 1


def test_records_say_how_a_day_counts(budi):
    mark(budi, date(2026, 10, 1), check_in=time(7, 45), late_minutes=15)
    mark(budi, date(2026, 10, 2), DayStatus.LEAVE)
    leave, late = records("attendance_rate", budi.pk, *AUTUMN)
    assert (leave.counted, leave.effect) == (False, "tidak dihitung: bukan hari wajib hadir")
    assert (late.effect, late.detail, late.entered_by) == (
        "dihitung: hadir",
        "masuk 07.45, terlambat 15 menit",
        "mesin presensi",
    )
    [punctual] = records("punctuality", budi.pk, *AUTUMN)
    assert punctual.effect == "dihitung: tidak tepat waktu"


def test_the_month_is_for_oneself_and_those_above(client, office, budi):
    mark(budi, date(2026, 10, 1), late_minutes=15)
    url = f"/kehadiran/?pegawai={budi.pk}&bulan=2026-10"
    for person, status in ((budi, 200), (office.head, 200), (office.employee("Sari"), 403)):
        client.force_login(person.user)
        assert client.get(url).status_code == status
    client.force_login(budi.user)
    assert "1 dari 1 hari wajib" in client.get(url).content.decode()
    empty = client.get("/kehadiran/?bulan=ngawur").content.decode()
    assert "Belum ada catatan kehadiran" in empty
    assert "November 2026" in empty
