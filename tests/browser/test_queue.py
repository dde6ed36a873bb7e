"""The appraiser's queue in a real browser: unusual first, two drawn entries opened, the rest accepted at once, one
given back with a phrase that stands on the employee's open page."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.house import DESK, PHONE, House, Person

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def team(house: House):
    return house.run(Path(__file__).with_name("new_queue.py"))


def enter(browser, house: House, nip: str, password: str, size) -> Person:
    return Person(browser, house, size).enter(nip, password)


class Taps:
    """Counts what a person taps, and times it."""

    def __init__(self) -> None:
        self.count, self.started = 0, time.time()

    def on(self, target: Locator) -> None:
        target.click()
        self.count += 1

    @property
    def seconds(self) -> float:
        return time.time() - self.started


def drawn(queue: Page) -> list[str]:
    rows = queue.locator("#queue li").filter(has_text="contoh: buka dulu")
    return [rows.nth(number).get_attribute("id") or "" for number in range(rows.count())]


@pytest.mark.parametrize("size", [PHONE], ids=["ponsel"])
def test_ten_routine_entries_take_one_screen_and_two_opened_samples(browser, house: House, team, size) -> None:
    leader = enter(browser, house, team["leader"], team["password"], size)
    member = enter(browser, house, team["member"], team["password"], PHONE)
    try:
        queue = leader.watch("/kegiatan/antrean/")
        first = queue.locator("#queue li").first
        expect(queue.get_by_role("heading", level=2).first).to_have_text("Perlu dilihat")
        expect(first).to_contain_text("hampir sama dengan kegiatan lain pada hari yang sama")
        expect(first.get_by_role("link", name="Bandingkan")).to_be_visible()
        expect(first.get_by_role("checkbox")).not_to_be_checked()
        assert queue.evaluate("document.documentElement.scrollWidth <= innerWidth")

        taps, accept = Taps(), queue.get_by_role("button", name="Terima yang ditandai")
        taps.on(accept)
        expect(queue.get_by_role("alert")).to_contain_text("2 contoh yang diundi belum dibuka")
        samples = drawn(queue)
        assert len(samples) == 2
        for sample in samples:
            row = queue.locator(f"#{sample}")
            taps.on(row.locator("summary").first)
            expect(row).to_contain_text("sudah dibuka")
            expect(row.get_by_role("button", name="Terima", exact=True)).to_be_visible()
        taps.on(accept)
        expect(queue.get_by_text("11 kegiatan diterima.")).to_be_visible()
        expect(queue.locator("#queue li")).to_have_count(1)
        house.figures["taps for eleven routine entries"] = str(taps.count)
        house.figures["seconds for eleven routine entries, by machine"] = f"{taps.seconds:.1f} s"
        assert taps.count <= 4
        assert taps.seconds < 120

        page = member.watch(f"/kegiatan/{team['unusual']}/")
        today = member.watch("/hari-ini/")
        row = queue.locator("#queue li").first
        taps = Taps()
        taps.on(row.locator("summary").first)
        taps.on(row.get_by_text("Kembalikan dengan catatan"))
        row.get_by_role("button", name="Kembalikan", exact=True).click()
        expect(row.locator(".field .error").first).to_be_visible()
        taps.on(row.get_by_text("Kegiatan ini tampak sama dengan yang lain. Jelaskan bedanya."))
        sent = time.time()
        taps.on(row.get_by_role("button", name="Kembalikan", exact=True))
        expect(page.locator("#entry")).to_contain_text("Kegiatan ini tampak sama dengan yang lain. Jelaskan bedanya.")
        house.figures["returned entry on the employee's open page"] = f"{time.time() - sent:.2f} s"
        house.figures["taps to give back with a phrase"] = str(taps.count)
        expect(today.locator("#menunggu")).to_contain_text("Jelaskan bedanya")
        expect(queue.get_by_text("Tidak ada yang menunggu")).to_be_visible()
        assert member.problems == []
        leader.forgive("422")
        assert leader.problems == []
    finally:
        leader.context.close()
        member.context.close()


def test_the_queue_fits_a_desk_and_works_with_the_keyboard(browser, house: House, team) -> None:
    leader = enter(browser, house, team["leader"], team["password"], DESK)
    try:
        queue = leader.open("/kegiatan/antrean/")
        expect(queue.get_by_role("heading", level=1)).to_have_text("Menunggu Anda")
        queue.get_by_role("link", name="Belum dijawab").click()
        expect(queue.get_by_text("Semua sudah dijawab")).to_be_visible()
        assert leader.problems == []
    finally:
        leader.context.close()
