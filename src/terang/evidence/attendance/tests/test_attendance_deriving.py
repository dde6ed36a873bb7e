"""From what is known to one explained status a day: never absent without being sure, never changed by repetition."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from terang.audit.models import JournalEntry
from terang.evidence.attendance.models import (
    DERIVED,
    AttendanceDay,
    DayDispute,
    DayStatus,
    Device,
    Duty,
    Leave,
    Origin,
    PinHolder,
    Punch,
    RosterShift,
    WorkHours,
)
from terang.evidence.attendance.reading import Reading
from terang.evidence.attendance.services.deriving import Outcome, derive_days
from terang.evidence.attendance.services.incoming import add_punches
from terang.registry.organization.models import Holiday, Outage, WorkWeek

MONDAY = date(2026, 11, 16)
WEEK = (MONDAY, MONDAY + timedelta(days=7))
LATER = datetime(2026, 11, 23, 1, tzinfo=UTC)
KEY = iter(range(10_000))


@pytest.fixture
def device(office):
    return Device.objects.create(agency=office.agency, serial="A1", name="Alat pintu depan")


@pytest.fixture
def budi(office, device):
    person = office.employee("Budi")
    enrol(person, "17")
    return person


def enrol(person, pin, since=date(2020, 1, 1), until=None):
    return PinHolder.objects.create(agency=person.agency, pin=pin, employee=person, starts_on=since, ends_on=until)


def at(day, clock):
    return datetime.combine(day, time.fromisoformat(clock))


def punch(device, pin, *moments, origin=Origin.FILE):
    return add_punches(device=device, readings=[Reading(pin, moment) for moment in moments], origin=origin)


def heard_all(device, until=LATER):
    """The device told of everything from before the week until after it."""
    device.heard = [["2026-11-01T00:00:00+00:00", until.isoformat()]]
    device.save()


def derive(office, span=WEEK, **more):
    return derive_days(agency=office.agency, start=span[0], end=span[1], **more)


def day_of(person, day=MONDAY):
    return AttendanceDay.objects.filter(employee=person, day=day).first()


def statuses(person):
    return {row.day.day: row.status for row in AttendanceDay.objects.filter(employee=person).order_by("day")}


def key():
    return f"00000000-0000-0000-0000-{next(KEY):012}"


def test_a_week_from_its_punches(office, device, budi):
    WorkWeek.objects.create(agency=office.agency, starts_at=time(7, 30), ends_at=time(16), valid_from=date(2020, 1, 1))
    punch(device, "17", at(MONDAY, "07:25:40"), at(MONDAY, "16:02"))
    punch(device, "17", at(MONDAY + timedelta(days=1), "07:45"), at(MONDAY + timedelta(days=1), "15:30"))
    heard_all(device)
    assert derive(office) == Outcome(2, 1, 5, 0)
    monday, tuesday = day_of(budi), day_of(budi, MONDAY + timedelta(days=1))
    assert (monday.status, monday.check_in, monday.check_out, monday.source) == (
        "hadir",
        time(7, 25),
        time(16, 2),
        DERIVED,
    )
    assert (tuesday.late_minutes, tuesday.early_minutes) == (15, 30)
    assert tuesday.reason["params"] == {"late": 15, "early": 30}
    assert statuses(budi) == {16: "hadir", 17: "hadir", 18: "tanpa_keterangan", 19: "tanpa_keterangan",
                              20: "tanpa_keterangan"}  # fmt: skip


def test_nobody_is_absent_before_the_devices_have_told(office, device, budi):
    stranger = office.employee("Tanpa PIN")
    punch(device, "17", at(MONDAY, "07:25"))
    derive(office)
    assert statuses(budi) == {16: "hadir"}
    assert not day_of(budi).missing_out
    punch(device, "17", at(MONDAY + timedelta(days=1), "16:05"), origin=Origin.PUSH)
    derive(office)
    assert statuses(budi) == {16: "hadir", 17: "hadir"}
    assert day_of(budi).missing_out
    assert day_of(budi, MONDAY + timedelta(days=1)).missing_in
    assert statuses(stranger) == {}


def test_a_gap_between_two_files_is_not_known(office, device, budi):
    punch(device, "17", at(MONDAY, "07:25"), at(MONDAY, "16:40"))
    punch(device, "17", at(MONDAY + timedelta(days=3), "07:25"), at(MONDAY + timedelta(days=3), "16:40"))
    derive(office)
    assert statuses(budi) == {16: "hadir", 19: "hadir"}


def test_every_device_of_the_nearest_unit_must_have_told(office, device, budi):
    """The device of the whole government does not speak for a unit that has its own."""
    own = Device.objects.create(agency=office.agency, unit=office.unit, serial="B1", name="Alat unit")
    heard_all(device)
    heard_all(own, datetime(2026, 11, 17, 12, tzinfo=UTC))
    derive(office)
    assert statuses(budi) == {16: "tanpa_keterangan", 17: "tanpa_keterangan"}


def test_deriving_again_changes_nothing_and_journals_nothing(office, device, budi):
    punch(device, "17", at(MONDAY, "07:25"), at(MONDAY, "16:40"))
    heard_all(device)
    derive(office)
    entry = JournalEntry.objects.get(verb="attendance.days_derived")
    assert entry.subject_employee_id == budi.pk
    assert entry.unit_id == office.unit.pk
    assert entry.changes["day"] == ["2026-11-16", "2026-11-20"]
    rows = list(AttendanceDay.objects.order_by("pk").values())
    assert derive(office) == Outcome(2, 0, 0, 0)
    assert list(AttendanceDay.objects.order_by("pk").values()) == rows
    assert JournalEntry.objects.filter(verb="attendance.days_derived").count() == 1


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_arrival_does_not_matter(office, device, budi, turned):
    moments = [at(MONDAY, "07:40"), at(MONDAY, "12:00"), at(MONDAY, "15:50"), at(MONDAY + timedelta(days=2), "07:00")]
    for moment in reversed(moments) if turned else moments:
        punch(device, "17", moment)
        derive(office)
    heard_all(device)
    derive(office)
    row = day_of(budi)
    assert (row.late_minutes, row.early_minutes, row.check_out) == (10, 10, time(15, 50))
    assert statuses(budi)[18] == "hadir"


def test_a_night_shift_ends_the_next_morning_and_each_punch_is_of_one_day(office, device, budi):
    """Two nights of 21.00 to 07.00 one after the other, then a day shift from 14.00."""
    for offset, begins, ends in ((0, 21 * 60, 31 * 60), (1, 21 * 60, 31 * 60), (2, 14 * 60, 21 * 60)):
        RosterShift.objects.create(
            employee=budi, day=MONDAY + timedelta(days=offset), start_minute=begins, end_minute=ends
        )
    one, two = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    punch(device, "17", at(MONDAY, "20:55"), at(one, "07:04"), at(one, "21:10"), at(two, "06:30"))
    punch(device, "17", at(two, "13:58"), at(two, "21:01"))
    heard_all(device)
    derive(office)
    assert statuses(budi) == {16: "hadir", 17: "hadir", 18: "hadir"}
    first, second, third = (day_of(budi, MONDAY + timedelta(days=n)) for n in range(3))
    assert (first.check_in, first.check_out, first.late_minutes) == (time(20, 55), time(7, 4), 0)
    assert (second.late_minutes, second.early_minutes) == (10, 30)
    assert (third.check_in, third.check_out) == (time(13, 58), time(21, 1))


def test_a_punch_between_two_shifts_goes_to_the_nearer(office, device, budi):
    """Until 24.00, then from 06.00: a punch at 02.00 ends the evening, one at 05.00 begins the morning."""
    for offset, begins, ends in ((0, 16 * 60, 24 * 60), (1, 6 * 60, 14 * 60)):
        RosterShift.objects.create(
            employee=budi, day=MONDAY + timedelta(days=offset), start_minute=begins, end_minute=ends
        )
    one = MONDAY + timedelta(days=1)
    punch(device, "17", at(MONDAY, "16:00"), at(one, "02:00"), at(one, "05:00"), at(one, "14:00"))
    heard_all(device)
    derive(office)
    assert day_of(budi).check_out == time(2)
    assert day_of(budi, one).check_in == time(5)


def test_an_outage_excuses_by_itself(office, device, budi):
    heard_all(device)
    derive(office)
    assert statuses(budi)[16] == "tanpa_keterangan"
    cut = {"started_at": office.moment(MONDAY, 7), "ended_at": office.moment(MONDAY, 9), "cause": "Listrik padam"}
    elsewhere = office.agency.units.create(kind="dinas", code="9", name="Lain", path="/9/", valid_from=MONDAY)
    outage = Outage.objects.create(agency=office.agency, unit=elsewhere, **cut)
    derive(office)
    assert statuses(budi)[16] == "tanpa_keterangan"
    outage.unit = office.root
    outage.save()
    derive(office)
    assert statuses(budi)[16] == "gangguan"
    assert statuses(budi)[17] == "tanpa_keterangan"
    punch(device, "17", at(MONDAY, "16:05"))
    derive(office)
    assert (day_of(budi).status, day_of(budi).missing_in) == ("hadir", False)


def test_leave_and_duty_take_the_day_out_and_clashes_are_kept(office, device, budi):
    heard_all(device)
    wide = {"starts_on": MONDAY, "ends_on": MONDAY + timedelta(days=2)}
    leave = Leave.objects.create(
        employee=budi, kind="tahunan", working_days=2, reason="x", requested_at=LATER, form_key=key(), **wide
    )
    derive(office)
    assert statuses(budi)[16] == "tanpa_keterangan"
    Leave.objects.filter(pk=leave.pk).update(state="disetujui")
    tuesday = {"starts_on": MONDAY + timedelta(days=1), "ends_on": MONDAY + timedelta(days=3)}
    duty = Duty.objects.create(
        agency=office.agency, letter="SPT 9", signed_by="x", purpose="x", place="x", form_key=key(), **tuesday
    )
    duty.people.add(budi)
    punch(device, "17", at(MONDAY, "07:25"))
    derive(office)
    assert statuses(budi) == {16: "cuti", 17: "cuti", 18: "dinas_luar", 19: "tanpa_keterangan", 20: "tanpa_keterangan"}
    assert [clash["text"] for clash in day_of(budi).clashes] == ["Ada rekaman kehadiran pada hari ini."]
    Duty.objects.filter(pk=duty.pk).update(cancelled_on=MONDAY)
    Leave.objects.filter(pk=leave.pk).update(state="ditarik")
    derive(office)
    assert set(statuses(budi).values()) == {"hadir", "tanpa_keterangan"}


def test_an_accepted_dispute_sets_the_day_until_something_new_is_known(office, device, budi):
    heard_all(device)
    DayDispute.objects.create(
        employee=budi, day=MONDAY, text="Alat rusak", state="diterima", raised_at=office.moment(MONDAY),
        granted_status="hadir", answer="Ada saksi", decided_at=office.moment(MONDAY, 11), form_key=key(),
    )  # fmt: skip
    derive(office)
    assert (day_of(budi).status, day_of(budi).reason["params"]["answer"]) == ("hadir", "Ada saksi")
    punch(device, "17", at(MONDAY, "09:30"), at(MONDAY, "16:00"))
    derive(office)
    assert day_of(budi).late_minutes == 120


def test_rows_of_another_source_stand_until_more_is_known(office, device, budi):
    heard_all(device)
    given = AttendanceDay.objects.create(employee=budi, day=MONDAY, status=DayStatus.PRESENT, source="impor lama")
    AttendanceDay.objects.create(employee=budi, day=MONDAY + timedelta(days=5), status="hadir", source="impor lama")
    derive(office)
    assert day_of(budi).source == "impor lama"
    assert statuses(budi)[21] == "hadir"
    punch(device, "17", at(MONDAY, "08:00"), at(MONDAY, "16:00"))
    derive(office)
    row = day_of(budi)
    assert (row.pk, row.source, row.late_minutes) == (given.pk, DERIVED, 30)


def test_a_day_that_became_a_day_off_is_taken_back(office, device, budi):
    heard_all(device)
    derive(office)
    Holiday.objects.create(agency=office.agency, day=MONDAY, name="Hari Jadi Kota")
    assert derive(office) == Outcome(2, 1, 0, 1)
    assert day_of(budi) is None


def test_the_nearest_hours_count_and_then_those_that_began_last(office, device, budi):
    def hours(unit, since, start, until=None, days=range(5)):
        for weekday in days:
            WorkHours.objects.create(
                agency=office.agency, unit=unit, label="x", weekday=weekday, starts_at=start, ends_at=time(15),
                valid_from=since, valid_to=until,
            )  # fmt: skip

    def late():
        derive(office)
        return day_of(budi).late_minutes

    punch(device, "17", at(MONDAY, "09:00"), at(MONDAY, "16:00"))
    heard_all(device)
    assert late() == 90
    hours(None, date(2026, 1, 1), time(8))
    assert late() == 60
    hours(None, date(2026, 11, 1), time(8, 30), until=date(2026, 12, 1))
    assert late() == 30
    hours(None, date(2026, 10, 1), time(6), until=date(2026, 11, 1))
    hours(office.root, date(2020, 1, 1), time(8, 50), days=range(1))
    assert late() == 10
    assert statuses(budi) == {16: "hadir"}


def test_elected_heads_and_people_who_left_have_no_days(office, device, budi):
    mayor = office.employee("Wali Kota")
    enrol(mayor, "1")
    mayor.assignments.get().post.__class__.objects.filter(assignments__employee=mayor).update(kind="kepala_daerah")
    type(budi).objects.filter(pk=budi.pk).update(left_on=MONDAY + timedelta(days=2))
    heard_all(device)
    derive(office)
    assert statuses(mayor) == {}
    assert set(statuses(budi)) == {16, 17}


def test_as_many_queries_for_fifty_people_as_for_one(office, device, budi):
    people = [budi, *(office.employee(f"Pegawai {n}") for n in range(50))]
    for number, person in enumerate(people[1:]):
        enrol(person, f"9{number}")
    heard_all(device)
    counted = []
    for ids in ([budi.pk], [person.pk for person in people]):
        with CaptureQueriesContext(connection) as queries:
            derive(office, employee_ids=ids)
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert AttendanceDay.objects.count() == 51 * 5
    assert Punch.objects.count() == 0
