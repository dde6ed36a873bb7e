"""Policies in a real browser: a sixth government writes its first policy from nothing, two people stand for it, and an
officer is judged by it.

The government is of its own making (`new_government.py`); it has nothing to do with the rest of the demo.
"""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect
from tests.browser.house import DESK, PHONE, House, Person

pytestmark = pytest.mark.browser
expect.set_options(timeout=45_000)

TODAY = datetime.now(ZoneInfo("Asia/Makassar")).date()
AUTHOR, SECOND, OFFICER = "Rustam Perintis", "Halimah Perintis", "Wulan Perintis"
PASSWORD, APP_SECRET = "kopi-tubruk-pagi-7", "JBSWY3DPEHPK3PXP"
TITLE = "Kebijakan kinerja Kota Ternate"


@pytest.fixture(scope="module")
def people(house: House) -> dict[str, dict[str, str]]:
    """The people of the new government by name: `nip` and `pk`."""
    return house.run(Path(__file__).with_name("new_government.py"))


@pytest.fixture
def member(person, people) -> Callable[..., Person]:
    """`member(name)`: a browser signed in as somebody of the new government."""

    def enter(name: str, size: dict[str, int] = DESK) -> Person:
        somebody = person(size=size)
        page = somebody.open("/masuk/")
        page.get_by_label("NIP").fill(people[name]["nip"])
        page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Masuk", exact=True).click()
        if name != OFFICER:
            code = format_hotp_value(hotp_value(APP_SECRET, int(time.time()) // 30))
            page.get_by_label("Kode").fill(code)
            page.get_by_role("button", name="Masuk", exact=True).click()
        page.wait_for_selector("nav.nav")
        page.close()
        return somebody

    return enter


def onward(page: Page, heading: str) -> None:
    """Saves the step and goes on to the next, which is called `heading`."""
    page.get_by_role("button", name="Simpan dan lanjut").click()
    expect(page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()


def add(page: Page, what: str, **fields: str) -> None:
    """Fills the empty row and adds it; names of fields with _ for a space."""
    new = page.get_by_role("group", name=what, exact=True)
    for name, value in fields.items():
        field = new.get_by_label(name.replace("_", " "), exact=True)
        field.select_option(label=value) if field.evaluate("each => each.tagName") == "SELECT" else field.fill(value)
    new.get_by_role("button", name="Tambah").click()
    expect(page.get_by_text("Tersimpan.")).to_be_visible()


def basics(page: Page) -> None:
    page.get_by_label("Berlaku sejak").fill(TODAY.replace(month=1, day=1).isoformat())
    page.get_by_label("Jenis periode").select_option(label="Tahunan")
    page.get_by_label("Pengelola kepegawaian").uncheck()
    onward(page, "Instrumen dan skala")
    onward(page, "Nilai dasar ASN BerAKHLAK")
    onward(page, "Bagian dan bobot")


def parts(page: Page) -> None:
    """Two parts; the running sum says what is left, before and after saving."""
    add(page, "Bagian baru", Nama="Kedisiplinan", Bobot="60")
    page.get_by_role("group", name="Bagian baru").get_by_label("Bobot").fill("30")
    expect(page.locator("[data-total]")).to_have_text("90 %, masih kurang 10 %")
    add(page, "Bagian baru", Nama="Kepuasan warga", Bobot="30")
    expect(page.get_by_text("Bobot aspek berjumlah 90\u00a0%, masih kurang 10\u00a0%.")).to_be_visible()
    page.get_by_role("group", name="Kepuasan warga").get_by_label("Bobot").fill("40")
    expect(page.locator("[data-total]")).to_have_text("100 %, genap")
    onward(page, "Kedisiplinan")


def measures(page: Page) -> None:
    add(page, "Ukuran baru", Ukuran="Kehadiran", Porsi="100")
    page.get_by_text("Pengaturan dan penjaga").click()
    page.get_by_label("Layanan tepat waktu").check()
    onward(page, "Kepuasan warga")
    add(page, "Ukuran baru", Ukuran="Kepuasan masyarakat (IKM)", Porsi="100")
    page.get_by_text("Pengaturan dan penjaga").click()
    page.get_by_label("Jawaban atau catatan paling sedikit").fill("10")
    page.get_by_label("Tingkat jawaban survei").check()
    onward(page, "Susunan khusus")
    onward(page, "Batas dan saran")


def limits(page: Page) -> None:
    page.get_by_label("Standar").fill("65")
    page.get_by_label("Bukti paling sedikit").fill("50")
    page.get_by_label("Kedisiplinan").check()
    for number, (above, meets) in enumerate((("90", "70"), ("90", "70"))):
        page.get_by_label("Di atas ekspektasi mulai").nth(number).fill(above)
        page.get_by_label("Sesuai ekspektasi mulai").nth(number).fill(meets)
    onward(page, "Ukuran perilaku")
    add(page, "Ukuran baru", Ukuran="Penilaian atasan", Porsi="100")
    onward(page, "Tindak lanjut")


def follow_up(page: Page) -> None:
    """The corrective action may not come before the warning: told beside the field, then mended."""
    page.get_by_label("Peringatan sesudah").fill("5")
    page.get_by_label("Tindakan perbaikan sesudah").fill("3")
    page.get_by_role("button", name="Simpan", exact=True).last.click()
    expect(page.get_by_text("Harus lebih lama daripada peringatan (5 hari kerja).")).to_be_visible()
    page.get_by_label("Tindakan perbaikan sesudah").fill("10")
    floor = {"Yang_dijaga": "Akuntabel", "Batas_bawah": "60", "Tindak_lanjut": "Pembicaraan"}
    add(page, "Batas baru", **floor, Kalimat_bagi_pegawai="Bicarakan dengan atasan, berapa pun nilai totalnya.")
    onward(page, "Catatan kegiatan")


def entries(page: Page) -> None:
    page.get_by_label("Irama catatan kegiatan").first.select_option(label="Setiap hari kerja")
    page.get_by_label("Tenggang (hari kerja)").first.fill("1")
    page.get_by_label("Tenggang di wilayah tanpa sinyal (hari kerja)").first.fill("3")
    page.get_by_label("Laporan kemajuan rencana").select_option(label="Triwulanan")
    onward(page, TITLE)


def test_a_sixth_government_writes_its_policy_from_nothing_and_is_judged_by_it(
    member: Callable[..., Person], people: dict[str, dict[str, str]], house: House
) -> None:
    page = member(AUTHOR).open("/nilai/kebijakan/")
    expect(page.get_by_text("Belum ada kebijakan")).to_be_visible()
    page.get_by_role("link", name="Buat versi baru").click()
    page.get_by_label("Dari kosong").check()
    page.get_by_role("button", name="Mulai", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Dasar")).to_be_visible()
    for write in (basics, parts, measures, limits, follow_up, entries):
        write(page)
    expect(page.get_by_text("Ini kebijakan pertama. Periode yang berjalan", exact=False)).to_be_visible()
    page.get_by_role("button", name="Ajukan").click()
    page.get_by_role("dialog").get_by_role("button", name="Ya, lanjutkan").click()
    expect(page.get_by_text("Menunggu persetujuan")).to_be_visible()
    expect(page.get_by_role("button", name="Setujui dan terbitkan")).to_have_count(0)

    second = member(SECOND, size=PHONE).open("/hari-ini/")
    second.get_by_role("link", name=TITLE).click()
    expect(second.get_by_text("Standarnya 65,0 dari 100.", exact=False)).to_be_visible()
    second.get_by_role("button", name="Setujui dan terbitkan").click()
    second.get_by_role("dialog").get_by_role("button", name="Ya, lanjutkan").dblclick()
    expect(second.get_by_text("Kebijakan disetujui dan terbit.")).to_be_visible()
    expect(second.get_by_text(f"{AUTHOR}, disetujui {SECOND}")).to_be_visible()
    told = "select count(*) from evaluation_policyversion version join organization_agency agency"
    assert house.rows(f"{told} on agency.id = version.agency_id where agency.code = '82.71'") == [(1,)]

    officer = member(OFFICER, size=PHONE)
    plan = officer.open("/skp/")
    plan.get_by_role("button", name="Mulai kosong").click()
    expect(plan.locator("#plan")).to_be_visible()
    _await_score(house, people[OFFICER]["pk"])
    page = officer.open("/nilai/")
    expect(page.locator(".score-value").first).to_have_text("90,0")
    expect(page.get_by_text("Bukti lengkap 60\u00a0%").first).to_be_visible()
    expect(page.get_by_text("Kedisiplinan").first).to_be_visible()


def _await_score(house: House, pk: str) -> None:
    until = time.monotonic() + 45
    while not house.rows("select id from evaluation_score where employee_id = ?", str(pk)):
        assert time.monotonic() < until, "no score after 45 seconds"
        time.sleep(0.3)
