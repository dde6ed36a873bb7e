"""Working time of a unit, and the moments a time limit ends (vectors by hand; days off of SKB 3 Menteri 2026)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terang.evidence.citizens.working_time import OfficeTime, due_at, limit_words, nominal_minutes, office_time
from terang.registry.organization.calendars import AgencyCalendar
from terang.registry.organization.models import WorkWeek
from terang.rules.regulations.working_days import national_calendar

ZONE = ZoneInfo("Asia/Makassar")
OFFICE = OfficeTime(AgencyCalendar(national_calendar().holidays, (), frozenset({2026})), ZONE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-20T11:30", "2026-11-20T13:15", 45),  # over the break
        ("2026-11-20T17:00", "2026-11-20T22:00", 0),  # evening
        ("2026-11-20T15:00", "2026-11-23T08:00", 60 + 30),  # over the weekend
        ("2026-11-20T07:30", "2026-11-20T16:00", 450),  # a day
        ("2026-03-17T15:00", "2026-03-25T08:00", 60 + 30),  # Nyepi, Idulfitri and joint leave
        ("2026-11-20T10:00", "2026-11-20T10:00", 0),
        ("2026-11-20T12:00", "2026-11-20T10:00", 0),
    ],
)
def test_minutes_leave_out_break_night_and_days_off(start, end, minutes):
    assert OFFICE.minutes(at(start), at(end)) == minutes


@pytest.mark.parametrize(
    ("start", "limit", "unit", "due"),
    [
        ("2026-11-20T15:00", 5, "hari_kerja", "2026-11-27T15:00"),
        ("2026-11-20T15:00", 1, "hari_kerja", "2026-11-23T15:00"),
        ("2026-11-21T10:00", 1, "hari_kerja", "2026-11-23T16:00"),  # Saturday: Monday is the day
        ("2026-11-20T20:00", 1, "hari_kerja", "2026-11-23T16:00"),  # after hours
        ("2026-11-23T07:30", 1, "hari_kerja", "2026-11-23T16:00"),  # with the first minute of a day
        ("2026-11-23T12:30", 1, "hari_kerja", "2026-11-24T12:00"),  # in the break
        ("2026-03-13T10:00", 3, "hari_kerja", "2026-03-25T10:00"),  # joint leave of Idulfitri
        ("2026-05-11T09:00", 3, "hari_kerja", "2026-05-18T09:00"),
        ("2026-08-14T09:00", 5, "hari_kerja", "2026-08-24T09:00"),
        ("2026-11-20T15:30", 60, "menit", "2026-11-23T08:00"),
        ("2026-11-20T11:00", 2, "jam", "2026-11-20T14:00"),
        ("2026-11-20T15:00", 10, "menit", "2026-11-20T15:10"),
        ("2026-11-20T10:00", 12, "hari", "2026-12-02T10:00"),
        ("2026-11-20T10:00", 8, "hari", "2026-11-30T07:30"),  # a Saturday: when the office opens next
    ],
)
def test_a_time_limit_ends(start, limit, unit, due):
    assert due_at(OFFICE, at(start), limit, unit) == at(due)


@pytest.mark.parametrize(
    ("limit", "unit", "minutes"),
    [(90, "menit", 90), (3, "jam", 180), (5, "hari_kerja", 2250), (7, "hari", 2250), (12, "hari", 3857)],
)
def test_a_limit_by_itself_in_working_minutes(limit, unit, minutes):
    assert nominal_minutes(limit, unit) == minutes


def test_a_published_limit_in_words():
    assert limit_words(3, "hari_kerja", 1) == "1 sampai 3 hari kerja"
    assert limit_words(10, "menit") == "10 menit kerja"
    assert limit_words(12, "hari") == "12 hari kalender"


STARTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 30)).map(  # noqa: DTZ001 (Hypothesis asks for naive bounds)
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=ZONE)
)


@given(STARTS, st.integers(1, 5000))
def test_so_many_minutes_later_is_so_many_minutes_apart(start, minutes):
    """And it is the first such moment: a minute earlier is one less."""
    due = OFFICE.after(start, minutes)
    assert OFFICE.minutes(start, due) == minutes
    assert OFFICE.minutes(start, due - timedelta(minutes=1)) == minutes - 1


@given(STARTS, st.integers(1, 60))
def test_working_days_are_as_long_as_their_minutes(start, days):
    due = OFFICE.working_days_after(start, days)
    assert OFFICE.minutes(start, due) == days * 450
    assert OFFICE.calendar.is_working_day(due.date())


@given(STARTS, STARTS, STARTS)
def test_time_adds_up(one, two, three):
    """Whatever is paid on one side of a moment is not paid on the other: nothing lost, nothing twice."""
    first, middle, last = sorted((one, two, three))
    assert OFFICE.minutes(first, middle) + OFFICE.minutes(middle, last) == OFFICE.minutes(first, last)


def test_a_unit_works_by_its_own_hours_and_days(office):
    WorkWeek.objects.create(
        agency=office.agency,
        unit=office.unit,
        weekdays="123456",
        starts_at=time(8),
        ends_at=time(14),
        valid_from=date(2020, 1, 1),
    )
    own, all_others = office_time(office.unit), office_time(office.root)
    saturday = date(2026, 11, 21)
    assert own.minutes(office.moment(saturday, 8), office.moment(saturday, 16)) == 6 * 60  # worked through
    assert all_others.minutes(office.moment(saturday, 8), office.moment(saturday, 16)) == 0
    friday = office.moment(date(2026, 11, 20), 13)
    assert own.working_days_after(friday, 1) == office.moment(saturday, 13)


def test_a_night_shift_reaches_into_the_next_day(office):
    WorkWeek.objects.create(
        agency=office.agency,
        unit=office.unit,
        weekdays="1234567",
        starts_at=time(21),
        ends_at=time(5),
        shifts=True,
        valid_from=date(2020, 1, 1),
    )
    night = office_time(office.unit)
    assert night.minutes(office.moment(date(2026, 11, 20), 23), office.moment(date(2026, 11, 21), 2)) == 180
