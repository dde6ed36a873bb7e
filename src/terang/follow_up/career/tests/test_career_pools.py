"""A pool for a post: who is in it and why, what they say to it, and a choice that is kept with what was known."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import TODAY

from terang.audit.models import JournalEntry
from terang.follow_up.career.models import PoolAnswer, Proposal
from terang.follow_up.career.services import close_pool, contest, open_pool
from terang.follow_up.career.vacancies import vacancies
from terang.registry.people.models import Assignment
from terang.reporting.notices.selectors import news_of
from terang.web.errors import NotAllowed, NotNow, Stale


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_posts_that_are_empty_or_will_be_by_retirement(desk):
    """Agus, born 18 July 1972, retires as a leader of 60 years on 1 August 2032; Bambang was born in November 1966."""
    cast = desk.cast
    cast.bambang.nip = f"19661130{cast.bambang.nip[8:]}"
    cast.bambang.save()
    found = {each.post.pk: each for each in vacancies(cast.agency.pk, TODAY)}
    assert found[cast.posts["civil_head"].pk].day is None
    assert found[cast.posts["health_head"].pk].day == date(2026, 12, 1)
    assert cast.posts["inspector"].pk not in found
    Assignment.objects.filter(employee=cast.hendra).update(ends_on=date(2027, 3, 1))
    found = {each.post.pk: each for each in vacancies(cast.agency.pk, TODAY)}
    assert found[cast.posts["register_head"].pk].day == date(2027, 3, 1)


def test_a_pool_is_for_a_post_that_will_be_empty_and_there_is_one(desk, court):
    with pytest.raises(NotNow, match="terisi"):
        open_pool(
            actor=desk.viewer("maya"), post=desk.cast.posts["register_head"], told=True, reason="", form_key=uuid4()
        )
    court.open()
    with pytest.raises(NotNow, match="sudah dibuka"):
        court.open()
    with pytest.raises(NotAllowed):
        court.open(by="mayor")


def test_everybody_in_it_reads_place_and_reasons_and_nobody_elses(desk, court, sign_in):
    pool = court.open()
    told = JournalEntry.objects.filter(verb="career.pool_told").values_list("subject_employee_id", flat=True)
    assert sorted(told) == sorted([desk.cast.siti.pk, desk.cast.hendra.pk])
    siti = sign_in("siti")
    assert "Kepala Bidang Pencatatan Sipil" in words(siti.get(reverse("career:mine")))
    assert "Nyatakan minat: Kepala Bidang Pencatatan Sipil" in words(siti.get(reverse("boards:today")))
    page = words(siti.get(pool.get_absolute_url()))
    for said in ("2 dari 2", "Kotak talenta 9, 8, 7", "Predikat 2025 paling rendah Baik", "lalu golongan lebih tinggi"):
        assert said in page
    assert "Hendra" not in page
    assert sign_in("andi").get(pool.get_absolute_url()).status_code == 403
    page = words(sign_in("maya").get(pool.get_absolute_url()))
    assert page.index("Hendra Saputra") < page.index("Siti Rahma")
    assert sign_in("lina").get(pool.get_absolute_url()).status_code == 200


def test_an_untold_pool_says_why_and_is_told_nobody_until_it_is_decided(desk, court, sign_in):
    with pytest.raises(ValidationError):
        court.open(told=False)
    pool = court.open(told=False, reason="Pemetaan awal sebelum panitia dibentuk.")
    siti = sign_in("siti")
    assert siti.get(pool.get_absolute_url()).status_code == 403
    assert "Kepala Bidang Pencatatan Sipil" not in words(siti.get(reverse("career:mine")))
    with pytest.raises(NotAllowed):
        court.answer(pool, "siti")
    court.decide(court.propose(pool, "hendra"))
    page = words(siti.get(pool.get_absolute_url()))
    assert "2 dari 2" in page
    assert "SK 821/12/2026" in page
    assert "career.pool_decided" in [entry.verb for entry in news_of(desk.viewer("siti"))]


def test_equal_people_share_a_place(desk, court, sign_in):
    for year, word in ((2025, "sangat_baik"), (2024, "sangat_baik")):
        desk.rate("siti", year, word)
    desk.compute()
    pool = court.open()
    for name in ("siti", "hendra"):
        assert "1 dari 2" in words(sign_in(name).get(pool.get_absolute_url()))


def test_what_is_disputed_is_not_known_and_its_answer_brings_the_place_back(desk, court, sign_in):
    pool = court.open()
    row = desk.cast.hendra.career_declarations.get(subject="disiplin")
    contest(actor=desk.viewer("hendra"), row=row, reason="Keliru.", version=row.version)
    page = words(sign_in("hendra").get(pool.get_absolute_url()))
    assert "Belum mendapat tempat" in page
    assert "Menunggu jawaban atas sanggahannya." in page
    assert "1 dari 1" in words(sign_in("siti").get(pool.get_absolute_url()))


def test_against_the_order_only_with_a_reason_and_who_declines_stands_in_nobodys_way(desk, court):
    pool = court.open()
    with pytest.raises(ValidationError, match="tidak menurut daftar"):
        court.propose(pool, "siti")
    court.answer(pool, "hendra", "tidak")
    court.answer(pool, "hendra", "tidak")
    assert PoolAnswer.objects.count() == 1
    with pytest.raises(NotNow, match="tidak bersedia"):
        court.propose(pool, "hendra")
    assert not court.propose(pool, "siti").deviates


def test_the_decision_keeps_the_pool_as_it_was(desk, court, sign_in):
    pool = court.open()
    row = court.propose(pool, "siti", reason="Pengalaman pelayanan dasar.")
    with pytest.raises(NotNow, match="tidak dapat diubah"):
        court.answer(pool, "hendra", "tidak")
    with pytest.raises(NotNow, match="menunggu keputusan"):
        close_pool(actor=desk.viewer("maya"), pool=pool, reason="Batal.", version=0)
    done = court.decide(row)
    assert done.deviates
    desk.fact("disiplin", "heavy", who="hendra", day=date(2026, 11, 20))
    kept = Proposal.objects.get(pk=row.pk).known
    assert [(each["name"], each["place"]) for each in kept["lines"]] == [("Hendra Saputra", 1), ("Siti Rahma", 2)]
    page = words(sign_in("lina").get(row.get_absolute_url()))
    for said in (
        "menyimpang dari daftar",
        "Pengalaman pelayanan dasar.",
        "Hendra Saputra",
        "1 orang yang tidak menolak",
    ):
        assert said in page
    assert "Hendra Saputra" not in words(sign_in("siti").get(row.get_absolute_url()))
    page = words(sign_in("hendra").get(pool.get_absolute_url()))
    for said in ("1 dari 2", "Siti Rahma", "SK 821/12/2026"):
        assert said in page
    assert sign_in("hendra").get(row.get_absolute_url()).status_code == 403
    with pytest.raises(NotNow):
        court.propose(pool, "hendra")


def test_a_refused_choice_leaves_the_pool_open(court):
    pool = court.open()
    court.decide(court.propose(pool, "hendra"), grants=False)
    court.propose(pool, "hendra")


def test_who_answers_after_the_list_was_read_makes_it_stale(desk, court):
    """Somebody's data changed between reading and deciding."""
    pool = court.open()
    row = court.propose(pool, "hendra")
    with pytest.raises(Stale):
        court.decide(row, digest="0" * 64)


