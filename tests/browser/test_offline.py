"""Without a network, in a real browser: what is written stays on the device, arrives once, and has its receipt.

The house is that of Aceh Tenggara; between it and the browser runs a line that can be cut and can lose answers.
Reboots are real: the browser ends and starts again on the same profile.
"""

import hashlib
import io
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect
from tests.browser.house import PHONE, House
from tests.browser.line import Line, line_to

pytestmark = pytest.mark.browser
OFFICER, COLLEAGUE = "Alimin Ramin", "Rabiah Terigan"
FORM, OUTBOX, DOOR = "/kegiatan/luring/", "/kegiatan/belum-terkirim/", "POST /kegiatan/luring/terima/"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WITHOUT_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });"


@pytest.fixture
def line(far_house: House) -> Iterator[Line]:
    with line_to(int(far_house.url.rpartition(":")[2])) as line:
        yield line


class Device:
    """A phone with one profile folder: it can be switched off and on, and lose its network."""

    def __init__(self, playwright: Playwright, line: Line, folder: Path) -> None:
        self.playwright, self.line, self.folder = playwright, line, folder
        self.context: BrowserContext
        self.start()

    def start(self, script: str = "", workers: str = "allow") -> None:
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder,
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            base_url=self.line.url,
            viewport=PHONE,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            service_workers=workers,
        )
        self.context.set_default_timeout(30_000)
        if script:
            self.context.add_init_script(script)

    def reboot(self, script: str = "", workers: str = "allow") -> None:
        self.context.close()
        self.start(script, workers)

    def leave_the_network(self) -> None:
        self.line.cut()
        self.context.set_offline(True)

    def find_the_network(self) -> None:
        self.line.mend()
        self.context.set_offline(False)

    def sign_in(self, name: str) -> Page:
        """Signs in and waits until the device is ready to work without a network."""
        page = self.open("/demo/masuk/")
        with page.expect_navigation():
            page.get_by_role("button", name=f"Masuk sebagai {name}", exact=True).click()
        page.wait_for_selector("body[data-person]")
        page.evaluate("navigator.serviceWorker.ready.then(() => Outbox.refresh(true))")
        until(lambda: page.evaluate("Outbox.desk().then((desk) => Boolean(desk))"))
        return page

    def open(self, address: str) -> Page:
        page = self.context.new_page()
        page.goto(address)
        return page


@pytest.fixture
def device(playwright: Playwright, line: Line, tmp_path: Path) -> Iterator[Callable[[], Device]]:
    made: list[Device] = []

    def make() -> Device:
        made.append(Device(playwright, line, tmp_path / f"profil-{len(made)}"))
        return made[-1]

    yield make
    for one in made:
        one.context.close()


