"""The pages: what they show, keep and refuse, and what they ask the database."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from terang.evaluation.appraisals.models import Appraisal, AppraisalState, OrganisationPredicate
from terang.evaluation.appraisals.page import openable
from terang.evaluation.models import ScoreComponent
from terang.evidence.figures import Figure
from terang.registry.people.models import Assignment

RATE = {"work_result": "meets", "behaviour": "meets"}


def rate(client, city, name, **said):
    address = reverse("appraisals:rate", args=[city.window.pk, city.cast.people[name].pk])
    return client.post(address, {"form_key": str(uuid4()), "version": city.version_of(name), **RATE, **said})


def test_a_draft_is_kept_and_the_page_shows_it_again(city, sign_in):
    client = sign_in("hendra")
    assert rate(client, city, "andi", notes="Teruskan", keep="1").status_code == 302
    page = client.get(reverse("appraisals:rate", args=[city.window.pk, city.cast.andi.pk])).content.decode()
    assert "Teruskan" in page
    assert Appraisal.objects.get().state == AppraisalState.DRAFT


def test_deciding_without_a_due_reason_keeps_everything_and_says_why(city, sign_in):
    city.suggest("andi", "below", "meets")
    answer = rate(sign_in("hendra"), city, "andi", notes="Teruskan", decide="1")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bukti mengusulkan hasil kerja" in page
    assert "Teruskan" in page
    assert Appraisal.objects.get().state == AppraisalState.DRAFT


def test_the_refused_page_may_be_sent_again(city, sign_in):
    city.suggest("andi", "below", "meets")
    client, key = sign_in("hendra"), str(uuid4())
    assert rate(client, city, "andi", form_key=key, version=0, decide="1").status_code == 422
    again = rate(client, city, "andi", form_key=key, version=0, reason="Ada cuti panjang", decide="1")
    assert again.status_code == 302
    assert Appraisal.objects.get().state == AppraisalState.DECIDED


def test_deciding_goes_on_to_the_next_person(city, sign_in):
    answer = rate(sign_in("hendra"), city, "andi", onward="1")
    assert answer.url == reverse("appraisals:rate", args=[city.window.pk, city.cast.rina.pk])
    answer = rate(sign_in("hendra"), city, "rina", onward="1")
    assert answer.url == reverse("appraisals:desk", args=[city.window.pk])


def test_an_old_page_is_told_that_it_was_not_used_and_a_second_click_is_not(city, sign_in):
    client, unused = sign_in("hendra"), "Isian dari halaman lama tidak dipakai"
    for _twice in range(2):
        answer = rate(client, city, "andi", decide="1")
        assert unused not in client.get(answer.url).content.decode()
    old = rate(client, city, "andi", work_result="above", reason="Lebih cepat", decide="1")
    assert unused in client.get(old.url).content.decode()
    assert Appraisal.objects.get().work_result == "meets"


def test_handing_over_and_the_employees_side(city, sign_in):
    client = sign_in("hendra")
    rate(client, city, "andi", decide="1")
    row = Appraisal.objects.get()
    assert sign_in("andi").get(row.get_absolute_url()).status_code == 403
    register = city.cast.units["register"]
    client, address = sign_in("hendra"), reverse("appraisals:hand_over", args=[city.window.pk, register.pk])
    desk = client.get(reverse("appraisals:desk", args=[city.window.pk])).content.decode()
    assert f'name="chosen" value="{row.pk}"' in desk
    unseen = city.decide("hendra", "rina")
    for _twice in range(2):
        assert client.post(address, {"chosen": [row.pk]}).status_code == 302
    unseen.refresh_from_db()
    assert unseen.state == AppraisalState.DECIDED
    client = sign_in("andi")
    assert "Saya sudah menerima" in client.get(row.get_absolute_url()).content.decode()
    row.refresh_from_db()
    assert client.post(reverse("appraisals:receive", args=[row.pk]), {"version": row.version}).status_code == 302
    again = client.post(reverse("appraisals:receive", args=[row.pk]), {"version": row.version})
    assert again.url == row.get_absolute_url()
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Ajukan keberatan" in page
    assert "sampai 14 Desember 2026" in page
    row.refresh_from_db()
    for _twice in range(2):
        assert client.post(reverse("appraisals:accept", args=[row.pk]), {"version": row.version}).status_code == 302
    row.refresh_from_db()
    assert row.state == AppraisalState.FINAL


def test_the_organisation_missing_is_said_before_and_the_draft_stays(city, sign_in):
    OrganisationPredicate.objects.all().delete()
    client = sign_in("hendra")
    address = reverse("appraisals:rate", args=[city.window.pk, city.cast.andi.pk])
    assert "belum ditetapkan" in client.get(address).content.decode()
    assert rate(client, city, "andi", decide="1").status_code == 409
    assert Appraisal.objects.get().state == AppraisalState.DRAFT


def test_organisations_are_set_on_one_page(city, sign_in):
    health = city.cast.units["health"]
    client, address = sign_in("maya"), reverse("appraisals:organisations", args=[city.window.pk])
    page = client.get(address)
    fields = {box.html_name: box.value() for _unit, box in page.context["form"].rows()}
    moved = {**fields, f"unit_{health.pk}": "istimewa"}
    refused = client.post(address, {**moved, "basis": ""})
    assert refused.status_code == 422
    assert "Tulis keputusan" in refused.content.decode()
    assert client.post(address, {**moved, "basis": "SK 20/2026"}).status_code == 302
    assert OrganisationPredicate.objects.get(unit=health).predicate == "istimewa"
    assert OrganisationPredicate.objects.count() == 4


@pytest.mark.parametrize("name", ["appraisals:desk", "appraisals:window"])
def test_the_number_of_people_costs_no_query(city, sign_in, name):
    who = {"appraisals:desk": "hendra", "appraisals:window": "maya"}[name]
    client, address = sign_in(who), reverse(name, args=[city.window.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        assert client.get(address).status_code == 200
    for other in ("joko", "siti", "lina"):
        assignment = Assignment.objects.get(employee=city.cast.people[other])
        Assignment.objects.filter(pk=assignment.pk).update(post=city.cast.posts["register_officer"])
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(few) <= 60


def test_only_who_rates_learns_that_somebody_is_decided(city, sign_in):
    row = city.decide("hendra", "andi")
    address = reverse("appraisals:rate", args=[city.window.pk, city.cast.andi.pk])
    for name in ("andi", "rina", "sri", "maya", "mayor", "agus"):
        assert sign_in(name).get(address).status_code == 403, name
    assert sign_in("hendra").get(address).url == row.get_absolute_url()


def test_what_was_handed_over_has_a_day_on_result_and_desk(city, sign_in):
    """Handed over on Tuesday 24 November 2026: the fourteenth working day is Monday 14 December."""
    row = city.give("hendra", "andi")
    told = "Dinyatakan diterima oleh pegawai paling lambat 14 Desember 2026"
    page = sign_in("andi").get(row.get_absolute_url()).content.decode()
    assert told in page
    assert "punya 14 hari kerja" in page
    assert told in sign_in("hendra").get(reverse("appraisals:desk", args=[city.window.pk])).content.decode()


def text_of(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def test_an_official_result_opens_to_its_quadrant_its_frozen_score_and_the_organisation(city, sign_in):
    city.suggest("andi", "meets", "above")
    row = city.give("hendra", "andi", "meets", "above")
    page = text_of(sign_in("andi").get(row.get_absolute_url()))
    assert "PermenPANRB 6/2022 (BN 2022/155), Pasal 24–25; Lampiran IV hlm. 99 dan 102" in page
    assert page.count("ap-here") == 1
    here = page.split('class="ap-here"')[1].split("</td>")[0]
    assert "Baik" in here
    assert "SK 13/2026" in page
    assert "Saran dari bukti saat ditetapkan" in page
    assert "80,0" in page
    assert "Buktinya masih sama seperti saat ditetapkan." in page
    assert reverse("evaluation:score", args=[city.window.period_id, city.cast.andi.pk]) in page


def test_a_result_says_when_its_evidence_has_moved_on(city, sign_in):
    score = city.suggest("andi", "meets", "meets")
    row = city.give("hendra", "andi", "meets", "meets")
    score.input_digest = "e" * 64
    score.save()
    page = text_of(sign_in("andi").get(row.get_absolute_url()))
    assert "Buktinya berubah sesudah ditetapkan." in page
    assert "dddddddddddddddd" in page


def test_without_a_score_a_result_says_so(city, sign_in):
    row = city.give("hendra", "andi", "meets", "meets")
    assert "Saat ditetapkan belum ada nilai terukur" in text_of(sign_in("andi").get(row.get_absolute_url()))


def test_a_figure_without_a_page_of_its_own_leads_to_the_measure(city):
    score = city.suggest("andi", "meets", "meets")
    ScoreComponent.objects.create(
        score=score,
        aspect="warga",
        measure="citizen_satisfaction",
        weight_bp=1,
        effective_weight_bp=1,
        n=5,
        reason="ok",
    )
    figure = Figure("warga", "Survei kepuasan", "5 warga menjawab", measures=("citizen_satisfaction",))
    place = [score.period_id, score.employee_id, "warga", "citizen_satisfaction"]
    assert openable(figure, score).url == reverse("evaluation:measure", args=place)
    assert openable(figure, None).url == ""
    assert openable(replace(figure, url="/x/"), score).url == "/x/"
    assert openable(replace(figure, measures=("peer_review",)), score).url == ""
