"""Raters compare: the leader drags a card, the rater agrees on a phone, and once it is closed the person reads both."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.house import DESK

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)
TALL = {**DESK, "height": 2600}
"""The whole board in sight: nothing scrolls away under the mouse."""
LEADER, RATER, RATED, OTHER = "Baharuddin Palaguna", "Fatmawati Karaeng Bonto", "Marwah Sikki", "Sudirman Karaeng Bonto"
REASON = "Berkas jemput bola bulan ini sama banyaknya."


def board(page: Page) -> Page:
    page.get_by_role("link", name=re.compile("Dinas Kependudukan.*November|Dinas Kependudukan")).first.click()
    expect(page.get_by_role("heading", name="Papan")).to_be_visible()
    return page


def card(page: Page, name: str) -> Locator:
    return page.locator(".cal-card", has_text=name)


def field(page: Page, work: str, behaviour: str) -> Locator:
    return page.locator(f'.cal-bin[data-work="{work}"][data-behaviour="{behaviour}"]')


def agree(page: Page, name: str) -> None:
    """The rater's yes, from what waits on the board."""
    page.get_by_role("link", name=name, exact=True).first.click()
    page.get_by_role("button", name="Setujui").click()
    page.get_by_role("button", name="Ya, setujui").click()
    expect(page.get_by_text(f"Usulan disetujui: {name} berpindah.")).to_be_visible()


def test_a_dragged_card_asks_for_the_reason_and_a_second_person_decides(person) -> None:
    leader = board(person(LEADER, TALL).open("/evaluasi/penyelarasan/"))
    card(leader, OTHER).drag_to(field(leader, "above", "meets"))
    expect(leader).to_have_url(re.compile("hasil=above&perilaku=meets"))
    expect(leader.get_by_label("Di atas ekspektasi").first).to_be_checked()
    leader.go_back()

    move = card(leader, OTHER).locator(".cal-go")
    move.focus()
    move.press("ArrowUp")
    move.press("ArrowRight")
    expect(leader.locator("[data-cal-say]")).to_contain_text("Sangat Baik")
    expect(field(leader, "above", "above")).to_have_class(re.compile("is-aim"))
    move.press("Enter")
    expect(leader).to_have_url(re.compile("hasil=above&perilaku=above"))
    leader.get_by_label("Alasan").fill(REASON)
    leader.get_by_role("button", name="Ajukan usulan").click()
    expect(card(leader, OTHER).get_by_text("ada usulan")).to_be_visible()

    rater = person(RATER).open("/hari-ini/")
    rater.get_by_role("link", name=re.compile("2 usulan penyelarasan menunggu Anda")).click()
    assert rater.evaluate("document.documentElement.scrollWidth <= innerWidth")
    agree(rater, RATED)
    agree(rater, OTHER)

    leader.reload()
    for name in (RATED, OTHER):
        card(leader, name).get_by_role("checkbox").check()
    leader.get_by_role("button", name="Bandingkan yang dipilih").click()
    expect(leader.get_by_text("Nilai terukur")).to_have_count(2)
    leader.go_back()
    leader.get_by_role("link", name="Tutup sesi").click()
    leader.get_by_label("Catatan").fill("Bukti kedua bidang sebanding sesudah dua orang dipindah.")
    leader.get_by_role("button", name="Tutup sesi").click()
    expect(leader.get_by_text("Sesi ditutup.").first).to_be_visible()

    rater.goto(f"{rater.url.partition('/evaluasi')[0]}/evaluasi/menilai/")
    rater.get_by_role("button", name=re.compile("Serahkan 2 penilaian")).click()
    rater.get_by_role("button", name="Ya, serahkan").click()
    expect(rater.get_by_text("2 penilaian diserahkan kepada pegawainya.")).to_be_visible()

    own = person(RATED).open("/evaluasi/")
    own.get_by_role("link", name=re.compile("November")).first.click()
    expect(own.get_by_role("heading", name="Sebelum dan sesudah penyelarasan")).to_be_visible()
    expect(own.get_by_text(re.compile(f"disetujui {RATER}"))).to_be_visible()
    assert own.evaluate("document.documentElement.scrollWidth <= innerWidth")
