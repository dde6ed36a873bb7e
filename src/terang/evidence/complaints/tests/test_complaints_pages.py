"""The citizen without an account, from a photo to the second key; limits, wrong secrets, and the staff's pages."""

import io
import re
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from terang.custody.models import StoredFile
from terang.custody.vault import path_of
from terang.evidence.complaints import limits
from terang.evidence.complaints.models import Channel, Complaint, ComplaintClass, ComplaintState, Reporter
from terang.evidence.complaints.services import time as times
from terang.evidence.complaints.services.reporting import typed_code
from terang.evidence.complaints.services.verifying import Finding, ask_completion, route_complaint, start_verification
from terang.evidence.complaints.services.working import assign_complaint
from terang.web.public_forms import stamp

S = ComplaintState
TITLE = "Lampu jalan mati"


@pytest.fixture(autouse=True)
def stores(settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}


def fields(**changes):
    told = {
        "title": TITLE, "body": "Sudah sepuluh malam.", "form_key": str(uuid4()), "digambar": stamp(time.time() - 30),
        "situs_web": "", "name": "Wati Warga", "contact": "0812 5500 1234",
    }  # fmt: skip
    return told | changes


def photo(gps=True):
    image = Image.new("RGB", (120, 80), (20, 90, 160))
    exif = Image.Exif()
    if gps:
        exif[0x0110] = "Ponsel-Wati"
        exif.get_ifd(0x8825).update({1: "S", 2: (5.0, 8.0, 51.0), 3: "E", 4: (119.0, 24.0, 25.0)})
    kept = io.BytesIO()
    image.save(kept, "JPEG", exif=exif)
    return SimpleUploadedFile("wati-rumah.jpg", kept.getvalue(), "image/jpeg")


def send(client, house, **changes):
    return client.post(reverse("complaints:report", args=[house.office.agency.code]), fields(**changes))


def follow(client, answer):
    """The page of the report, after the receipt."""
    key = answer.url.split("/")[3]
    return reverse("complaints:follow", args=[key]), key


def test_the_whole_way_from_a_phone_to_the_second_key(house, client):
    answer = send(
        client, house, category=house.category.pk, latitude="-5.147665", longitude="119.432732", photos=photo()
    )
    assert answer.status_code == 302
    receipt = client.get(answer.url).content.decode()
    found = Complaint.objects.get()
    assert found.tracking_code in receipt
    page, key = follow(client, answer)
    assert typed_code(key) in receipt
    assert "<svg" in receipt
    assert (found.latitude_micro, found.longitude_micro) == (-5_147_665, 119_432_732)
    assert key not in str(Complaint.objects.values().get())  # only hashes are kept
    text = client.get(page).content.decode()
    assert "diteruskan paling lambat 27 November 2026" in text
    assert "Ya, sudah selesai" not in text

    staff = client.__class__()
    staff.force_login(house.people["kokom"].user)
    act = lambda what, **told: staff.post(  # noqa: E731
        reverse("complaints:act", args=[found.tracking_code, what]), {"version": _version(found), **told}
    )
    assert act("periksa").status_code == 303
    act("teruskan", complaint_class="pelayanan", unit=house.units["service"].pk, note="", is_published="on")
    staff.force_login(house.people["head"].user)
    act("tunjuk", handler=house.people["budi"].pk)
    staff.force_login(house.people["budi"].user)
    act("jawab", text="Lampu diganti.", form_key=str(uuid4()))
    text = client.get(page).content.decode()
    assert "Lampu diganti." in text
    assert "Budi" not in text  # the citizen reads the unit, not the officer
    opened = client.post(
        reverse("complaints:follow_act", args=[key, "buka-lagi"]), {"text": "Mati lagi.", "form_key": str(uuid4())}
    )
    assert opened.status_code == 302
    assert Complaint.objects.get().state == S.REOPENED
    act("tangani")
    act("jawab", text="Kabel diganti.", form_key=str(uuid4()))
    client.post(reverse("complaints:follow_act", args=[key, "selesai"]))
    assert Complaint.objects.get().state == S.CLOSED
    client.post(reverse("complaints:follow_act", args=[key, "nilai"]), {"rating": "4", "reason": "Cepat."})
    assert (Complaint.objects.get().rating, Complaint.objects.get().rating_reason) == (4, "Cepat.")
    assert client.post(reverse("complaints:follow_act", args=[key, "nilai"]), {"rating": "1"}).status_code == 409


