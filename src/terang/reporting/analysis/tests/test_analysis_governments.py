"""Governments side by side: published figures alone, each with how sure it is, and what cannot be compared."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import NOW, TODAY, ZONE, make_cast

from terang.evidence.citizens.models import Service, ServiceRequest
from terang.registry.organization.models import Agency, Unit
from terang.reporting.analysis.governments import Government, alike, apart, cautions, chart_of, published
from terang.rules.services.intervals import share_interval


def made(name, timely=90, finished=100, **more):
    """A government as it publishes itself."""
    told = {
        "code": name,
        "name": name,
        "kind": "kota",
        "months": "Sep–Nov 2026",
        "services": 3,
        "finished": finished,
        "timely_bp": timely * 10_000 // finished,
        "timely": share_interval(timely, finished),
        "ikm": 8000,
        "ikm_text": "80,00",
        "ikm_period": "Triwulan III 2026",
        "respondents": 100,
        "announced": True,
        "by_units": False,
        "promises": (),
    }
    return Government(**{**told, **more})


def test_only_intervals_that_do_not_overlap_are_told_as_different():
    """Of 100 each: 90 lies in 82.5–94.5 by Wilson, 80 in 71.1–86.7, 60 in 50.2–69.1."""
    found = [made("A", 90), made("B", 80), made("C", 60)]
    assert apart(found) == [("A", "C"), ("B", "C")]
    assert apart([made("A", 9, 10), made("B", 6, 10)]) == []


def test_the_picture_keeps_the_order_of_names_and_leaves_out_what_is_not_published():
    unknown = replace(made("C"), timely_bp=None, timely=None)
    chart = chart_of([made("A", 60), made("B", 90), unknown])
    assert [row.label for row in chart.rows] == ["A", "B"]
    assert chart_of([unknown]) is None


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"kind": "kabupaten"}, "Jenisnya berbeda"),
        ({"finished": 500, "timely": share_interval(450, 500)}, "Banyaknya permohonan berbeda: dari 100 sampai 500"),
        ({"services": 9}, "Cakupannya berbeda"),
        ({"months": "Jun–Agu 2026"}, "Jangka waktunya berbeda"),
        ({"by_units": True}, "IKM dihitung dengan cara berbeda"),
        ({"timely_bp": None, "timely": None}, "1 pemerintah belum punya cukup"),
    ],
)
def test_what_makes_a_comparison_unfair_is_said(other, words):
    like = made("A")
    assert cautions([like, replace(like, name="B")]) == []
    told = cautions([like, replace(like, name="B", **other)])
    assert len(told) == 1
    assert told[0].startswith(words)


@pytest.fixture
def two(db, monkeypatch):
    """Two cities with the same service: one finished eight, one four, too few for a real time."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    cache.clear()
    ours, theirs = make_cast(), make_cast("99.72", "Pemerintah Kota Lain")
    for cast, finished in ((ours, 8), (theirs, 4)):
        _serve(cast, finished)
    return ours, theirs


def _serve(cast, finished):
    service, _made = Service.objects.get_or_create(
        unit=cast.units["register"], code="KTP", defaults={"name": "KTP elektronik", "standard_minutes": 450}
    )
    at = datetime.combine(TODAY - timedelta(days=5), time(10), ZONE)
    for number in range(finished):
        ServiceRequest.objects.create(
            service=service,
            officer=cast.andi,
            tracking_code=f"{cast.agency.code}-{ServiceRequest.objects.count()}",
            received_at=at,
            completed_at=at,
            actual_minutes=300 if number else 900,
        )


def test_what_is_not_published_for_being_few_is_not_here_either(two):
    ours, theirs = published() if published()[0].code == "99.71" else reversed(published())
    assert ours.timely == share_interval(7, 8)
    assert (theirs.timely, theirs.timely_bp) == (None, None)
    assert alike([ours, theirs]) == []


def test_a_service_of_one_name_stands_side_by_side(two):
    _serve(two[1], 4)
    [service] = alike(published())
    assert service.name == "KTP elektronik"
    assert [offer.promise.finished for offer in service.offers] == [8, 8]
    assert not service.promises_differ


def test_the_page_is_for_those_who_may_analyse_and_names_nobody(two, client):
    ours, theirs = two
    client.force_login(ours.maya.user)
    page = client.get("/analisis/pemerintah/")
    text = page.content.decode()
    assert page.status_code == 200
    assert theirs.agency.name in text
    assert "Tidak dibandingkan: nilai pegawai." in text
    assert "baru satu pemerintah menerbitkan angka tepat waktu" in text
    assert ours.andi.name not in text
    client.force_login(ours.andi.user)
    assert client.get("/analisis/pemerintah/").status_code == 403


def test_kept_it_costs_the_same_however_many_governments(two):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            published()
        return len(asked)

    published()
    few = queries()
    third = Agency.objects.create(code="99.73", name="Pemerintah Kota Ketiga", kind="kota")
    unit = Unit.objects.create(agency=third, kind="dinas", code="D", name="Dinas", path="/9/", valid_from=TODAY)
    Service.objects.create(unit=unit, code="KK", name="Kartu keluarga", standard_minutes=450)
    published()
    assert queries() == few
