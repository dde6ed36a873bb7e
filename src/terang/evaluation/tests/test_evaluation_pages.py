"""The pages of a score: four taps from the total to the records, who may open them, and the policy for everybody."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from terang.evaluation import plain
from terang.evaluation.services import open_periods, publish_policy, recompute
from terang.rules.policies import load_policy, preset_text


@pytest.fixture
def open_as(client, measured):
    """Opens an address as somebody of the cast; gives the response."""

    def open_as(name, address, **more):
        client.force_login(measured.cast.people[name].user)
        return client.get(address, **more)

    return open_as


def score_url(city, name="andi"):
    return reverse("evaluation:score", args=[city.period.pk, city.cast.people[name].pk])


def measure_url(city, aspect, measure):
    return reverse("evaluation:measure", args=[city.period.pk, city.cast.andi.pk, aspect, measure])


def text_of(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def test_the_total_opens_to_aspects_and_measures_with_points(measured, open_as):
    page = text_of(open_as("andi", score_url(measured)))
    assert "79,0" in page
    assert "Disiplin" in page
    assert "34,0" in page
    assert "45,0" in page
    assert "Dari 10 hari wajib hadir, 9 hari hadir: 9/10 = 90 %." in page
    assert f'href="{measure_url(measured, "disiplin", "attendance_rate")}"' in page
    assert "Kebijakan kinerja Kota Terang, versi 1" in page


def test_a_suggested_rating_says_what_it_is_drawn_from(measured, open_as):
    page = text_of(open_as("andi", score_url(measured)))
    assert "Rata-rata tertimbang bagian: " in page
    assert "Di atas ekspektasi mulai " in page


def test_a_measure_opens_to_its_formula_and_its_records(measured, open_as):
    page = text_of(open_as("andi", measure_url(measured, "disiplin", "attendance_rate")))
    assert "9/10 = 90 %" in page
    assert "Sumbangannya 90 % × 24 % = 21,6 poin." in page
    assert page.count("dihitung: hadir") == 9
    assert "dihitung: tidak hadir" in page
    assert "11 November 2026" in page


def test_guards_stand_beside_the_measure(measured, open_as):
    page = text_of(open_as("andi", measure_url(measured, "layanan", "service_timeliness")))
    assert "Kasus dibuka kembali" in page
    assert "0 dari 4 permohonan (0 %)" in page


def test_few_answers_stay_hidden(city, client):
    city.attend("andi", present=10)
    city.serve("andi", timely=1)
    city.answer("andi", 1, times=2)
    city.compute("andi")
    client.force_login(city.cast.andi.user)
    page = text_of(client.get(measure_url(city, "layanan", "citizen_satisfaction")))
    assert "Jawaban masih terlalu sedikit untuk dinilai." in page
    assert "IKM 25" not in page


@pytest.mark.parametrize("name", ["andi", "hendra", "sri", "maya", "agus", "lina", "mayor"])
def test_those_who_have_to_do_with_it_open_a_score(measured, open_as, name):
    assert open_as(name, score_url(measured)).status_code == 200
    assert open_as(name, measure_url(measured, "layanan", "service_timeliness")).status_code == 200


@pytest.mark.parametrize("name", ["rina", "joko", "tono", "dewi", "bambang"])
def test_colleagues_operators_and_other_units_do_not(measured, open_as, name):
    assert open_as(name, score_url(measured)).status_code == 403
    assert open_as(name, measure_url(measured, "layanan", "service_timeliness")).status_code == 403


def test_without_signing_in_nothing_opens(measured, client):
    assert client.get(score_url(measured)).status_code == 302


def test_an_unknown_measure_or_a_strangers_period_is_not_found(measured, open_as):
    assert open_as("andi", measure_url(measured, "layanan", "punctuality")).status_code == 404
    assert open_as("andi", reverse("evaluation:score", args=[9999, measured.cast.andi.pk])).status_code == 404


def test_where_there_is_no_score_yet_it_says_what_brings_one(measured, open_as):
    assert "Nilai muncul setelah bukti pertama" in text_of(open_as("rina", score_url(measured, "rina")))
    assert "Nilai muncul setelah bukti pertama" in text_of(open_as("rina", reverse("evaluation:mine")))
    assert open_as("andi", reverse("evaluation:mine")).url == score_url(measured)


def test_the_live_part_comes_alone(measured, open_as):
    response = open_as("andi", score_url(measured), headers={"HX-Request": "true"})
    assert response.content.decode().lstrip().startswith('<div id="nilai"')
    assert f'data-live="employee:{measured.cast.andi.pk}"' in response.content.decode()


def test_the_course_is_drawn_from_two_periods_on(measured, open_as):
    assert "setelah dua periode" in text_of(open_as("andi", score_url(measured)))
    [october] = open_periods(agency=measured.cast.agency, start=date(2026, 10, 1), end=date(2026, 10, 2))
    measured.attend("andi", present=5, first=date(2026, 10, 5))
    measured.serve("andi", timely=2, day=date(2026, 10, 5))
    recompute(employee_ids=[measured.cast.andi.pk], period=october)
    page = text_of(open_as("andi", score_url(measured)))
    assert "Okt 26" in page
    assert "dibanding Oktober 2026" in page


def test_opening_a_score_takes_few_queries(measured, open_as):
    open_as("andi", score_url(measured))
    with CaptureQueriesContext(connection) as own:
        open_as("andi", score_url(measured))
    assert len(own) <= 18, len(own)


def test_everybody_reads_the_policy_in_plain_words(measured, open_as):
    for name in ("andi", "tono", "lina"):
        page = text_of(open_as(name, reverse("evaluation:policy")))
        assert "Standarnya 65,0 dari 100." in page
        assert "Bila jawaban sendiri terlalu sedikit, dipakai nilai unit kerja" in page
        assert "setiap hari kerja, paling lambat 1 hari kerja sesudahnya (di wilayah tanpa sinyal 3 hari kerja)" in page
        assert "Atasan menjawab dalam 2 hari kerja" in page
        assert (reverse("policy_drafts:begin") in page) is (name == "maya")


def test_another_governments_policy_is_not_found(measured, open_as):
    publish_policy(agency=measured.cast.agency, text=measured.version.text.replace("version = 1", "version = 2"))
    assert open_as("andi", reverse("evaluation:policy_version", args=[2])).status_code == 200
    assert open_as("andi", reverse("evaluation:policy_version", args=[3])).status_code == 404


def test_the_rhythm_of_some_posts_is_told_in_words():
    text = preset_text("aceh_tenggara")
    told = plain.reporting(load_policy(text))
    assert told[1] == (
        "Untuk guru: sekali seminggu, paling lambat 2 hari kerja sesudahnya (di wilayah tanpa sinyal 3 hari kerja)."
    )
    text = text.replace("grace_days = 2\n", "grace_days = 0\n").replace('["guru"]', '["guru"]\nkinds = ["jpt"]')
    assert plain.reporting(load_policy(text))[1] == (
        "Untuk guru, Pimpinan tinggi: sekali seminggu, pada hari itu juga."
    )