def _version(found):
    return Complaint.objects.get(pk=found.pk).version


def test_a_photo_keeps_neither_place_nor_device_nor_name(house, client):
    answer = send(client, house, photos=photo())
    stored = StoredFile.objects.get()
    assert (stored.name, stored.has_place, stored.taken_at, stored.uploaded_by_id) == ("foto.jpg", False, "", None)
    for sha in {stored.sha256, stored.shown_sha256}:
        raw = path_of(sha).read_bytes()
        assert b"Ponsel-Wati" not in raw
        assert not Image.open(io.BytesIO(raw)).getexif()
    _page, key = follow(client, answer)
    shown = client.get(reverse("complaints:follow_photo", args=[key, 1]))
    assert shown.status_code == 200
    assert "wati" not in str(shown.headers)
    assert client.get(reverse("complaints:follow_photo", args=[key, 2])).status_code == 404


def test_what_is_no_photo_is_refused_with_what_was_typed(house, client):
    bad = SimpleUploadedFile("lampu.jpg", b"MZ not a picture", "image/jpeg")
    answer = send(client, house, photos=bad)
    assert answer.status_code == 422
    assert TITLE in answer.content.decode()
    assert not Complaint.objects.exists()


def test_a_second_click_is_the_same_report_with_the_same_link(house, client):
    told = fields()
    url = reverse("complaints:report", args=[house.office.agency.code])
    first, second = client.post(url, told), client.post(url, told)
    assert first.url == second.url
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    "changes", [{"situs_web": "http://x"}, {"digambar": ""}, {"title": ""}, {"event_on": "2031-01-01"}]
)
def test_machines_and_mistakes_are_refused(house, client, changes):
    assert send(client, house, **changes).status_code == 422
    assert not Complaint.objects.exists()


def test_one_address_cannot_flood(house, client):
    for _ in range(limits.REPORTS.most):
        assert send(client, house).status_code == 302
    assert send(client, house).status_code == 429
    assert Complaint.objects.count() == limits.REPORTS.most


def test_impossible_places_are_left_out(house, client):
    send(client, house, latitude="95", longitude="119")
    assert Complaint.objects.get().latitude_micro is None


def test_found_again_by_number_and_code_and_wrong_ones_are_one_answer(house, client):
    _page, key = follow(client, send(client, house))
    number = Complaint.objects.get().tracking_code
    told = {"digambar": stamp(time.time() - 30), "situs_web": ""}
    url = reverse("complaints:find")
    right = client.post(url, told | {"number": number.lower(), "code": typed_code(key).replace("-", " ")})
    assert right.status_code == 302
    assert client.get(right.url).status_code == 200
    wrong = client.post(url, told | {"number": number, "code": "22222-22222"}).content.decode()
    nobody = client.post(url, told | {"number": "ADU-2222-2222", "code": "22222-22222"}).content.decode()
    message = "Nomor atau kode tidak cocok"
    assert message in wrong
    assert message in nobody


def test_codes_cannot_be_tried_out(house, client):
    _page, key = follow(client, send(client, house))
    number = Complaint.objects.get().tracking_code
    told = {"digambar": stamp(time.time() - 30), "situs_web": "", "number": number}
    url = reverse("complaints:find")
    for _ in range(limits.WRONG_CODES.from_one):
        client.post(url, told | {"code": "22222-22222"}, REMOTE_ADDR="10.0.1.1")
    right = told | {"code": typed_code(key)}
    shut = client.post(url, right, REMOTE_ADDR="10.0.1.1")
    assert (shut.status_code, "Tunggu satu jam" in shut.content.decode()) == (429, True)  # even the right one
    assert client.post(url, right, REMOTE_ADDR="10.0.1.2").status_code == 302  # nobody else is shut out
    assert client.get(reverse("complaints:follow", args=[key]), REMOTE_ADDR="10.0.1.1").status_code == 200
    for _ in range(limits.WRONG_SECRETS.most):
        client.get(reverse("complaints:follow", args=["x" * 40]), REMOTE_ADDR="10.0.2.2")
    assert client.get(reverse("complaints:follow", args=["x" * 40]), REMOTE_ADDR="10.0.2.2").status_code == 429


