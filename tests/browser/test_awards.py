"""Awards in a real browser: a nomination with evidence, a secret vote, an announcement everybody reads, a certificate,
and the bonus in the slip, given by a second person (`awards_people.py`)."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect
from tests.browser.house import DESK, PHONE, House, Person
from tests.browser.test_allowance import computed, fits

pytestmark = pytest.mark.browser
expect.set_options(timeout=60_000)
FIRST, SECOND, HEAD, TEACHER = "Kepala Piagam", "Analis Piagam", "Kepala SD Piagam", "Guru Piagam"
CHAIR, MEMBERS = "Sekda Piagam", ("Anggota Satu Piagam", "Anggota Dua Piagam")
TITLE = "Guru teladan"


@pytest.fixture(scope="module")
def people(house: House) -> dict[str, Any]:
    return house.run(Path(__file__).with_name("awards_people.py"))


@pytest.fixture
def member(person, people) -> Callable[..., Person]:
    return lambda name, size=PHONE: person(size=size).carry(people[name])


def confirmed(page: Page, name: str, yes: str) -> None:
    """Presses a button that asks first."""
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=yes).click()


def opened(page: Page, people: dict[str, Any]) -> str:
    """A call is opened; its address."""
    today = datetime.now(ZoneInfo("Asia/Makassar")).date()
    page.get_by_role("link", name="Buka penjaringan").click()
    page.get_by_label("Nama penghargaan").fill(TITLE)
    page.get_by_label("Yang dinilai").fill("Murid yang ikut bicara, terbukti dari catatan.")
    page.get_by_label("Prestasi sejak").fill((today - timedelta(days=180)).isoformat())
    page.get_by_label("Prestasi sampai (tidak termasuk)").fill(today.isoformat())
    page.get_by_label("Usulan sampai").fill((today + timedelta(days=7)).isoformat())
    page.get_by_label("Suara sampai").fill((today + timedelta(days=14)).isoformat())
    page.get_by_label("Masa kerja paling sedikit (tahun)").fill("1")
    page.get_by_label("Predikat paling rendah").select_option("baik")
    page.get_by_label("dalam berapa tahun terakhir").fill("1")
    page.get_by_label("Tanpa hukuman disiplin selama (tahun)").fill("1")
    page.get_by_label("Bonus tiap orang (rupiah)").fill("500000")
    page.get_by_label("Dasar").fill("Keputusan Bupati 188")
    page.get_by_label("Ketua panitia").fill(people["nip"][CHAIR])
    page.get_by_label("Anggota panitia").fill("\n".join(people["nip"][each] for each in MEMBERS))
    page.get_by_role("button", name="Buka", exact=True).click()
    expect(page.get_by_text("Penjaringan dibuka")).to_be_visible()
    return page.url


def test_an_award_from_the_nomination_to_the_slip(member, people):
    first = member(FIRST, DESK).open("/penghargaan/penjaringan/")
    call = opened(first, people)

    head = member(HEAD).open(call)
    head.get_by_role("link", name="Usulkan").click()
    head.get_by_label("Yang diusulkan").fill(people["nip"][TEACHER])
    head.get_by_role("button", name="Lanjut").click()
    expect(head.get_by_text("Semua syarat terpenuhi.")).to_be_visible()
    head.get_by_label("Apa yang dicapai").fill("Dari enam menjadi delapan belas murid yang bicara.")
    head.get_by_label("Dokumen").fill("Lembar observasi kedua")
    head.get_by_role("button", name="Usulkan").click()
    expect(head.get_by_text("Usulan terkirim")).to_be_visible()
    assert head.get_by_text("terpenuhi", exact=True).count() == 3
    assert fits(head)

    second = member(SECOND, DESK).open(head.url)
    second.get_by_role("button", name="Syarat terpenuhi").click()
    expect(second.get_by_text("ikut dipilih panitia")).to_be_visible()
    first.goto(call)
    confirmed(first, "Mulai pemungutan suara", "Ya")
    expect(first.get_by_text("Panitia dapat memberi suara.")).to_be_visible()

    for name in (*MEMBERS, CHAIR):
        page = member(name).open(call)
        page.get_by_role("link", name="Beri suara").click()
        page.get_by_label(TEACHER).check()
        page.get_by_label("Alasan").fill(f"Menurut {name}")
        confirmed(page, "Beri suara", "Ya")
        expect(page.get_by_text("rahasia sampai pemungutan ditutup")).to_be_visible()
        assert not page.get_by_text(f"Menurut {name}").count()
        assert fits(page)
    confirmed(page, "Tutup pemungutan", "Ya")
    expect(page.get_by_text(f"Menurut {MEMBERS[0]}")).to_be_visible()
    page.get_by_role("link", name="Umumkan").click()
    page.get_by_label("Alasan untuk semua pegawai").fill("Membuat murid yang diam ikut bicara.")
    confirmed(page, "Umumkan", "Ya")
    expect(page.get_by_text("penerimanya mendapat piagam")).to_be_visible()

    everybody = member(HEAD).open("/penghargaan/penerima/")
    expect(everybody.get_by_text("Membuat murid yang diam ikut bicara.")).to_be_visible()
    expect(everybody.get_by_text(TEACHER, exact=True)).to_be_visible()
    own = member(TEACHER).open("/penghargaan/")
    with own.expect_download() as download:
        own.get_by_role("link", name="Piagam (PDF)").evaluate("each => { each.download = ''; each.click() }")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")

    first.goto(call)
    expect(first.get_by_text("orang kedua yang mencatatnya")).to_be_visible()
    second.goto(call)
    second.get_by_role("link", name="Catat bonus").click()
    second.get_by_label("Tunjangan bulan").select_option(index=0)
    second.get_by_role("button", name="Catat dalam tunjangan").click()
    expect(second.get_by_text("Bonus tercatat")).to_be_visible()

    first.goto("/tunjangan/kelola/")
    first.get_by_role("button", name="Hitung slip").click()
    computed(first, first.url)
    own.goto("/tunjangan/")
    own.locator("main h2 a").first.click()
    bonus = own.locator("li", has_text="Bonus penghargaan").first
    expect(bonus).to_be_visible()
    assert "500000" in re.sub(r"\D", "", bonus.inner_text())
