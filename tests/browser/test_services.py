"""A citizen of Makassar asks for an identity card from home, and everybody who has to do with it."""

import io
import re
import time

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from tests.browser.house import House, arm, seconds_until_change

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)
OFFICER = "Andi Rahmat Daeng Naba"
MANAGER = "Fatmawati Karaeng Bonto"


def paper() -> dict[str, object]:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "JPEG")
    return {"name": "kk.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def applied(page: Page) -> list[str]:
    """Finds the service and applies; number and code from the receipt."""
    page.get_by_role("link", name="Pemerintah Kota Makassar").click()
    page.get_by_role("link", name="Penerbitan KTP elektronik").click()
    page.get_by_role("link", name="Ajukan dari rumah").click()
    page.locator("input[type=file]").first.set_input_files(paper())
    page.get_by_label("Nama Anda").fill("Ibu Halimah")
    time.sleep(2.1)  # what is sent sooner was filled in by a machine
    page.get_by_role("button", name="Kirim permohonan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Permohonan Anda sudah masuk")
    return page.locator(".key").all_inner_texts()


def follow(page: Page, number: str, code: str) -> None:
    page.get_by_label("Nomor permohonan").fill(number.lower())
    page.get_by_label("Kode", exact=True).fill(code.lower())
    page.get_by_role("button", name="Buka").click()


def say_it_is_wrong(phone: Page) -> float:
    """The applicant reopens the request; the moment they did."""
    phone.reload()
    phone.get_by_text("Hasilnya keliru?").click()
    phone.get_by_label("Apa yang keliru pada hasilnya").fill("Tanggal lahir tertukar.")
    said = time.time()
    phone.get_by_role("button", name="Buka kembali permohonan").click()
    expect(phone.get_by_text("Hasilnya dinyatakan belum benar")).to_be_visible()
    return said


def test_from_the_application_to_the_rating_with_the_score_moving_live(person, house: House) -> None:
    citizen, officer = person(), person(OFFICER)
    number, code = applied(citizen.open("/layanan/"))
    desk = officer.open("/layanan/permohonan/?daftar=baru")
    expect(desk.get_by_text("Ibu Halimah")).to_have_count(0)
    desk.get_by_role("button", name=f"Ambil {number}").click()
    expect(desk.get_by_text("Ibu Halimah")).to_be_visible()
    desk.get_by_text("Kembalikan untuk dilengkapi").click()
    desk.locator("form[action$='kembalikan/'] [name=reason]").fill("Foto kartu keluarga buram.")
    desk.get_by_role("button", name="Kembalikan", exact=True).click()

    phone = citizen.open("/layanan/lacak/")
    follow(phone, number, "AAAAA-AAAAA")
    expect(phone.get_by_text("Nomor atau kode tidak cocok")).to_be_visible()
    follow(phone, number, code)
    expect(phone.get_by_text("Foto kartu keluarga buram.")).to_be_visible()
    phone.locator("input[type=file]").first.set_input_files(paper())
    phone.get_by_role("button", name="Kirim kelengkapan").click()
    expect(phone.get_by_text("selesai paling lambat")).to_be_visible()
    citizen.forgive("422")

    desk.reload()
    desk.get_by_role("button", name="Berkas lengkap dan benar").click()
    desk.get_by_role("button", name=re.compile("^Selesai: Pemeriksaan")).click()
    today = officer.watch("/hari-ini/")
    arm(today, "#nilai-saya")
    finished = time.time()
    desk.get_by_role("button", name="Selesai, siap diambil").click()
    seconds = seconds_until_change(today, finished)
    house.figures[f"request from home to score, {OFFICER}"] = f"{seconds:.2f} s"
    assert seconds < 2

    phone.reload()
    expect(phone.get_by_text("Hasilnya dapat diambil atau diunduh")).to_be_visible()
    desk.get_by_role("button", name="Hasil diserahkan").click()
    arm(today, "#nilai-saya")
    said = say_it_is_wrong(phone)
    house.figures[f"wrong result to score, {OFFICER}"] = f"{seconds_until_change(today, said):.2f} s"
    expect(today.get_by_text("layanan dibuka kembali")).to_be_visible()
    desk.reload()
    expect(desk.get_by_role("heading", name="Tautan survei untuk warga")).to_have_count(0)
    expect(desk.get_by_text("Tanggal lahir tertukar.")).to_be_visible()
    desk.get_by_role("button", name="Selesai dan diserahkan").click()
    survey_link = desk.locator(".card a").first.get_attribute("href")
    survey = citizen.open(survey_link)
    survey.locator("fieldset").first.locator("label").first.click()
    survey.get_by_role("button", name="Kirim jawaban").click()
    expect(survey.get_by_role("heading", level=1)).to_have_text("Terima kasih")
    phone.reload()
    phone.get_by_role("button", name="Hapus data saya sekarang").click()
    phone.get_by_role("button", name="Ya, hapus").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Data Anda sudah dihapus")


def test_a_walk_in_is_received_and_finished_with_two_taps(person) -> None:
    desk = person(OFFICER).open("/layanan/permohonan/")
    desk.get_by_role("button", name="Terima permohonan").click()
    expect(desk.get_by_text(re.compile("diterima, antrean [A-Z]-"))).to_be_visible()
    desk.get_by_role("button", name="Selesai dan diserahkan").click()
    expect(desk.get_by_role("heading", name="Tautan survei untuk warga")).to_be_visible()


def test_the_manager_sees_the_queue_and_what_a_new_version_changes(person) -> None:
    manager = person(MANAGER)
    queue = manager.open("/layanan/antrean/")
    expect(queue.get_by_text("lewat janji").first).to_be_visible()
    catalogue = manager.open("/layanan/kelola/")
    catalogue.get_by_role("link", name="Penerbitan KTP elektronik").click()
    catalogue.get_by_role("link", name="Tulis versi baru").click()
    catalogue.get_by_label("Nomor SK").fill("SK 5 Tahun 2026")
    catalogue.get_by_label("Tanggal SK").fill("2026-01-20")
    catalogue.get_by_label("Produk pelayanan").fill("KTP-el dan KTP digital")
    catalogue.get_by_role("button", name="Lihat apa yang berubah").click()
    expect(catalogue.locator("ins").filter(has_text="KTP-el dan KTP digital")).to_be_visible()
