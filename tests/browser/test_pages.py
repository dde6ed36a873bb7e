"""Every page that a role can reach: accessible, fitting a phone, silent on the console, and light on the line."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page
from tests.browser.house import DESK, PHONE, House, Person

pytestmark = pytest.mark.browser

QUICK = {"resultTypes": ["violations"], "preload": False}
"""Only what is wrong is worked out in full: two fifths less time a page."""
RULES = QUICK | {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DARK_RULES = QUICK | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""What another theme can break; the rest was looked at in the light one."""
ROLES = {
    "officer": "Andi Rahmat Daeng Naba",
    "appraiser": "Fatmawati Karaeng Bonto",
    "personnel agency": "Hj. Rosmini Tenriawaru",
    "personnel officer": "Nurhayati Daeng Ngalle",
    "oversight": "Zulkifli Manggabarani",
    "regional head": "Andi Makkulau Pallawa",
}
WRITER, LEADING = "Marwah Sikki", "Baharuddin Palaguna"
NEXT = f"?tahun={datetime.now(ZoneInfo('Asia/Makassar')).year + 1}"
NUMBER, KEY = r"/\d+/", r"/\w+/$"
WRITING = ("hasil/$", f"hasil{KEY}", "kamus/$", "perilaku/$", "lampiran/$", "tugas-belajar/$")
PLANNING: dict[str, list[tuple[str, ...]]] = {
    ROLES["officer"]: [
        ("/skp/",),
        (f"/skp/{NEXT}",),
        ("/skp/", f"naskah{NUMBER}$", f"dokumen/skp{NUMBER}$"),
        ("/matriks/tawaran/",),
    ],
    WRITER: [(f"/skp/{NEXT}",), *((f"/skp/{NEXT}", f"tulis/\\d+/{page}") for page in WRITING)],
    LEADING: [(f"/skp/{NEXT}",), (f"/skp/{NEXT}", f"hasil{KEY}"), (f"/matriks/{NEXT}",)],
    ROLES["appraiser"]: [
        (f"/skp/tim/{NEXT}",),
        (f"/skp/tim/{NEXT}", f"naskah{NUMBER}$"),
        (f"/skp/tim/{NEXT}", f"naskah{NUMBER}$", "putusan/$"),
        ("/skp/tim/baca/?ulang",),
        ("/matriks/",),
        *(
            ("/matriks/", page)
            for page in ("kolom/", "orang/", "cakupan/", "dari-bawah/", "orang-baru/", "kolom-baru/")
        ),
        ("/matriks/", "kolom/", "ubah/"),
    ],
    ROLES["personnel officer"]: [
        (f"/skp/{NEXT}",),
        ("/skp/kelengkapan/",),
        ("/skp/ketentuan/baru/",),
        ("/skp/templat/", f"templat{NUMBER}$"),
        ("/sasaran/", f"sasaran{NUMBER}$"),
        ("/sasaran/periksa/",),
        ("/sasaran/perjanjian/",),
        ("/sasaran/perjanjian/", NUMBER),
        ("/kamus-indikator/", f"indikator{NUMBER}$"),
        ("/kamus-indikator/baru/",),
        ("/dokumen/",),
    ],
}
"""Pages of planning in their states, by who sees them: where to begin, and which links to follow from there."""
FIRST_LOAD, LATER = 100_000, 20_000
NOT_A_PAGE = re.compile(
    r"/keluar/|\?|/berkas/|/foto/|/pdf/$|/xlsx/$|/contoh/|/salah/|\.(csv|xlsx|json|xml)|^#|^https?:|^mailto:"
)
INDONESIAN = re.compile(
    r"\b(yang|dan|saya|Anda|menunggu|nilai|belum|kegiatan|untuk|dari|hari|tim|catat|lihat|dengan|bukti|rencana)\b", re.I
)


@dataclass
class Crawl:
    """What was found on the way. `shapes` are addresses with their numbers taken out: each is looked at once."""

    shapes: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    largest: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def crawl() -> Crawl:
    return Crawl()


def shape(address: str) -> str:
    return re.sub(r"\d+", "#", urlsplit(address).path)


def links(page: Page, within: str) -> list[str]:
    found = page.eval_on_selector_all(
        f"{within} a[href]:not([download])", "all => [...new Set(all.map(a => a.getAttribute('href')))]"
    )
    return [address for address in found if address.startswith("/") and not NOT_A_PAGE.search(address)]


def look(page: Page, crawl: Crawl, size: dict[str, int], rules: dict[str, object] | None = None) -> None:
    page.set_viewport_size(size)
    width = size["width"]
    if page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"):
        crawl.faults.append(f"{page.url} is wider than {width} px")
    for found in Axe().run(page, options=rules or RULES).response["violations"]:
        crawl.faults.append(f"{page.url} at {width} px, {found['id']}: {found['nodes'][0]['html'][:150]}")


