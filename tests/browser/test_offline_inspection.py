"""Points of a visit without a network, in a real browser: written on a phone, sealed, sent once, each with its photo.

The line and the phone are those of `test_offline.py`: it can be cut, and a reboot is real.
"""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.house import House
from tests.browser.line import Line, line_to
from tests.browser.test_offline import OUTBOX, RULES, Device, alter, device, photo, row, until

__all__ = ["device"]
pytestmark = pytest.mark.browser
OVERSEER, COLLEAGUE = "Zulkifli Manggabarani", "Andi Rahmat Daeng Naba"
UNIT = "Bidang Pelayanan Pendaftaran Penduduk"
FORM, DOOR = "/pengawasan/luring/", "POST /pengawasan/luring/terima/"


@pytest.fixture
def line(house: House) -> Iterator[Line]:
    """Makassar this time: its overseers visit."""
    with line_to(int(house.url.rpartition(":")[2])) as line:
        yield line


def opened(phone: Device, purpose: str) -> Page:
    """The page of a visit that was just opened, once this phone is ready to lose its network."""
    page = phone.sign_in(OVERSEER)
    page.goto("/pengawasan/baru/")
    page.get_by_label("Unit yang dikunjungi").select_option(label=UNIT)
    page.get_by_label("Tujuan").fill(purpose)
    page.get_by_label("Nomor surat tugas").fill("090/77/2026")
    page.get_by_role("button", name="Buka pemeriksaan").click()
    page.wait_for_url("**/inspeksi/*/")
    expect(page.get_by_text("Siap dipakai tanpa jaringan")).to_be_visible()
    return page


def write(page: Page, criterion: str, *photos: dict[str, object], who: str = "", note: str = "") -> str:
    """Fills the form for no network and keeps the point; with a note it is a finding. Returns the device's number."""
    form = page.locator("#butir-luring form")
    form.wait_for()
    form.get_by_label("Standar yang diperiksa", exact=True).select_option("*")
    form.get_by_label("Tulis standar yang diperiksa").fill(criterion)
    if who:
        form.get_by_label("Tentang siapa").select_option(label=who)
    form.get_by_text("Tidak terpenuhi" if note else "Terpenuhi", exact=True).click()
    form.get_by_label("Yang terlihat").fill(note)
    if photos:
        form.get_by_label("Foto").set_input_files(list(photos))
    form.get_by_role("button", name="Simpan di perangkat").click()
    expect(page.locator("[data-part=saved]")).to_be_visible()
    return page.locator("[data-slot=number]").inner_text()


def points(house: House, purpose: str) -> list[tuple[object, ...]]:
    """Criterion, person, met, state and number of photos of each point of the visit, as they were written."""
    return house.rows(
        "SELECT p.criterion, e.name, p.met, p.state, (SELECT count(*) FROM oversight_checkphoto WHERE point_id = p.id) "
        "FROM oversight_inspectioncheck AS p JOIN oversight_inspection AS v ON v.id = p.inspection_id "
        "LEFT JOIN people_employee AS e ON e.id = p.employee_id WHERE v.purpose = ? ORDER BY p.id",
        purpose,
    )


def test_two_points_with_a_photo_survive_a_reboot_and_arrive_once(device, line: Line, house: House) -> None:
    phone = device()
    visit = opened(phone, "Sidak tanpa sinyal").url
    phone.leave_the_network()
    page = phone.open(visit)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidak ada jaringan")
    page.get_by_role("link", name="Catat butir kunjungan").click()
    numbers = {write(page, "Loket terisi", photo((200, 30, 30)), who=COLLEAGUE, note="Loket 2 kosong pukul 10.15")}
    numbers |= {write(page, "Papan layanan terpasang")}
    assert len(numbers) == 2

    phone.reboot()
    phone.context.set_offline(True)
    page = phone.open(OUTBOX)
    expect(row(page, "Menunggu")).to_have_count(2)
    expect(row(page, "Loket terisi: tidak terpenuhi")).to_contain_text(f"{UNIT}, {COLLEAGUE}")
    expect(page.locator("[data-waiting] .count")).to_have_text("2")
    assert line.arrived(DOOR) == 0

    line.mend()
    line.lose_answer(DOOR)
    phone.context.set_offline(False)
    until(lambda: len(points(house, "Sidak tanpa sinyal")) >= 1)
    line.mend()
    page.evaluate("Outbox.send('all')")
    expect(row(page, "Terkirim")).to_have_count(2)
    receipts = page.locator("[data-slot=receipt]").all_inner_texts()
    assert len({text for text in receipts if text.startswith("S-")}) == 2
    assert points(house, "Sidak tanpa sinyal") == [
        ("Loket terisi", COLLEAGUE, 0, "menunggu_tanggapan", 1),
        ("Papan layanan terpasang", None, 1, "terkonfirmasi", 0),
    ]
    [(digest, small, latitude)] = house.rows(
        "SELECT f.sha256, f.small_sha256, f.latitude_micro FROM custody_storedfile AS f "
        "JOIN oversight_checkphoto AS p ON p.file_id = f.id JOIN oversight_inspectioncheck AS c ON c.id = p.point_id "
        "JOIN oversight_inspection AS v ON v.id = c.inspection_id WHERE v.purpose = ?",
        "Sidak tanpa sinyal",
    )
    assert digest
    assert small
    assert latitude is None
    page.goto(visit)
    picture = page.locator(".proof img")
    expect(picture).to_be_visible()
    until(lambda: picture.evaluate("(image) => image.naturalWidth > 0"))

    named = phone.sign_in(COLLEAGUE)
    named.goto(visit)
    expect(named.get_by_text("Loket 2 kosong pukul 10.15")).to_be_visible()
    expect(named.locator(".proof img")).to_have_count(1)
    expect(named.get_by_text("Papan layanan terpasang")).to_have_count(0)


