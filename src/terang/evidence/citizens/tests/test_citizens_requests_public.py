"""What a citizen does in a browser without an account, and what somebody who is not that citizen cannot."""

import json
import re
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from terang.accounts.letters import FIRST_A_DAY
from terang.accounts.passersby import NumberLimit
from terang.custody.models import StoredFile
from terang.evidence.citizens import keys, services, tasks
from terang.evidence.citizens.models import Applicant, ApplicantTerms, RequestFile, RequestKey, ServiceRequest
from terang.evidence.citizens.request_limits import APPLICATIONS, WRONG_CODES, WRONG_KEYS
from terang.evidence.citizens.services.forgetting import forget_due, kept_days
from terang.evidence.citizens.views import following
from terang.web.public_forms import stamp

pytestmark = pytest.mark.usefixtures("counting_cache")


@pytest.fixture
def form(counter):
    """What the form of the service sends when filled in."""
    paper = counter.standard.requirements.get(attachable=True)
    return {
        "form_key": str(uuid4()),
        "digambar": stamp(time.time() - 30),
        "name": "Ibu Ani Wulandari",
        "phone": "0812 3456 7890",
        "email": "ani@contoh.example",
        f"file_{paper.pk}": counter.file(),
    }


@pytest.fixture
def apply_url(counter):
    return f"/layanan/{counter.service.pk}/ajukan/"


def test_the_page_of_a_service_shows_its_six_public_components_and_none_of_the_inside(client, counter):
    text = client.get(f"/layanan/{counter.service.pk}/").content.decode()
    for words in ("Kartu keluarga", "5 hari kerja", "Gratis", "Meja pengaduan", "Ajukan dari rumah", "Periksa"):
        assert words in text
    services.publish_pledge(
        actor=None,
        unit=counter.office.root,
        text="Kami sanggup",
        signer="Kepala",
        signer_title="Kepala Dinas",
        place="Uji",
        day=timezone.localdate(),
    )
    assert "Kami sanggup" in client.get(f"/layanan/{counter.service.pk}/").content.decode()
    assert client.get("/layanan/999999/").status_code == 404


def test_a_citizen_applies_and_gets_keys_that_stand_nowhere(client, counter, form, apply_url):
    assert "selesai paling lambat" in client.get(apply_url).content.decode()
    response = client.post(apply_url, form)
    assert response["Location"] == "/layanan/lacak/terkirim/"
    page = client.get(response["Location"]).content.decode()
    request = ServiceRequest.objects.get()
    code = re.search(r"[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}", page).group()
    token = re.search(r"/layanan/lacak/t/([\w-]{32})/", page).group(1)
    assert request.tracking_code in page
    assert re.fullmatch(r"KTP-[2-9A-Z]{4}-[2-9A-Z]{4}", request.tracking_code)
    stored = repr(list(RequestKey.objects.values())) + repr(list(ServiceRequest.objects.values()))
    sessions = repr(list(client.session.items()))
    for secret in (token, code, code.replace("-", "")):
        assert secret not in stored + sessions
    assert client.get("/layanan/lacak/permohonan/").status_code == 200
    other = type(client)()
    assert other.get("/layanan/lacak/terkirim/")["Location"] == "/layanan/lacak/"
    assert other.get(f"/layanan/lacak/t/{token}/")["Location"] == "/layanan/lacak/permohonan/"
    assert request.tracking_code in other.get("/layanan/lacak/permohonan/").content.decode()


def test_the_same_form_sent_twice_makes_one_request_and_shows_the_same_keys(client, counter, form, apply_url):
    cookies = []
    for _ in range(2):
        form |= {name: counter.file() for name in form if name.startswith("file_")}
        cookies.append(client.post(apply_url, form).cookies["terang_kunci"].value.split(":")[0])
    assert ServiceRequest.objects.count() == RequestFile.objects.count() == 1
    assert cookies[0] == cookies[1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Kolom ini"),
        ({"phone": "telepon saya"}, "0812 3456 7890"),
        ({"situs_web": "x"}, "belum terkirim"),
        ({"digambar": ""}, "belum terkirim"),
    ],
)
def test_a_form_that_is_not_right_keeps_nothing(client, counter, form, apply_url, change, words):
    response = client.post(apply_url, form | change)
    assert response.status_code == 422
    assert "field" in response.content.decode()
    if words != "Kolom ini":
        assert words in response.content.decode()
    assert not ServiceRequest.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_missing_or_false_file_is_told(client, counter, form, apply_url):
    name = next(name for name in form if name.startswith("file_"))
    assert client.post(apply_url, {k: v for k, v in form.items() if k != name}).status_code == 422
    liar = SimpleUploadedFile("kk.pdf", b"MZ not a pdf")
    response = client.post(apply_url, form | {name: liar})
    assert response.status_code == 422
    assert "bukan PDF" in response.content.decode()
    assert not ServiceRequest.objects.exists()