def test_a_wrong_link_opens_nothing(house, client):
    send(client, house)
    for name in ("follow", "receipt", "export"):
        answer = client.get(reverse(f"complaints:{name}", args=["y" * 40]))
        assert answer.status_code == 404
        assert TITLE not in answer.content.decode()
    assert client.post(reverse("complaints:follow_act", args=["y" * 40, "selesai"])).status_code == 404
    assert client.get(reverse("complaints:follow", args=["ADU:forged"])).status_code == 404


def test_ones_own_data_can_be_taken_and_deleted(house, client):
    _page, key = follow(client, send(client, house))
    told = client.get(reverse("complaints:export", args=[key])).json()
    assert (told["nama"], told["kontak"], told["judul"]) == ("Wati Warga", "0812 5500 1234", TITLE)
    client.post(reverse("complaints:follow_act", args=[key, "hapus-data"]))
    assert not Reporter.objects.exists()
    told = client.get(reverse("complaints:export", args=[key])).json()
    assert (told["nama"], told["kontak"]) == ("", "")
    assert Complaint.objects.get().forgotten_on is not None


def test_identity_and_photos_go_after_the_days_of_the_terms(house, client):
    send(client, house, photos=photo())
    found = Complaint.objects.get()
    closed = house.closed()
    house.go_to(closed.closed_at.date() + timedelta(days=300))
    times.settle(agency=house.office.agency)
    assert Reporter.objects.filter(complaint=closed).exists()
    Complaint.objects.filter(pk=found.pk).update(state=S.REJECTED, closed_at=closed.closed_at)
    house.go_to(closed.closed_at.date() + timedelta(days=367))
    times.settle(agency=house.office.agency)
    assert not Reporter.objects.filter(complaint__in=[closed, found]).exists()
    assert not found.photos.exists()
    assert StoredFile.objects.get().destroyed_on is not None


def test_to_be_completed_by_the_citizen(house, client):
    _page, key = follow(client, send(client, house))
    found = Complaint.objects.get()
    Complaint.objects.update(state=S.VERIFYING)
    ask_completion(actor=house.viewer("kokom"), complaint=found, version=found.version, question="Tiang nomor berapa?")
    text = client.get(reverse("complaints:follow", args=[key])).content.decode()
    assert "Tiang nomor berapa?" in text
    assert "Lengkapi laporan" in text
    client.post(reverse("complaints:follow_act", args=[key, "balas"]), {"text": "Tiang 12.", "form_key": str(uuid4())})
    assert Complaint.objects.get().state == S.VERIFYING


def test_similar_reports_are_suggested_before_sending(house, client):
    house.in_hand(title="Lampu padam", latitude_micro=-5_000_000, longitude_micro=119_000_000, address="Jalan Melati")
    url = reverse("complaints:similar", args=[house.office.agency.code])
    near = client.get(url, {"latitude": "-5.0008", "longitude": "119.0008"}).content.decode()
    assert "Lampu padam" in near
    assert "Wati" not in near
    assert (
        "Lampu padam" in client.get(url, {"category": house.category.pk, "address": "jalan melati 3"}).content.decode()
    )
    assert client.get(url, {"latitude": "abc"}).content.decode().strip() == ""


def test_a_coordinator_writes_down_what_is_said_at_the_counter(house, client):
    client.force_login(house.people["kokom"].user)
    answer = client.post(
        reverse("complaints:new"), {"title": TITLE, "body": "Gelap.", "channel": "loket", "form_key": str(uuid4())}
    )
    assert answer.status_code == 303
    found = Complaint.objects.get()
    assert (found.channel, found.entered_by) == (Channel.COUNTER, house.people["kokom"])
    client.force_login(house.people["budi"].user)
    assert client.get(reverse("complaints:new")).status_code == 403


def test_a_form_with_a_mistake_comes_again_with_its_words(house, client):
    found = house.in_hand()
    client.force_login(house.people["budi"].user)
    told = {"version": found.version, "text": "", "form_key": str(uuid4())}
    answer = client.post(reverse("complaints:act", args=[found.tracking_code, "jawab"]), told)
    assert answer.status_code == 422
    stale = client.post(
        reverse("complaints:act", args=[found.tracking_code, "jawab"]), told | {"version": 1, "text": "Beres."}
    )
    assert stale.status_code == 409
    assert Complaint.objects.get().state == S.IN_HAND


