"""Reports on screen: written with autosave, read from the queue, judged, answered; terms; what waits."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from terang.evidence.reports.duties import waiting_for
from terang.evidence.reports.lists import queue_of
from terang.evidence.reports.models import Reading, Report, ReportState, ReportTerms, Seat
from terang.evidence.reports.services.answering import ask_second_look
from terang.evidence.reports.tests.reports_cast import HALF, judged, marks
from terang.registry.people.models import Role


@pytest.fixture
def as_(client):
    def signed_in(person):
        client.force_login(person.user)
        return client

    return signed_in


def typed(report, **fields):
    rows = {f"achievement_{row.pk}": row.text for row in report.achievements.all()}
    whole = {"challenges": "Listrik padam", "plans": "Loket cadangan", "others": "", "version": report.version}
    return {**rows, **whole, "page": str(uuid4()), **fields}


def test_from_the_first_word_to_the_answer(desk, as_):
    begun = as_(desk.author).post("/laporan/mulai/", {"kind": "semester", "start": HALF.isoformat()})
    report = Report.objects.get()
    assert begun.headers["Location"] == f"/laporan/{report.pk}/tulis/"
    page = as_(desk.author).get(f"/laporan/{report.pk}/tulis/").content.decode()
    assert "Jumlah dokumen terbit" in page
    assert "lihat bukti" in page
    as_(desk.author).post(f"/laporan/{report.pk}/tulis/", typed(report, action="submit"))
    assert "Budi Pelapor" in as_(desk.office.head).get("/laporan/antrean/").content.decode()
    for person, seat in ((desk.office.head, Seat.SUPERIOR), (desk.overseer, Seat.OVERSIGHT)):
        reading = Reading.objects.get(seat=seat)
        page = as_(person).get(f"/laporan/{report.pk}/").content.decode()
        assert "Penilaian Anda" in page
        form = {"version": reading.version, "remark": f"Kata {seat}"}
        form |= {f"level_{code}": level for code, level in marks(3).items()}
        assert as_(person).post(f"/laporan/bacaan/{reading.pk}/nilai/", form).status_code == 303
    page = as_(desk.author).get(f"/laporan/{report.pk}/").content.decode()
    assert "Kata superior" in page
    assert "Kata oversight" in page
    report.refresh_from_db()
    as_(desk.author).post(f"/laporan/{report.pk}/selesai/", {"version": report.version, "reply": "Siap"})
    report.refresh_from_db()
    assert report.state == ReportState.PUBLISHED
    page = as_(desk.colleague).get(f"/laporan/{report.pk}/").content.decode()
    assert "Loket cadangan" in page
    assert "Kata superior" not in page
    assert "lihat bukti" not in page
    assert "Kegiatan harian" not in page


def test_autosave_keeps_and_says_when(desk, as_):
    report = desk.opened()
    form = typed(report, plans="Rencana baru")
    for _ in range(2):
        answer = as_(desk.author).post(f"/laporan/{report.pk}/tulis/", form, headers={"HX-Request": "true"})
        assert "Tersimpan pukul" in answer.content.decode()
        assert "<html" not in answer.content.decode()
    report.refresh_from_db()
    assert (report.plans, report.version) == ("Rencana baru", 2)
    other = as_(desk.author).post(f"/laporan/{report.pk}/tulis/", {**form, "page": str(uuid4())})
    assert other.status_code == 409


def test_what_was_agreed_after_the_report_was_begun_is_asked_for_too(desk, as_):
    report, budi = desk.opened(), as_(desk.author)
    report.achievements.update(text="Kata saya")
    later = desk.office.indicator(desk.indicator.result.plan, text="Yang disepakati kemudian").result
    for _ in range(2):
        page = budi.get(f"/laporan/{report.pk}/tulis/").content.decode()
        assert "Yang disepakati kemudian" in page
        assert "Kata saya" in page
    added = report.achievements.exclude(text="Kata saya").get()
    assert (added.result, added.number) == (later, 2)
    report.refresh_from_db()
    assert report.version == 1, "an open page stays good"


def test_while_it_is_completed_nobody_else_reads_what_is_being_typed(desk, as_):
    report = desk.submitted()
    desk.returns(report, Seat.SUPERIOR, "Tambahkan bukti")
    report.refresh_from_db()
    form = typed(report, plans="Setengah kalimat")
    as_(desk.author).post(f"/laporan/{report.pk}/tulis/", form, headers={"HX-Request": "true"})
    for person, reads in ((desk.author, True), (desk.office.head, False), (desk.overseer, False)):
        page = as_(person).get(f"/laporan/{report.pk}/").content.decode()
        assert ("Setengah kalimat" in page) == reads
        assert ("sedang dilengkapi pegawai" in page) != reads
        assert "Tambahkan bukti" in page


def test_autosave_never_hands_in(desk, as_):
    """htmx sends the button that has the focus along."""
    report = desk.opened()
    as_(desk.author).post(
        f"/laporan/{report.pk}/tulis/", typed(report, action="submit"), headers={"HX-Request": "true"}
    )
    report.refresh_from_db()
    assert (report.state, report.challenges) == (ReportState.DRAFT, "Listrik padam")


def test_what_is_missing_comes_back_with_all_that_was_typed(desk, as_):
    report = desk.opened()
    answer = as_(desk.author).post(
        f"/laporan/{report.pk}/tulis/", typed(report, challenges="", plans="Panjang sekali", action="submit")
    )
    assert answer.status_code == 422
    assert "Masih kosong: tantangan" in answer.content.decode()
    assert "Panjang sekali" in answer.content.decode()


def test_a_judgement_without_a_level_comes_back(desk, as_):
    report = desk.submitted()
    reading = report.readings.get(seat=Seat.SUPERIOR)
    answer = as_(desk.office.head).post(
        f"/laporan/bacaan/{reading.pk}/nilai/", {"version": 1, "level_bukti": "3", "reason_bukti": "Cocok"}
    )
    assert answer.status_code == 422
    assert "Pilih satu tingkat." in answer.content.decode()
    assert "Cocok" in answer.content.decode()
    assert not reading.marks.exists()


def test_a_return_takes_phrases_and_own_words(desk, as_):
    report = desk.submitted()
    reading = report.readings.get(seat=Seat.SUPERIOR)
    url = f"/laporan/bacaan/{reading.pk}/kembalikan/"
    assert as_(desk.office.head).post(url, {"version": 1}).status_code == 422
    phrase = "Mohon jelaskan sebab target yang belum tercapai."
    as_(desk.office.head).post(url, {"version": 1, "phrases": [phrase], "note": "Juga bulan Mei."})
    page = as_(desk.author).get(f"/laporan/{report.pk}/tulis/").content.decode()
    assert phrase in page
    assert "Juga bulan Mei." in page


def test_the_second_look_is_asked_for_on_the_page(desk, as_):
    desk.chief()
    report = desk.rated(3, 1)
    form = {"version": report.version, "seat": "oversight", "reason": "Bukti ada di lampiran"}
    as_(desk.author).post(f"/laporan/{report.pk}/tinjau/", form)
    page = as_(desk.author).get(f"/laporan/{report.pk}/").content.decode()
    assert "Tinjauan kedua sedang berjalan" in page
    look = Reading.objects.get(look=2)
    assert look.reader == desk.overseer


def test_the_personnel_agency_sets_terms_and_rubric(desk, as_, monkeypatch):
    desk.office.grant(desk.colleague, Role.PERSONNEL)
    page = as_(desk.colleague).get("/laporan/ketentuan/baru/").content.decode()
    assert "Hasil terbukti" in page
    form = {
        "valid_from": "2026-12-01",
        "basis": "Perwal 9/2026",
        "frequencies": ["tahun", "triwulan"],
        "due_days": 5,
        "opens_days": 30,
        "reading_days": 7,
        "second_look_days": 3,
        "oversight_reads": "on",
        "drawing": "antrean",
        "disclosure": "segera",
        "audience": "instansi",
    }
    for code in ("bukti", "tantangan", "manfaat", "rencana"):
        form |= {f"{code}-name": f"Nama {code}", f"{code}-question": "Apa?", f"{code}-weight": 2}
        form |= {f"{code}-text_{number}": f"Uraian {number}" for number in range(1, 5)}
    early = as_(desk.colleague).post("/laporan/ketentuan/baru/", {**form, "valid_from": "2026-11-01"})
    assert early.status_code == 422
    assert "paling cepat hari ini" in early.content.decode()
    assert as_(desk.colleague).post("/laporan/ketentuan/baru/", form).status_code == 303
    terms = ReportTerms.objects.first()
    assert (terms.frequencies, terms.drawing, terms.reading_days) == (["tahun", "triwulan"], "antrean", 7)
    assert terms.rubric["criteria"][0]["weight"] == 2
    looks = QuerySet.exists
    for at_once in (False, True):
        if at_once:
            monkeypatch.setattr(QuerySet, "exists", lambda rows: rows.model is not ReportTerms and looks(rows))
        again = as_(desk.colleague).post("/laporan/ketentuan/baru/", form)
        assert (again.status_code, list(again.context["form"].errors)) == (422, ["valid_from"])
    assert [level["points_bp"] for level in terms.rubric["criteria"][0]["levels"]] == [2500, 5000, 7500, 10_000]
    assert "Berlaku sejak 1 Juli 2026" in as_(desk.author).get("/laporan/ketentuan/").content.decode()
    assert as_(desk.author).get("/laporan/ketentuan/baru/").status_code == 403


def test_without_terms_nothing_is_asked_and_the_page_says_so(desk, as_):
    ReportTerms.objects.all().delete()
    assert "Belum ada laporan yang diminta" in as_(desk.author).get("/laporan/").content.decode()
    assert "belum meminta laporan" in as_(desk.author).get("/laporan/ketentuan/").content.decode()
    assert waiting_for(desk.viewer(desk.author)) == []


def test_what_waits_for_whom(desk):
    report = desk.submitted()
    assert [each.title for each in waiting_for(desk.viewer(desk.office.head))] == ["Laporan Budi Pelapor menunggu Anda"]
    assert [each.title for each in waiting_for(desk.viewer(desk.overseer))] == ["Laporan Budi Pelapor menunggu Anda"]
    desk.returns(report, Seat.SUPERIOR)
    [told] = waiting_for(desk.viewer(desk.author))
    assert (told.title, told.url) == ("Laporan Semester II 2026 dikembalikan", f"/laporan/{report.pk}/tulis/")
    desk.hands_in(Report.objects.get())
    chief = desk.chief()
    assert waiting_for(desk.viewer(chief)) == []
    desk.later(date(2026, 12, 24))
    told = waiting_for(desk.viewer(chief))[0]
    assert told.kind == "attention"
    assert "terlambat sejak" in told.detail


def test_a_report_that_falls_due_is_called_for(desk):
    assert waiting_for(desk.viewer(desk.author)) == []
    desk.later(date(2027, 1, 4))
    [told] = waiting_for(desk.viewer(desk.author))
    assert told.title == "Laporan Semester II 2026"
    assert "14 Januari 2027" in told.detail
    desk.later(date(2027, 1, 20))
    [told] = waiting_for(desk.viewer(desk.author))
    assert (told.kind, told.detail) == ("attention", "Lewat tenggat 14 Januari 2027")


def test_lists_cost_the_same_for_many(desk, as_):
    desk.submitted()
    first = {}
    pages = ("/laporan/", "/laporan/semua/", "/laporan/antrean/")
    for page in pages:
        as_(desk.office.head).get(page)
        with CaptureQueriesContext(
            connection,
        ) as found:
            as_(desk.office.head).get(page)
        first[page] = len(found)
    for number in range(30):
        desk.submitted(desk.office.employee(f"Pegawai {number}"))
    for page in pages:
        with CaptureQueriesContext(connection) as found:
            answer = as_(desk.office.head).get(page)
        assert answer.status_code == 200
        assert len(found) <= first[page], page


def test_a_long_queue_goes_on_on_the_next_page(desk, as_, monkeypatch):
    """Each waits once, the oldest day first; the board tells of all."""
    ReportTerms.objects.update(drawing="antrean")
    reports = [desk.submitted(desk.office.employee(f"Pegawai {number}")) for number in range(7)]
    for number, report in enumerate(reports):
        report.readings.update(due_on=date(2026, 12, 20 - number))
    Reading.objects.filter(report=reports[0], seat=Seat.OVERSIGHT).update(reader=desk.overseer)
    whole = queue_of(desk.viewer(desk.overseer))
    assert ([row.report for row in whole.own], [row.report for row in whole.pool]) == ([reports[0]], reports[:0:-1])
    told = [duty.title for duty in waiting_for(desk.viewer(desk.overseer))]
    assert "6 laporan di antrean tim pengawas" in told
    monkeypatch.setattr(queue_of, "__defaults__", (1, 3))
    for person, order in ((desk.overseer, [0, 6, 5, 4, 3, 2, 1]), (desk.office.head, [6, 5, 4, 3, 2, 1, 0])):
        found = []
        for number in (1, 2, 3):
            page = as_(person).get("/laporan/antrean/", {"halaman": number}).content.decode()
            found.append([int(name) for name in re.findall(r">Pegawai (\d)</a>", page)])
        assert found == [order[:3], order[3:6], order[6:]]
        assert "Halaman 3 dari 3" in page


def test_second_looks_cost_an_overseer_no_more_for_many(desk, as_):
    ReportTerms.objects.update(drawing="antrean")
    other = desk.office.employee("Pengawas Dua", unit=desk.office.root)
    desk.office.grant(other, Role.OVERSIGHT)

    def asks(number):
        report = desk.submitted(desk.office.employee(f"Pegawai {number}"))
        Reading.objects.filter(report=report, seat=Seat.OVERSIGHT).update(reader=other)
        desk.rates(report, Seat.SUPERIOR, judged(3))
        desk.rates(report, Seat.OVERSIGHT, judged(3))
        report.refresh_from_db()
        actor = desk.viewer(report.employee)
        ask_second_look(actor=actor, report=report, seat="oversight", reason="Bukti", version=report.version)

    costs = []
    for few in (range(1), range(1, 8)):
        for number in few:
            asks(number)
        as_(desk.overseer).get("/laporan/antrean/")
        with CaptureQueriesContext(connection) as found:
            page = as_(desk.overseer).get("/laporan/antrean/").content.decode()
        costs.append(len(found))
        assert page.count("tinjauan kedua") == few.stop
    assert costs[1] <= costs[0]
    assert "tinjauan kedua" not in as_(other).get("/laporan/antrean/").content.decode(), "somebody else looks again"


def test_a_report_page_costs_the_same_with_many_marks(desk, as_):
    report = desk.rated(3, 3)
    as_(desk.author).get(f"/laporan/{report.pk}/")
    with CaptureQueriesContext(connection) as found:
        as_(desk.author).get(f"/laporan/{report.pk}/")
    assert len(found) <= 45


def test_the_next_day_after_the_term_the_reading_is_late(desk, as_):
    report = desk.submitted()
    desk.later(report.readings.first().due_on)
    assert "Waktunya lewat" not in as_(desk.author).get(f"/laporan/{report.pk}/").content.decode()
    desk.later(report.readings.first().due_on + timedelta(days=1))
    assert "Waktunya lewat" in as_(desk.author).get(f"/laporan/{report.pk}/").content.decode()


def test_marks_are_the_readers_own_draft_after_a_return(desk, as_):
    report = desk.submitted()
    desk.rates(report, Seat.SUPERIOR, judged(2))
    desk.returns(report, Seat.OVERSIGHT)
    desk.hands_in(Report.objects.get())
    page = as_(desk.office.head).get(f"/laporan/{report.pk}/").content.decode()
    assert page.count("checked") == 4
    assert "Sudah dilihat" in page
