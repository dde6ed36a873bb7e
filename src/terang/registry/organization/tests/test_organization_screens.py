"""The screens of calendar, working time and outages."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.cast import SINCE, make_cast

from terang.registry.organization.models import Holiday, Outage, WorkWeek

READ = ("calendar", "work_weeks", "outages")
CHANGE = ("holiday_new", "work_week_new", "outage_new")


@pytest.mark.parametrize("name", ["maya", "andi", "tono", "mayor"])
def test_everybody_reads_and_only_the_personnel_agency_changes(cast, sign_in, name):
    client = sign_in(name)
    for page in READ:
        assert client.get(reverse(f"organization:{page}")).status_code == 200
    for page in CHANGE:
        expected = 200 if name == "maya" else 403
        assert client.get(reverse(f"organization:{page}")).status_code == expected


def test_the_year_shows_national_and_local_days_and_says_when_it_does_not_know(cast, sign_in):
    Holiday.objects.create(agency=cast.agency, day=date(2026, 11, 9), name="Hari jadi kota", basis="SE 5/2026")
    client = sign_in("andi")
    text = client.get(reverse("organization:calendar"), {"tahun": "2026"}).content.decode()
    for words in ("Proklamasi Kemerdekaan", "Hari jadi kota", "SE 5/2026"):
        assert words in text
    assert "belum ada dalam data" not in text
    unknown = client.get(reverse("organization:calendar"), {"tahun": "2031"}).content.decode()
    assert "belum ada dalam data" in unknown
    assert client.get(reverse("organization:calendar"), {"tahun": "9²x"}).status_code == 200


def test_a_local_day_is_added_refused_beside_its_field_and_removed(cast, sign_in):
    client = sign_in("maya")
    values = {"day": "2026-11-30", "name": "Hari jadi kota", "basis": "SE 5/2026"}
    assert client.post(reverse("organization:holiday_new"), values).status_code == 302
    again = client.post(reverse("organization:holiday_new"), values)
    assert again.status_code == 422
    assert "sudah ada di kalender" in again.content.decode()
    holiday = Holiday.objects.get()
    client.post(reverse("organization:holiday_remove", args=[holiday.pk]), {"reason": "Dicabut"})
    assert not Holiday.objects.exists()


def test_a_working_week_is_set_for_a_unit(cast, sign_in):
    values = {
        "unit": cast.units["register"].pk,
        "weekdays": ["1", "2", "3", "4", "5", "6"],
        "starts_at": "07:00",
        "ends_at": "13:30",
        "on": "2026-12-01",
    }
    assert sign_in("maya").post(reverse("organization:work_week_new"), values).status_code == 302
    week = WorkWeek.objects.get(unit=cast.units["register"])
    assert (week.weekdays, week.shifts) == ("123456", False)


def test_an_outage_is_entered_in_the_agencys_own_time_and_closed(cast, sign_in):
    client = sign_in("maya")
    begun = {"started_at": "2026-11-10T08:00", "cause": "Listrik padam"}
    assert client.post(reverse("organization:outage_new"), begun).status_code == 302
    outage = Outage.objects.get()
    assert outage.started_at.isoformat() == "2026-11-10T00:00:00+00:00"
    closing = client.post(reverse("organization:outage_end", args=[outage.pk]), {"ended_at": "2026-11-10T07:00"})
    assert closing.status_code == 422
    client.post(reverse("organization:outage_end", args=[outage.pk]), {"ended_at": "2026-11-10T11:00"})
    outage.refresh_from_db()
    assert outage.ended_at


def test_another_governments_rows_do_not_exist(cast, sign_in):
    other = make_cast("99.72", "Pemerintah Kota Lain")
    holiday = Holiday.objects.create(agency=other.agency, day=SINCE, name="Lain", basis="x")
    assert sign_in("maya").get(reverse("organization:holiday_remove", args=[holiday.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 50])
def test_pages_cost_the_same_however_many_rows(cast, sign_in, django_assert_max_num_queries, count):
    Holiday.objects.bulk_create(
        Holiday(agency=cast.agency, day=date(2026, 2, 1) + timedelta(days=n), name=f"Libur {n}", basis="SE")
        for n in range(count)
    )
    client = sign_in("maya")
    client.get(reverse("organization:calendar"))
    with django_assert_max_num_queries(12):
        client.get(reverse("organization:calendar"))
