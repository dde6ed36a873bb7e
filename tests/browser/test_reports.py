"""A Semarang report in a real browser: prefilled, written, returned, completed, rated by both readers, seen.

Semarang gets a house of its own: of the governments only its policy scores reports, and its demo alone is filled in
seconds.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.house import DESK, PHONE, House, Person, running

pytestmark = pytest.mark.browser
expect.set_options(timeout=45_000)

AUTHOR, SUPERIOR, OVERSEER = "Ratih Wijayanti", "Sigit Prasetyo", "Teguh Nugroho"
CHALLENGE = "Listrik padam tiga kali pada Maret, antrean terlama 70 menit."
PLAN = "1. Loket cadangan berbaterai pada Februari; antrean paling lama 30 menit."
ASKED = "Mohon beri ukuran dan waktu pada rencana ke depan."
LEVELS = {SUPERIOR: ("4", "3", "3", "3"), OVERSEER: ("3", "3", "2", "3")}
NAMES = ("Hasil terbukti", "Jujur tentang tantangan", "Manfaat bagi warga", "Rencana yang konkret")


@pytest.fixture(scope="module")
def semarang(tmp_path_factory) -> Iterator[House]:
    with running(tmp_path_factory.mktemp("semarang"), "semarang") as house:
        yield house


@pytest.fixture
def member(browser: Browser, semarang: House) -> Iterator[Callable[..., Person]]:
    """`member(name)`: a browser signed in as somebody of Semarang. Fails on anything on the console."""
    people: list[Person] = []

    def make(name: str, size: dict[str, int] = PHONE) -> Person:
        people.append(Person(browser, semarang, size).sign_in(name))
        return people[-1]

    yield make
    problems = [problem for one in people for problem in one.problems]
    for one in people:
        one.context.close()
    assert problems == []


def begin(page: Page) -> str:
    """Begins this year's report; returns the address of its page."""
    page.get_by_role("button", name=re.compile("^Mulai Tahun")).click()
    expect(page.get_by_role("heading", name=re.compile("Laporan kinerja Tahun"))).to_be_visible()
    return page.url.removesuffix("tulis/")


def write(page: Page) -> None:
    """What was achieved is there already; two fields are typed, and kept without a click. The network may go meanwhile:
    who types goes on typing."""
    assert "dokumen" in page.get_by_label("Capaian").first.input_value()
    page.get_by_label("Tantangan").fill(CHALLENGE)
    page.context.set_offline(True)
    page.get_by_label("Rencana ke depan").fill("Loket cadangan")
    expect(page.locator(".toast-wrong")).to_be_visible()
    expect(page.get_by_label("Rencana ke depan")).to_be_focused()
    page.context.set_offline(False)
    page.get_by_label("Rencana ke depan").fill("Loket cadangan.")
    page.get_by_label("Rencana ke depan").press("Tab")
    expect(page.locator("#tersimpan")).to_contain_text("Tersimpan pukul")
    page.reload()
    expect(page.get_by_label("Tantangan")).to_have_value(CHALLENGE)


def hand_in(page: Page) -> None:
    """Clicked twice, as people do on a slow network."""
    page.get_by_role("button", name="Ajukan laporan").dblclick()
    expect(page.locator("main .badge").first).to_have_text("Diajukan")


def give_back(page: Page) -> None:
    page.get_by_text("Belum lengkap? Kembalikan dengan catatan").click()
    page.get_by_label(ASKED).check()
    page.get_by_role("button", name="Kembalikan", exact=True).click()
    expect(page.get_by_text("Laporan dikembalikan kepada pegawai")).to_be_visible()


def rate(page: Page, name: str) -> None:
    for criterion, level in zip(NAMES, LEVELS[name], strict=True):
        group = page.get_by_role("group", name=criterion)
        group.get_by_role("radio").nth(int(level) - 1).check()
    page.get_by_label("Catatan untuk pegawai").fill(f"Catatan dari {name}")
    page.get_by_role("button", name="Simpan penilaian").dblclick()
    expect(page.get_by_role("heading", name="Penilaian Anda")).to_have_count(0)


