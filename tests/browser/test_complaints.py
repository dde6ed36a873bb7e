"""Mamuju: a citizen reports a broken road from a phone; everybody who has to do with it, until both keys are turned."""

import io
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from tests.browser.house import DESK, House, Person, arm, running, seconds_until_change

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)
COORDINATOR = "Ramlah Sendana"
CODE = "76.02"
ROADS = "Jalan lingkungan, saluran, dan lampu"
DEVICE, PLACE = b"Ponsel-Ibu-Salma", 0x8825
SCORE, MEASURE = "#nilai-saya", "#ukuran"


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    """Mamuju alone: the house of the other tests has Makassar and Palu."""
    with running(tmp_path_factory.mktemp("mamuju"), "mamuju") as house:
        yield house


@pytest.fixture(scope="module")
def unit(house: House) -> dict[str, Any]:
    return house.run(Path(__file__).with_name("complaint_people.py"))


def photo(colour: tuple[int, int, int]) -> dict[str, Any]:
    """As a phone takes it: with place and device in it, and the owner's name for the file."""
    exif = Image.Exif()
    exif[0x0110] = DEVICE.decode()
    exif.get_ifd(PLACE).update({1: "S", 2: (2.0, 40.0, 12.0), 3: "E", 4: (118.0, 53.0, 20.0)})
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG", exif=exif)
    return {"name": "salma-rumah.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def reported(page: Page, title: str) -> tuple[str, str]:
    """Fills in the form on a phone and sends it; number and code from the receipt."""
    page.get_by_role("link", name="Pemerintah Kabupaten Mamuju").click()
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_text("Bagian ini tidak boleh kosong.")).to_have_count(2)
    expect(page.get_by_label("Apa masalahnya?")).to_be_focused()
    page.get_by_label("Apa masalahnya?").fill(title)
    page.get_by_label("Ceritakan yang terjadi").fill("Lubangnya selebar jalan. Dua anak jatuh minggu ini.")
    page.get_by_label("Tentang apa?").select_option(label=ROADS)
    page.get_by_label("Di mana?").fill("Jalan Pelita, depan SD Negeri 1")
    page.get_by_label("Foto").set_input_files(photo((90, 80, 70)))
    page.get_by_label("Nama", exact=False).last.fill("Ibu Salma")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    time.sleep(2.1)  # what is sent sooner was filled in by a machine
    page.get_by_role("button", name="Kirim laporan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporan diterima")
    number, code = page.locator(".ad-code").all_inner_texts()
    return number, code


def found_again(page: Page, number: str, code: str) -> None:
    page.get_by_label("Nomor laporan").fill(number.lower())
    page.get_by_label("Kode rahasia").fill(code.lower())
    time.sleep(2.1)
    page.get_by_role("button", name="Buka").click()


def routed(desk: Page, number: str, unit: str) -> None:
    """The coordinator looks at it and passes it on, to be read by everybody."""
    desk.goto(f"/pengaduan/{number}/")
    desk.get_by_role("button", name="Mulai memeriksa").click()
    form = desk.locator("form[action$='/teruskan/']")
    expect(form.get_by_label("Unit yang menjawab")).to_have_value(
        form.get_by_label("Unit yang menjawab").locator("option", has_text=unit).get_attribute("value") or ""
    )
    form.get_by_label("Boleh tampil di halaman publik").check()
    form.get_by_label("Fotonya juga").check()
    form.get_by_role("button", name="Teruskan ke unit").click()
    expect(desk.get_by_text("Laporan diteruskan.")).to_be_visible()


def given(desk: Page, number: str, name: str) -> None:
    """The head of the unit gives it to one of its people."""
    desk.goto("/pengaduan/meja/")
    desk.locator(f"main a[href='/pengaduan/{number}/']").first.click()
    desk.get_by_text("Tunjuk petugas").first.click()
    form = desk.locator("form[action$='/tunjuk/']")
    form.get_by_label("Petugas").select_option(label=name)
    form.get_by_role("button", name="Tunjuk petugas").click()
    expect(desk.get_by_text("Petugas ditunjuk.")).to_be_visible()


def answered(desk: Page, number: str, text: str) -> None:
    """The officer finds it among what waits and answers with a photo of what was done."""
    desk.goto("/hari-ini/")
    desk.locator(f"main a[href='/pengaduan/{number}/']").first.click()
    form = desk.locator("form[action$='/jawab/']")
    form.get_by_label("Jawaban akhir").fill(text)
    form.get_by_label("Foto hasilnya").set_input_files(photo((60, 60, 60)))
    form.get_by_role("button", name="Jawab dan selesaikan").click()
    expect(desk.get_by_text("Kini giliran warga.")).to_be_visible()


def carries_nothing(raw: bytes) -> bool:
    return DEVICE not in raw and not Image.open(io.BytesIO(raw)).getexif()


BOTH_TRUTHS = """select count(*) filter (where answered_on is not null),
    count(*) filter (where state = 'selesai' and closed_by = 'warga') from complaints_complaint
    join organization_agency on organization_agency.id = agency_id where code = ?
    and not is_secret and complaint_class <> 'pengawasan' and received_on > date('now', '-365 days')"""


def told_in_public(page: Page) -> tuple[int, int]:
    """What the unit says is answered, and what citizens confirmed."""
    figures = [page.get_by_role("row", name=name).locator(".num") for name in ("Unit: sudah dijawab", "Pelapor: benar")]
    answered_, confirmed = (int(figure.inner_text()) for figure in figures)
    return answered_, confirmed


def let_in(one: Person, unit: dict[str, Any], who: str) -> Person:
    one.context.add_cookies([{"name": unit["cookie"], "value": unit[who], "url": one.house.url}])
    return one


