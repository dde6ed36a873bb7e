"""The official evaluation in a real browser.

A small Kota Semarang where a local holiday was missing from the calendar (`objection_people.py`): the officer objects,
the calendar is put right, the score follows, and the objection is won. A small government whose last quarter three
appraisers rate by keyboard, and the personnel agency closes (`quarter_people.py`).
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.house import DESK, PHONE, House, Person

from terang.web.numbers import longdate

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
OFFICER, HEAD, CHIEF, KEEPER = (f"{name} Percontohan" for name in ("Sekar", "Kabid", "Kadis", "Wahyu"))
PASSWORD = "kopi-tubruk-pagi-7"


@pytest.fixture(scope="module")
def scene(house: House) -> dict[str, Any]:
    return house.run(Path(__file__).with_name("objection_people.py"))


@pytest.fixture
def member(person, scene) -> Callable[..., Person]:
    return lambda name, size=PHONE: person(size=size).enter(scene["people"][name], PASSWORD)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def open_window(page: Page, first: date) -> None:
    """Of last month, from its last days until tomorrow; then what every unit achieved."""
    page.get_by_label("Jenis evaluasi").select_option("month")
    page.get_by_label("Satu hari dalam periodenya").fill(first.isoformat())
    page.get_by_label("Dibuka").fill(first.isoformat())
    page.get_by_label("Ditutup").fill((timezone.localdate() + timedelta(days=1)).isoformat())
    page.get_by_label("Dasar", exact=True).fill("SE 7/2026")
    page.get_by_role("button", name="Buka masa penilaian").click()
    page.get_by_role("link", name="Predikat organisasi").click()
    for choice in page.locator(".ap-units select").all():
        choice.select_option("baik")
    page.get_by_label("Dasar perubahan").fill("SK 8/2026")
    page.get_by_role("button", name="Simpan predikat").click()
    expect(page.get_by_text("3 predikat organisasi ditetapkan.")).to_be_visible()


def rate(page: Page, name: str, work: str, behaviour: str) -> None:
    page.get_by_role("link", name=name).click()
    assert fits(page)
    page.get_by_role("group", name="Rating hasil kerja").get_by_text(work, exact=True).click()
    page.get_by_role("group", name="Rating perilaku kerja").get_by_text(behaviour, exact=True).click()
    page.get_by_role("button", name="Tetapkan", exact=True).click()


def test_an_objection_over_a_holiday_is_won_and_told_without_names(person, member, scene):
    days = [date.fromisoformat(each) for each in scene["absent"]]
    keeper, head, officer = person(size=DESK).carry(scene["session"]), member(HEAD), member(OFFICER)

    desk = keeper.open("/evaluasi/masa/buka/")
    open_window(desk, days[0].replace(day=1))

    sheet = head.open("/evaluasi/menilai/")
    rate(sheet, OFFICER, "Di bawah ekspektasi", "Sesuai ekspektasi")
    expect(sheet.get_by_text(re.compile("Butuh Perbaikan"))).not_to_have_count(0)
    sheet.goto("/evaluasi/menilai/")
    sheet.get_by_role("button", name="Serahkan 1 penilaian").click()
    sheet.get_by_role("button", name="Ya, serahkan").click()
    expect(sheet.get_by_text("1 penilaian diserahkan kepada pegawainya.")).to_be_visible()

    own = officer.open("/hari-ini/")
    own.get_by_role("link", name=re.compile("Hasil evaluasi")).click()
    expect(own.locator(".ap-word")).to_have_text("Butuh Perbaikan")
    own.get_by_role("button", name="Saya sudah menerima").click()
    own.get_by_role("link", name="Ajukan keberatan").click()
    own.get_by_role("button", name="Ajukan keberatan").click()
    expect(own.get_by_label("Keberatan Anda")).to_be_focused()
    text = f"Saya, {OFFICER}, dihitung alpa pada {longdate(days[0])} dan dua hari sesudahnya: itu libur daerah."
    own.get_by_label("Keberatan Anda").fill(text)
    own.get_by_role("button", name="Ajukan keberatan").click()
    expect(own.get_by_text("Keberatan diajukan.")).to_be_visible()
    result = own.url

    score = officer.watch(f"/nilai/{scene['period']}/{number_of(officer)}/")
    expect(score.locator(".score-value")).not_to_have_text("100,0")
    for day in days:
        add_holiday(desk, day)
    expect(score.locator(".score-value")).to_have_text("100,0")

    sheet.goto("/evaluasi/keberatan/")
    sheet.get_by_role("link", name=OFFICER).click()
    sheet.get_by_role("link", name="Jelaskan penilaian").click()
    sheet.get_by_label("Penjelasan Anda").fill("Kalender saat itu belum memuat libur daerah.")
    sheet.get_by_role("button", name="Kirim penjelasan").click()
    expect(sheet.get_by_text("Penjelasan tersimpan.")).to_be_visible()

    decision = member(CHIEF).open("/hari-ini/")
    decision.get_by_role("link", name=re.compile(f"Keberatan {OFFICER}")).click()
    expect(decision.get_by_text("Kalender saat itu belum memuat libur daerah.")).to_be_visible()
    decision.get_by_role("link", name="Putuskan keberatan").click()
    assert fits(decision)
    decision.get_by_text("Hasil diubah").click()
    decision.get_by_role("group", name="Rating hasil kerja yang baru").get_by_text("Sesuai ekspektasi").click()
    decision.get_by_role("group", name="Rating perilaku kerja yang baru").get_by_text("Sesuai ekspektasi").click()
    decision.get_by_label("Pertimbangan").fill(f"Libur daerah bukan alpa; {OFFICER} hadir pada semua hari kerja.")
    decision.get_by_role("button", name="Simpan putusan").click()
    expect(decision.get_by_text("Keberatan diputus.")).to_be_visible()

    own.goto(result)
    expect(own.get_by_text("Diubah lewat keberatan; semula Butuh Perbaikan.")).to_be_visible()
    expect(own.locator(".ap-word")).to_have_text("Baik")
    assert fits(own)
    tell(desk)

    sheet.goto("/evaluasi/putusan/?q=libur")
    sheet.get_by_role("link", name=re.compile("libur daerah")).click()
    expect(sheet.get_by_text("Predikat dari Butuh Perbaikan menjadi Baik.")).to_be_visible()
    expect(sheet.locator("main").get_by_text("Sekar")).to_have_count(0)


def number_of(officer: Person) -> str:
    """The officer's number in the address of the own score."""
    page = officer.open("/nilai/")
    return page.url.rstrip("/").rpartition("/")[2]


