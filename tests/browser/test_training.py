"""Palu in a real browser: citizens mark a nurse's manner low, the need appears with its records, two keys make it a
plan, seat, roster and tests lead to a certificate, and later the same figure stands beside the old one
(`training_people.py`, `training_later.py`)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.house import DESK, PHONE, House, Person

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
KEEPER, HEAD, NURSE, COURSE = "Analis Ramah", "Kepala Ramah", "Perawat Ramah", "Melayani dengan ramah"
LATER = Path(__file__).with_name("training_later.py")


@pytest.fixture(scope="module")
def people(house: House) -> dict[str, Any]:
    return house.run(Path(__file__).with_name("training_people.py"))


@pytest.fixture
def member(person, people) -> Callable[..., Person]:
    return lambda name, size=PHONE: person(size=size).carry(people[name])


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def take(page: Page, phase: str, *answers: str) -> None:
    """From the page of the session through a test, and back."""
    session = page.url
    page.get_by_role("link", name=f"Kerjakan {phase}").click()
    page.get_by_role("button", name="Mulai").click()
    for answer in answers:
        page.get_by_text(answer, exact=True).click()
    expect(page.get_by_text("Tersimpan.")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name="Serahkan").click()
    expect(page.get_by_role("heading", name="Nilai Anda")).to_be_visible()
    if phase == "Uji awal":
        page.goto(session)


def test_from_a_weak_manner_to_a_better_one(member, house):
    own = member(NURSE).open("/pelatihan/")
    need = own.locator("#kebutuhan")
    expect(need.get_by_text("62,5, di bawah 76,6")).to_be_visible()
    assert fits(own)
    need.get_by_role("link", name="Buka buktinya").click()
    expect(own).to_have_url(re.compile("/nilai/"))
    expect(own.get_by_role("heading", level=1)).to_be_visible()
    own.goto("/pelatihan/")
    need.get_by_role("link", name="Masukkan ke rencana").click()
    own.get_by_role("button", name="Usulkan").click()
    expect(own.get_by_text("Usulan terkirim dan menunggu jawaban.")).to_be_visible()
    item = own.url

    leader = member(HEAD, DESK).open("/pelatihan/tim/")
    leader.get_by_role("link", name="Jawab").click()
    leader.get_by_role("link", name="Setujui").click()
    leader.get_by_role("button", name="Setujui").click()
    expect(leader.get_by_text("Rencana disetujui.")).to_be_visible()

    own.goto("/pelatihan/jadwal/")
    own.get_by_role("link", name=COURSE).locator("visible=true").first.click()
    session = own.url
    own.get_by_role("button", name="Daftar").click()
    expect(own.get_by_text("Anda terdaftar.").first).to_be_visible()
    take(own, "Uji awal", "Memanggil petugas keamanan", "Salam dan nama sendiri")

    house.run(LATER)
    keeper = member(KEEPER, DESK).open(session)
    keeper.get_by_role("link", name="Isi daftar hadir").click()
    keeper.get_by_role("button", name="Simpan daftar hadir").click()
    expect(keeper.get_by_text("Daftar hadir tersimpan.")).to_be_visible()

    own.goto(session)
    take(own, "Uji akhir", "Mendengar sampai selesai", "Salam dan nama sendiri")
    expect(own.get_by_text("50\u00a0% → 100\u00a0%")).to_be_visible()
    expect(own.get_by_text("Yang didengar lebih cepat tenang.")).to_be_visible()

    keeper.goto(session)
    expect(keeper.get_by_text("Uji akhir: 100\u00a0%")).to_be_visible()
    keeper.get_by_role("button", name="Selesaikan sesi").click()
    keeper.get_by_role("dialog").get_by_role("button", name="Ya, lanjutkan").click()
    expect(keeper.get_by_text("Sesi selesai. JP dihitung dan sertifikat terbit.")).to_be_visible()

    own.goto(session)
    paper = own.get_by_role("link", name="Sertifikat (PDF)").get_attribute("href")
    assert own.request.get(f"{house.url}{paper}").headers["content-type"] == "application/pdf"
    own.goto("/pelatihan/")
    expect(own.get_by_text("8 dari 20 JP")).to_be_visible()

    house.run(LATER)
    own.goto(item)
    after = own.locator("#sesudah")
    expect(after.get_by_text("62,5 → 100,0")).to_be_visible()
    expect(after.get_by_text("naik", exact=True)).to_be_visible()
    assert fits(own)
    after.get_by_role("link", name="Buka buktinya").click()
    expect(own).to_have_url(re.compile("/nilai/"))
    expect(own.get_by_role("heading", level=1)).to_be_visible()