@pytest.mark.parametrize("name", ["desk", "all", "board"])
def test_lists_cost_the_same_for_one_and_for_fifty(house, client, name):
    client.force_login(house.people["kokom"].user)
    house.in_hand()
    url = reverse(f"complaints:{name}")
    client.get(url)
    one = _queries(client, url)
    for _ in range(49):
        house.report()
    assert _queries(client, url) <= one + 1


def _queries(client, url):
    with CaptureQueriesContext(connection) as taken:
        assert client.get(url).status_code == 200
    return len(taken)


def test_long_choices_are_drawn_only_for_who_opens_them(house, client):
    found = house.routed()
    client.force_login(house.people["head"].user)
    page = found.get_absolute_url()

    def ask(address):
        with CaptureQueriesContext(connection) as queries:
            text = client.get(address).content.decode()
        return text.count("<option"), len(queries)

    first = ask(page)
    for number in range(20):
        house.office.employee(f"Pegawai {number}")
    assert ask(page) == first == (0, first[1])
    text = client.get(page).content.decode()
    assert f'href="{page}?tindakan=tunjuk#ad-tunjuk"' in text, "a link, also without scripts"
    options, queries = ask(f"{page}?tindakan=tunjuk")
    assert options > 20
    assert queries == first[1] + 1
    opened = client.get(f"{page}?tindakan=tunjuk").content.decode()
    assert 'id="ad-tunjuk" open' in opened
    told = {"version": found.version, "handler": house.people["budi"].pk}
    assert client.post(reverse("complaints:act", args=[found.tracking_code, "tunjuk"]), told).status_code == 303
    assert Complaint.objects.get().handler == house.people["budi"]


def test_a_page_costs_few_queries(house, client):
    found = house.in_hand()
    client.force_login(house.people["head"].user)
    url = found.get_absolute_url()
    client.get(url)
    assert _queries(client, url) <= 45


def test_public_pages_name_no_employee_and_no_foreign_host(house, client):
    for url in (
        reverse("complaints:start"),
        reverse("complaints:report", args=[house.office.agency.code]),
        reverse("complaints:find"),
    ):
        text = client.get(url).content.decode()
        assert not re.search(r'(src|href)="https?://', text), url
        assert "Rahmawati" not in text


def test_a_category_of_misconduct_goes_to_the_oversight_team(house, client):
    house.category.usual_class = ComplaintClass.MISCONDUCT
    house.category.save()
    send(client, house, category=house.category.pk)
    assert Complaint.objects.get().is_misconduct


@pytest.mark.parametrize("what", ["balas", "selesai", "buka-lagi", "nilai", "hapus-data"])
def test_who_is_signed_in_as_an_employee_does_not_act_for_the_citizen(house, client, what):
    _page, key = follow(client, send(client, house))
    house.answer(_brought(house))
    client.force_login(house.people["kokom"].user)
    assert client.get(reverse("complaints:follow", args=[key])).status_code == 200, "the link still opens"
    told = {"text": "Mati lagi.", "form_key": str(uuid4()), "rating": "5"}
    refused = client.post(reverse("complaints:follow_act", args=[key, what]), told)
    assert refused.status_code == 403
    assert "keluar dulu dari akun pegawai" in refused.content.decode()
    found = Complaint.objects.get()
    assert (found.state, found.rating, found.reporter.name) == (S.ANSWERED, None, "Wati Warga")
    client.logout()
    assert client.post(reverse("complaints:follow_act", args=[key, "selesai"])).status_code == 302


def _brought(house):
    """The one report there is, in Budi's hands."""
    found = Complaint.objects.get()
    kokom, head = house.viewer("kokom"), house.viewer("head")
    found = start_verification(actor=kokom, complaint=found, version=found.version)
    finding = Finding(ComplaintClass.SERVICE, None, house.units["service"], is_published=False)
    found = route_complaint(actor=kokom, complaint=found, version=found.version, finding=finding)
    return assign_complaint(actor=head, complaint=found, version=found.version, handler=house.people["budi"])
