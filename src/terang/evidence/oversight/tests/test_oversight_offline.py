"""The door for points written without a network: each arrives once, or says what is wrong; what a device may fetch."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from terang.audit.models import JournalEntry
from terang.evidence.oversight import offline_desk, services
from terang.evidence.oversight.models import CheckArrival, CheckPhoto, CheckState, Inspection, InspectionCheck
from terang.evidence.oversight.selectors import point_by_receipt
from terang.evidence.receipts import POINT, receipt_of
from terang.registry.people.models import Assignment, Role

DOOR = "/pengawasan/luring/terima/"
DESK = "/pengawasan/luring/meja/"

pytestmark = pytest.mark.usefixtures("vault")


@pytest.fixture
def as_(client):
    def as_(employee):
        client.force_login(employee.user)
        return client

    return as_


def photo(colour="olive"):
    held = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(held, "JPEG")
    return SimpleUploadedFile("lapangan.jpg", held.getvalue())


def told(agus, visit, **fields):
    values = {
        "person": str(agus.pk),
        "form_key": str(uuid.uuid4()),
        "inspection": str(visit.pk),
        "criterion": "Loket terisi",
        "employee": "",
        "met": "tidak",
        "note": "Kosong pukul 10.15",
        "advice": "",
        "mend_due_on": "",
    }
    return values | fields


def knock(client, data):
    return client.post(DOOR, data, headers={"Accept": "application/json"})


def test_a_point_arrives_with_its_photos_a_receipt_and_both_times(office, as_, agus, budi, visit, today):
    written = office.moment(today - timedelta(days=1), 9)
    clock = {"written_at": written.isoformat(), "sent_at": office.moment(today, 12).isoformat()}
    mended = {"advice": "Susun jadwal", "mend_due_on": today.isoformat()}
    data = told(agus, visit, employee=str(budi.pk), photos=[photo(), photo("navy")], **clock, **mended)
    response = knock(as_(agus), data)
    assert response.status_code == 201, response.content
    point = InspectionCheck.objects.get()
    assert (point.employee, point.state, point.advice) == (budi, CheckState.OPEN, "Susun jadwal")
    assert point.photos.count() == 2
    said = response.json()
    assert said["receipt"] == receipt_of(point.pk, POINT)
    assert said["receipt"].startswith("S-")
    assert (said["same"], said["url"], said["clock_doubtful"]) == (True, visit.get_absolute_url(), False)
    arrival = CheckArrival.objects.get()
    assert (arrival.sent_by, arrival.written_at, arrival.clock_drift_s) == (agus, written, 0)
    assert "no-store" in response.headers["Cache-Control"]
    assert JournalEntry.objects.filter(verb="oversight.point_written").count() == 1
    page = as_(budi).get(visit.get_absolute_url()).content.decode()
    assert said["receipt"] in page


def test_a_receipt_leads_to_its_point_for_who_reads_it(office, as_, agus, budi, visit, django_assert_max_num_queries):
    number = knock(as_(agus), told(agus, visit, employee=str(budi.pk))).json()["receipt"]
    typed = f" {number.lower().replace('-', '')} "
    point = InspectionCheck.objects.get()
    url = reverse("oversight:receipt")
    for person in (agus, budi):
        assert as_(person).get(url, {"nomor": typed})["Location"] == f"{visit.get_absolute_url()}#butir-{point.pk}"
    stranger = office.viewer(office.employee("Sari"))
    with django_assert_max_num_queries(4):
        assert point_by_receipt(stranger, typed) is None
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    CheckArrival.objects.all().delete()
    for other in (wrong, number, "K-00C-V7F"):
        answer = as_(agus).get(url, {"nomor": other})
        assert answer.status_code == 200
        assert other in answer.content.decode()


def test_the_same_point_again_gives_the_receipt_of_the_first_time(as_, agus, budi, visit):
    data = told(agus, visit, employee=str(budi.pk))
    first = knock(as_(agus), data | {"photos": [photo()]})
    Assignment.objects.filter(employee=budi).delete()
    second = knock(as_(agus), data | {"photos": [photo()]})
    assert (first.status_code, second.status_code, second.json()["same"]) == (201, 200, True)
    assert first.json()["receipt"] == second.json()["receipt"]
    assert (InspectionCheck.objects.count(), CheckPhoto.objects.count()) == (1, 1)


@pytest.mark.parametrize("change", [{"note": "Kosong sampai siang"}, {"met": "ya"}, {"photos": [photo()]}])
def test_a_changed_point_under_a_number_that_has_arrived_overwrites_nothing(as_, agus, visit, change):
    data = told(agus, visit)
    knock(as_(agus), data)
    again = knock(as_(agus), data | change)
    assert (again.status_code, again.json()["same"]) == (200, False)
    assert InspectionCheck.objects.get().note == "Kosong pukul 10.15"
    InspectionCheck.objects.update(version=1)
    assert knock(as_(agus), data | change).json()["same"] is True, "what was replied to is not the device's any more"


@pytest.mark.parametrize(
    ("change", "status", "field", "words"),
    [
        ({"inspection": "999999"}, 409, "inspection", "tidak ada lagi"),
        ({"inspection": ""}, 409, "inspection", "tidak ada lagi"),
        ({"employee": "999999"}, 409, "employee", "tidak bekerja di unit itu"),
        ({"note": " "}, 422, "note", "Tulis apa yang Anda lihat"),
        ({"criterion": ""}, 422, "criterion", "."),
        ({"met": "mungkin"}, 422, "met", "."),
        ({"advice": "Susun jadwal", "mend_due_on": "2020-01-01"}, 422, "mend_due_on", "hari ini atau sesudahnya"),
        ({"photos": [SimpleUploadedFile("palsu.jpg", b"bukan foto")]}, 422, "photos", "Pilih foto"),
        ({"photos": [SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF\n")]}, 422, "photos", "Jenis berkas"),
        ({"photos": [photo() for _ in range(6)]}, 422, "photos", "paling banyak 5"),
        ({"form_key": "bukan kunci"}, 422, "", "nomornya"),
    ],
)
def test_what_cannot_be_taken_says_why_at_its_field(as_, agus, visit, change, status, field, words):
    response = knock(as_(agus), told(agus, visit) | change)
    assert response.status_code == status, response.content
    assert words in " ".join(response.json()["reasons"][field])
    assert not InspectionCheck.objects.exists()


def test_somebody_who_left_the_unit_before_the_visit_is_a_change_of_the_world(as_, agus, budi, visit, today):
    Assignment.objects.filter(employee=budi).update(ends_on=today - timedelta(days=3))
    response = knock(as_(agus), told(agus, visit, employee=str(budi.pk)))
    assert (response.status_code, list(response.json()["reasons"])) == (409, ["employee"])


def test_only_overseers_of_the_area_and_only_the_one_who_wrote_it(office, as_, agus, budi, visit):
    refused = knock(as_(budi), told(budi, visit))
    assert (refused.status_code, refused.json()["kind"]) == (403, "NotAllowed")
    other = office.employee("Lina", unit=office.root)
    office.grant(other, Role.OVERSIGHT)
    theirs = knock(as_(other), told(agus, visit))
    assert (theirs.status_code, theirs.json()["kind"]) == (409, "OtherPerson")
    agus.role_grants.all().delete()
    gone = knock(as_(agus), told(agus, visit))
    assert (gone.status_code, gone.json()["kind"]) == (403, "NotAllowed")
    assert not InspectionCheck.objects.exists()


def test_a_unit_outside_the_area_is_refused(office, as_, agus, visit, today):
    elsewhere = Inspection.objects.create(unit=office.root, day=today, lead=office.head, purpose="Lain")
    agus.role_grants.update(unit=office.unit)
    response = knock(as_(agus), told(agus, elsewhere))
    assert (response.status_code, response.json()["kind"]) == (403, "NotAllowed")


def test_a_number_that_somebody_else_used_is_refused(office, as_, agus, visit):
    other = office.employee("Lina", unit=office.root)
    office.grant(other, Role.OVERSIGHT)
    data = told(agus, visit)
    knock(as_(agus), data)
    again = knock(as_(other), data | {"person": str(other.pk)})
    assert (again.status_code, again.json()["kind"]) == (409, "NotNow")
    assert CheckArrival.objects.get().sent_by == agus


def test_a_full_visit_takes_no_more(as_, agus, visit, monkeypatch):
    monkeypatch.setattr(services.points, "MOST_POINTS", 1)
    assert [knock(as_(agus), told(agus, visit)).status_code for _ in range(2)] == [201, 409]


def test_without_a_session_scripts_get_401_and_no_page(client, db):
    for answer in (client.get(DESK), client.post(DOOR)):
        assert (answer.status_code, answer.json()["kind"]) == (401, "SignedOut")


def test_a_doubtful_clock_is_kept_and_marked(office, as_, agus, visit, today):
    noon = office.moment(today, 12)
    clock = {"written_at": noon.isoformat(), "sent_at": (noon + timedelta(hours=3)).isoformat()}
    assert knock(as_(agus), told(agus, visit, **clock)).json()["clock_doubtful"] is True
    assert "jam diragukan" in as_(agus).get(visit.get_absolute_url()).content.decode()


# What a device may fetch


def test_the_desk_holds_the_visits_asked_for_with_names_and_criteria(office, as_, agus, budi, visit):
    services.add_check(
        actor=office.viewer(agus),
        inspection=visit,
        seen=services.Seen(criterion="Papan nama", met=True),
        form_key=uuid.uuid4(),
    )
    desk = as_(agus).get(f"{DESK}?untuk={visit.pk},999999,x").json()
    assert (desk["person"]["id"], desk["wanted"]) == (agus.pk, [str(visit.pk)])
    [shown] = desk["visits"]
    assert {each["name"] for each in shown["people"]} == {"Budi", office.head.name}
    assert shown["criteria"][0] == "Pegawai hadir sesuai jadwal kerja"
    assert shown["criteria"][-1] == "Papan nama"
    assert budi.nip not in str(desk)
    assert as_(agus).get(DESK).json()["visits"] == []


def test_the_desk_gives_no_visit_of_others_and_none_long_past(office, as_, agus, budi, visit, today):
    assert as_(budi).get(f"{DESK}?untuk={visit.pk}").status_code == 403
    agus.role_grants.update(unit=office.unit)
    elsewhere = Inspection.objects.create(unit=office.root, day=today, lead=office.head, purpose="Lain")
    Inspection.objects.filter(pk=visit.pk).update(day=today - timedelta(days=offline_desk.KEPT_DAYS + 1))
    assert as_(agus).get(f"{DESK}?untuk={visit.pk},{elsewhere.pk}").json()["wanted"] == []
    page = as_(agus).get(visit.get_absolute_url()).content.decode()
    assert "data-prepare" not in page
    Inspection.objects.filter(pk=visit.pk).update(day=today)
    assert f'data-prepare="{visit.pk}"' in as_(agus).get(visit.get_absolute_url()).content.decode()
    assert "data-prepare" not in as_(office.head).get(visit.get_absolute_url()).content.decode()


def test_pages_and_worker_know_where_points_are_written_prepared_and_sent(client, db):
    for name in ("offline", "service_worker"):
        script = client.get(reverse(name)).content.decode()
        assert all(address in script for address in (DOOR, DESK, reverse("oversight:offline")))
    assert 'data-prepared="point" hidden' in client.get(reverse("offline")).content.decode()


def test_the_page_a_device_keeps_is_the_same_for_everybody(as_, client, agus, visit):
    address = reverse("oversight:offline")
    for_nobody = client.get(address).content
    assert as_(agus).get(address).content == for_nobody
    for secret in (b"Agus", b"csrf", b"Sidak loket"):
        assert secret not in for_nobody