def test_a_service_for_the_counter_only_takes_nothing_from_home(client, counter, form, apply_url):
    counter.standard.online = False
    counter.standard.save()
    assert client.get(apply_url).status_code == client.post(apply_url, form).status_code == 409
    assert "Ajukan dari rumah" not in client.get(f"/layanan/{counter.service.pk}/").content.decode()


def test_one_address_does_not_flood_an_office(client, counter, form, apply_url):
    for _ in range(APPLICATIONS.most):
        counter.apply()
        APPLICATIONS.count(client.get("/layanan/").wsgi_request)
    assert client.post(apply_url, form).status_code == 429


def tracked(client, number, code):
    return client.post("/layanan/lacak/", {"number": number, "code": code})


def test_number_and_code_open_it_however_they_are_typed(client, counter):
    received = counter.apply()
    number, code = received.request.tracking_code, received.secrets.code
    typed = tracked(client, number.lower().replace("-", " "), f" {code[:5].lower()} {code[5:]} ")
    assert typed["Location"] == "/layanan/lacak/permohonan/"


def test_a_wrong_number_and_a_wrong_code_get_one_answer_after_the_same_work(client, counter):
    received = counter.apply()
    counts, pages = [], []
    for number, code in ((received.request.tracking_code, "AAAAA-AAAAA"), ("KTP-2222-2222", received.secrets.code)):
        with CaptureQueriesContext(connection) as queries:
            response = tracked(client, number, code)
        counts.append(len(queries))
        pages.append(re.sub(r'value="[^"]*"|"X-CSRFToken": "[^"]*"', "", response.content.decode()))
    assert counts[0] == counts[1]
    assert "Nomor atau kode tidak cocok" in pages[0]
    assert pages[0] == pages[1]


def test_codes_of_one_number_are_tried_only_so_often_from_one_address(client, counter):
    received = counter.apply()
    number, code = received.request.tracking_code, received.secrets.code

    def tries(times, code, address):
        for _ in range(times):
            said = client.post("/layanan/lacak/", {"number": number, "code": code}, REMOTE_ADDR=address)
        return said

    assert tries(WRONG_CODES.from_one, "WRONG00000", "10.0.0.1").status_code == 422
    shut = tries(1, code, "10.0.0.1")
    assert (shut.status_code, "petugas membuatkan kode baru" in shut.content.decode()) == (429, True)
    assert tries(1, code, "10.0.0.2").status_code == 302, "nobody else is shut out"
    assert client.get(f"/layanan/lacak/t/{received.secrets.token}/", REMOTE_ADDR="10.0.0.1").status_code == 302


def test_from_everywhere_together_a_number_has_an_end_too(client, counter, monkeypatch):
    monkeypatch.setattr(following, "WRONG_CODES", NumberLimit("few", from_all=3))
    received = counter.apply()
    told = {"number": received.request.tracking_code, "code": received.secrets.code}
    for place in range(3):
        client.post("/layanan/lacak/", told | {"code": "WRONG00000"}, REMOTE_ADDR=f"10.0.0.{place}")
    assert client.post("/layanan/lacak/", told, REMOTE_ADDR="10.0.1.1").status_code == 429


def test_one_address_tries_only_so_many_links_and_the_right_one_still_opens(client, counter):
    received = counter.apply()
    for number in range(WRONG_KEYS.most):
        assert client.get(f"/layanan/lacak/t/tebakan-{number}/").status_code == 404
    assert client.get("/layanan/lacak/t/satu-lagi/").status_code == 429
    assert client.get(f"/layanan/lacak/t/{received.secrets.token}/").status_code == 302


@pytest.fixture
def follower(client, counter):
    """A browser that follows its request, and the request."""
    received = counter.apply(phone="081234567890", email="ani@contoh.example")
    client.get(f"/layanan/lacak/t/{received.secrets.token}/")
    return client, received.request