def rating_of(house: House, employee: int) -> int | None:
    asked = (
        "select component.value_bp from evaluation_scorecomponent component"
        " join evaluation_score score on score.id = component.score_id"
        " join evaluation_period period on period.id = score.period_id"
        " where score.employee_id = ? and component.measure = 'report_rating' order by period.starts_on desc"
    )
    rows = house.rows(asked, str(employee))
    return rows[0][0] if rows else None


def opens_down_to_the_report(page: Page, report: str) -> None:
    """From the live score to the measure, from the measure to the report."""
    page.goto("/nilai/")
    link = page.locator("a[href*='report_rating']").first
    page.goto(link.get_attribute("href") or "")
    expect(page.locator("main")).to_contain_text(f"Dinilai Atasan langsung: {expected(SUPERIOR)}")
    page.locator(f"a[href='/laporan/{report}/']").first.click()
    expect(page.get_by_role("heading", name="Penilaian", exact=True)).to_be_visible()


def expected(name: str) -> str:
    """The rating as the rubric makes it, the mean of 25, 50, 75 and 100, shown half-up to a tenth."""
    tenths = (sum(2500 * int(level) for level in LEVELS[name]) // 4 + 5) // 10
    return f"{tenths // 10},{tenths % 10} %"


def test_a_semarang_report_goes_through_both_readers(member, semarang: House) -> None:
    employee = semarang.run(Path(__file__).with_name("reports_open.py"))["employee"]
    before = rating_of(semarang, employee)
    author, superior, overseer = member(AUTHOR), member(SUPERIOR, DESK), member(OVERSEER)
    page = author.open("/laporan/")
    report = re.search(r"/laporan/(\d+)/", begin(page)).group(1)
    address = f"/laporan/{report}/"
    write(page)
    author.forgive("/tulis/: htmx:", "ERR_INTERNET_DISCONNECTED")
    hand_in(page)

    reading = superior.open("/laporan/antrean/")
    reading.locator(f"a[href='{address}']").click()
    give_back(reading)

    page.goto("/hari-ini/")
    page.get_by_text(re.compile("Laporan Tahun .* dikembalikan")).click()
    expect(page.locator("main")).to_contain_text(ASKED)
    page.get_by_label("Rencana ke depan").fill(PLAN)
    hand_in(page)

    reading.goto(address)
    expect(reading.locator("main")).to_contain_text(PLAN)
    rate(reading, SUPERIOR)
    page.goto(address)
    expect(page.locator("#penilaian")).not_to_contain_text(f"Catatan dari {SUPERIOR}")

    watching = overseer.open("/laporan/antrean/")
    watching.get_by_role("button", name=f"Ambil {AUTHOR}").click()
    expect(watching.get_by_role("heading", name="Penilaian Anda")).to_be_visible()
    expect(watching.locator("#penilaian")).not_to_contain_text(f"Catatan dari {SUPERIOR}")
    rate(watching, OVERSEER)
    expect(watching.locator("#penilaian")).to_contain_text(f"Catatan dari {SUPERIOR}")

    page.goto(address)
    for name in LEVELS:
        expect(page.locator("#penilaian")).to_contain_text(f"Catatan dari {name}")
    for _ in range(60):
        if rating_of(semarang, employee) != before:
            break
        page.wait_for_timeout(500)
    assert rating_of(semarang, employee) != before
    opens_down_to_the_report(page, report)

    paper = page.context.request.get(f"{semarang.url}/dokumen/laporan/{report}/pdf/")
    assert (paper.status, paper.headers["content-type"]) == (200, "application/pdf")
    told = "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(paper.body()))
    assert all(f"Catatan dari {name}" in told for name in LEVELS)

    page.get_by_label("Tanggapan Anda").fill("Terima kasih, rencana saya perbaiki.")
    page.get_by_role("button", name="Sudah saya baca, selesai").click()
    expect(page.locator("main")).to_contain_text("Diumumkan")
