"""Presence in a real browser on the running server: a device that sends by itself, an outage that excuses, the phone,
and a painted roster.

The unit is of its own making (`presence_unit.py`); whoever works there has nothing to do with the rest of the demo.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.adms_device import Device
from tests.browser.house import DESK, PHONE, House, Person

from terang.web.numbers import longdate

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)

ZONE = ZoneInfo("Asia/Makassar")
HEAD, AYU, BIMA, CITRA = (f"{name} Presensi" for name in ("Hasan", "Ayu", "Bima", "Citra"))
PASSWORD = "kopi-tubruk-pagi-7"
KEEPER = "Hj. Rosmini Tenriawaru"
OFFICE = {"latitude": -5.1334, "longitude": 119.4069, "accuracy": 10}
COUNT = "select count(*) from attendance_punch punch join people_employee person on person.id = punch.employee_id"


@pytest.fixture(scope="module")
def scene(house: House) -> dict[str, Any]:
    return house.run(Path(__file__).with_name("presence_unit.py"))


@pytest.fixture
def member(person, scene) -> Callable[..., Person]:
    return lambda name, size=PHONE: person(size=size).enter(scene["people"][name]["nip"], PASSWORD)


@pytest.fixture(scope="module")
def day(scene) -> date:
    return date.fromisoformat(scene["day"])


def at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), ZONE)


def punches_of(house: House, name: str) -> int:
    return int(house.rows(f"{COUNT} where person.name = ?", name)[0][0])


def line_of(page: Page, day: date) -> Locator:
    return page.locator("details.day", has_text=f", {longdate(day)}")


def test_a_device_sends_and_an_outage_excuses_who_could_not_punch(house, member, person, scene, day):
    """Bima is absent by the device; the personnel agency records an outage; his open page says so by itself."""
    device, stranger = Device(house.url, "ALAT-UJI-1"), Device(house.url, "ALAT-LAIN")
    assert stranger.handshake()[0] == 403
    assert stranger.send([("701", at(day, 7, 20))])[0] == 403
    status, greeting = device.handshake()
    assert (status, greeting.splitlines()[0]) == (200, "GET OPTION FROM: ALAT-UJI-1")
    assert "TimeZone=8" in greeting
    now = datetime.now(ZONE) - timedelta(minutes=1)
    records = [("701", at(day, 7, 20)), ("701", at(day, 16, 40)), ("701", now), ("702", now)]
    assert device.send(records) == (200, "OK: 4\n")
    once = [punches_of(house, name) for name in (AYU, BIMA)]
    assert once >= [3, 1]
    assert device.send(records) == (200, "OK: 4\n")
    assert [punches_of(house, name) for name in (AYU, BIMA)] == once
    assert device.send_fingerprint() == (200, "OK\n")
    assert device.ask_for_commands() == (200, "OK\n")

    bima = member(BIMA)
    address = f"/kehadiran/?bulan={day:%Y-%m}"
    page = bima.watch(address)
    expect(line_of(page, day)).to_contain_text("Tanpa keterangan")

    keeper = person(KEEPER, size=DESK)
    form = keeper.open("/unit/gangguan/catat/")
    form.get_by_label("Yang terganggu").select_option(label="Bidang Presensi Percontohan")
    form.get_by_label("Mulai").fill(f"{day}T06:30")
    form.get_by_label("Selesai").fill(f"{day}T09:00")
    form.get_by_label("Sebab").fill("Listrik padam")
    form.locator("main form").get_by_role("button").first.click()
    form.wait_for_load_state()

    line = line_of(page, day)
    expect(line).to_contain_text("Gangguan sistem")
    line.locator("summary").click()
    expect(line).to_contain_text("Perekam kehadiran terganggu pada jam masuk atau pulang.")
    expect(line).to_contain_text("Listrik padam, 06.30 sampai 09.00")
    ayu = member(AYU).open(address)
    expect(line_of(ayu, day)).to_contain_text("Hadir")


def test_presence_is_recorded_from_the_phone_at_the_office(member):
    ayu = member(AYU)
    ayu.context.grant_permissions(["geolocation"])
    ayu.context.set_geolocation(OFFICE)
    page = ayu.open("/kehadiran/rekam/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="Rekam kehadiran sekarang").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tanda terima kehadiran")
    expect(page.locator("main")).to_contain_text("Di Kantor Percontohan")
    expect(page.locator("main")).to_contain_text("W-")


def test_without_a_place_the_record_is_kept_and_the_appraiser_is_asked(member):
    bima = member(BIMA)
    page = bima.open("/kehadiran/rekam/")
    page.get_by_role("button", name="Rekam kehadiran sekarang").click()
    expect(page.get_by_text("Lokasi tidak diizinkan.")).to_be_visible()
    page.get_by_role("button", name="Rekam tanpa lokasi").click()
    expect(page.locator("main")).to_contain_text("Tanpa lokasi")
    expect(page.locator("main")).to_contain_text("menunggu jawaban penilai")
    head = member(HEAD).open("/kehadiran/cuti/antrean/")
    head.get_by_role("link", name=BIMA).click()
    head.get_by_label("Dihitung sebagai hadir").check()
    head.get_by_role("button", name="Simpan jawaban").click()
    expect(head.locator("main")).to_contain_text("diterima penilai")


def test_a_roster_is_painted_on_the_desk_and_filled_on_the_phone(member, scene):
    head = member(HEAD, DESK).open(f"/kehadiran/sif/{scene['ward']}/?bulan=2027-03")
    for day in range(1, 6):
        head.get_by_role("button", name=f"{CITRA}, {day} Maret:").click()
    expect(head.get_by_text("5 hari diubah, belum disimpan")).to_be_visible()
    head.get_by_role("button", name="Simpan jadwal").click()
    expect(head.get_by_role("button", name=f"{CITRA}, 5 Maret: P")).to_be_visible()
    expect(head.locator(".roster-week").nth(-5)).to_contain_text("2.250")
    phone = member(HEAD).open(f"/kehadiran/sif/{scene['ward']}/?bulan=2027-03")
    phone.locator(".roster-people").get_by_role("link", name=CITRA).click()
    phone.get_by_label("Sabtu, 6", exact=True).select_option(label="M: Malam, 21.00–07.00")
    phone.get_by_role("button", name="Simpan jadwal").click()
    expect(phone.get_by_label("Sabtu, 6", exact=True)).to_have_value(
        f"{scene['people'][CITRA]['pk']}:2027-03-06:{_night(phone)}"
    )
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def _night(page: Page) -> str:
    return page.locator("#d6 option", has_text="Malam").get_attribute("value").rpartition(":")[2]
