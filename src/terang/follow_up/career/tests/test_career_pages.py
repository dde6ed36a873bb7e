"""The pages: what each person reads, refusals beside their fields, stale pages, and constant questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import TODAY

from terang.follow_up.career.models import Declaration


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_whole_way_by_its_pages(desk, sign_in):
    """Declared → checked → read on the own page → contested → answered, as the people press it."""
    give = reverse("career:give", args=[desk.cast.siti.pk])
    maya = sign_in("maya")
    assert "Hasil asesmen potensi" in words(maya.get(give))
    form = maya.get(give, {"data": "potensi"})
    told = {"form_key": form.context["form"]["form_key"].value(), "day": TODAY, "document": "Laporan 4/2026"}
    refused = maya.post(f"{give}?data=potensi", told | {"value": "banyak"})
    assert refused.status_code == 422
    assert "dari 0 sampai 100" in words(refused)
    for _ in range(2):
        assert maya.post(f"{give}?data=potensi", told | {"value": "82,5"}).status_code == 302
    row = Declaration.objects.get()
    tono = sign_in("tono")
    assert "Periksa data karier Siti Rahma" in words(tono.get(reverse("boards:today")))
    assert "Siti Rahma" in words(tono.get(reverse("career:waiting")))
    assert tono.post(reverse("career:confirm", args=[row.pk]), {"version": 0}).status_code == 302
    assert tono.post(reverse("career:confirm", args=[row.pk]), {"version": 0}).status_code == 302
    siti = sign_in("siti")
    page = words(siti.get(reverse("career:mine")))
    assert "82,5 dari 100" in page
    assert "Potensi menengah" in page
    assert "Belum dapat ditempatkan" in page
    assert siti.post(reverse("career:contest", args=[row.pk]), {"version": 1, "reason": ""}).status_code == 422
    assert siti.post(reverse("career:contest", args=[row.pk]), {"version": 0, "reason": "Salah."}).status_code == 409
    assert siti.post(reverse("career:contest", args=[row.pk]), {"version": 1, "reason": "Salah."}).status_code == 302
    assert "sedang disanggah" in words(siti.get(reverse("career:mine")))
    tono = sign_in("tono")
    assert "Jawab sanggahan Siti Rahma" in words(tono.get(reverse("boards:today")))
    answer = {"version": 2, "upholds": "tidak", "reason": "Benar, laporannya tertukar."}
    assert tono.post(reverse("career:answer", args=[row.pk]), answer).status_code == 302
    page = words(sign_in("siti").get(row.get_absolute_url()))
    assert "laporannya tertukar" in page
    assert "Dicabut" in page


def test_the_checklist_tells_met_not_met_and_unknown_with_what_to_do(desk, sign_in):
    page = words(sign_in("siti").get(reverse("career:mine")))
    assert "Menuju golongan III/b" in page
    assert page.count("belum diketahui") >= 4
    assert "Serahkan dokumennya kepada kepegawaian" in page
    assert "10 sampai" not in page
    desk.complete(predikat="kurang")
    page = words(sign_in("siti").get(reverse("career:mine")))
    assert "terpenuhi" in page
    assert "tahun berikutnya yang menentukan" in page
    assert "55" in page


@pytest.mark.parametrize(("name", "status"), [("dewi", 200), ("maya", 200), ("mayor", 200), ("bambang", 403)])
def test_who_reads_a_career(desk, sign_in, name, status):
    for each in ("agus", "lina", "andi"):
        assert sign_in(each).get(reverse("career:person", args=[desk.cast.siti.pk])).status_code == 403
    assert sign_in(name).get(reverse("career:person", args=[desk.cast.siti.pk])).status_code == status


def test_the_head_of_the_region_has_no_rank_and_no_box(desk, sign_in):
    page = words(sign_in("mayor").get(reverse("career:mine")))
    assert "pejabat negara" in page
    assert "Ratna Dewanti" not in words(sign_in("maya").get(reverse("career:boxes"))).split("daftar")[-1]


def test_the_index_of_the_government_is_of_who_is_complete(desk, sign_in):
    page = words(sign_in("maya").get(reverse("career:index")))
    assert "Belum ada pegawai yang datanya lengkap" in page
    desk.complete()
    page = words(sign_in("maya").get(reverse("career:index")))
    assert "75" in page
    assert "1 pegawai lengkap" in page
    assert "11 pegawai belum lengkap" in page


def test_leaders_see_the_boxes_of_their_own_people_only_and_few_are_told_to_be_few(desk, sign_in):
    desk.complete()
    page = words(sign_in("dewi").get(reverse("career:boxes")))
    assert "Siti Rahma" in page
    assert "Kotak 8" in page
    assert "masih sedikit" in page
    assert "Andi Pratama" not in page
    assert "Andi Pratama" in words(sign_in("maya").get(reverse("career:boxes")))
    assert sign_in("siti").get(reverse("career:boxes")).status_code == 403
    assert sign_in("dewi").get(reverse("career:index")).status_code == 403


def test_lists_ask_as_often_for_many_as_for_one(desk, sign_in):
    """With everything known of one and of five."""

    def asked(name: str, url: str) -> int:
        client = sign_in(name)
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(url).status_code == 200
        return len(found)

    urls = [("maya", reverse("career:index")), ("maya", reverse("career:boxes")), ("dewi", reverse("career:boxes"))]
    desk.complete()
    before = [asked(*each) for each in urls]
    for name in ("andi", "rina", "joko", "lina"):
        desk.complete(name)
        desk.rate(name, 2025, "baik")
    assert [asked(*each) for each in urls] == before
    own = [asked("siti", reverse("career:mine"))]
    for number in range(3):
        desk.give("jp_teknis", "5", day=TODAY.replace(day=number + 1))
    assert [asked("siti", reverse("career:mine"))] == own


def test_missing_rows_are_missing(desk, sign_in):
    for name in ("declaration", "contest", "answer", "send_back", "person", "give"):
        assert sign_in("maya").get(reverse(f"career:{name}", args=[999_999])).status_code == 404
