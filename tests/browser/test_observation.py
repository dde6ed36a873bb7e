"""Two observers at a counter, each on a phone: they mark alone, compare, settle, and tell it the same day."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)
OBSERVED, HEAD, COLLEAGUE = "Andi Rahmat Daeng Naba", "Fatmawati Karaeng Bonto", "Marwah Sikki"
NOTE = "Keperluan ditanyakan sambil melihat layar."


def opened(page: Page) -> Page:
    """The observation of today from the list of those one does."""
    page.get_by_role("link", name=OBSERVED).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Menyambut dan mendengarkan")
    return page


def choose(page: Page, *levels: int) -> None:
    for number, level in enumerate(levels):
        page.locator("fieldset.obs-behaviour").nth(number).locator(".pick").nth(level).click()


def fits(page: Page) -> bool:
    """Nothing sticks out beside a phone, and every choice is big enough for a thumb."""
    boxes = [each.bounding_box() for each in page.locator(".pick").all()]
    assert all(box and box["height"] >= 44 for box in boxes)
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_two_observers_mark_alone_settle_and_tell_the_same_day(person) -> None:
    head, colleague = person(HEAD), person(COLLEAGUE)
    first, second = (opened(one.open("/observasi/diamati/")) for one in (head, colleague))

    first.get_by_role("link", name="Isi lembar pengamatan").click()
    assert fits(first)
    first.get_by_role("button", name="Serahkan").click()
    expect(first.get_by_text("Ada yang perlu diperbaiki")).to_be_visible()
    head.forgive("422")
    choose(first, 2)
    first.get_by_label("Yang terlihat").first.fill(NOTE)
    expect(first.locator("#tersimpan")).to_contain_text("Tersimpan pukul")
    first.goto(first.url)
    expect(first.get_by_label("Yang terlihat").first).to_have_value(NOTE)
    choose(first, 2, 1, 2)
    first.get_by_role("button", name="Serahkan").click()
    expect(first.get_by_text("Menunggu pengamat lain")).to_be_visible()

    second.reload()
    expect(second.get_by_text(NOTE)).to_have_count(0)
    expect(second.locator(".is-main")).to_have_count(0)
    second.get_by_role("link", name="Isi lembar pengamatan").click()
    choose(second, 0, 1, 2)
    second.get_by_role("button", name="Serahkan").click()
    second.get_by_role("link", name="Tetapkan nilai bersama").click()
    expect(second.get_by_text(re.compile("nilai yang sama pada 2 dari 3"))).to_be_visible()
    expect(second.get_by_text(NOTE)).to_be_visible()
    assert fits(second)
    choose(second, 1)
    second.get_by_role("button", name="Tetapkan nilai bersama").click()
    expect(second.get_by_text("4 dari 6 poin")).to_be_visible()

    second.get_by_role("link", name="Beri umpan balik").click()
    second.get_by_label("Yang sudah baik").fill("Setiap warga disapa lebih dahulu.")
    second.get_by_label("Yang dapat dicoba").fill("Ulangi inti keperluan sebelum mengetik.")
    second.get_by_label("Sasaran perbaikan").fill("Tidak ada warga yang mengulang ceritanya.")
    second.get_by_label("Sampai").fill("2099-12-20")
    second.get_by_role("button", name="Kirim umpan balik").click()
    expect(second.get_by_text("Umpan balik terkirim.")).to_be_visible()
    expect(second.get_by_text("terlambat")).to_have_count(0)

    own = person(OBSERVED).open("/hari-ini/")
    own.get_by_role("link", name=re.compile("Umpan balik observasi")).click()
    expect(own.get_by_text("Ulangi inti keperluan sebelum mengetik.")).to_be_visible()
    expect(own.get_by_text(HEAD).first).to_be_visible()
    own.get_by_role("link", name="Saya terima").click()
    own.get_by_role("button", name="Ya, terima").click()
    expect(own.get_by_text("Untuk belajar, tidak dinilai.")).to_be_visible()