def test_closed_without_a_decision_it_says_why(desk, court, sign_in):
    pool = court.open()
    with pytest.raises(ValidationError):
        close_pool(actor=desk.viewer("maya"), pool=pool, reason=" ", version=0)
    for _ in range(2):
        pool = close_pool(actor=desk.viewer("maya"), pool=pool, reason="Jabatan dihapus.", version=0)
    assert "Jabatan dihapus." in words(sign_in("siti").get(pool.get_absolute_url()))
    with pytest.raises(NotNow):
        court.answer(pool, "siti")


def test_pages_ask_as_often_for_one_as_for_two(desk, court, sign_in):
    pool = court.open()
    court.raise_("joko", reason="Masa kerja.")
    urls = [pool.get_absolute_url(), reverse("career:vacancies"), reverse("career:proposals")]
    client = sign_in("maya")

    def asked() -> list[int]:
        found = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            found.append(len(queries))
        return found

    before = asked()
    lina = desk.cast.lina
    lina.rank = "III/d"
    lina.save()
    desk.cast.posts["auditor"].level = "Ahli Muda"
    desk.cast.posts["auditor"].save()
    desk.complete("lina")
    court.raise_("andi", reason="Masa kerja.")
    assert asked() == before


def test_the_way_by_its_pages(desk, court, sign_in):
    """Opened → wanted → proposed from the list, as the people press it."""
    maya = sign_in("maya")
    assert "Kepala Bidang Pencatatan Sipil" in words(maya.get(reverse("career:vacancies")))
    url = reverse("career:open_pool", args=[court.post.pk])
    key = maya.get(url).context["form"]["form_key"].value()
    assert maya.post(url, {"form_key": key, "told": "ya"}).status_code == 302
    pool = court.post.career_pools.get()
    siti = sign_in("siti")
    answer = reverse("career:answer_pool", args=[pool.pk])
    assert siti.get(answer).status_code == 200
    assert siti.post(answer, {"answer": "bersedia", "note": "Siap pindah."}).status_code == 302
    maya = sign_in("maya")
    page = words(maya.get(reverse("career:contender", args=[pool.pk, desk.cast.siti.pk])))
    assert "Siap pindah." in page
    url = reverse("career:propose_post", args=[pool.pk, desk.cast.siti.pk])
    form = maya.get(url)
    assert "Tempat 2." in words(form)
    told = {"form_key": form.context["form"]["form_key"].value(), "reason": ""}
    assert maya.post(url, told).status_code == 422
    assert maya.post(url, told | {"reason": "Pengalaman pelayanan."}).status_code == 302
    assert "menyimpang" in words(maya.get(reverse("career:proposals")))