def test_the_applicant_sees_what_is_missing_and_sends_it(follower, counter):
    client, request = follower
    services.take_request(actor=counter.viewer("budi"), request=request)
    paper = counter.standard.requirements.get(attachable=True)
    services.return_request(actor=counter.viewer("budi"), request=request, reason="KK buram", missing=[paper])
    page = client.get("/layanan/lacak/permohonan/").content.decode()
    assert "KK buram" in page
    version = re.search(r'name="version" value="(\d+)"', page).group(1)
    assert client.post("/layanan/lacak/permohonan/lengkapi/", {"version": version}).status_code == 422
    stale = {"version": "0", f"file_{paper.pk}": counter.file()}
    assert client.post("/layanan/lacak/permohonan/lengkapi/", stale).status_code == 409
    sent = {"version": version, f"file_{paper.pk}": counter.file()}
    assert client.post("/layanan/lacak/permohonan/lengkapi/", sent).status_code == 302
    request.refresh_from_db()
    assert (request.state, request.note, request.files.count()) == ("diperiksa", "", 2)


def test_the_result_is_there_when_it_is_ready_and_for_its_applicant_alone(follower, counter):
    client, request = follower
    budi = counter.viewer("budi")
    services.take_request(actor=budi, request=request)
    services.accept_request(actor=budi, request=request)
    request.refresh_from_db()
    services.attach_result(actor=budi, request=request, file=counter.file("hasil.pdf"))
    row = RequestFile.objects.get(is_result=True)
    url = f"/layanan/lacak/permohonan/hasil/{row.pk}/"
    assert client.get(url).status_code == 404, "not before it is ready"
    services.complete_request(actor=budi, request=request)
    assert client.get(url).status_code == 200
    own = RequestFile.objects.filter(is_result=False).first()
    assert client.get(f"/layanan/lacak/permohonan/hasil/{own.pk}/").status_code == 404
    stranger, other = type(client)(), counter.apply()
    stranger.get(f"/layanan/lacak/t/{other.secrets.token}/")
    assert stranger.get(url).status_code == 404


def test_cancelling_once(follower):
    client, request = follower
    assert client.post("/layanan/lacak/permohonan/batalkan/").status_code == 422
    for status in (302, 409):
        assert client.post("/layanan/lacak/permohonan/batalkan/", {"version": "0"}).status_code == status
    request.refresh_from_db()
    assert request.state == "batal"


@pytest.mark.parametrize("act", ["lengkapi", "keliru", "batalkan", "nilai", "hapus"])
def test_who_is_signed_in_as_an_employee_does_not_act_for_the_applicant(follower, counter, act):
    client, request = follower
    client.force_login(counter.people["budi"].user)
    assert client.get("/layanan/lacak/permohonan/").status_code == 200, "the link still opens"
    refused = client.post(f"/layanan/lacak/permohonan/{act}/", {"version": "0"})
    assert refused.status_code == 403
    assert "keluar dulu dari akun pegawai" in refused.content.decode()
    request.refresh_from_db()
    assert (request.state, request.keys.exists()) == ("diajukan", True)


def test_a_shared_device_is_closed(follower):
    client, _request = follower
    client.post("/layanan/lacak/permohonan/tutup/")
    assert client.get("/layanan/lacak/permohonan/")["Location"] == "/layanan/lacak/"


def test_an_open_page_asks_whether_something_moved(follower, counter):
    client, request = follower
    page = "/layanan/lacak/permohonan/"

    def look(known):
        return client.head(page, headers={"If-None-Match": f'"{known}"'})

    known = client.get(page).context["mark"]
    assert look(known).status_code == 304
    services.take_request(actor=counter.viewer("budi"), request=request)
    services.accept_request(actor=counter.viewer("budi"), request=request)
    moved = look(known)
    assert (moved.status_code, moved.content) == (200, b"")
    assert look(client.get(page).context["mark"]).status_code == 304
    client.post("/layanan/lacak/permohonan/tutup/")
    assert look(known).status_code == 302


def test_following_ends_by_itself(follower, monkeypatch):
    client, _request = follower
    later = time.time() + 31 * 60
    monkeypatch.setattr("terang.evidence.citizens.views.keyholder.time.time", lambda: later)
    assert client.get("/layanan/lacak/permohonan/").status_code == 302


