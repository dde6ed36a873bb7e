"""Planning in a real browser: a leader's results become the agreed plans of three people, and two people at once.

The unit is of its own making (`new_unit.py`); whoever works there has nothing to do with the rest of the demo.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.house import DESK, PHONE, House, Person

pytestmark = pytest.mark.browser
expect.set_options(timeout=45_000)

TODAY = datetime.now(ZoneInfo("Asia/Makassar")).date()
LEADER, AYU, BIMA, CITRA = (f"{name} Percontohan" for name in ("Rahmat", "Ayu", "Bima", "Citra"))
PASSWORD = "kopi-tubruk-pagi-7"
CARDS, READY = "KTP elektronik warga terpencil terbit tepat waktu", "Loket keliling siap melayani setiap hari"
MARKET = "Loket keliling buka tiga hari sepekan di pasar"
SHARES = {AYU: "400", BIMA: "300", CITRA: "200"}


@pytest.fixture(scope="module")
def unit(house: House) -> dict[str, dict[str, str]]:
    """The people of the new unit by name: `nip` and `pk`."""
    return house.run(Path(__file__).with_name("new_unit.py"))


@pytest.fixture
def member(person, unit) -> Callable[..., Person]:
    """`member(name)`: a browser signed in as somebody of the new unit."""
    return lambda name, size=PHONE: person(size=size).enter(unit[name]["nip"], PASSWORD)


def confirm(page: Page, button: str, yes: str, double: bool = False) -> None:
    """Clicks a button that asks first, and says yes."""
    page.get_by_role("button", name=button, exact=True).click()
    answer = page.get_by_role("dialog").get_by_role("button", name=yes)
    answer.dblclick() if double else answer.click()


def told(house: House, verb: str, name: str) -> int:
    """How often the journal says this of a person."""
    asked = (
        "select count(*) from audit_journalentry entry join people_employee person"
        " on person.id = entry.subject_employee_id where entry.verb = ? and person.name = ?"
    )
    return int(house.rows(asked, verb, name)[0][0])


def split_by_numbers(page: Page) -> None:
    """The leader's first result in three numbers that add up."""
    page.get_by_role("link", name=f"1. {CARDS}").click()
    page.get_by_role("link", name="Ubah kolom").click()
    page.get_by_label("Cara membagi").select_option(label="Pembagian beban target")
    page.get_by_role("button", name="Simpan", exact=True).click()
    for name, share in SHARES.items():
        page.get_by_label(f"Bagian {name}").fill(share)
    expect(page.locator("[data-split-check]")).to_contain_text("genap")
    page.get_by_role("button", name="Simpan pembagian").click()
    expect(page.get_by_text("Pembagian disimpan: 3 orang berubah.")).to_be_visible()


def fill_in_place(page: Page, name: str, text: str) -> None:
    """Writes a part of the second result into its cell, without leaving the table."""
    row = page.get_by_role("row").filter(has_text=name)
    row.locator("td").nth(1).locator("a").click()
    row.get_by_label("Hasil 1").fill(text)
    row.get_by_label("Hasil 1").press("Enter")
    expect(row.locator("td").nth(1).locator(".mx-part")).to_contain_text(text)


def begin(page: Page) -> Locator:
    """Begins the plan with what the leader gives; returns the offers."""
    page.get_by_role("button", name="Lihat bagian saya").click()
    offers = page.locator("#tawaran")
    expect(offers).to_contain_text(CARDS)
    return offers


def take(page: Page) -> None:
    page.get_by_role("button", name="Ambil ke SKP").click()
    expect(page.get_by_role("heading", name="Hasil kerja utama")).to_be_visible()


def add_from_dictionary(page: Page, result: str) -> None:
    """One more indicator for a result, from the dictionary of the post."""
    page.get_by_role("link", name=f"Ubah {result}").click()
    page.get_by_text("Isi indikator dari kamus").click()
    page.get_by_role("button", name="Pakai Persentase data valid hasil uji petik").click()
    expect(page.get_by_label("Indikator kinerja individu").last).to_have_value("Persentase data valid hasil uji petik")
    page.get_by_role("button", name="Simpan hasil kerja").click()
    expect(page.get_by_text("Hasil kerja disimpan.")).to_be_visible()


def hand_in(page: Page, double: bool = False) -> None:
    confirm(page, "Ajukan", "Ya, ajukan", double)
    expect(page.locator("#plan .badge").first).to_contain_text("Diajukan")


def moves(keeper: Person, pk: str) -> None:
    """The personnel agency moves somebody to another unit since the second of June, or today before that day."""
    page = keeper.open(f"/pegawai/{pk}/tugaskan/")
    page.get_by_label("Unit").select_option(label="Bidang Pelayanan Pencatatan Sipil")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Jabatan").select_option(label="Pengadministrasi Perkantoran")
    page.get_by_label("Mulai").fill(min(TODAY, date(TODAY.year, 6, 2)).isoformat())
    page.get_by_label("Dasar penugasan").fill("SK 824/17/2026")
    page.get_by_role("button", name="Tugaskan", exact=True).click()
    expect(page.get_by_text("Penugasan disimpan.")).to_be_visible()


