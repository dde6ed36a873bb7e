"""A year of windows from a pattern in working days (Lampiran IV.A.8: a year's by 31 January)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.models import RatingWindow
from terang.evaluation.appraisals.services import Pattern, compute_open_windows, open_year, pattern_of
from terang.evaluation.appraisals.services.year import planned_windows
from terang.registry.organization.models import Holiday
from terang.web.errors import NotAllowed

PATTERN = Pattern(opens_before=2, closes_after=5, year_opens_before=8, year_closes_after=10)


def opened(city, name="maya", pattern=PATTERN, year=2026, basis="SE 20/2026"):
    return open_year(actor=city.viewer(name), year=year, pattern=pattern, basis=basis)


def days_of(start, kind="month"):
    row = RatingWindow.objects.get(period__kind=kind, period__starts_on=start)
    return row.opens_on, row.closes_on


def planned_days(city, start):
    """What the pattern gives for a month, whether or not it is over by today."""
    plan = planned_windows(city.cast.agency, start.year, PATTERN, "SE 20/2026", city.cast.today)
    found = next(each for each in plan if each.span.kind == "month" and each.span.start == start)
    return found.days.opens_on, found.days.closes_on


def test_days_are_counted_in_working_days_around_the_end_of_each_period(city):
    """August 2026 ends on a Monday: two working days before is Thursday 27, five after is Monday 7 September."""
    assert planned_days(city, date(2026, 8, 1)) == (date(2026, 8, 27), date(2026, 9, 7))


def test_a_local_holiday_moves_the_days(city):
    Holiday.objects.create(agency=city.cast.agency, day=date(2026, 8, 28), name="Hari jadi", kind="daerah")
    assert planned_days(city, date(2026, 8, 1))[0] == date(2026, 8, 26)


def test_the_year_stays_within_the_days_of_the_regulation_whatever_the_pattern(city):
    opened(city, pattern=Pattern(2, 5, 60, 60))
    assert days_of(date(2026, 1, 1), "year") == (date(2026, 12, 1), date(2027, 1, 31))


def test_what_is_there_stays_as_it_is_and_twice_adds_nothing(city):
    before = days_of(date(2026, 11, 1))
    assert [str(row.period.starts_on) for row in opened(city)] == ["2026-12-01", "2026-01-01"], "and the year"
    assert opened(city) == []
    assert days_of(date(2026, 11, 1)) == before
    assert RatingWindow.objects.count() == 3
    assert JournalEntry.objects.filter(verb="appraisals.year_opened").count() == 1
    assert pattern_of(city.cast.agency.pk) == PATTERN


def test_months_whose_days_are_over_are_not_opened_and_the_page_says_so(city, sign_in):
    """Opened now they would be the superior's to rate at once."""
    opened(city)
    assert not RatingWindow.objects.filter(closes_on__lt=city.cast.today).exists()
    told = {"year": 2026, "opens_before": 2, "closes_after": 5, "year_opens_before": 8, "year_closes_after": 10}
    page = sign_in("maya").post(reverse("appraisals:open_year"), told | {"basis": "SE 20/2026", "look": "1"})
    assert page.content.decode().count("sudah lewat; tidak dibuka") == 10


@pytest.mark.parametrize(
    ("others", "field"),
    [
        ({"pattern": Pattern(-1, 5, 8, 10)}, "opens_before"),
        ({"pattern": Pattern(2, 61, 8, 10)}, "closes_after"),
        ({"year": 2031}, "year"),
        ({"basis": " "}, "basis"),
    ],
)
def test_odd_numbers_are_refused_beside_their_field(city, others, field):
    with pytest.raises(ValidationError) as refused:
        opened(city, **others)
    assert list(refused.value.message_dict) == [field]
    assert RatingWindow.objects.count() == 1


@pytest.mark.parametrize("name", ["hendra", "mayor", "lina", "andi"])
def test_only_the_personnel_agency_opens_a_year(city, name):
    with pytest.raises(NotAllowed):
        opened(city, name)


def test_the_page_shows_the_days_before_anything_is_opened(city, sign_in):
    client = sign_in("maya")
    told = {"year": 2026, "opens_before": 2, "closes_after": 5, "year_opens_before": 8, "year_closes_after": 10}
    page = client.post(reverse("appraisals:open_year"), told | {"basis": "SE 20/2026", "look": "1"})
    assert "27 Agustus 2026" in page.content.decode()
    assert RatingWindow.objects.count() == 1
    wrong = client.post(reverse("appraisals:open_year"), told | {"basis": "SE", "opens_before": 99, "look": "1"})
    assert (wrong.status_code, "antara 0 dan 60" in wrong.content.decode()) == (422, True)
    client.post(reverse("appraisals:open_year"), told | {"basis": "SE 20/2026", "open": "1"})
    assert RatingWindow.objects.count() == 3


def test_the_scores_of_an_open_year_are_asked_for_once_a_day(city):
    opened(city)
    assert compute_open_windows() == 0
    city.day = days_of(date(2026, 1, 1), "year")[0]
    assert (compute_open_windows(), compute_open_windows()) == (1, 0)
    city.later(1)
    assert compute_open_windows() == 1


def test_planning_asks_a_fixed_number_of_questions(city, django_assert_num_queries):
    agency = city.cast.agency
    with django_assert_num_queries(4):
        planned_windows(agency, 2026, PATTERN, "SE", city.day)
    opened(city)
    with django_assert_num_queries(4):
        planned_windows(agency, 2026, PATTERN, "SE", city.day)
