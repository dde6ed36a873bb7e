"""The screen on a wall: nobody touches it, so it must say itself that the line is cut, and heal."""

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.house import DESK, PHONE, House, Person

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_wall_draws_itself_anew_says_when_it_cannot_and_heals(browser: Browser, house: House, size) -> None:
    visitor = Person(browser, house, size, worker="block")
    page = visitor.context.new_page()
    page.clock.install()
    page.goto("/publik/73.71/")
    page.locator("a[href*='/unit/']").first.click()
    page.get_by_role("link", name="Layar dinding").click()
    page.goto(f"{page.url}?jam=0-23")
    main = page.locator("main")
    expect(main).to_be_visible()
    drawn = main.get_attribute("data-drawn")

    page.route("**/layar/*", lambda route: route.abort())
    page.clock.run_for(301_000)
    expect(page.get_by_text("Sambungan terputus.")).to_be_visible()
    page.unroute("**/layar/*")
    page.clock.run_for(16_000)
    expect(page.get_by_text("Sambungan terputus.")).to_be_hidden()
    assert drawn
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    visitor.context.close()