def body_size(page: Page) -> int:
    """Bytes of the page on the line, compressed, as the browser itself counts them."""
    return int(page.evaluate("performance.getEntriesByType('navigation')[0].encodedBodySize"))


@pytest.mark.parametrize("role", ROLES)
def test_pages_of_a_role_are_accessible_fit_and_stay_small(browser: Browser, house: House, crawl: Crawl, role) -> None:
    """The menu of each role at both widths, and one page of every kind that is linked from there on a phone."""
    person = Person(browser, house, PHONE, worker="block").sign_in(ROLES[role])
    page = person.context.new_page()
    page.goto("/")
    waiting = [(page.url.removeprefix(house.url), True), *((address, True) for address in links(page, "nav.nav"))]
    seen: set[str] = set()
    while waiting:
        address, from_menu = waiting.pop(0)
        kind = shape(address)
        if kind in seen or (not from_menu and kind in crawl.shapes):
            continue
        seen.add(kind)
        response = page.goto(address)
        assert response is not None
        if not response.ok:
            crawl.faults.append(f"{address} from {role}: {response.status}")
            continue
        if not response.headers["content-type"].startswith("text/html"):
            continue  # a photo or a file: nothing in it answers
        crawl.largest[kind] = max(crawl.largest.get(kind, 0), body_size(page))
        if kind not in crawl.shapes:
            for size in (DESK, PHONE) if from_menu else (PHONE,):
                look(page, crawl, size)
        crawl.shapes.add(kind)
        waiting += [(found, False) for found in links(page, "main")]
    person.forgive("Service Worker registration blocked")
    crawl.faults += person.problems
    person.context.close()
    faults, crawl.faults = crawl.faults, []
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", PLANNING)
def test_pages_of_planning_are_accessible_in_every_state(browser: Browser, house: House, crawl: Crawl, name) -> None:
    """At both widths; the dark theme changes colours only, so once."""
    person = Person(browser, house, PHONE, worker="block").sign_in(name)
    page = person.context.new_page()
    for way in PLANNING[name]:
        if follow(page, way, crawl):
            for size in (PHONE, DESK):
                look(page, crawl, size)
            page.emulate_media(color_scheme="dark")
            look(page, crawl, DESK, DARK_RULES)
            page.emulate_media(color_scheme="light")
    person.forgive("Service Worker registration blocked")
    faults, crawl.faults = [*crawl.faults, *person.problems], []
    person.context.close()
    assert not faults, "\n".join(faults)


def follow(page: Page, way: tuple[str, ...], crawl: Crawl) -> bool:
    """From the first address on by the first link that matches each pattern; notes how heavy the last page is."""
    address = way[0]
    for pattern in (*way[1:], ""):
        response = page.goto(address)
        if response is None or not response.ok:
            crawl.faults.append(f"{address} on {way}: {response and response.status}")
            return False
        found = [link for link in links(page, "main") if re.search(pattern, link)] if pattern else []
        if pattern and not found:
            crawl.faults.append(f"no link {pattern} on {page.url}")
            return False
        address = found[0] if found else address
    kind = shape(address)
    crawl.largest[kind] = max(crawl.largest.get(kind, 0), body_size(page))
    return True


def test_the_page_behind_a_code_is_accessible(browser: Browser, house: House) -> None:
    """What anybody sees who checks a printed plan: the right code, and a wrong one."""
    owner, citizen, crawl = Person(browser, house, PHONE).sign_in(WRITER), Person(browser, house, PHONE), Crawl()
    page = owner.open("/skp/")
    assert follow(page, ("/skp/", f"naskah{NUMBER}$", f"dokumen/skp{NUMBER}$"), crawl)
    assert owner.context.request.get(f"{page.url}pdf/").ok
    page.reload()
    code = page.locator("td code").first.inner_text()
    for address in (f"/periksa/{code}/", "/periksa/", "/periksa/SALAH123/"):
        for size in (PHONE, DESK):
            look(citizen.open(address), crawl, size)
    citizen.forgive("404")
    assert crawl.faults + owner.problems + citizen.problems == []
    owner.context.close()
    citizen.context.close()


def test_two_versions_side_by_side_are_accessible(browser: Browser, house: House) -> None:
    [(changed,), *_others] = house.rows("select id from plans_planversion where number = 2 and state = 'disepakati'")
    person, crawl = Person(browser, house, PHONE).sign_in(ROLES["personnel officer"]), Crawl()
    page = person.open(f"/skp/naskah/{changed}/banding/")
    assert page.locator("ins").count()
    for size in (PHONE, DESK):
        look(page, crawl, size)
    person.context.close()
    assert crawl.faults + person.problems == []