def test_ones_own_data_can_be_taken_away_and_deleted(follower, counter):
    client, request = follower
    told = json.loads(client.get("/layanan/lacak/permohonan/data/").content)
    assert told["pemohon"] == {"nama": "Ibu Ani Wulandari", "telepon": "081234567890", "surel": "ani@contoh.example"}
    assert [file["untuk"] for file in told["berkas"]] == ["Kartu keluarga"]
    assert client.post("/layanan/lacak/permohonan/hapus/").status_code == 409, "not while it is under way"
    services.cancel_request(request=request)
    assert "sudah dihapus" in client.post("/layanan/lacak/permohonan/hapus/").content.decode()
    assert not Applicant.objects.exists()
    assert not RequestKey.objects.exists()
    assert not RequestFile.objects.exists()
    gone = StoredFile.objects.get()
    assert (gone.destroyed_on is not None, gone.name) == (True, "-")
    assert client.get("/layanan/lacak/permohonan/").status_code == 302
    assert ServiceRequest.objects.filter(pk=request.pk).exists(), "the request stays without its person"


def test_applicants_are_forgotten_when_their_time_is_over(counter, monkeypatch):
    request = counter.apply().request
    counter.apply()
    services.cancel_request(request=request)
    assert forget_due() == 0
    ApplicantTerms.objects.create(
        agency=counter.office.agency, keep_days=30, basis="SK", valid_from=timezone.localdate()
    )
    moment = timezone.now() + timedelta(days=32)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert (forget_due(), forget_due()) == (1, 0)
    assert Applicant.objects.count() == 1, "the one that is under way stays"


def test_terms_hold_from_their_day_on(counter):
    today = timezone.localdate()
    agency = counter.office.agency
    assert kept_days(agency.pk, today) == 365
    ApplicantTerms.objects.create(agency=agency, keep_days=30, basis="SK", valid_from=today + timedelta(days=1))
    assert (kept_days(agency.pk, today), kept_days(agency.pk, today + timedelta(days=1))) == (365, 30)


def test_a_letter_carries_a_link_of_its_own_and_nothing_secret_waits_in_the_queue(client, counter):
    received = counter.apply(email="ani@contoh.example")
    counter.apply()
    letters = DBTaskResult.objects.filter(task_path="terang.evidence.citizens.tasks.send_news")
    [asked] = letters.values_list("args_kwargs", flat=True)
    assert asked == {"args": [received.request.pk, "applied"], "kwargs": {}}, "only who gave an address, no secret"
    tasks.send_news.func(received.request.pk, "applied")
    [letter] = mail.outbox
    token = re.search(r"/layanan/lacak/t/([\w-]+)/", letter.body).group(1)
    assert (letter.to, token != received.secrets.token) == (["ani@contoh.example"], True)
    assert client.get(f"/layanan/lacak/t/{token}/").status_code == 302
    assert received.secrets.code not in letter.body


def test_who_names_somebody_elses_address_fills_no_mailbox(counter):
    first = counter.apply(email="korban@contoh.example").request
    for _ in range(FIRST_A_DAY + 3):
        again = counter.apply(email="Korban@contoh.example ").request
        tasks.send_news.func(again.pk, "applied")
    assert len(mail.outbox) == FIRST_A_DAY
    tasks.send_news.func(first.pk, "accepted")
    assert len(mail.outbox) == FIRST_A_DAY + 1, "later news is counted apart"
    other = counter.apply(email="lain@contoh.example").request
    tasks.send_news.func(other.pk, "applied")
    assert mail.outbox[-1].to == ["lain@contoh.example"]


def test_a_number_typed_becomes_the_stored_one():
    assert keys.typed_number("ktp 7f3k9m2q") == "KTP-7F3K-9M2Q"
    assert keys.typed_number("x") == "X"


def test_the_list_searches_and_costs_the_same_however_long(client, counter):
    def ask(url):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url).content.decode()
        return page, len(queries)

    page, few = ask("/layanan/?q=ktp")
    assert "KTP elektronik" in page
    assert "Tidak ada layanan" in client.get("/layanan/?q=paspor").content.decode()
    model = type(counter.service)
    model.objects.bulk_create(
        [model(unit=counter.office.unit, code=f"ktp-{n}", name=f"Layanan {n}", standard_minutes=90) for n in range(50)]
    )
    assert ask("/layanan/?q=ktp")[1] == few
