"""Makassar in a real browser: below the standard, the action the worker opens, both keys, and the recovery that is
measured by the same indicator (`growth_people.py`, `growth_later.py`)."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.browser.house import DESK, PHONE, House, Person
from tests.browser.small_city import PASSWORD

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
HEAD, OFFICER = "Kadis Pulih", "Ilham Pulih"


@pytest.fixture(scope="module")
def people(house: House) -> dict[str, Any]:
    return house.run(Path(__file__).with_name("growth_people.py"))


@pytest.fixture
def member(person, people) -> Callable[..., Person]:
    return lambda name, size=PHONE: person(size=size).enter(people[name], PASSWORD)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def open_duty(page: Page, words: str) -> None:
    """The worker opens it within seconds; the page of the day is asked again until it shows."""
    duty = page.get_by_role("link", name=re.compile(words)).first
    for _each in range(120):
        page.goto("/hari-ini/")
        if duty.count():
            break
        page.wait_for_timeout(1_000)
    duty.click()


def test_below_the_standard_then_an_action_of_both_then_recovered(member, house):
    leader, own = member(HEAD, DESK).open("/hari-ini/"), member(OFFICER).open("/hari-ini/")

    open_duty(leader, "Tindakan perbaikan")
    leader.get_by_role("link", name="Buka tindakan perbaikan").click()
    expect(leader.get_by_text(re.compile("hari kerja di bawah standar"))).to_be_visible()
    action = leader.url
    leader.get_by_role("link", name="Tulis Sebab dan dukungan").click()
    leader.get_by_text("Kesehatan atau keadaan pribadi").click()
    leader.get_by_label("Penjelasan sebab").fill("Anaknya dirawat di luar kota.")
    leader.get_by_label("Dukungan yang Anda berikan").fill("Jam kerja digeser selama sebulan.")
    leader.get_by_role("button", name="Simpan").click()
    leader.get_by_role("link", name="Tambah langkah").click()
    leader.get_by_label("Langkah").fill("Melapor lewat pesan sebelum pukul tujuh bila berhalangan")
    leader.get_by_label("Tenggat").fill((timezone.localdate() + timedelta(days=7)).isoformat())
    leader.get_by_text(OFFICER, exact=True).last.click()
    leader.get_by_role("button", name="Tambah").click()
    leader.get_by_role("link", name="Usulkan rencana").click()
    leader.get_by_role("button", name="Ya, usulkan").click()
    expect(leader.get_by_text("Rencana menunggu persetujuan pegawai.")).to_be_visible()

    open_duty(own, "setujui rencananya")
    expect(own.get_by_text("Anaknya dirawat di luar kota.")).to_be_visible()
    assert fits(own)
    own.get_by_role("link", name="Tulis Pandangan saya").click()
    own.get_by_label("Pandangan saya").fill("Jam yang digeser sangat menolong.")
    own.get_by_role("button", name="Simpan").click()
    own.get_by_role("link", name="Setujui rencana").click()
    own.get_by_role("button", name="Ya, setuju").click()
    expect(own.get_by_text("Rencana berjalan.")).to_be_visible()
    own.get_by_role("link", name=re.compile("^Selesai")).click()
    own.get_by_label("Hasilnya").fill("Tidak pernah lupa.")
    own.get_by_role("button", name="Selesai").click()
    expect(own.get_by_text("Belum diukur ulang.")).to_be_visible()

    house.run(Path(__file__).with_name("growth_later.py"))
    open_duty(leader, "Menyimpulkan tindakan perbaikan")
    leader.goto(action)
    expect(leader.get_by_text(re.compile(r"Kehadiran naik [\d,]+ poin\."))).to_be_visible()
    leader.get_by_role("link", name="Simpulkan: pulih").click()
    leader.get_by_label("Alasan").fill("Hadir penuh sejak jamnya digeser.")
    leader.get_by_role("button", name="Simpulkan").click()

    open_duty(own, "pulih\\?")
    own.get_by_role("link", name="Setuju, sudah pulih").click()
    own.get_by_role("button", name="Ya, setuju").click()
    expect(own.get_by_text("Pulih dan ditutup")).to_be_visible()
    own.get_by_text("Buka angka sampai ke catatannya").click()
    own.locator("details[open]").get_by_role("link", name=re.compile("^Kehadiran")).last.click()
    expect(own.get_by_text(re.compile(r"Dari \d+ hari wajib hadir"))).to_be_visible()
    assert fits(own)