def test_later_pages_stay_small(crawl: Crawl, house: House) -> None:
    assert len(crawl.shapes) > 25
    kind, size = max(crawl.largest.items(), key=lambda pair: pair[1])
    house.figures["largest page"] = f"{size / 1000:.1f} kB {kind}, of {len(crawl.shapes)} kinds"
    assert {kind: size for kind, size in crawl.largest.items() if size > LATER} == {}


@pytest.mark.parametrize("role", ["officer", "appraiser", "regional head"])
def test_the_first_load_stays_small(browser: Browser, house: House, role: str) -> None:
    """Everything a cold browser fetches for the page the day begins on."""
    person = Person(browser, house, PHONE, worker="block").sign_in(ROLES[role])
    page = person.context.new_page()
    cold = person.context.new_cdp_session(page)
    cold.send("Network.enable")
    cold.send("Network.setCacheDisabled", {"cacheDisabled": True})
    sizes: list[int] = []
    cold.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto("/", wait_until="load")
    page.wait_for_selector("nav.nav")
    total = sum(sizes)
    house.figures[f"first load, {role}"] = f"{total / 1000:.1f} kB"
    assert len(sizes) >= 4
    assert total <= FIRST_LOAD
    person.context.close()


CITY = "73.71"
PUBLIC = {
    "government": ("/publik/", f"/publik/{CITY}/", f"/publik/{CITY}/laporan/", f"/publik/{CITY}/data/"),
    "complaints": ("/pengaduan/", f"/pengaduan/lapor/{CITY}/", "/pengaduan/cari/", "/pengaduan/ikuti/salah/"),
    "services": ("/layanan/", "/layanan/?q=ktp", "/layanan/?q=zzzz", "/layanan/lacak/", "/layanan/lacak/t/salah/"),
    "survey": ("/layanan/survei/salah/", "/layanan/survei/terima-kasih/"),
}
"""What anybody reads without an account; the rest is reached from there."""
_JPEG = BytesIO()
Image.new("RGB", (60, 40), "white").save(_JPEG, "JPEG")
SMALL_JPEG = _JPEG.getvalue()
OPEN_REPORTS = """select category.name, report.address from complaints_complaint report
    join complaints_complaintcategory category on category.id = report.category_id
    join organization_agency agency on agency.id = report.agency_id where agency.code = ? and report.is_published
    and report.address <> '' and report.state in ('diteruskan', 'tindak_lanjut') and report.is_secret = 0"""
"""Category and place of reports that a new one may be like."""
SHOTS = os.environ.get("TERANG_SHOTS", "")
"""A folder to look at every public page in, as it was checked."""


def regard(page: Page, crawl: Crawl) -> None:
    """At both widths, and the dark theme, which changes colours only, once."""
    for size in (PHONE, DESK):
        look(page, crawl, size)
        if SHOTS:
            name = re.sub(r"\W+", "_", urlsplit(page.url).path)[:60]
            page.screenshot(path=Path(SHOTS) / f"{name}-{size['width']}.png", full_page=True)
    page.emulate_media(color_scheme="dark")
    look(page, crawl, PHONE, DARK_RULES)
    page.emulate_media(color_scheme="light")


@pytest.fixture
def passer_by(browser: Browser, house: House) -> Iterator[tuple[Person, Page, Crawl]]:
    """Somebody without an account, on a phone."""
    person, crawl = Person(browser, house, PHONE, worker="block"), Crawl()
    yield person, person.context.new_page(), crawl
    person.forgive("Service Worker registration blocked", "404", "422")
    problems = crawl.faults + person.problems
    person.context.close()
    assert problems == []


@pytest.mark.parametrize("part", PUBLIC)
def test_public_pages_are_accessible_without_an_account(passer_by, part: str) -> None:
    _person, page, crawl = passer_by
    for address in PUBLIC[part]:
        page.goto(address)
        regard(page, crawl)


def test_what_a_government_shows_leads_on_and_can_be_taken_along(passer_by) -> None:
    """A unit, a report, a service with its form; and every table as CSV and JSON."""
    person, page, crawl = passer_by
    unit, report = rf"/publik/{CITY}/unit/\d+/$", rf"/publik/{CITY}/laporan/ADU-[\w-]+/$"
    for way in (
        (f"/publik/{CITY}/", unit),
        (f"/publik/{CITY}/laporan/", report),
        ("/layanan/?q=ktp", r"/layanan/\d+/$"),
        ("/layanan/?q=ktp", r"/layanan/\d+/$", r"/ajukan/$"),
    ):
        if follow(page, way, crawl):
            regard(page, crawl)
    page.goto(f"/publik/{CITY}/data/")
    tables = page.locator("a[href$='.csv'], a[href$='.json']").evaluate_all("all => all.map(a => a.href)")
    assert len(tables) > 8
    assert {address: got for address in tables if (got := person.context.request.get(address).status) != 200} == {}


