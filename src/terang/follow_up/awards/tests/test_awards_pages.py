"""The pages: refusals beside their fields, stale pages, duties, and constant questions."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import TODAY

from terang.follow_up.awards.models import Call, Nomination, Praise
from terang.follow_up.awards.tests.conftest import fresh


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_thanking_by_its_pages(giving, sign_in):
    dewi = sign_in("dewi")
    assert "Siti Rahma" in words(dewi.get(reverse("awards:thank_whom")))
    address = reverse("awards:thank", args=[giving.cast.siti.pk])
    key = dewi.get(address).context["form"]["form_key"].value()
    told = {"form_key": key, "text": "Tenang sekali.", "value": ""}
    assert dewi.post(address, told).status_code == 422
    for _ in range(2):
        assert dewi.post(address, told | {"value": "HM"}).status_code == 302
    assert Praise.objects.count() == 1
    again = dewi.get(address).context["form"]["form_key"].value()
    assert dewi.post(address, told | {"value": "HM", "form_key": again}).status_code == 409


def test_a_call_opened_and_nominated_by_its_pages(giving, sign_in):
    giving.complete()
    address = reverse("awards:call_new")
    maya = sign_in("maya")
    told = {
        "form_key": maya.get(address).context["form"]["form_key"].value(),
        "version": 0,
        "title": "Pegawai teladan",
        "category": "teladan",
        "criteria": "Manfaat",
        "period_start": "2026-07-01",
        "period_end": "2027-01-01",
        "nominate_until": (TODAY + timedelta(days=3)).isoformat(),
        "vote_until": (TODAY + timedelta(days=5)).isoformat(),
        "tenure_years": 2,
        "least_predicate": "baik",
        "predicate_years": 2,
        "clean_years": 2,
        "document": "SK 3",
        "chair": "Agus Salim",
        "others": "Lina Hartati\nTidak Ada Orangnya",
    }
    refused = maya.post(address, told)
    assert refused.status_code == 422
    assert "Tidak Ada Orangnya" in words(refused)
    assert maya.post(address, told | {"others": "Lina Hartati"}).status_code == 422
    assert maya.post(address, told | {"others": "Lina Hartati\nJoko Susilo"}).status_code == 302
    call = Call.objects.get()
    dewi = sign_in("dewi")
    page = words(dewi.get(call.get_absolute_url()))
    assert "Masa kerja paling sedikit 2 tahun" in page
    assert "Predikat paling rendah Baik dalam 2 tahun terakhir" in page
    chosen = dewi.post(reverse("awards:nominate_whom", args=[call.pk]), {"people": "Siti Rahma"})
    form = dewi.get(chosen.url)
    assert "Semua syarat terpenuhi." in words(form)
    told = {"form_key": form.context["form"]["form_key"].value(), "reason": "Naik."}
    assert dewi.post(chosen.url, told).status_code == 422
    assert dewi.post(chosen.url, told | {"documents": "Laporan 8"}).status_code == 302
    row = Nomination.objects.get()
    tono = sign_in("tono")
    assert "Periksa usulan Siti Rahma" in words(tono.get(reverse("boards:today")))
    page = words(tono.get(row.get_absolute_url()))
    assert "Buka buktinya" in page
    assert "Laporan 8" in page
    assert tono.post(reverse("awards:admit", args=[row.pk]), {"version": 7}).status_code == 409
    assert tono.post(reverse("awards:admit", args=[row.pk]), {"version": 0}).status_code == 302


def test_the_nomination_says_what_is_missing(giving, sign_in):
    row = giving.propose(giving.call())
    page = words(sign_in("siti").get(row.get_absolute_url()))
    assert "belum diketahui" in page
    assert "Serahkan SK CPNS" in page
    assert sign_in("rina").get(row.get_absolute_url()).status_code == 403


def test_what_waits_is_told_to_the_committee_the_chair_and_the_second_person(giving, sign_in):
    today = reverse("boards:today")
    call, first, _second = giving.voting()
    assert "Beri suara: Pegawai teladan" in words(sign_in("lina").get(today))
    for name in ("agus", "lina", "joko"):
        giving.vote(call, name, first)
    assert "Beri suara" not in words(sign_in("lina").get(today))
    giving.close(call, by="agus")
    assert "Umumkan: Pegawai teladan" in words(sign_in("agus").get(today))
    giving.announce(call, by="agus")
    assert "Catat bonus: Pegawai teladan" in words(sign_in("tono").get(today))
    assert "Catat bonus" not in words(sign_in("maya").get(today))


def test_the_bonus_by_its_page(giving, sign_in):
    giving.rule()
    call = giving.announced()
    address = reverse("awards:bonus", args=[call.pk])
    assert sign_in("maya").get(address).status_code == 403
    tono = sign_in("tono")
    assert "Siti Rahma" in words(tono.get(address))
    told = {"month": "2026-11-01", "version": fresh(call).version}
    assert tono.post(address, told | {"month": "1999-01-01"}).status_code == 422
    assert tono.post(address, told).status_code == 302
    assert "Bonus dalam tunjangan" in words(sign_in("siti").get(reverse("awards:mine")))


def test_pages_ask_as_often_for_many_as_for_one(giving, sign_in):
    call = giving.call()
    giving.propose(call)
    giving.thank(who="maya")
    places = [reverse("awards:mine"), call.get_absolute_url(), reverse("awards:calls"), reverse("awards:winners")]

    def asked() -> list[int]:
        client, counts = sign_in("maya"), []
        for place in places:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(place).status_code == 200
            counts.append(len(queries))
        return counts

    asked()
    few = asked()
    for name in ("andi", "rina", "joko"):
        giving.propose(call, name, by="mayor")
        giving.thank(by=name, who="maya")
    assert asked() == few