def add_holiday(page: Page, day: date) -> None:
    page.goto("/unit/kalender/")
    page.get_by_role("link", name="Tambah hari libur daerah").click()
    page.get_by_label("Tanggal").fill(day.isoformat())
    page.get_by_label("Nama hari libur").fill("Libur Percontohan")
    page.get_by_label("Dasar").fill("SE Wali Kota 9/2026")
    page.locator("main form button.btn-primary").click()
    expect(page.get_by_text("Libur Percontohan").first).to_be_visible()


def tell(page: Page) -> None:
    """The personnel agency tells the decision; the names are gone before anybody reads the form."""
    page.goto("/evaluasi/putusan/diputus/")
    page.get_by_role("link", name=OFFICER).click()
    expect(page.get_by_label("Putusan dan alasannya")).not_to_have_value(re.compile("Sekar"))
    page.get_by_label("Perihal").select_option("kehadiran")
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.get_by_text("Putusan terbit.")).to_be_visible()


# ---------------------------------------------------------------- a quarter
@pytest.fixture(scope="module")
def quarter(house: House) -> dict[str, Any]:
    return house.run(Path(__file__).with_name("quarter_people.py"))


def rate_by_keys(page: Page) -> None:
    """Two people in one sitting, without the mouse: above, meets, and on to the next."""
    first = page.locator("input[type=radio][name=work_result]").first
    first.focus()
    page.keyboard.press("2")
    page.keyboard.press("2")
    page.keyboard.type("Konsisten sepanjang triwulan.")
    page.keyboard.press("Control+Enter")


def test_a_quarter_is_rated_by_three_appraisers_and_closed_for_ever(person, house, quarter):
    for name in ("Satu", "Dua", "Tiga"):
        desk = person(size=DESK).enter(quarter["people"][f"Kabid {name}"], PASSWORD).open("/evaluasi/menilai/")
        desk.get_by_role("link", name=f"Staf {name} 1").click()
        for number in (1, 2):
            expect(desk.get_by_role("heading", level=1)).to_have_text(f"Menilai Staf {name} {number}")
            rate_by_keys(desk)
        expect(desk.get_by_text("2 dari 2 ditetapkan")).to_be_visible()
        desk.get_by_role("button", name="Serahkan 2 penilaian").click()
        desk.get_by_role("button", name="Ya, serahkan").click()
        expect(desk.get_by_text("2 penilaian diserahkan kepada pegawainya.")).to_be_visible()

    keeper = person(size=DESK).carry(quarter["session"])
    office = keeper.open(f"/penutupan/{quarter['period']}/")
    expect(office.get_by_text("5 orang; ditutup hanya dengan alasan")).to_be_visible()
    office.get_by_role("link", name="Tutup periode").click()
    office.get_by_label("Dasar", exact=True).fill("BA 5/2026")
    office.get_by_role("button", name="Tutup dan bekukan").click()
    expect(office.get_by_role("link", name="Masih ada penilaian yang belum selesai")).to_be_visible()
    keeper.forgive("422")
    office.get_by_label("Alasan").fill("Pimpinan dinilai pada evaluasi tahunan.")
    office.get_by_role("button", name="Tutup dan bekukan").click()
    office.get_by_role("link", name="Penutupan", exact=True).last.click()
    expect(office.get_by_text("Sidik seluruh pegawai")).to_be_visible()
    office.get_by_role("button", name="Periksa ulang").click()
    for _again in range(120):
        if office.get_by_text("semua 11 pegawai mendapat hasil yang sama").count():
            break
        office.wait_for_timeout(1000)
        office.reload()
    expect(office.get_by_text("semua 11 pegawai mendapat hasil yang sama")).to_be_visible()
    assert fits(office)
    totals = house.rows(
        "select total_bp from closing_frozenscore s join closing_closing c on c.id = s.closing_id"
        " where c.period_id = ?",
        str(quarter["period"]),
    )
    assert set(totals) == {(10_000,)}
