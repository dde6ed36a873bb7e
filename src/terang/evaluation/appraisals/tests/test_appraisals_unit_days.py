"""A unit may have other days, with a reason and a document: turns, drafts, duties and pages go by them."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from tests.cast import make_cast

from terang.audit.models import JournalEntry
from terang.evaluation.appraisals.days import days_of
from terang.evaluation.appraisals.duties import waiting_for
from terang.evaluation.appraisals.models import RatingWindow, UnitDays
from terang.evaluation.appraisals.raters import seat_of
from terang.evaluation.appraisals.selectors import open_windows
from terang.evaluation.appraisals.services import Days, drop_unit_days, set_unit_days
from terang.evaluation.appraisals.services.year import compute_open_windows
from terang.evaluation.models import Period
from terang.web.errors import NotAllowed, NotNow, Stale

LATER = date(2026, 12, 20)


def set_days(city, unit="register", opens=date(2026, 11, 20), closes=LATER, who="maya", **others):
    window = RatingWindow.objects.get(pk=city.window.pk)
    said = {"reason": "Kebakaran kantor", "form_key": uuid4(), "version": window.version} | others
    days = Days(opens, closes, said.pop("basis", "Surat Sekda 5/2026"))
    return set_unit_days(actor=city.viewer(who), window=window, unit=city.cast.units[unit], days=days, **said)


def rater_of(city, name):
    seat = seat_of(city.cast.people[name], city.window, city.day)
    return None if seat is None else next(key for key, each in city.cast.people.items() if each.pk == seat.rater_id)


def test_longer_days_keep_the_turn_with_the_appraiser_of_that_unit_only(city):
    set_days(city)
    city.day = date(2026, 12, 5)
    assert (rater_of(city, "andi"), rater_of(city, "hendra"), rater_of(city, "siti")) == ("hendra", "sri", "bambang")
    city.give("hendra", "andi")
    city.day = LATER
    assert rater_of(city, "rina") == "hendra"
    city.later(1)
    assert (rater_of(city, "rina"), rater_of(city, "hendra")) == ("sri", "mayor")
    assert city.give("sri", "rina").instead


def test_shorter_days_hand_the_turn_over_earlier(city):
    set_days(city, opens=date(2026, 11, 1), closes=date(2026, 11, 30))
    UnitDays.objects.update(closes_on=date(2026, 11, 22))
    assert (rater_of(city, "andi"), rater_of(city, "siti")) == ("sri", "dewi")
    with pytest.raises(NotAllowed):
        city.keep("hendra", "andi")
    assert city.decide("sri", "andi").instead


def test_the_nearest_unit_above_counts_and_what_lies_below_follows(city):
    set_days(city, "dukcapil")
    set_days(city, "register", closes=date(2026, 12, 10))
    city.day = date(2026, 12, 11)
    assert (rater_of(city, "andi"), rater_of(city, "hendra"), rater_of(city, "joko")) == ("sri", "mayor", "sri")
    city.day = date(2026, 12, 15)
    row = city.decide("sri", "andi")
    assert days_of(row).closes_on == date(2026, 12, 10)


def test_earlier_days_let_the_unit_begin_before_the_others(city):
    set_days(city, opens=date(2026, 11, 10))
    city.day = date(2026, 11, 12)
    assert city.keep("hendra", "andi").pk
    assert open_windows(city.viewer("hendra")) == [city.window]
    with pytest.raises(NotNow, match="dibuka 20 November 2026"):
        city.keep("mayor", "sri")


def test_the_duty_names_the_day_that_holds_for_ones_people(city):
    set_days(city)
    city.day = date(2026, 12, 5)
    [duty] = [each for each in waiting_for(city.viewer("hendra")) if "belum dinilai" in each.title]
    assert duty.detail == "Sampai 20 Desember 2026"
    [duty] = [each for each in waiting_for(city.viewer("bambang")) if "belum dinilai" in each.title]
    assert duty.detail == "Masa penilaian lewat; sekarang giliran Anda"


def test_an_appraiser_who_moved_still_rates_the_people_left_behind_while_their_days_last(city):
    set_days(city)
    city.day = date(2026, 12, 5)
    city.moves("hendra", "bkd_head", date(2026, 12, 3))
    assert rater_of(city, "andi") == "hendra"
    city.day = date(2026, 12, 21)
    assert rater_of(city, "andi") != "hendra"


def test_a_year_goes_on_being_computed_for_units_whose_days_last(city):
    set_days(city)
    Period.objects.update(kind="year")
    RatingWindow.objects.update(computed_on=None)
    city.day = date(2026, 12, 5)
    assert compute_open_windows() == 1
    city.day = date(2026, 12, 21)
    assert compute_open_windows() == 0


# ---------------------------------------------------------------- setting and dropping
def test_only_the_personnel_agency_sets_them_with_a_reason_and_a_document_and_sensible_days(city):
    for who in ("hendra", "sri", "mayor", "lina"):
        with pytest.raises(NotAllowed):
            set_days(city, who=who)
    for wrong, field in (
        ({"reason": " "}, "reason"),
        ({"basis": ""}, "basis"),
        ({"closes": date(2026, 11, 29)}, "closes_on"),
        ({"opens": date(2026, 10, 31)}, "opens_on"),
    ):
        with pytest.raises(ValidationError) as refused:
            set_days(city, **wrong)
        assert list(refused.value.message_dict) == [field]
    city.cast.units["far"] = make_cast("99.72", "Pemerintah Kota Lain").units["register"]
    with pytest.raises(NotAllowed):
        set_days(city, "far")
    assert not UnitDays.objects.exists()
    Period.objects.update(closed_at="2026-12-31T00:00Z")
    with pytest.raises(NotNow):
        set_days(city)


def test_the_same_form_twice_is_one_and_an_old_page_is_told(city):
    key = uuid4()
    first = set_days(city, form_key=key)
    assert set_days(city, form_key=key, version=0) == first
    with pytest.raises(Stale):
        set_days(city, version=0)
    again = set_days(city, closes=date(2026, 12, 10))
    assert again.pk == first.pk
    told = JournalEntry.objects.filter(verb="appraisals.unit_days_set").last()
    assert told.changes["days"] == [["2026-11-20", "2026-12-20"], ["2026-11-20", "2026-12-10"]]
    assert told.unit_id == city.cast.units["register"].pk


def test_dropped_the_unit_follows_the_window_again(city):
    row = set_days(city)
    city.day = date(2026, 12, 5)
    with pytest.raises(NotAllowed):
        drop_unit_days(actor=city.viewer("sri"), days=row, version=1)
    with pytest.raises(Stale):
        drop_unit_days(actor=city.viewer("maya"), days=row, version=0)
    drop_unit_days(actor=city.viewer("maya"), days=row, version=1)
    assert rater_of(city, "andi") == "sri"
    assert JournalEntry.objects.filter(verb="appraisals.unit_days_dropped").count() == 1


# ---------------------------------------------------------------- pages
def test_the_road_on_the_screen(city, sign_in):
    client, window = sign_in("maya"), city.window.get_absolute_url()
    assert "Semua unit mengikuti masa penilaian." in client.get(window).content.decode()
    address = reverse("appraisals:unit_days", args=[city.window.pk])
    form = client.get(address).context["form"]
    told = {
        "unit": city.cast.units["register"].pk,
        "opens_on": "2026-11-20",
        "closes_on": "2026-12-20",
        "reason": "",
        "basis": "Surat Sekda 5/2026",
        "version": form["version"].value(),
        "form_key": str(form["form_key"].value()),
    }
    assert client.post(address, told).status_code == 422
    page = client.post(address, told | {"reason": "Kebakaran kantor"}, follow=True).content.decode()
    assert "20 November 2026 sampai 20 Desember 2026" in page
    assert "Kebakaran kantor" in page
    desk = sign_in("hendra").get(reverse("appraisals:desk", args=[city.window.pk])).content.decode()
    assert "punya hari sendiri: 20 November 2026 sampai 20 Desember 2026" in desk
    drop = reverse("appraisals:drop_days", args=[city.window.pk, UnitDays.objects.get().pk])
    assert drop not in sign_in("lina").get(window).content.decode()
    assert (
        "kembali mengikuti masa penilaian" in sign_in("maya").post(drop, {"version": 1}, follow=True).content.decode()
    )


def test_the_desk_is_late_only_where_its_people_are(city, sign_in):
    set_days(city)
    city.day = date(2026, 12, 5)
    words = "Masa penilaian sudah lewat."
    assert words not in sign_in("hendra").get(reverse("appraisals:desk", args=[city.window.pk])).content.decode()
    assert words in sign_in("dewi").get(reverse("appraisals:desk", args=[city.window.pk])).content.decode()


def test_more_units_ask_no_more_questions(city, sign_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    set_days(city)
    pages = (city.window.get_absolute_url(), reverse("appraisals:desk", args=[city.window.pk]))
    counts = []
    for _round in range(2):
        for who, page in zip(("maya", "hendra"), pages, strict=True):
            client = sign_in(who)
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
            counts.append(len(asked))
        for unit in ("dukcapil", "health", "bkd", "puskesmas"):
            set_days(city, unit)
    assert counts[:2] == counts[2:]
