"""A question is put together, saved and shared; somebody else opens it and is answered with what is theirs to see."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.house import DESK, PHONE, House

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)
KEEPER, LEADER = "Hj. Rosmini Tenriawaru", "Fatmawati Karaeng Bonto"
NAME = "Sebaran nilai hasil kerja"


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_question_is_saved_shared_and_answered_for_who_asks(person, house: House, size: dict[str, int]) -> None:
    name = f"{NAME} {size['width']}"
    page = person(KEEPER, size).open("/analisis/")
    expect(page.get_by_label("Kohort: orang yang")).to_be_hidden()
    page.get_by_label("Cara melihat").select_option(label="Kohort")
    expect(page.get_by_label("Kohort: orang yang")).to_be_visible()
    expect(page.get_by_label("Dibagi menurut")).to_be_hidden()
    page.get_by_label("Cara melihat").select_option(label="Sebaran")
    page.get_by_label("Yang dilihat").select_option(label="Nilai hasil kerja")
    page.get_by_role("button", name="Tampilkan").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Nilai hasil kerja")
    expect(page.locator("svg[role=img]")).to_be_visible()
    assert fits(page)

    with page.expect_download() as taken:
        page.get_by_role("button", name="XLSX").click()
    assert taken.value.suggested_filename.endswith(".xlsx")

    page.get_by_role("link", name="Simpan tampilan ini").click()
    page.get_by_label("Nama tampilan").fill(name)
    page.get_by_label("Semua yang boleh membuka analisis").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()

    other = person(LEADER, size).open("/analisis/")
    other.get_by_role("link", name=name, exact=True).click()
    expect(other.get_by_role("heading", level=2).first).to_contain_text("Nilai hasil kerja")
    expect(other.locator("#jawaban")).not_to_contain_text("Dinas Kesehatan")
    assert fits(other)
    other.locator("#jawaban td a").first.click()
    expect(other.get_by_role("link", name="Kembali ke jawabannya")).to_be_visible()
    assert fits(other)