def test_a_report_from_the_empty_form_to_its_own_page_is_accessible(passer_by, house: House) -> None:
    """With what stands there when something is missing, and with the hint at a similar report."""
    _person, page, crawl = passer_by
    [(category, place), *_others] = house.rows(OPEN_REPORTS, CITY)
    page.goto(f"/pengaduan/lapor/{CITY}/")
    page.get_by_role("button", name="Kirim laporan").click()
    regard(page, crawl)
    page.get_by_label("Apa masalahnya?").fill("Lampu jalan mati")
    page.get_by_label("Ceritakan yang terjadi").fill("Sudah seminggu gelap.")
    page.get_by_label("Tentang apa?").select_option(label=category)
    page.get_by_label("Di mana?").fill(place)
    page.get_by_label("Di mana?").blur()
    page.get_by_text("Mungkin sudah dilaporkan").wait_for()
    regard(page, crawl)
    page.locator("input[type=file]").set_input_files(
        {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"bukan foto"}
    )
    page.wait_for_timeout(2100)  # what is sent sooner was filled in by a machine
    page.get_by_role("button", name="Kirim laporan").click()
    page.get_by_role("heading", name="Ada yang perlu diperbaiki").wait_for()
    assert page.evaluate("document.activeElement.type") == "file"
    regard(page, crawl)
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Kirim laporan").click()
    page.get_by_role("link", name="Buka laporan saya").wait_for()
    regard(page, crawl)
    page.get_by_role("link", name="Buka laporan saya").click()
    page.get_by_role("heading", name="Dua kunci untuk selesai").wait_for()
    regard(page, crawl)


def test_a_request_from_the_form_to_its_own_page_is_accessible(passer_by) -> None:
    _person, page, crawl = passer_by
    assert follow(page, ("/layanan/?q=ktp", r"/layanan/\d+/$", r"/ajukan/$"), crawl)
    page.get_by_role("button", name="Kirim permohonan").click()
    regard(page, crawl)
    for chooser in page.locator("input[type=file]").all():
        chooser.set_input_files({"name": "kk.jpg", "mimeType": "image/jpeg", "buffer": SMALL_JPEG})
    page.get_by_label("Nama Anda").fill("Ibu Halimah")
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Kirim permohonan").click()
    page.locator(".key").first.wait_for()
    regard(page, crawl)
    page.get_by_role("link", name="Lihat permohonan").click()
    page.get_by_role("heading", name="Rinciannya").wait_for()
    regard(page, crawl)


def test_a_survey_is_accessible_empty_and_refused(browser: Browser, house: House, passer_by) -> None:
    """Its link comes from the counter, after a walk-in was served."""
    officer = Person(browser, house, DESK).sign_in(ROLES["officer"])
    desk = officer.open("/layanan/permohonan/")
    desk.get_by_role("button", name="Terima permohonan").click()
    desk.get_by_role("button", name="Selesai dan diserahkan").click()
    desk.get_by_role("heading", name="Tautan survei untuk warga").wait_for()
    link = desk.locator(".card a").first.get_attribute("href") or ""
    officer.context.close()
    _person, page, crawl = passer_by
    page.goto(link)
    regard(page, crawl)
    page.get_by_role("button", name="Kirim jawaban").click()
    page.get_by_role("heading", name="Ada yang perlu diperbaiki").wait_for()
    regard(page, crawl)


@pytest.mark.parametrize("address", ["/hari-ini/", "/nilai/", "/kegiatan/baru/", "/layanan/permohonan/"])
def test_dark_pages_are_accessible(browser: Browser, house: House, address: str) -> None:
    person = Person(browser, house, PHONE, scheme="dark").sign_in(ROLES["officer"])
    crawl = Crawl()
    look(person.open(address), crawl, PHONE)
    person.context.close()
    assert crawl.faults + person.problems == []


@pytest.fixture
def english(browser: Browser, house: House) -> Iterator[Page]:
    person = Person(browser, house, PHONE).sign_in(ROLES["appraiser"])
    page = person.open("/hari-ini/")
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("html[lang=en]")
    yield page
    person.context.close()
    assert person.problems == []


def test_english_leaves_no_indonesian_in_headings_and_menus(english: Page) -> None:
    """Names, posts and what a government itself wrote stay as they are; the headings of the pages do not."""
    left = []
    work = ("/hari-ini/", "/tim/", "/kegiatan/", "/nilai/", "/layanan/permohonan/", "/kegiatan/antrean/")
    planning = ("/skp/", "/skp/tim/", "/skp/tim/baca/", "/matriks/", "/sasaran/", "/kamus-indikator/", "/dokumen/")
    for address in (*work, *planning):
        english.goto(address)
        said = english.locator("h1, h2, nav.nav a, thead th").all_inner_texts()
        left += [f"{address}: {text}" for text in said if INDONESIAN.search(text)]
    assert left == []
