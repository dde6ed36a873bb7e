"""Leave, duty and disputes on screen: what is typed, what is told, who may."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from terang.evidence.attendance.leave_waiting import waiting_for
from terang.evidence.attendance.models import AttendanceDay, DayDispute, Duty, Leave, LeaveOpening
from terang.evidence.attendance.services.leave import request_leave
from terang.registry.people.models import Role

MONDAY = date(2026, 12, 7)
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(autouse=True)
def vault(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def budi(office):
    return office.employee("Budi")


@pytest.fixture
def as_(client):
    def signed_in(person):
        client.force_login(person.user)
        return client

    return signed_in


def typed(**fields):
    form = {"kind": "tahunan", "starts_on": "2026-12-07", "last_day": "2026-12-09", "reason": "Acara keluarga"}
    return form | {"form_key": str(uuid4())} | fields


def asks(office, person, start=MONDAY, end=date(2026, 12, 10), kind="tahunan"):
    actor = office.viewer(person)
    key = uuid4()
    return request_leave(actor=actor, kind=kind, starts_on=start, ends_on=end, reason="Acara keluarga", form_key=key)


def test_from_the_request_to_the_decision(office, budi, as_):
    form = typed()
    for _ in range(2):
        answer = as_(budi).post("/kehadiran/cuti/baru/", form)
        assert answer.status_code == 303
    leave = Leave.objects.get()
    assert leave.working_days == 3
    queue = as_(office.head).get("/kehadiran/cuti/antrean/").content.decode()
    assert "Budi" in queue
    decide = f"/kehadiran/cuti/{leave.pk}/putuskan/"
    mute = as_(office.head).post(decide, {"version": "1", "decision": "postpone", "note": ""})
    assert mute.status_code == 422
    assert "Tuliskan alasannya" in mute.content.decode()
    undated = {"version": "1", "decision": "change", "note": "Rapat", "starts_on": "", "last_day": ""}
    assert "Isi tanggal yang baru" in as_(office.head).post(decide, undated).content.decode()
    as_(office.head).post(decide, {"version": "1", "decision": "approve", "note": ""})
    page = as_(budi).get(f"/kehadiran/cuti/{leave.pk}/").content.decode()
    assert "Disetujui" in page
    assert "Tarik permohonan" in page
    as_(budi).post(f"/kehadiran/cuti/{leave.pk}/tarik/", {"version": "2"})
    leave.refresh_from_db()
    assert leave.state == "ditarik"


def test_a_change_of_dates_by_the_appraiser(office, budi, as_):
    leave = asks(office, budi)
    form = {"version": "1", "decision": "change", "note": "Rapat", "starts_on": "2026-12-10", "last_day": "2026-12-11"}
    as_(office.head).post(f"/kehadiran/cuti/{leave.pk}/putuskan/", form)
    leave.refresh_from_db()
    assert (leave.state, leave.starts_on, leave.working_days) == ("perubahan", date(2026, 12, 10), 2)


def test_what_stands_against_it_is_told_at_the_form_and_nothing_is_lost(office, budi, as_):
    asks(office, budi)
    answer = as_(budi).post("/kehadiran/cuti/baru/", typed(reason="Ke Toraja"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bertumpang dengan Cuti tahunan" in page
    assert "Ke Toraja" in page
    sick = as_(budi).post("/kehadiran/cuti/baru/", typed(kind="sakit", starts_on="2026-12-14", last_day="2026-12-14"))
    assert "Cuti sakit memerlukan surat keterangan dokter." in sick.content.decode()
    letter = SimpleUploadedFile("surat.pdf", PDF)
    form = typed(kind="sakit", starts_on="2026-12-14", last_day="2026-12-14", proof=letter)
    assert as_(budi).post("/kehadiran/cuti/baru/", form).status_code == 303
    sick_leave = Leave.objects.get(kind="sakit")
    url = f"/kehadiran/cuti/{sick_leave.pk}/berkas/"
    assert as_(office.head).get(url).status_code == 200
    assert as_(office.employee("Rekan")).get(url).status_code == 403
    bad = typed(kind="sakit", starts_on="2026-12-21", last_day="2026-12-21", proof=SimpleUploadedFile("a.pdf", b"MZ"))
    assert as_(budi).post("/kehadiran/cuti/baru/", bad).status_code == 422


def test_the_count_while_typing(budi, as_):
    url = "/kehadiran/cuti/hitung/?kind={}&starts_on={}&last_day={}"
    page = as_(budi).get(url.format("tahunan", "2026-12-07", "2026-12-13")).content.decode()
    assert "hari kerja menurut kalender Anda" in page
    assert "hak 12 + dibawa 0 − diambil 0 − menunggu 0" in page
    far = as_(budi).get(url.format("tahunan", "2026-12-07", "2026-12-31")).content.decode()
    assert "Sisa cuti tahunan yang dapat diajukan 12 hari kerja" in far
    for nothing in (("", "2026-12-07", "2026-12-08"), ("tahunan", "x", ""), ("tahunan", "9999-12-31", "9999-12-31")):
        assert as_(budi).get(url.format(*nothing)).status_code == 200


def test_kinds_that_cannot_be_taken_are_told_with_their_reason(office, as_):
    pppk = office.employee("Citra")
    pppk.status = "pppk"
    pppk.save()
    page = as_(pppk).get("/kehadiran/cuti/baru/").content.decode()
    assert "Cuti besar: Cuti besar tidak diberikan kepada PPPK." in page
    assert 'value="besar"' not in page


def test_a_curious_colleague_is_refused_everywhere(office, budi, as_):
    leave = asks(office, budi)
    mark = AttendanceDay.objects.create(employee=budi, day=date(2026, 11, 2), status="tanpa_keterangan")
    now = office.moment(mark.day)
    dispute = DayDispute.objects.create(employee=budi, day=mark.day, text="Alat mati", raised_at=now, form_key=uuid4())
    duty = Duty.objects.create(
        agency=office.agency, letter="1", starts_on=MONDAY, ends_on=date(2026, 12, 8), form_key=uuid4()
    )
    duty.people.add(budi)
    browser = as_(office.employee("Rekan"))
    for path in (
        f"cuti/{leave.pk}/",
        f"cuti/saldo/?pegawai={budi.pk}",
        "cuti/antrean/",
        "cuti/tim/",
        f"dinas/{duty.pk}/",
        "dinas/baru/",
        f"keberatan/{dispute.pk}/",
        "tidak-masuk/",
    ):
        assert browser.get(f"/kehadiran/{path}").status_code == 403, path
    for path in (f"cuti/{leave.pk}/putuskan/", f"keberatan/{dispute.pk}/jawab/", f"dinas/{duty.pk}/batal/"):
        assert browser.post(f"/kehadiran/{path}", {"version": "1"}).status_code == 403, path
    assert "Belum ada surat tugas" in browser.get("/kehadiran/dinas/").content.decode()


def test_the_personnel_agency_enters_what_was_taken_before(office, budi, as_):
    officer = office.employee("Maya")
    office.grant(officer, Role.PERSONNEL)
    page = as_(officer).get(f"/kehadiran/cuti/saldo/?pegawai={budi.pk}").content.decode()
    assert "belum lengkap" in page
    form = {"year": "2025", "taken": "9", "postponed": "0"}
    assert as_(officer).post(f"/kehadiran/cuti/saldo/{budi.pk}/", form).status_code == 303
    assert as_(officer).post(f"/kehadiran/cuti/saldo/{budi.pk}/", form | {"taken": "99"}).status_code == 422
    assert LeaveOpening.objects.get().taken == 9
    own = as_(budi).get("/kehadiran/cuti/saldo/").content.decode()
    assert "Dibawa 3 hari" in own
    assert "Catat cuti sebelum Terang" not in own


def test_duty_for_the_team_and_by_name(office, budi, as_):
    citra = office.employee("Citra")
    asks(office, citra)
    people = {"team": [budi.pk], "others": citra.nip, "starts_on": "2026-12-07", "last_day": "2026-12-08"}
    seen = as_(office.head).post("/kehadiran/dinas/periksa/", people).content.decode()
    assert "2 orang ditugaskan" in seen
    assert "cuti 7 Desember 2026 sampai 9 Desember 2026 (diajukan)" in seen
    assert not Duty.objects.exists()
    letter = {
        "kind": "dinas_luar",
        "letter": "090/1",
        "signed_by": "Kepala Dinas",
        "purpose": "Rapat koordinasi",
        "place": "Mamuju",
        "form_key": str(uuid4()),
    }
    unknown = as_(office.head).post("/kehadiran/dinas/baru/", letter | people | {"others": "Tak Ada"})
    assert unknown.status_code == 422
    assert "“Tak Ada” tidak ditemukan" in unknown.content.decode()
    assert as_(office.head).post("/kehadiran/dinas/baru/", letter | people).status_code == 303
    duty = Duty.objects.get()
    assert {*duty.people.all()} == {budi, citra}
    assert "Rapat koordinasi" in as_(budi).get("/kehadiran/dinas/").content.decode()
    twice = as_(office.head).post("/kehadiran/dinas/baru/", letter | people | {"form_key": str(uuid4())})
    assert twice.status_code == 409
    as_(office.head).post(f"/kehadiran/dinas/{duty.pk}/batal/", {"version": "1", "reason": "Acara ditunda"})
    assert "Acara ditunda" in as_(budi).get(f"/kehadiran/dinas/{duty.pk}/").content.decode()


def test_a_disputed_day_from_the_month_to_its_answer(office, budi, as_):
    AttendanceDay.objects.create(employee=budi, day=date(2026, 11, 20), status="tanpa_keterangan")
    page = as_(budi).get("/kehadiran/keberatan/baru/?hari=2026-11-20").content.decode()
    assert "Tanpa keterangan" in page
    form = {"day": "2026-11-20", "text": "Alat mati", "form_key": str(uuid4())}
    assert as_(budi).post("/kehadiran/keberatan/baru/", form).status_code == 303
    dispute = DayDispute.objects.get()
    assert [duty.title for duty in waiting_for(office.viewer(office.head))] == ["Keberatan kehadiran Budi"]
    url = f"/kehadiran/keberatan/{dispute.pk}/"
    assert "Kirim jawaban" not in as_(budi).get(url).content.decode()
    assert as_(office.head).post(f"{url}jawab/", {"version": "1", "status": "hadir"}).status_code == 422
    as_(office.head).post(f"{url}jawab/", {"version": "1", "status": "hadir", "answer": "Ada di apel"})
    for person in (budi, office.head):
        assert "Ada di apel" in as_(person).get(url).content.decode()
    assert AttendanceDay.objects.get().status == "hadir"


def test_what_waits_is_told_to_the_appraiser_and_the_person(office, budi):
    asks(office, budi)
    [head], [own] = (waiting_for(office.viewer(person)) for person in (office.head, budi))
    assert (head.title, head.detail) == ("Permohonan cuti Budi", "7 Desember 2026 sampai 9 Desember 2026")
    assert (own.title, own.detail) == ("Cuti tahunan", "Diajukan: 7 Desember 2026 sampai 9 Desember 2026")
    assert waiting_for(office.viewer(office.employee("Rekan"))) == []


@pytest.mark.parametrize("url", ["/kehadiran/cuti/antrean/", "/kehadiran/cuti/tim/?bulan=2026-12", "/kehadiran/dinas/"])
def test_pages_ask_as_much_for_fifty_people_as_for_one(office, as_, url):
    def queries():
        browser = as_(office.head)
        browser.get(url)
        with CaptureQueriesContext(connection) as asked:
            browser.get(url)
        return len(asked)

    def fill(count, name):
        for number in range(count):
            person = office.employee(f"{name} {number}")
            asks(office, person)
            duty = Duty.objects.create(
                agency=office.agency,
                letter="1",
                purpose="Rapat",
                starts_on=date(2026, 12, 14),
                ends_on=date(2026, 12, 15),
                form_key=uuid4(),
            )
            duty.people.add(person)

    fill(1, "Pertama")
    before = queries()
    fill(49, "Pegawai")
    assert queries() == before
    assert "Pegawai" in as_(office.head).get(url).content.decode()
