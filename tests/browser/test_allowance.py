"""The allowance in a real browser: a deduction is disputed, corrected by somebody who saw what it changes, and paid
back in the same month's payment (`allowance_people.py`)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.house import DESK, PHONE, House, Person

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
FIRST, SECOND, OFFICER = "Kepala Upah", "Analis Upah", "Petugas Upah"


@pytest.fixture(scope="module")
def people(house: House) -> dict[str, Any]:
    return house.run(Path(__file__).with_name("allowance_people.py"))


@pytest.fixture
def member(person, people) -> Callable[..., Person]:
    return lambda name, size=PHONE: person(size=size).carry(people[name])


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def paid(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator(".card .big.num").inner_text()))


def computed(page: Page, address: str) -> None:
    """The worker computes within seconds; the page is asked again until it is done."""
    waits = page.get_by_text("Slip sedang dihitung.")
    for _each in range(150):
        page.goto(address)
        if not waits.count():
            return
        page.wait_for_timeout(1_000)


def test_a_disputed_deduction_is_corrected_and_paid_back(member):
    keeper, own = member(FIRST, DESK).open("/tunjangan/kelola/"), member(OFFICER).open("/tunjangan/")
    keeper.get_by_role("button", name="Hitung slip").click()
    expect(keeper.get_by_text("Draf: belum disetujui")).to_be_visible()
    month = keeper.url
    computed(keeper, month)
    expect(keeper.get_by_text("Anda yang memulai bulan ini")).to_be_visible()
    expect(keeper.get_by_role("link", name="XLSX")).to_have_count(0)

    own.goto("/tunjangan/")
    own.locator("main h2 a").first.click()
    before = paid(own)
    discipline = own.locator("li", has_text="Disiplin").first
    discipline.get_by_text("Mengapa?").click()
    expect(discipline.get_by_text("terlambat jenjang 2")).to_be_visible()
    assert fits(own)
    discipline.get_by_role("link", name="Sanggah langkah ini").click()
    own.get_by_label("Mengapa").fill("Pagi itu bertugas di kelurahan, surat tugas 12.")
    own.get_by_role("button", name="Ajukan sanggahan").click()
    expect(own.get_by_text("Slip tidak dibayar sebelum diputus.")).to_be_visible()

    other = member(SECOND, DESK).open(month)
    expect(other.get_by_text("Masih ada sanggahan yang menunggu putusan.")).to_be_visible()
    expect(other.get_by_role("button", name="Setujui untuk dibayar")).to_have_count(0)

    keeper.goto("/tunjangan/kelola/")
    keeper.get_by_role("link", name=OFFICER).click()
    keeper.get_by_role("link", name="Putus sanggahan").click()
    keeper.get_by_text("Terima: hitung ulang slipnya").click()
    keeper.get_by_label("Fakta yang keliru").select_option("late_2")
    keeper.get_by_label("Seharusnya").fill("0")
    keeper.get_by_label("Alasan").fill("Surat tugas 12 benar.")
    keeper.get_by_role("button", name="Lanjut").click()
    expect(keeper.get_by_text("Periksa, lalu tekan sekali lagi untuk memutus.")).to_be_visible()
    expect(keeper.get_by_text("terlambat jenjang 2").first).to_be_visible()
    keeper.get_by_role("button", name="Ya, terima dan simpan").click()
    expect(keeper.get_by_text("Putusan tersimpan")).to_be_visible()

    other.goto(month)
    other.get_by_role("button", name="Setujui untuk dibayar").click()
    other.get_by_role("button", name="Ya, setujui").click()
    expect(other.get_by_text("Slip disetujui untuk dibayar.")).to_be_visible()
    with other.expect_download() as download:
        other.get_by_role("link", name="CSV").click()
    file = Path(download.value.path()).read_text(encoding="utf-8-sig")

    own.goto("/tunjangan/")
    own.locator("main h2 a").first.click()
    expect(own.get_by_text("Surat tugas 12 benar.")).to_be_visible()
    after = paid(own)
    assert after > before
    assert str(after) in next(line for line in file.splitlines() if OFFICER in line)
    assert fits(own)
