"""The five stories, walked from the first step to the last as whoever looks at the demo does."""

import re

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.house import PHONE, House, Person

from terang.demo.tours import tours

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("code", list(tours()))
def test_a_tour_is_walked_whole_on_a_phone(browser: Browser, house: House, far_house: House, code: str) -> None:
    tour, here = tours()[code], house if code in ("makassar", "palu") else far_house
    visitor = Person(browser, here, PHONE)
    page = visitor.open("/demo/masuk/")
    page.get_by_role("button", name=f"Mulai tur {tour.title}").click()
    for number, step in enumerate(tour.steps, start=1):
        line = page.get_by_role("region", name="Tur")
        expect(line.get_by_text(f"{number} dari {len(tour.steps)}")).to_be_visible()
        expect(line.get_by_text(step.text)).to_be_visible()
        expect(page.locator("main h1")).not_to_have_text(re.compile("tidak ditemukan|tidak boleh|Kesalahan", re.I))
        if step.find:
            assert page.url.rstrip("/") != here.url, step.find
        assert not page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if number < len(tour.steps):
            line.get_by_role("button", name="Lanjut").click()
    page.get_by_role("region", name="Tur").get_by_role("button", name="Selesai").click()
    expect(page.get_by_role("heading", name="Lima cerita, langkah demi langkah")).to_be_visible()
    assert not visitor.problems, visitor.problems
    visitor.context.close()
