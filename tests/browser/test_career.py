"""A career in a real browser: a paper is handed in and checked, the condition turns met, the list shows the person as
ready, two people decide, and the person reads it (`career_people.py`)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.house import DESK, PHONE, House, Person

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
FIRST, SECOND, OFFICER = "Kepala Pangkat", "Analis Pangkat", "Petugas Pangkat"


@pytest.fixture(scope="module")
def people(house: House) -> dict[str, Any]:
    return house.run(Path(__file__).with_name("career_people.py"))


@pytest.fixture
def member(person, people) -> Callable[..., Person]:
    return lambda name, size=PHONE: person(size=size).carry(people[name])


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_from_a_paper_to_a_decision(member):
    own = member(OFFICER).open("/karier/")
    years = own.locator("#pangkat li", has_text="tahun dalam pangkat sekarang")
    expect(years.get_by_text("belum diketahui")).to_be_visible()
    assert fits(own)
    own.get_by_role("link", name="Serahkan data").click()
    expect(own.get_by_role("link", name="Hukuman disiplin")).to_have_count(0)
    own.get_by_role("link", name="TMT pangkat terakhir").click()
    own.get_by_label("TMT pangkat terakhir").fill("2020-04-01")
    own.get_by_label("Dokumen").fill("SK Kenaikan Pangkat 823/7/2020")
    own.get_by_role("button", name="Serahkan").click()
    expect(own.get_by_text("Tercatat; menunggu pemeriksaan orang kedua.")).to_be_visible()
    expect(years.get_by_text("belum diketahui")).to_be_visible()

    keeper = member(FIRST, DESK).open("/karier/kenaikan/?q=Petugas")
    row = keeper.locator("tr", has_text=OFFICER)
    expect(row.get_by_text("Kurang satu syarat")).to_be_visible()

    other = member(SECOND, DESK).open("/karier/pemeriksaan/")
    other.get_by_role("link", name=OFFICER).click()
    other.get_by_role("button", name="Sesuai dokumen").click()
    expect(other.get_by_text("Data sudah diperiksa dan mulai dihitung.")).to_be_visible()

    own.goto("/karier/")
    expect(years.get_by_text("terpenuhi", exact=True)).to_be_visible()
    expect(own.get_by_text("Semua syarat yang diperiksa terpenuhi.")).to_be_visible()

    keeper.goto("/karier/kenaikan/?siap=siap")
    expect(row.get_by_text("Siap: semua syarat terpenuhi")).to_be_visible()
    row.get_by_role("link", name=OFFICER).click()
    expect(keeper.get_by_text("Semua syarat yang diperiksa terpenuhi.")).to_be_visible()
    keeper.get_by_role("link", name="Usulkan").click()
    keeper.get_by_role("button", name="Usulkan").click()
    expect(keeper.get_by_text("Diusulkan; menunggu keputusan orang kedua.")).to_be_visible()
    expect(keeper.get_by_role("link", name="Putuskan")).to_have_count(0)

    other.goto("/hari-ini/")
    other.get_by_role("link", name=f"Putuskan usulan {OFFICER}").click()
    expect(other.get_by_text("sesuai daftar")).to_be_visible()
    other.get_by_role("link", name="Putuskan").click()
    other.get_by_text("Ditetapkan", exact=True).click()
    other.get_by_label("Nomor dan tanggal surat keputusan").fill("SK Wali Kota 823/41")
    other.get_by_label("Alasan").fill("Memenuhi semua syarat.")
    other.get_by_role("button", name="Simpan keputusan").click()
    expect(other.get_by_text("Keputusan tersimpan; yang bersangkutan diberi tahu.")).to_be_visible()

    own.goto("/karier/")
    own.locator("#usulan").get_by_role("link", name="Golongan III/c").click()
    expect(own.get_by_text("SK Wali Kota 823/41")).to_be_visible()
    expect(own.get_by_text("Memenuhi semua syarat.", exact=True)).to_be_visible()
    expect(own.get_by_text("Yang diketahui pada")).to_be_visible()
    assert fits(own)
