"""A wrong result goes back to work: who may say so and until when, what the clock and the score make of it."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.evidence.citizens import request_duties, services
from terang.evidence.citizens.evidence import facts, records
from terang.evidence.citizens.models import ServiceRequest, SurveyInvitation, SurveyResponse
from terang.evidence.citizens.services.clock import current_step
from terang.rules.tables import ELEMENTS, EVIDENCE_TABLES
from terang.web.errors import NotAllowed, NotNow, Stale

pytestmark = pytest.mark.usefixtures("counting_cache")
NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))
DECEMBER = (date(2026, 12, 1), date(2027, 1, 1))


def at(monkeypatch, office, day, hour, minute=0):
    moment = office.moment(day, hour, minute)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


def nov(day):
    return date(2026, 11, day)


def counted(counter, months):
    """The one row of Budi's services in a month, by name; nothing where he has finished none."""
    rows = facts([counter.people["budi"].pk], [], *months)["services"]
    return dict(zip(EVIDENCE_TABLES["services"].names, rows[0], strict=True)) if rows else {}


def sign_in(client, counter, name):
    client.force_login(counter.people[name].user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def finished(client, counter):
    """A browser that follows a request whose result is there, and the request."""
    received = counter.apply(email="ani@contoh.example")
    client.get(f"/layanan/lacak/t/{received.secrets.token}/")
    budi, request = counter.viewer("budi"), received.request
    services.take_request(actor=budi, request=request)
    services.accept_request(actor=budi, request=request)
    request.refresh_from_db()
    services.attach_result(actor=budi, request=request, file=counter.file("hasil.pdf"))
    services.complete_request(actor=budi, request=request, delivered=True)
    request.refresh_from_db()
    return client, request


def test_the_applicant_says_what_is_wrong_and_the_same_officer_mends_it(finished, counter):
    client, request = finished
    page = client.get("/layanan/lacak/permohonan/").content.decode()
    assert "Hasilnya keliru?" in page
    assert "8 Desember 2026" in page
    form = {"version": str(request.version), "reason": "Nama Ani salah tulis"}
    assert client.post("/layanan/lacak/permohonan/keliru/", form | {"reason": " "}).status_code == 422
    assert client.post("/layanan/lacak/permohonan/keliru/", form | {"reason": "x" * 501}).status_code == 422
    assert client.post("/layanan/lacak/permohonan/keliru/", form).status_code == 302
    assert client.post("/layanan/lacak/permohonan/keliru/", form).status_code == 409, "sent twice"
    request.refresh_from_db()
    assert (request.state, request.officer, request.reopened) == ("diproses", counter.people["budi"], True)
    assert (request.completed_at, request.ended_at, request.actual_minutes) == (None, None, None)
    assert request.reopenings.count() == 1
    page = client.get("/layanan/lacak/permohonan/").content.decode()
    assert "Hasilnya dinyatakan belum benar" in page
    assert "Hasilnya keliru?" not in page
    assert current_step(request)[1] == "Perbaikan hasil"


def test_who_does_not_hold_the_key_reopens_nothing(finished, client):
    _client, request = finished
    stranger = type(client)()
    stranger.get("/layanan/lacak/t/bukan-kuncinya/")
    answer = stranger.post("/layanan/lacak/permohonan/keliru/", {"version": str(request.version), "reason": "Salah"})
    assert answer["Location"] == "/layanan/lacak/"
    request.refresh_from_db()
    assert request.state == "diserahkan"


def test_only_within_the_term_counted_from_when_it_was_handed_over(counter, monkeypatch):
    office = counter.office
    ready = counter.request("siap")
    handed = counter.request("diserahkan", ended_at=office.moment(nov(30), 9))
    at(monkeypatch, office, date(2026, 12, 8), 9)
    services.reopen_request(request=ready, reason="Salah")
    at(monkeypatch, office, date(2026, 12, 14), 23)
    services.reopen_request(request=handed, reason="Salah")
    late = counter.request("diserahkan", ended_at=office.moment(nov(30), 9))
    at(monkeypatch, office, date(2026, 12, 15), 0, 1)
    for verb in (
        lambda: services.reopen_request(request=late, reason="Salah"),
        lambda: services.reopen_at_counter(actor=counter.viewer("budi"), request=late, reason="Salah"),
    ):
        with pytest.raises(NotNow):
            verb()
    late.refresh_from_db()
    assert (late.state, late.reopened) == ("diserahkan", False)


def test_a_refused_request_is_not_reopened_and_twice_is_once(counter):
    with pytest.raises(NotNow):
        services.reopen_request(request=counter.request("ditolak"), reason="Tidak adil")
    request = counter.request("diserahkan")
    services.reopen_request(request=request, reason="Salah", version=0)
    with pytest.raises(Stale):
        services.reopen_request(request=request, reason="Salah", version=0)
    with pytest.raises(NotNow):
        services.reopen_request(request=request, reason="Salah")
    other = counter.request("siap")
    with pytest.raises(ValidationError):
        services.reopen_request(request=other, reason="  ")
    assert request.reopenings.count() == 1
    assert other.reopenings.count() == 0


def test_at_the_counter_a_colleague_finds_it_by_its_number(client, counter):
    request = counter.request("diserahkan", tracking_code="KTP-7F3K-9M2Q")
    sari, url = sign_in(client, counter, "sari"), f"/layanan/permohonan/{request.pk}/"
    assert sari.get("/layanan/permohonan/cari/?nomor=ktp 7f3k9m2q")["Location"] == url
    page = sari.get(url).content.decode()
    assert "Hasilnya keliru" in page
    assert "selesai dalam" not in page, "how long a colleague took is not hers to see"
    form = {"version": "0", "reason": "Nama salah tulis"}
    assert sari.post(f"{url}buka-kembali/", form | {"reason": ""}).status_code == 422
    assert sari.post(f"{url}buka-kembali/", form)["Location"] == "/layanan/permohonan/"
    request.refresh_from_db()
    assert (request.state, request.officer) == ("diproses", counter.people["budi"])
    assert request.reopenings.get().actor == counter.people["sari"]
    assert sari.get(url).status_code == 403, "now it is Budi's alone"


def test_officers_of_other_units_neither_find_nor_reopen_it(client, counter):
    request = counter.request("diserahkan", tracking_code="KTP-7F3K-9M2Q")
    with pytest.raises(NotAllowed):
        services.reopen_at_counter(actor=counter.viewer("tono"), request=request, reason="Salah")
    other = counter.office.employee("Lain", unit=counter.office.root)
    counter.people["lain"] = other
    ServiceRequest.objects.create(service=counter.service, officer=other, tracking_code="X", received_at=timezone.now())
    lain = sign_in(client, counter, "lain")
    known, unknown = (
        lain.get(f"/layanan/permohonan/cari/?nomor={number}", follow=True).content.decode()
        for number in ("KTP-7F3K-9M2Q", "KTP-2222-2222")
    )
    assert "Tidak ada permohonan dengan nomor itu" in known
    assert "Tidak ada permohonan dengan nomor itu" in unknown
    posted = lain.post(f"/layanan/permohonan/{request.pk}/buka-kembali/", {"version": "0", "reason": "Salah"})
    assert posted.status_code == 403


def test_all_working_minutes_count_together_and_the_time_with_the_wrong_result_is_nobodys(counter, monkeypatch):
    office, budi = counter.office, counter.viewer("budi")
    at(monkeypatch, office, nov(24), 8)
    request = services.receive_request(actor=budi, service=counter.service)
    promised = request.due_at
    at(monkeypatch, office, nov(24), 10)
    done = services.complete_request(actor=budi, request=request, delivered=True).request
    assert (done.actual_minutes, counted(counter, NOVEMBER)["completed"]) == (120, 1)
    at(monkeypatch, office, nov(25), 10)
    again = services.reopen_request(request=request, reason="Nama salah tulis")
    assert again.held_minutes == 450, "from ten to ten"
    assert (promised, again.due_at) == (office.moment(date(2026, 12, 1), 8), office.moment(date(2026, 12, 2), 8))
    assert counted(counter, NOVEMBER) == {}, "the completion that proved wrong counts no more"
    at(monkeypatch, office, nov(25), 11)
    final = services.complete_request(actor=budi, request=request, delivered=True).request
    assert final.actual_minutes == 120 + 60
    [steps] = [[(step.name, step.minutes) for step in request.steps.order_by("id")]]
    assert steps == [("Periksa", 120), ("Perbaikan hasil", 60)]
    told = counted(counter, NOVEMBER)
    assert (told["completed"], told["timely"], told["actual_minutes"], told["reopened"]) == (1, 1, 180, 1)


def test_who_used_up_the_time_with_a_wrong_result_is_late(counter, monkeypatch):
    office, budi = counter.office, counter.viewer("budi")
    came = office.moment(nov(24), 8)
    request = counter.request(
        "diserahkan", completed_at=came + timedelta(days=7), ended_at=came + timedelta(days=7), actual_minutes=2250
    )
    at(monkeypatch, office, date(2026, 12, 2), 8)
    services.reopen_request(request=request, reason="Salah")
    at(monkeypatch, office, date(2026, 12, 2), 8, 5)
    services.complete_request(actor=budi, request=request)
    told = counted(counter, DECEMBER)
    assert (told["completed"], told["timely"], told["actual_minutes"]) == (1, 0, 2255)


def test_the_explanation_says_why_the_score_was_lowered(counter, monkeypatch):
    office, budi = counter.office, counter.people["budi"]
    request = counter.request("diserahkan")
    kept = counter.request("diserahkan")
    at(monkeypatch, office, nov(26), 9)
    services.reopen_request(request=request, reason="Nama Ani salah")
    told = {each.id: each for each in records("services_completed", budi.pk, *NOVEMBER)}
    assert (told[kept.pk].counted, told[request.pk].counted) == (True, False)
    assert told[request.pk].detail == "dibuka kembali 26 November 2026 karena hasilnya belum benar"
    assert "tidak dihitung lagi" in told[request.pk].effect
    assert "Ani" not in repr(told)
    at(monkeypatch, office, date(2026, 12, 1), 9)
    services.complete_request(actor=counter.viewer("budi"), request=request)
    [before] = [each for each in records("service_speed", budi.pk, *NOVEMBER) if not each.counted]
    assert before.effect == "tidak dihitung di sini; dihitung sekali, pada 1 Desember 2026"
    [after] = records("service_timeliness", budi.pk, *DECEMBER)
    assert "dibuka kembali karena hasilnya belum benar" in after.detail
    assert "di tangan pemohon" in after.detail


def test_finished_again_within_the_month_it_stands_there_once(counter, monkeypatch):
    request = counter.request("diserahkan")
    at(monkeypatch, counter.office, nov(26), 9)
    services.reopen_request(request=request, reason="Salah")
    services.complete_request(actor=counter.viewer("budi"), request=request)
    assert [each.counted for each in records("services_completed", counter.people["budi"].pk, *NOVEMBER)] == [True]


def test_one_answer_for_one_event_holds_still(counter, monkeypatch):
    budi = counter.viewer("budi")
    asked, answered = counter.request("diproses"), counter.request("diproses")
    tokens = [services.complete_request(actor=budi, request=row, delivered=True).token for row in (asked, answered)]
    services.answer_survey(token=tokens[1], answers=dict.fromkeys(ELEMENTS, 1))
    for row in (asked, answered):
        services.reopen_request(request=row, reason="Salah")
    assert services.answer_survey(token=tokens[0], answers=dict.fromkeys(ELEMENTS, 1)) == "expired"
    again = [services.complete_request(actor=budi, request=row).token for row in (asked, answered)]
    assert (bool(again[0]), again[1]) == (True, "")
    assert services.answer_survey(token=again[0], answers=dict.fromkeys(ELEMENTS, 4)) == "open"
    assert SurveyResponse.objects.count() == SurveyInvitation.objects.count() == 2


def test_the_old_result_is_told_apart_from_the_new_one(finished, counter):
    client, request = finished
    services.reopen_request(request=request, reason="Salah")
    budi = counter.viewer("budi")
    services.attach_result(actor=budi, request=request, file=counter.file("hasil-baru.pdf"))
    services.complete_request(actor=budi, request=request)
    page = client.get("/layanan/lacak/permohonan/").content.decode()
    assert page.index("hasil-baru.pdf") < page.index("hasil.pdf") < page.index("hasil sebelum diperbaiki")


def test_the_officer_hears_of_it_and_the_journal_holds_no_text(finished, client, counter):
    _client, request = finished
    services.reopen_request(request=request, reason="Nama Ani salah tulis")
    assert "1 permohonan dibuka kembali" in [duty.title for duty in request_duties.waiting_for(counter.viewer("budi"))]
    entry = JournalEntry.objects.get(verb="citizens.request_reopened")
    assert (entry.actor_id, entry.subject_employee_id) == (None, counter.people["budi"].pk)
    assert len(entry.changes["day"]) == 2, "both days are reckoned again"
    assert not [word for word in ("Ani", "salah") if word in repr((entry.changes, entry.reason))]
    pages = {name: type(client)() for name in ("budi", "dewi")}
    for name, browser in pages.items():
        page = sign_in(browser, counter, name).get(f"/layanan/permohonan/{request.pk}/").content.decode()
        assert re.search("Penyelesaian .* tidak dihitung lagi", page)
        assert ("Nama Ani salah tulis" in page) == (name == "budi"), "the words are for who has it"


def test_the_words_go_with_the_person(finished, counter):
    _client, request = finished
    budi = counter.viewer("budi")
    services.reopen_request(request=request, reason="Nama Ani salah tulis")
    services.attach_result(actor=budi, request=request, file=counter.file("hasil-baru.pdf"))
    services.complete_request(actor=budi, request=request, delivered=True)
    services.forget_me(request=request)
    assert request.reopenings.get().reason == ""


def test_a_result_that_was_called_wrong_is_not_handed_out_again(finished, counter):
    client, request = finished
    client.post("/layanan/lacak/permohonan/keliru/", {"version": str(request.version), "reason": "Nama salah tulis"})
    budi = counter.viewer("budi")
    with pytest.raises(NotNow, match="sudah diperbaiki"):
        services.complete_request(actor=budi, request=request, delivered=True)
    request.refresh_from_db()
    assert request.state == "diproses"
    services.attach_result(actor=budi, request=request, file=counter.file("hasil-baru.pdf"))
    services.complete_request(actor=budi, request=request, delivered=True)


def test_who_follows_a_request_rates_it_once_without_a_link_from_the_office(finished, counter):
    client, request = finished
    assert "Nilai layanan ini" in client.get("/layanan/lacak/permohonan/").content.decode()
    first = client.post("/layanan/lacak/permohonan/nilai/")["Location"]
    second = client.post("/layanan/lacak/permohonan/nilai/")["Location"]
    assert first != second
    assert client.get(first).status_code == 404, "the one before stops working"
    assert client.get(second).status_code == 200
    SurveyInvitation.objects.filter(request=request).update(used_at=timezone.now())
    assert client.post("/layanan/lacak/permohonan/nilai/").status_code == 409
    assert "Nilai layanan ini" not in client.get("/layanan/lacak/permohonan/").content.decode()
    assert Client().post("/layanan/lacak/permohonan/nilai/")["Location"] == "/layanan/lacak/"