def photo(colour: tuple[int, int, int], name: str = "lapangan.jpg") -> dict[str, object]:
    """A photo that no other test takes."""
    image, held = Image.effect_noise((320, 240), 60).convert("RGB"), io.BytesIO()
    image.paste(colour, (0, 0, 40, 40))
    image.save(held, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": held.getvalue()}


def write(page: Page, text: str, *photos: dict[str, object], day: date | None = None, choice: str = "") -> str:
    """Fills the form for no network and keeps it; returns the number the device gave."""
    form = page.locator("#luring form")
    form.wait_for()
    picked = form.locator(".choice").filter(has_text=choice) if choice else form.locator(".choice")
    picked.first.click()
    form.get_by_label("Apa yang dikerjakan").fill(text)
    if photos:
        form.get_by_label("Bukti: foto atau berkas").set_input_files(list(photos))
    if day:
        form.get_by_label("Tanggal").fill(day.isoformat())
    form.get_by_role("button", name="Simpan di perangkat").click()
    expect(page.locator("[data-part=saved]")).to_be_visible()
    return page.locator("[data-slot=number]").inner_text()


def row(page: Page, text: str) -> Locator:
    return page.locator("#belum-terkirim [data-slot=rows] > article").filter(has_text=text)


def stored(house: House, text: str) -> list[tuple[object, ...]]:
    return house.rows("SELECT id, day, written_at, clock_drift_s FROM work_entry WHERE text = ? ORDER BY id", text)


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


def alter(house: House, tmp_path: Path, program: str) -> object:
    """Runs a few lines on the house's database."""
    path = tmp_path / "ubah.py"
    path.write_text(f"import json\n{program}\nprint(json.dumps('ok'))\n")
    return house.run(path)


def test_a_kutacane_field_officer_works_two_days_without_a_network(device, line: Line, far_house: House) -> None:
    phone = device()
    phone.sign_in(OFFICER)
    phone.leave_the_network()
    now = datetime.now(UTC)
    moments = [now - timedelta(days=back) for back in (2, 1)]
    new_year = date(now.year, 1, 1)
    days = [max(each.astimezone(ZoneInfo("Asia/Jakarta")).date(), new_year) for each in moments]
    first, second, third = photo((200, 30, 30)), photo((30, 200, 30), "jembatan.jpg"), photo((30, 30, 200))

    page = phone.open("/hari-ini/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tidak ada jaringan")
    page.get_by_role("link", name="Catat tanpa jaringan").click()
    page.clock.set_fixed_time(moments[0])
    page.reload()
    expect(page.get_by_text(OFFICER)).to_be_visible()
    numbers = {write(page, "Mendata warga Ketambe, hari pertama", first, second, day=days[0])}
    numbers |= {write(page, "Rapat di balai desa, hari pertama", day=days[0])}

    phone.reboot()
    phone.context.set_offline(True)
    page = phone.open(FORM)
    page.clock.set_fixed_time(moments[1])
    page.reload()
    numbers |= {write(page, "Mengukur jalan rusak, hari kedua", third, day=days[1])}
    assert len(numbers) == 3
    page.goto(OUTBOX)
    expect(row(page, "hari")).to_have_count(3)
    expect(row(page, "Menunggu")).to_have_count(3)
    expect(page.locator("[data-waiting] .count")).to_have_text("3")
    assert line.arrived(DOOR) == 0

    phone.reboot()
    phone.find_the_network()
    phone.open("/hari-ini/")
    page = phone.open(OUTBOX)
    expect(row(page, "Terkirim")).to_have_count(3)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    receipts = page.locator("[data-slot=receipt]").all_inner_texts()
    assert len(set(receipts)) == 3
    assert all(text.startswith("K-") for text in receipts)
    expect(row(page, "hari kedua")).to_contain_text("Diterima (jam server)")

    kept = [stored(far_house, text) for text in (
        "Mendata warga Ketambe, hari pertama", "Rapat di balai desa, hari pertama", "Mengukur jalan rusak, hari kedua",
    )]  # fmt: skip
    assert [[entry[1] for entry in rows] for rows in kept] == [[str(days[0])], [str(days[0])], [str(days[1])]]
    assert [str(rows[0][2])[:10] for rows in kept] == [str(moments[at].date()) for at in (0, 0, 1)]
    files = far_house.rows(
        "SELECT file.sha256 FROM work_entryfile JOIN custody_storedfile AS file ON file.id = file_id "
        "JOIN work_entry ON work_entry.id = entry_id WHERE work_entry.text LIKE '%, hari %'"
    )
    sent = {hashlib.sha256(each["buffer"]).hexdigest() for each in (first, second, third)}
    assert {name for (name,) in files} == sent, "photos arrive byte for byte"
    told = far_house.rows(
        "SELECT count(*) FROM audit_journalentry WHERE verb = 'work.entry_submitted' AND object_id IN (?, ?, ?)",
        *(str(rows[0][0]) for rows in kept),
    )
    assert told == [(3,)]

    page.goto(f"/kegiatan/resi/?nomor={receipts[0]}")
    expect(page.get_by_text(receipts[0])).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("hari")


def test_an_answer_lost_after_the_server_wrote_makes_no_second_entry(device, line: Line, far_house: House) -> None:
    phone = device()
    phone.sign_in(OFFICER)
    phone.leave_the_network()
    page = phone.open(FORM)
    write(page, "Jawaban yang hilang", photo((10, 90, 90)))
    line.mend()
    line.lose_answer(DOOR)
    phone.context.set_offline(False)
    until(lambda: len(stored(far_house, "Jawaban yang hilang")) == 1)
    page.goto(OUTBOX)
    expect(row(page, "Menunggu")).to_have_count(1)
    line.mend()
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(row(page, "Terkirim")).to_have_count(1)
    assert line.arrived(DOOR) >= 2
    assert len(stored(far_house, "Jawaban yang hilang")) == 1


@pytest.mark.parametrize(
    ("script", "workers"), [("", "allow"), (WITHOUT_LOCKS, "block")], ids=["web locks", "a lease instead"]
)
def test_two_tabs_that_send_at_once_send_each_entry_once(
    device, line: Line, far_house: House, script: str, workers: str
) -> None:
    phone = device()
    page = phone.sign_in(OFFICER)
    if workers == "block":
        page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.unregister())")
    phone.reboot(script, workers)
    texts = [f"Dua tab {number} {workers}" for number in range(3)]
    one, two = phone.open(FORM), phone.open(OUTBOX)
    phone.leave_the_network()
    for text in texts:
        write(one, text)
    expect(row(two, "Menunggu")).to_have_count(3)
    phone.find_the_network()
    for page in (one, two):
        page.evaluate("() => { Outbox.send('all'); Outbox.send('all'); }")
    expect(row(two, "Terkirim")).to_have_count(3)
    assert line.arrived(DOOR) == 3
    assert [len(stored(far_house, text)) for text in texts] == [1, 1, 1]


