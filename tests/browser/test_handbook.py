"""What a handbook puts between “ ” stands on the page it speaks of; TERANG_PICTURES=1 pictures the pages anew."""

import io
import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from tests.browser.house import PHONE, House, Person

from terang.demo.blueprint import government
from terang.reporting.handbook import books as handbook
from terang.reporting.handbook.books import books

pytestmark = pytest.mark.browser
QUOTED = re.compile(r"“([^”]+)”")
PICTURES = Path(handbook.__file__).parent / "static" / "handbook"
SIZE = {"width": 360, "height": 620}


@pytest.mark.parametrize("code", list(books()))
def test_a_handbook_speaks_of_what_is_there(browser: Browser, house: House, code: str) -> None:
    book = books()[code]
    reader = Person(browser, house, PHONE, worker="block")
    if book.who:
        reader.sign_in(government("makassar")["cast"][book.who])
    page = reader.context.new_page()
    page.set_viewport_size(SIZE)
    for section in book.sections:
        page.goto(reverse(section.page))
        for word in (word for text in section.text for word in QUOTED.findall(text)):
            expect(page.get_by_text(word, exact=False).first, f"{section.page}: {word}").to_be_attached()
        if os.environ.get("TERANG_PICTURES"):
            _picture(page, PICTURES / f"{book.code}-{section.code}.webp")
        if book.who:
            help_link = page.locator("a[data-help]").first
            expect(help_link).to_have_attribute("href", re.compile(r"^/bantuan/"))
    assert not [line for line in reader.problems if "Service Worker" not in line], reader.problems
    reader.context.close()


def _picture(page: Page, path: Path) -> None:
    page.evaluate("document.querySelectorAll('.demo-strip').forEach(each => each.remove())")
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    shot.save(path, "WEBP", quality=55, method=6)
