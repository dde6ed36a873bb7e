"""Working days, days off and outages of an agency."""

from datetime import date, datetime, timedelta

import pytest
from tests.cast import TODAY, ZONE, make_cast

from terang.registry.organization.calendars import (
    calendars_of,
    days_off,
    deadline_calendar,
    is_working_day,
    outage_days,
    working_days,
)
from terang.registry.organization.models import Holiday, Outage, WorkWeek
from terang.rules.regulations.working_days import deadline


def test_weekends_national_holidays_and_joint_leave_are_no_working_days(cast):
    days = working_days(cast.agency, date(2026, 3, 16), date(2026, 3, 30))
    assert days == [date(2026, 3, day) for day in (16, 17, 25, 26, 27)]


def test_the_end_is_not_included_and_an_empty_span_has_no_days(cast):
    assert working_days(cast.agency, TODAY, TODAY + timedelta(days=1)) == [TODAY]
    assert working_days(cast.agency, TODAY, TODAY) == []
    assert working_days(cast.agency, TODAY, TODAY - timedelta(days=3)) == []


def test_a_local_holiday_counts_for_its_agency_only(cast):
    other = make_cast("99.72", "Pemerintah Kota Lain")
    Holiday.objects.create(agency=cast.agency, day=TODAY, name="Hari jadi kota", basis="SE 5/2026")
    assert not is_working_day(cast.agency, TODAY)
    assert is_working_day(other.agency, TODAY)


def test_a_unit_with_shifts_works_on_sundays_and_holidays_and_others_do_not(cast):
    christmas = date(2026, 12, 25)
    assert is_working_day(cast.agency, christmas, cast.units["puskesmas"])
    assert not is_working_day(cast.agency, christmas)
    assert not is_working_day(cast.agency, christmas, cast.units["health"])


def test_the_nearest_week_up_the_tree_counts_from_its_day(cast):
    WorkWeek.objects.create(
        agency=cast.agency,
        unit=cast.units["dukcapil"],
        weekdays="123456",
        starts_at="07:30",
        ends_at="14:00",
        valid_from=date(2026, 11, 1),
    )
    assert is_working_day(cast.agency, date(2026, 11, 21), cast.units["register"])
    assert not is_working_day(cast.agency, date(2026, 10, 24), cast.units["register"])
    assert not is_working_day(cast.agency, date(2026, 11, 21), cast.units["bkd"])


def test_deadlines_use_the_agencys_own_days(cast):
    assert deadline(date(2026, 3, 13), 14, deadline_calendar(cast.agency)) == date(2026, 4, 10)
    Holiday.objects.create(agency=cast.agency, day=date(2026, 4, 9), name="Hari jadi kota")
    assert deadline(date(2026, 3, 13), 14, deadline_calendar(cast.agency)) == date(2026, 4, 13)


def test_the_year_lists_national_and_own_days_with_their_source(cast):
    Holiday.objects.create(agency=cast.agency, day=TODAY, name="Hari jadi kota", basis="SE 5/2026")
    days = days_off(cast.agency, 2026)
    assert [d.name for d in days if d.pk] == ["Hari jadi kota"]
    assert len(days) == 26
    assert all(d.basis for d in days)
    assert days_off(cast.agency, 1999) == []


def at(day, hour):
    return datetime(2026, 11, day, hour, tzinfo=ZONE)


def test_outage_days_are_the_local_days_touched(cast):
    Outage.objects.create(agency=cast.agency, started_at=at(10, 22), ended_at=at(12, 0), cause="Listrik padam")
    assert outage_days(cast.agency, date(2026, 11, 1), date(2026, 12, 1)) == {date(2026, 11, 10), date(2026, 11, 11)}
    assert outage_days(cast.agency, date(2026, 11, 11), date(2026, 11, 12)) == {date(2026, 11, 11)}
    assert outage_days(cast.agency, date(2026, 11, 12), date(2026, 12, 1)) == set()


def test_an_outage_of_a_unit_excuses_that_unit_only(cast):
    Outage.objects.create(
        agency=cast.agency, unit=cast.units["dukcapil"], started_at=at(10, 8), ended_at=at(10, 12), cause="Kabel putus"
    )
    span = (date(2026, 11, 1), date(2026, 12, 1))
    assert outage_days(cast.agency, *span, cast.units["register"]) == {date(2026, 11, 10)}
    assert outage_days(cast.agency, *span, cast.units["bkd"]) == set()
    assert outage_days(cast.agency, *span) == set()


@pytest.mark.parametrize("many", [False, True])
def test_calendars_cost_two_queries_however_many_units(cast, many, django_assert_num_queries):
    units = list(cast.units.values()) if many else [cast.units["root"]]
    with django_assert_num_queries(2):
        assert len(calendars_of(cast.agency, units)) == len(units)