def test_an_expired_session_waits_for_its_person_and_nobody_else_sends(device, line: Line, far_house: House) -> None:
    phone = device()
    phone.sign_in(OFFICER)
    phone.leave_the_network()
    write(phone.open(FORM), "Sesi yang berakhir")
    phone.context.clear_cookies()
    phone.find_the_network()
    page = phone.open(OUTBOX)
    expect(page.get_by_text("Masuk lagi untuk mengirim")).to_be_visible()
    expect(row(page, "Menunggu")).to_have_count(1)

    phone.sign_in(COLLEAGUE)
    page.goto(OUTBOX)
    expect(page.get_by_text("Semua sudah terkirim")).to_be_visible()
    assert "Sesi yang berakhir" not in page.content()
    assert page.evaluate("Outbox.desk().then((desk) => desk.person.name)") == COLLEAGUE
    assert line.arrived(DOOR) == 0

    phone.sign_in(OFFICER)
    page.goto(OUTBOX)
    expect(row(page, "Terkirim")).to_have_count(1)
    [entry] = stored(far_house, "Sesi yang berakhir")
    owner = far_house.rows(
        "SELECT name FROM people_employee JOIN work_entry ON employee_id = people_employee.id WHERE work_entry.id = ?",
        str(entry[0]),
    )
    assert owner == [(OFFICER,)]