@pytest.fixture
def chain(person, unit):
    """The coordinator, the head of the unit and the officer, each with a page: a report goes from one to the next."""
    people = [person(COORDINATOR, DESK), let_in(person(), unit, "head"), let_in(person(), unit, "officer")]
    pages = [one.context.new_page() for one in people]

    def bring(number: str, text: str) -> Page:
        """From the receipt to the answer; the officer's page."""
        routed(pages[0], number, unit["unit"])
        given(pages[1], number, unit["officer_name"])
        answered(pages[2], number, text)
        return pages[2]

    bring.officer = people[2]  # type: ignore[attr-defined]
    return bring


def test_from_a_photo_on_a_phone_to_the_confirmed_end(person, house: House, unit, chain) -> None:
    citizen = person()
    phone = citizen.open("/pengaduan/")
    number, code = reported(phone, "Jalan berlubang di depan sekolah")
    phone.get_by_role("link", name="Buka laporan saya").click()
    expect(phone.get_by_text("Laporan Anda diperiksa dan diteruskan paling lambat")).to_be_visible()
    link = phone.url
    own = citizen.context.request.get(f"{link}foto/1/")
    assert carries_nothing(own.body())
    assert "salma" not in str(own.headers)

    chain(number, "Sudah kami tambal dengan beton. Fotonya terlampir.")
    phone.reload()
    expect(phone.locator("blockquote")).to_contain_text("Sudah kami tambal dengan beton.")
    expect(phone.get_by_role("img", name="Foto 2")).to_be_visible()
    assert carries_nothing(citizen.context.request.get(f"{link}foto/2/").body())
    again = citizen.open("/pengaduan/cari/")
    found_again(again, number, "AAAAA-AAAAA")
    expect(again.get_by_text("Nomor atau kode tidak cocok.")).to_be_visible()
    citizen.forgive("422")
    found_again(again, number, code)
    expect(again.get_by_role("heading", level=1)).to_have_text("Jalan berlubang di depan sekolah")

    figure = measure_of(chain.officer)
    expect(figure.get_by_text(number)).to_have_count(0)
    arm(figure, MEASURE)
    confirmed = time.time()
    phone.get_by_role("button", name="Ya, sudah selesai").click()
    expect(phone.get_by_text("Anda menyatakan laporan ini selesai.")).to_be_visible()
    seconds = seconds_until_change(figure, confirmed)
    house.figures["complaint confirmed to figure, " + unit["officer_name"]] = f"{seconds:.2f} s"
    expect(figure.locator(MEASURE)).to_contain_text(number)
    phone.locator(".scale-steps label").last.click()
    phone.get_by_role("button", name="Kirim penilaian").click()
    expect(phone.get_by_text("Anda menilai penanganannya 4 dari 4.")).to_be_visible()

    public = citizen.open(f"/publik/{CODE}/laporan/{number}/")
    expect(public.get_by_text("Unit menyatakan selesai, dan pelapor membenarkannya.")).to_be_visible()
    assert carries_nothing(citizen.context.request.get(f"/publik/{CODE}/laporan/{number}/foto/1/").body())
    assert "Salma" not in public.content()
    assert told_in_public(citizen.open(f"/publik/{CODE}/")) == house.rows(BOTH_TRUTHS, CODE)[0]


def measure_of(officer: Person) -> Page:
    """The officer's open page of the figure for answered complaints, with each that counts."""
    page = officer.open("/nilai/")
    address = page.locator("a[href*='/complaint_response/']").first.get_attribute("href")
    page.close()
    return officer.watch(address or "")


def citizens_value(today: Page) -> float:
    """What the officer's card says of the part that citizens decide."""
    row = today.locator(f"{SCORE} li", has_text="Masyarakat")
    return float(row.locator("b").inner_text().replace(",", "."))


def test_opened_again_the_unit_sees_why_and_the_figure_falls(person, house: House, chain) -> None:
    """The citizen's page is left open all the while: it tells by itself that an answer came."""
    citizen = person()
    phone = citizen.open("/pengaduan/")
    phone.clock.install()
    number, _code = reported(phone, "Saluran tersumbat di gang")
    phone.get_by_role("link", name="Buka laporan saya").click()
    expect(phone.get_by_role("button", name="Belum, buka kembali")).to_have_count(0)
    officer = chain(number, "Saluran sudah dibersihkan.")
    phone.clock.fast_forward("01:00")
    expect(phone.get_by_text("Ada kabar baru di halaman ini.")).to_be_visible()
    expect(phone.locator("blockquote")).to_contain_text("Saluran sudah dibersihkan.")

    today = chain.officer.watch("/hari-ini/")
    score = citizens_value(today)
    arm(today, SCORE)
    opened = time.time()
    phone.get_by_text("Belum, buka kembali").click()
    phone.get_by_role("button", name="Buka kembali", exact=True).click()
    expect(phone.get_by_text("Bagian ini tidak boleh kosong.")).to_be_visible()
    phone.get_by_label("Apa yang belum selesai?").fill("Masih tersumbat di ujung gang.")
    phone.get_by_role("button", name="Buka kembali", exact=True).click()
    expect(phone.get_by_text("Laporan dibuka kembali dan ditangani lagi.")).to_be_visible()
    assert seconds_until_change(today, opened) < 10
    assert citizens_value(today) < score
    officer.reload()
    expect(officer.get_by_text("Masih tersumbat di ujung gang.")).to_be_visible()
    expect(officer.get_by_text("Dibuka kembali").first).to_be_visible()
    waiting = chain.officer.open("/pengaduan/meja/")
    expect(waiting.get_by_text(number)).to_be_visible()