def test_somebody_else_on_the_phone_sends_nothing_and_signing_out_takes_the_names(
    device, line: Line, house: House
) -> None:
    phone = device()
    opened(phone, "Sidak ponsel bersama")
    phone.leave_the_network()
    page = phone.open(FORM)
    write(page, "Ruang tunggu bersih", note="Kotor")
    names = "Outbox.desk('point').then((desk) => desk && desk.visits.flatMap((visit) => visit.people).length)"
    assert page.evaluate(names) > 1
    phone.context.clear_cookies()
    phone.find_the_network()
    page = phone.sign_in(COLLEAGUE)
    page.goto(OUTBOX)
    expect(page.get_by_text("Semua sudah terkirim")).to_be_visible()
    page.goto(FORM)
    expect(page.get_by_text("Belum ada kunjungan yang disiapkan")).to_be_visible()
    assert page.evaluate(names) is None
    assert line.arrived(DOOR) == 0
    phone.sign_in(OVERSEER)
    page = phone.open(OUTBOX)
    expect(row(page, "Terkirim")).to_have_count(1)
    assert len(points(house, "Sidak ponsel bersama")) == 1


@pytest.fixture
def elsewhere(house: House, tmp_path) -> Iterator[Callable[[str], None]]:
    """`elsewhere(name)`: the posts of somebody begin years later, until the test is over: others use this house."""
    moved: dict[str, str] = {}

    def begin(name: str, day: str) -> None:
        models = "from terang.registry.people.models import Assignment"
        alter(
            house, tmp_path, f"{models}\nAssignment.objects.filter(employee__name={name!r}).update(starts_on={day!r})"
        )

    def move(name: str) -> None:
        [(moved[name],)] = house.rows(
            "SELECT a.starts_on FROM people_assignment AS a JOIN people_employee AS e ON e.id = a.employee_id "
            "WHERE e.name = ?",
            name,
        )
        begin(name, "2030-01-01")

    yield move
    for name, day in moved.items():
        begin(name, day)


def test_somebody_who_has_left_meanwhile_is_told_at_the_field_and_corrected_with_the_photo(
    device, line: Line, house: House, elsewhere
) -> None:
    phone = device()
    opened(phone, "Sidak orang pindah")
    phone.leave_the_network()
    page = phone.open(FORM)
    write(page, "Antrean tercatat", photo((30, 30, 200)), who=COLLEAGUE, note="Tidak ada")
    elsewhere(COLLEAGUE)
    phone.find_the_network()
    page.goto(OUTBOX)
    broken = row(page, "Perlu diperbaiki")
    expect(broken).to_contain_text("tidak bekerja di unit itu")
    assert points(house, "Sidak orang pindah") == []
    broken.get_by_role("link", name="Perbaiki").click()
    form = page.locator("#butir-luring form")
    expect(form.locator("[data-field=employee] [data-error]")).to_contain_text("tidak bekerja di unit itu")
    expect(form.get_by_label("Yang terlihat")).to_have_value("Tidak ada")
    expect(form.get_by_text("lapangan.jpg")).to_be_visible()
    form.get_by_label("Tentang siapa").select_option("")
    form.get_by_role("button", name="Simpan di perangkat").click()
    expect(page.locator("[data-part=saved]")).to_be_visible()
    page.goto(OUTBOX)
    expect(row(page, "Terkirim")).to_have_count(1)
    assert points(house, "Sidak orang pindah") == [("Antrean tercatat", None, 0, "menunggu_tanggapan", 1)]


@pytest.mark.parametrize("width", [360, 1280])
def test_its_page_is_accessible_fits_and_says_what_is_missing(device, width: int) -> None:
    phone = device()
    opened(phone, "Sidak layar kecil")
    phone.leave_the_network()
    page = phone.open(FORM)
    page.set_viewport_size({"width": width, "height": 780})
    form = page.locator("#butir-luring form")
    form.get_by_text("Tidak terpenuhi", exact=True).click()
    form.get_by_role("button", name="Simpan di perangkat").click()
    expect(form.locator("[data-field=criterion] [data-error]")).to_be_visible()
    expect(form.locator("[data-field=note] [data-error]")).to_contain_text("harus dapat menanggapi")
    found = Axe().run(page, options=RULES).response["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