def test_a_changed_plan_is_shown_and_corrected_with_all_that_was_written(
    device, far_house: House, tmp_path: Path
) -> None:
    place = f"result__plan__employee__name={OFFICER!r}"
    alter(
        far_house,
        tmp_path,
        "from terang.planning.plans.models import Indicator\n"
        f"old = Indicator.objects.filter({place}).order_by('id').last()\n"
        "old.pk, old.key, old.text = None, 'sementara', 'Indikator yang akan dicabut'\nold.save()",
    )
    phone = device()
    phone.sign_in(OFFICER)
    phone.leave_the_network()
    page = phone.open(FORM)
    proof = photo((90, 10, 90), "bukti-lama.jpg")
    write(page, "Rencana berubah", proof, choice="Indikator yang akan dicabut")
    alter(
        far_house,
        tmp_path,
        "from terang.planning.plans.models import Indicator\n"
        "Indicator.objects.filter(text='Indikator yang akan dicabut').delete()",
    )
    phone.find_the_network()
    page.goto(OUTBOX)
    broken = row(page, "Perlu diperbaiki")
    expect(broken).to_contain_text("tidak ada lagi dalam rencana Anda")
    assert stored(far_house, "Rencana berubah") == []

    broken.get_by_role("link", name="Perbaiki").click()
    form = page.locator("#luring form")
    expect(form.locator("[data-field=purpose] [data-error]")).to_contain_text("tidak ada lagi")
    expect(form.get_by_label("Apa yang dikerjakan")).to_have_value("Rencana berubah")
    expect(form.get_by_text("bukti-lama.jpg")).to_be_visible()
    expect(form.get_by_text("Indikator yang akan dicabut")).to_have_count(0)
    write(page, "Rencana berubah, diperbaiki")
    page.goto(OUTBOX)
    expect(row(page, "Terkirim")).to_have_count(1)
    [entry] = stored(far_house, "Rencana berubah, diperbaiki")
    [(sha256,)] = far_house.rows(
        "SELECT sha256 FROM custody_storedfile AS f JOIN work_entryfile AS e ON f.id = e.file_id WHERE entry_id = ?",
        str(entry[0]),
    )
    assert sha256 == hashlib.sha256(proof["buffer"]).hexdigest()


def test_a_file_that_is_refused_stays_until_the_person_deletes_it(device, far_house: House) -> None:
    phone = device()
    phone.sign_in(OFFICER)
    phone.leave_the_network()
    page = phone.open(FORM)
    write(page, "Berkas palsu", {"name": "palsu.jpg", "mimeType": "image/jpeg", "buffer": b"ini bukan foto"})
    phone.find_the_network()
    page.goto(OUTBOX)
    expect(row(page, "Perlu diperbaiki")).to_contain_text("bukan PDF, foto")
    page.reload()
    expect(row(page, "Perlu diperbaiki")).to_have_count(1)
    row(page, "Berkas palsu").get_by_role("button", name="Hapus").click()
    page.locator("#confirm button[value=yes]").click()
    expect(page.get_by_text("Semua sudah terkirim")).to_be_visible()
    assert stored(far_house, "Berkas palsu") == []


def test_a_photo_that_no_longer_opens_keeps_no_other_entry_waiting(device, far_house: House) -> None:
    phone = device()
    phone.sign_in(OFFICER)
    phone.leave_the_network()
    page = phone.open(FORM)
    write(page, "Foto yang rusak di perangkat", photo((9, 120, 40)))
    page.evaluate(
        "Outbox.list().then(([row]) => Vault.change('rows', row.key,"
        " (kept) => ({ ...kept, files: [{ ...kept.files[0], data: new ArrayBuffer(32) }] })))"
    )
    write(page, "Yang ditulis sesudahnya")
    phone.find_the_network()
    page.goto(OUTBOX)
    expect(row(page, "Yang ditulis sesudahnya")).to_contain_text("Terkirim")
    expect(row(page, "Foto yang rusak di perangkat")).to_contain_text("Tidak dapat dibuka")
    assert len(stored(far_house, "Yang ditulis sesudahnya")) == 1
    assert stored(far_house, "Foto yang rusak di perangkat") == []


