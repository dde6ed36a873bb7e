"""A policy is replayed on a past time, and the picture follows the slider."""

import re
import time

import pytest
from playwright.sync_api import expect
from tests.browser.house import DESK, House

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)
KEEPER = "Hartati Yotolembah"
WAIT_MS = 120_000


def test_the_picture_follows_the_slider_and_the_address_keeps_it(person, house: House) -> None:
    page = person(KEEPER, DESK).open("/putar-ulang/mulai/")
    page.get_by_role("button", name="Siapkan putar ulang").click()
    facts = page.locator("#hasil dl.replay-facts")
    expect(facts).to_be_visible(timeout=WAIT_MS)
    figure = facts.locator("div", has_text="Di bawah standar").locator("dd")
    before = figure.inner_text()
    labelled = page.get_by_label(re.compile("^Standar"))
    slider = labelled.and_(page.locator("[type=range]"))
    page.locator(".replay-panel details", has=labelled).locator("summary").click()

    slider.focus()
    began = time.monotonic()
    slider.press("End")
    expect(figure).not_to_have_text(before)
    house.figures["slider to picture"] = f"{time.monotonic() - began:.2f} s"
    raised = figure.inner_text()
    assert int(raised.split("→")[1]) > int(before.split("→")[1])
    expect(labelled.and_(page.locator("[type=number]"))).to_have_value(slider.input_value())

    expect(page).to_have_url(re.compile(r"standard="))
    page.get_by_role("button", name="Hitung").click()
    expect(figure).to_have_text(raised)
    slider.press("Home")
    expect(figure).not_to_have_text(raised)
    page.get_by_role("link", name="Kembalikan semua").click()
    expect(figure).to_have_text(before)
