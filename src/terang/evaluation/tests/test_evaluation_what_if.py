"""Bagaimana jika…: one's own next steps through the same rules, by hand; nothing stored, nobody else sees."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import TODAY

from terang.evaluation.models import Score
from terang.evaluation.whatif.ahead import ahead_of
from terang.evaluation.whatif.comparing import compare
from terang.evaluation.whatif.imagining import Steps
from terang.evidence.citizens.ahead import InHand
from terang.evidence.citizens.models import ServiceRequest


def ahead(city, name="andi"):
    person = city.cast.people[name]
    return ahead_of(person, city.period, city.version, timezone.now(), TODAY)


def url(city):
    return reverse("evaluation:what_if", args=[city.period.pk])


def text_of(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


@pytest.fixture
def working(measured):
    """Andi with two requests in hand, both still in time."""
    for number in range(2):
        ServiceRequest.objects.create(
            service=measured.service(),
            officer=measured.cast.andi,
            tracking_code=f"OPEN-{number}",
            received_at=timezone.now(),
            state="diproses",
            standard_minutes=450,
        )
    return measured


def test_no_step_is_todays_score_to_the_last_digit(measured):
    kept = measured.score("andi")
    told = compare(ahead(measured), Steps())
    names = ("total_bp", "coverage_bp", "status", "work_result", "work_result_bp", "behaviour", "behaviour_bp")
    assert [getattr(told.now.score, name) for name in names] == [getattr(kept, name) for name in names]
    assert told.then == replace(told.now, score=told.then.score, aspects=told.then.aspects)
    assert told.total.before_bp == told.total.after_bp == 7904
    assert not any(each.score.moves or each.points.moves for each in told.aspects)


def test_ten_more_days_by_hand(measured):
    """19/20 present = 9500, 17/19 on time = 8947; 24 % · 9500 + 16 % · 8947 + 30 % · 7500 + 30 % · 7500 = 8211.52."""
    told = compare(ahead(measured), Steps(days=10))
    discipline, service = told.aspects
    assert [each.after_bp for each in discipline.measures] == [9500, 8947]
    assert told.total.after_bp == 8212
    assert discipline.score.after_bp == 9279  # (24 · 9500 + 16 · 8947) / 40
    assert not service.score.moves


def test_two_requests_in_time_by_hand(working):
    """5 of 6 in time = 8333 instead of 3 of 4; 24 % · 9000 + 16 % · 7778 + 30 % · 8333 + 30 % · 7500 = 8154.38."""
    told = compare(ahead(working), Steps(requests=2))
    assert told.aspects[1].measures[0].after_bp == 8333
    assert told.total.after_bp == 8154


def test_what_others_say_stays_fixed(measured):
    assert [line.code for line in compare(ahead(measured), Steps(days=3)).fixed] == ["citizen_satisfaction"]


@given(days=st.integers(0, 12), more=st.integers(0, 12), requests=st.integers(0, 5), further=st.integers(0, 5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_doing_more_never_lowers_the_total(rows_of_andi, days, more, requests, further):
    less = compare(rows_of_andi, Steps(days=days, requests=requests)).total.after_bp
    most = compare(rows_of_andi, Steps(days=days + more, requests=requests + further)).total.after_bp
    assert most >= less


@pytest.fixture
def rows_of_andi(measured):
    """Read once: the property asks the rules, not the database."""
    return replace(ahead(measured), requests=InHand((450,) * 10, 0))


def test_nothing_is_stored(measured, client):
    before = list(Score.objects.values())
    client.force_login(measured.cast.andi.user)
    assert client.get(url(measured), {"hadir": "5"}).status_code == 200
    assert list(Score.objects.values()) == before


def test_the_page_offers_what_is_open_and_answers(working, client):
    client.force_login(working.cast.andi.user)
    page = text_of(client.get(url(working)))
    assert "Permohonan selesai sesuai standar waktu" in page
    assert "Pengaduan dijawab" not in page
    assert "Belum ada langkah yang dipilih" in page
    page = text_of(client.get(url(working), {"layanan": "2"}))
    assert "81,5" in page
    assert "79,0" in page
    assert "Yang tidak dapat Anda janjikan sendiri" in page


def test_the_answer_alone_comes_for_htmx(working, client):
    client.force_login(working.cast.andi.user)
    part = client.get(url(working), {"layanan": "1"}, headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<section id="andai"')


def test_more_than_is_open_is_told_beside_the_field(working, client):
    client.force_login(working.cast.andi.user)
    response = client.get(url(working), {"layanan": "99"})
    assert response.status_code == 422
    assert response.context["form"].errors["layanan"]


def test_everybody_sees_only_the_own_one(measured, client):
    """A head of unit who opens the same address imagines for herself."""
    client.force_login(measured.cast.people["sri"].user)
    page = client.get(url(measured))
    assert page.status_code == 200
    assert "79,0" not in text_of(page)


def test_a_period_that_does_not_run_says_so(measured, client):
    client.force_login(measured.cast.andi.user)
    measured.period.closed_at = timezone.now()
    measured.period.save()
    assert "Periode ini tidak sedang berjalan" in text_of(client.get(url(measured)))
    assert client.get(reverse("evaluation:what_if", args=[9999])).status_code == 404


def test_the_score_page_leads_there_only_for_oneself(measured, client):
    address = reverse("evaluation:score", args=[measured.period.pk, measured.cast.andi.pk])
    client.force_login(measured.cast.andi.user)
    assert url(measured) in client.get(address).content.decode()
    client.force_login(measured.cast.people["sri"].user)
    assert url(measured) not in client.get(address).content.decode()


def test_as_many_queries_with_much_open_as_with_little(working, client):
    client.force_login(working.cast.andi.user)
    client.get(url(working))
    with CaptureQueriesContext(connection) as few:
        client.get(url(working))
    for number in range(50):
        ServiceRequest.objects.create(
            service=working.service(),
            officer=working.cast.andi,
            tracking_code=f"MORE-{number}",
            received_at=timezone.now(),
            state="diproses",
            standard_minutes=450,
        )
    with CaptureQueriesContext(connection) as many:
        client.get(url(working), {"layanan": "20", "hadir": "2"})
    assert len(many) == len(few)