def test_a_new_service_worker_between_writing_and_sending_loses_nothing(device, far_house: House) -> None:
    phone = device()
    page = phone.sign_in(OFFICER)
    before = page.evaluate("caches.keys()")
    phone.leave_the_network()
    write(phone.open(FORM), "Pekerja layanan baru", photo((1, 2, 3)))
    phone.line.mend()
    phone.context.set_offline(False)
    page.goto("/hari-ini/")
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("html[lang=en]")
    page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update())")
    until(lambda: len(now := page.evaluate("caches.keys()")) == 1 and now != before)
    phone.leave_the_network()
    again = phone.open(OUTBOX)
    assert again.get_attribute("html", "lang") == "en", "the page of the new worker"
    expect(row(again, "Pekerja layanan baru")).to_have_count(1)
    phone.find_the_network()
    again.evaluate("Outbox.send('all')")
    until(lambda: again.evaluate("Outbox.list().then(([row]) => row.state)") == "sent")
    assert len(stored(far_house, "Pekerja layanan baru")) == 1


@pytest.mark.parametrize("lost", [False, True], ids=["before the server", "after the server wrote"])
def test_a_form_that_could_not_be_sent_is_kept_on_the_device(device, line: Line, far_house: House, lost: bool) -> None:
    text = f"Formulir biasa, jawaban hilang: {lost}"
    phone = device()
    phone.sign_in(OFFICER)
    page = phone.open("/kegiatan/baru/")
    form = page.locator("#entry-form form").last
    form.locator("[name=purpose]").first.check(force=True)
    form.get_by_label("Apa yang dikerjakan").fill(text)
    form.locator("input[type=file]").first.set_input_files(photo((7, 7, 7)))
    if lost:
        line.lose_answer("POST /kegiatan/")
    else:
        line.cut()
    form.get_by_role("button", name="Simpan dan kirim").click()
    page.get_by_role("button", name="Simpan di perangkat, kirim nanti").click()
    page.wait_for_url(f"**{OUTBOX}*")
    expect(row(page, text)).to_have_count(1)
    assert len(stored(far_house, text)) == int(lost)
    line.mend()
    page.evaluate("Outbox.send('all')")
    expect(row(page, "Terkirim")).to_have_count(1)
    assert len(stored(far_house, text)) == 1


def test_signing_out_warns_and_takes_the_desk_along_but_not_what_waits(device, line: Line, far_house: House) -> None:
    phone = device()
    page = phone.sign_in(OFFICER)
    phone.leave_the_network()
    write(phone.open(FORM), "Keluar dahulu")
    line.mend()
    line.refuse("GET /kegiatan/luring/pengirim/")
    phone.context.set_offline(False)
    page.goto("/hari-ini/")
    expect(page.locator("[data-waiting] .count")).to_have_text("1")
    page.locator("details.menu summary").filter(has_text=OFFICER).click()
    page.get_by_role("button", name="Keluar").click()
    expect(page.locator("#confirm")).to_contain_text("Masih ada yang belum terkirim")
    page.locator("#confirm button[value=yes]").click()
    page.wait_for_selector("body:not([data-person])")
    page.goto(FORM)
    expect(page.get_by_text("Belum ada yang masuk di perangkat ini")).to_be_visible()
    left = page.evaluate("Vault.get('desks', 1).then(async () => [await Outbox.person(), await Outbox.desk()])")
    assert left == [None, None]
    line.mend()
    phone.sign_in(OFFICER)
    page = phone.open(OUTBOX)
    expect(row(page, "Terkirim")).to_have_count(1)
    assert len(stored(far_house, "Keluar dahulu")) == 1


def test_a_full_device_says_so_and_the_form_keeps_everything(device) -> None:
    phone = device()
    phone.sign_in(OFFICER)
    phone.reboot()
    phone.leave_the_network()
    page = phone.context.new_page()
    session = phone.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": phone.line.url, "quotaSize": 1000})
    page.goto(FORM)
    form = page.locator("#luring form")
    form.wait_for()
    form.locator(".choice").first.click()
    form.get_by_label("Apa yang dikerjakan").fill("Perangkat penuh")
    form.get_by_label("Bukti: foto atau berkas").set_input_files(photo((5, 5, 5)))
    form.get_by_role("button", name="Simpan di perangkat").click()
    expect(page.locator("[data-part=refused]")).to_contain_text("Ruang perangkat penuh")
    expect(form.get_by_label("Apa yang dikerjakan")).to_have_value("Perangkat penuh")
    session.send("Storage.overrideQuotaForOrigin", {"origin": phone.line.url})
    form.get_by_role("button", name="Simpan di perangkat").click()
    expect(page.locator("[data-part=saved]")).to_be_visible()


