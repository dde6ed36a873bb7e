"""What presence may be asked about: the very same minute day after day, and two places too far apart."""

from datetime import date, time, timedelta

import pytest

from terang.evidence.attendance import signals
from terang.evidence.attendance.models import AttendanceDay, DayStatus, Origin, Punch
from terang.evidence.attendance.signals import SOURCES
from terang.evidence.oddities import Span

START, TODAY = date(2026, 11, 1), date(2026, 11, 24)
SOURCE = {source.kind: source for source in SOURCES}


@pytest.fixture
def budi(office):
    return office.employee("Budi")


def find(office, kind, *known, **limits):
    source = SOURCE[kind]
    return list(source.find(Span(office.agency, START, TODAY, frozenset(known)), source.usual() | limits))


def present(employee, number, clock):
    day = START + timedelta(days=number)
    return AttendanceDay.objects.create(employee=employee, day=day, status=DayStatus.PRESENT, check_in=clock)


def test_the_same_minute_on_many_days(office, budi):
    rows = [present(budi, number, time(7, 25, number)) for number in range(11)]
    present(budi, 15, time(7, 26))
    assert find(office, "menit_sama") == []
    rows.append(present(budi, 16, time(7, 25, 59)))
    (odd,) = find(office, "menit_sama")
    assert (odd.employee_id, odd.first, odd.last, len(odd.traces)) == (budi.pk, rows[0].day, rows[-1].day, 12)
    assert "tepat pukul 07.25 pada 12 hari" in odd.sentence
    assert find(office, "menit_sama", f"attendance.attendanceday:{rows[0].pk}") == []


def test_days_without_a_record_are_no_pattern(office, budi):
    for number in range(14):
        AttendanceDay.objects.create(employee=budi, day=START + timedelta(days=number), status=DayStatus.LEAVE)
    assert find(office, "menit_sama") == []


def punch(office, employee, minute, latitude):
    at = office.moment(date(2026, 11, 20), 8) + timedelta(minutes=minute)
    place = {"latitude_micro": latitude, "longitude_micro": 119_400_000}
    return Punch.objects.create(
        agency=office.agency, employee=employee, at=at, received_at=at, origin=Origin.WEB, **place
    )


@pytest.mark.parametrize(("minutes", "asks"), [(5, True), (60, False)])
def test_two_places_nobody_can_be_at_so_soon(minutes, asks, office, budi):
    one, other = punch(office, budi, 0, -5_100_000), punch(office, budi, minutes, -5_600_000)
    found = find(office, "dua_tempat")
    assert [[trace.ref for trace in odd.traces] for odd in found] == (
        [[f"attendance.punch:{row.pk}" for row in (one, other)]] if asks else []
    )
    if asks:
        assert "56 km dalam 5 menit" in found[0].sentence
    assert find(office, "dua_tempat", f"attendance.punch:{one.pk}") == []


def test_near_places_and_two_people_are_no_question(office, budi):
    punch(office, budi, 0, -5_100_000)
    punch(office, budi, 1, -5_110_000)
    punch(office, office.employee("Sari"), 2, -6_100_000)
    assert find(office, "dua_tempat") == []


def test_everybody_is_looked_at_however_many_there_are(office, budi, monkeypatch):
    for name in ("MOST_ROWS", "PEOPLE_AT_ONCE"):
        monkeypatch.setattr(signals, name, 2, raising=False)
    people = [budi, *(office.employee(name) for name in ("Cici", "Dodi", "Eka", "Feri"))]
    for person in people:
        for number in range(12):
            present(person, number, time(7, 25))
        punch(office, person, 0, -5_100_000)
        punch(office, person, 5, -5_600_000)
    for kind in ("menit_sama", "dua_tempat"):
        assert {odd.employee_id for odd in find(office, kind)} == {person.pk for person in people}, kind
