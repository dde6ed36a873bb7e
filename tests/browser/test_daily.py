"""The burden of daily work, counted in a real browser: taps and seconds for a drafted entry and for a new one."""

import re
import time
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import FIGURES
from tests.browser.house import DESK, House

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)
OFFICER = "Andi Rahmat Daeng Naba"
FINISHED = """
import json, uuid
from django.utils import timezone
from terang.evidence.citizens.models import Service, ServiceRequest
from terang.registry.people.models import Employee
officer = Employee.objects.get(name="Andi Rahmat Daeng Naba")
service = Service.objects.filter(requests__officer=officer).first()
now = timezone.now()
for number in range(3):
    ServiceRequest.objects.create(service=service, officer=officer, tracking_code=uuid.uuid4().hex[:12],
                                  received_at=now, completed_at=now, actual_minutes=30)
print(json.dumps(service.name))
"""


@dataclass
class Hand:
    """Counts what a person does. Typing is counted as typing, not as taps: a field already in focus needs none."""

    taps: int = 0
    began: float = field(default_factory=time.monotonic)

    def tap(self, what: Locator) -> None:
        what.click()
        self.taps += 1

    def figure(self) -> str:
        return f"{self.taps} taps, {time.monotonic() - self.began:.1f} s"


@pytest.fixture(scope="module")
def service(house: House, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Three requests of the officer finished today; the name of their service."""
    program = tmp_path_factory.mktemp("daily") / "finished.py"
    program.write_text(FINISHED, encoding="utf-8")
    return house.run(program)


def saved(page: Page, text: str) -> None:
    expect(page.locator("#entry-form")).to_contain_text(f"Tercatat: {text}")


def test_a_drafted_entry_takes_two_taps_and_is_not_offered_again(person, service: str) -> None:
    page = person(OFFICER).open("/hari-ini/")
    text = f"Menyelesaikan 3 permohonan {service}"
    draft = page.locator(".draft").filter(has_text=text)
    draft.wait_for()
    hand = Hand()
    hand.tap(draft.get_by_role("link", name="Pakai"))
    hand.tap(page.get_by_role("button", name="Simpan dan kirim"))
    saved(page, text)
    FIGURES["drafted daily entry"] = hand.figure()
    assert hand.taps == 2
    assert time.monotonic() - hand.began < 60
    expect(page.locator(".draft").filter(has_text=text)).to_have_count(0)


def test_a_new_entry_takes_at_most_four_taps_beside_typing(person) -> None:
    page = person(OFFICER).open("/hari-ini/")
    page.get_by_role("link", name="Catat kegiatan").wait_for()
    hand = Hand()
    hand.tap(page.get_by_role("link", name="Catat kegiatan"))
    hand.tap(page.locator(".pick").filter(has_text="Jumlah dokumen terbit"))
    text = page.get_by_label("Apa yang dikerjakan")
    hand.tap(text)
    page.keyboard.type("Menerbitkan KTP-el warga Tallo")
    page.keyboard.press("Tab")
    page.keyboard.type("4")
    hand.tap(page.get_by_role("button", name="Simpan dan kirim"))
    saved(page, "Menerbitkan KTP-el warga Tallo")
    FIGURES["new daily entry"] = hand.figure()
    assert hand.taps <= 4
    assert time.monotonic() - hand.began < 60


def test_a_favourite_takes_two_taps(person) -> None:
    page = person(OFFICER).open("/hari-ini/")
    favourite = page.locator(".starts a[href*='favorit=']").first
    favourite.wait_for()
    hand = Hand()
    hand.tap(favourite)
    expect(page.get_by_label("Apa yang dikerjakan")).not_to_have_value("")
    hand.tap(page.get_by_role("button", name="Simpan dan kirim"))
    saved(page, "")
    FIGURES["entry from a favourite"] = hand.figure()
    assert hand.taps == 2


def test_hints_come_while_typing_and_stop_nobody(person) -> None:
    page = person(OFFICER, size=DESK).open("/kegiatan/baru/")
    asked: list[str] = []
    page.on("request", lambda request: "periksa" in request.url and asked.append(request.url))
    page.locator(".pick").filter(has_text="Jumlah dokumen terbit").click()
    expect(page.locator("#satuan")).to_have_text("dokumen")
    asked.clear()
    page.get_by_label("Apa yang dikerjakan").press_sequentially("mengikuti rapat", delay=30)
    expect(page.locator("#petunjuk-text")).to_contain_text("Tuliskan hasilnya")
    page.get_by_role("textbox", name="Jumlah").fill("90000")
    expect(page.locator("#petunjuk-quantity")).to_contain_text(re.compile("Biasanya sekitar|Sisa target"))
    assert len(asked) <= 5
    expect(page.get_by_label("Apa yang dikerjakan")).to_have_value("mengikuti rapat")


def test_a_draft_that_is_not_wanted_goes_away(person) -> None:
    page = person(OFFICER).open("/hari-ini/")
    drafts = page.locator(".draft")
    drafts.first.wait_for()
    shown = drafts.first.locator("strong").inner_text()
    before = page.locator(".draft").filter(has_text=shown).count()
    drafts.first.get_by_role("button", name="Bukan ini").click()
    expect(page.locator(".draft").filter(has_text=shown)).to_have_count(before - 1)


def test_a_day_of_the_week_gets_its_entry_in_one_tap(person) -> None:
    page = person(OFFICER).open("/kegiatan/minggu/")
    page.locator(".week-day").first.get_by_role("link", name="Tambah").click()
    assert page.url.partition("tanggal=")[2]
    expect(page.locator(".pick").first).to_be_visible()