def test_what_waits_is_sealed_on_the_disk_and_its_key_cannot_be_taken_out(device) -> None:
    phone = device()
    page = phone.sign_in(OFFICER)
    phone.leave_the_network()
    write(phone.open(FORM), "Kalimat-yang-tidak-boleh-terbaca")
    page.evaluate("Vault.put('facts', { name: 'pembanding', text: 'Kalimat-yang-boleh-terbaca' })")
    taken = page.evaluate(
        "Outbox.person().then((id) => Vault.get('keys', id))"
        ".then(({ key }) => crypto.subtle.exportKey('raw', key)).then(() => 'taken', (error) => error.name)"
    )
    assert taken == "InvalidAccessError"
    phone.context.close()
    time.sleep(0.5)
    kept = b"".join(path.read_bytes() for path in phone.folder.rglob("*IndexedDB*/**/*") if path.is_file())
    assert b"Kalimat-yang-boleh-terbaca" in kept or "Kalimat-yang-boleh-terbaca".encode("utf-16-le") in kept
    assert b"Kalimat-yang-tidak-boleh" not in kept
    assert "Kalimat-yang-tidak-boleh".encode("utf-16-le") not in kept
    phone.start()


def test_a_browser_that_cannot_seal_asks_before_it_keeps(device) -> None:
    phone = device()
    phone.sign_in(OFFICER)
    phone.reboot("delete SubtleCrypto.prototype.generateKey;")
    phone.leave_the_network()
    page = phone.open(FORM)
    page.evaluate("indexedDB.deleteDatabase('terang')")
    phone.find_the_network()
    today = phone.open("/hari-ini/")
    until(lambda: today.evaluate("Outbox.person()"))
    page.goto(FORM)
    expect(page.get_by_text("Peramban ini tidak dapat menyandikan catatan")).to_be_visible()
    form = page.locator("#luring form")
    form.get_by_label("Apa yang dikerjakan").fill("Tanpa sandi")
    form.get_by_role("button", name="Simpan di perangkat").click()
    expect(page.locator("[data-part=refused]")).to_be_visible()
    page.get_by_role("button", name="Saya setuju").click()
    form.get_by_role("button", name="Simpan di perangkat").click()
    expect(page.locator("[data-part=saved]")).to_be_visible()

    officer = page.evaluate("Outbox.person()")
    today.goto("/demo/masuk/")
    with today.expect_navigation():
        today.get_by_role("button", name=f"Masuk sebagai {COLLEAGUE}", exact=True).click()
    until(lambda: today.evaluate("Outbox.person()") != officer)
    page.goto(FORM)
    expect(page.get_by_text("Peramban ini tidak dapat menyandikan catatan")).to_be_visible()


def test_a_wrong_clock_is_marked_and_not_believed(device, far_house: House) -> None:
    phone = device()
    phone.sign_in(OFFICER)
    phone.leave_the_network()
    page = phone.open(FORM)
    page.clock.set_fixed_time(datetime.now(UTC) - timedelta(hours=5))
    page.reload()
    write(page, "Jam perangkat salah", day=datetime.now(UTC).date() - timedelta(days=1))
    phone.find_the_network()
    page.goto(OUTBOX)
    expect(row(page, "Jam perangkat diragukan")).to_have_count(1)
    [entry] = stored(far_house, "Jam perangkat salah")
    assert abs(int(entry[3]) + 5 * 3600) < 120