def prints(page: Page, citizen: Person) -> None:
    """The agreed plan as PDF with its code, and what the code says to anybody."""
    page.get_by_role("link", name="Naskah lengkap, tanggapan, dan riwayat").click()
    page.get_by_role("link", name="Cetak").click()
    address = page.get_by_role("link", name="Buka SKP lengkap (PDF)").get_attribute("href")
    answer = page.context.request.get(f"{page.url.partition('/dokumen')[0]}{address}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    page.reload()
    code = page.locator("td code").first.inner_text()
    paper = pypdfium2.PdfDocument(answer.body())
    assert code in "".join(sheet.get_textpage().get_text_range() for sheet in paper)
    checked = citizen.open(f"/periksa/{code}/")
    expect(checked.locator("main")).to_contain_text("Dokumen ini masih yang terbaru.")
    assert not re.search("Percontohan|1985", checked.inner_text("main"))


def test_a_leader_splits_three_plan_one_disputes_all_are_agreed_one_moves(member, person, unit, house: House) -> None:
    leader = member(LEADER, DESK)
    sheet = leader.open("/matriks/")
    sheet.get_by_role("button", name="Mulai matriks").click()
    split_by_numbers(sheet)
    sheet.goto("/matriks/")
    fill_in_place(sheet, CITRA, MARKET)

    ayu, bima, citra = (member(name).open("/skp/") for name in (AYU, BIMA, CITRA))
    for page in (ayu, citra):
        begin(page)
        take(page)
    expect(ayu.locator("#plan")).to_contain_text("400 dokumen")
    expect(citra.locator("#plan")).to_contain_text(MARKET)
    offers = begin(bima)
    offers.get_by_text("Persoalkan", exact=True).click()
    offers.get_by_label("Apa yang tidak cocok?").fill("Tiga ratus terlalu banyak untuk satu perahu")
    offers.get_by_role("button", name="Kirim kepada pimpinan").click()
    waiting = sheet.locator("#jawaban li")
    expect(waiting).to_contain_text("terlalu banyak untuk satu perahu")
    waiting.get_by_label("Jawaban Anda").fill("Perahu kedua datang bulan depan")
    waiting.get_by_role("button", name="Tetap").click()
    expect(offers).to_contain_text("Perahu kedua datang bulan depan")
    take(bima)
    for page, result in ((ayu, CARDS), (bima, CARDS), (citra, MARKET)):
        add_from_dictionary(page, result)
        hand_in(page, double=page is ayu)
    assert told(house, "plans.plan_submitted", AYU) == 1

    team = leader.open("/skp/tim/")
    team.get_by_role("link", name="Baca dan jawab 3 SKP").click()
    for _reading in range(3):
        team.get_by_role("button", name="Sudah saya baca, lanjut").click()
    team.get_by_role("button", name="Sepakati yang ditandai").click()
    expect(team.get_by_role("row").filter(has_text="Disepakati")).to_have_count(3)
    expect(ayu.locator("#plan .badge").first).to_contain_text("Disepakati")

    moves(person("Hj. Rosmini Tenriawaru", DESK), unit[CITRA]["pk"])
    expect(citra.locator("main")).to_contain_text("Rencana Anda yang terdahulu ditutup")
    expect(citra.get_by_role("button", name="Mulai kosong")).to_be_visible()
    prints(ayu, person())


def test_who_comes_second_is_told_and_keeps_what_was_typed(person, house: House) -> None:
    """The appraiser decides while the person writes: Marwah's plan of the next year, which the two are discussing."""
    writer, appraiser = person("Marwah Sikki"), person("Fatmawati Karaeng Bonto")
    year = TODAY.year + 1
    writing = writer.open(f"/skp/?tahun={year}")
    writing.get_by_role("link", name="Ubah Data kependudukan").click()
    deciding = appraiser.open(f"/skp/tim/?tahun={year}")
    deciding.get_by_role("link", name="Marwah Sikki").click()
    deciding.get_by_role("link", name="Tentukan utama/tambahan").click()
    deciding.get_by_role("radio", name="Tambahan").last.check()
    deciding.get_by_role("button", name="Simpan keputusan").click()
    expect(deciding.get_by_text("Keputusan disimpan.")).to_be_visible()

    writing.get_by_label("Rencana hasil kerja").fill("Data kependudukan bersih sebelum pemilihan")
    with writing.expect_response("**/hasil/**") as answered:
        writing.get_by_role("button", name="Simpan hasil kerja").click()
    assert answered.value.status == 409
    expect(writing.locator("#result-form [role=alert]")).to_contain_text("sudah berubah")
    expect(writing.get_by_label("Rencana hasil kerja")).to_have_value("Data kependudukan bersih sebelum pemilihan")
    writer.forgive("409")
    writing.goto(f"/skp/?tahun={year}")
    expect(writing.locator("#plan")).not_to_contain_text("bersih sebelum pemilihan")
    expect(writing.get_by_role("heading", name="Hasil kerja tambahan")).to_be_visible()