def test_nothing_kept_by_the_worker_names_anybody(device) -> None:
    phone = device()
    page = phone.sign_in(OFFICER)
    page.goto("/hari-ini/")
    page.goto("/kegiatan/")
    texts = page.evaluate(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then(async (cache) =>"
        " Promise.all((await cache.keys()).map((request) => cache.match(request).then((found) => found.text()))))))"
        ").then((all) => all.flat())"
    )
    assert len(texts) >= 10
    for secret in (OFFICER, 'name="csrfmiddlewaretoken"', '"X-CSRFToken": "'):
        assert not [text[:80] for text in texts if secret in text]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pages_are_accessible_and_fit(device, width: int, scheme: str) -> None:
    phone = device()
    phone.sign_in(OFFICER)
    phone.leave_the_network()
    page = phone.open(FORM)
    page.set_viewport_size({"width": width, "height": 780})
    page.emulate_media(color_scheme=scheme)
    write(page, "Kegiatan dengan keterangan yang agak panjang supaya terlihat bagaimana barisnya patah di layar kecil")
    for address in (FORM, OUTBOX):
        page.goto(address)
        page.wait_for_timeout(300)
        found = Axe().run(page, options=RULES).response["violations"]
        assert [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found] == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_an_odd_amount_is_asked_about_when_it_arrives_and_goes_on_once_confirmed(device, far_house: House) -> None:
    phone = device()
    phone.sign_in(OFFICER)
    phone.leave_the_network()
    page, text = phone.open(FORM), "Menerbitkan surat jauh di atas biasanya"
    page.locator("#luring form").wait_for()
    page.locator("#quantity").fill("88888")
    write(page, text, choice="(surat)")
    page.goto(OUTBOX)
    expect(row(page, text)).to_contain_text("88888 surat")
    phone.find_the_network()
    page.goto(OUTBOX)
    expect(row(page, text)).to_contain_text("Benar?")
    assert stored(far_house, text) == []
    row(page, text).get_by_role("link", name="Perbaiki").click()
    page.get_by_label("Ya, jumlah ini benar").check()
    page.get_by_role("button", name="Simpan di perangkat").click()
    page.goto(OUTBOX)
    expect(row(page, text)).to_contain_text("Terkirim")
    assert len(stored(far_house, text)) == 1


AWAY_AND_BACK = """async (again) => {
  const [id, keep] = [await Outbox.person(), Vault.keep];
  Vault.keep = async (...row) => {
    Vault.keep = keep;
    await Outbox.leave();
    if (again) await Vault.ring(id);
    return keep(...row);
  };
  await Outbox.keep(crypto.randomUUID(), [["text", "Tersegel"]], [["proof", new File(["isi"], "a.txt")]]);
  await Outbox.enter(id);
  const kept = await Promise.all((await Outbox.list()).map((row) => Outbox.read(row.key)));
  const proof = (row) => row.proofs[0]?.[1].text();
  return Promise.all(kept.map(async (row) => [row.fields[0]?.[1], Boolean(row.locked), await proof(row)]));
}"""


@pytest.mark.parametrize("again", [False, True])
def test_who_signs_out_in_one_tab_takes_no_key_from_what_another_tab_keeps(device, again: bool) -> None:
    """The key went while an entry was sealed with it (`again`: and the person has got another one since)."""
    phone = device()
    page = phone.sign_in(OFFICER)
    phone.leave_the_network()
    assert page.evaluate(AWAY_AND_BACK, again) == [["Tersegel", False, "isi"]]


def test_the_page_for_no_network_speaks_the_language_chosen_last(device, line: Line) -> None:
    phone = device()
    page = phone.sign_in(OFFICER)
    page.goto(FORM)
    expect(page.get_by_role("heading", level=1)).to_have_text("Catat tanpa jaringan")
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": line.url}])
    page.goto(FORM)
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter without a network")
    line.cut()
    page.goto(FORM)
    expect(page.locator("#luring form")).to_be_visible()
