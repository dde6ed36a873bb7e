"""The citizen's open page looks again by itself, and sees what the office shows of its work."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from terang.accounts.passersby import LOOKS
from terang.custody.services import RejectedFileError
from terang.custody.vault import path_of
from terang.evidence.complaints import limits
from terang.evidence.complaints.models import Complaint, ComplaintPhoto
from terang.evidence.complaints.services import verifying, working
from terang.evidence.complaints.tests.test_complaints_pages import follow, photo, send, stores  # noqa: F401


@pytest.fixture
def page(house, client):
    return follow(client, send(client, house, category=house.category.pk))[0]


def mark(client, page):
    return client.get(page).context["mark"]


def look(client, page, known):
    return client.head(page, headers={"If-None-Match": f'"{known}"'})


def test_a_look_is_told_that_nothing_moved_and_then_that_something_did(house, client, page):
    known = mark(client, page)
    assert look(client, page, known).status_code == 304
    found = Complaint.objects.get()
    verifying.start_verification(actor=house.viewer("kokom"), complaint=found, version=found.version)
    moved = look(client, page, known)
    assert (moved.status_code, moved.content) == (200, b"")
    assert look(client, page, mark(client, page)).status_code == 304


def test_what_only_staff_read_moves_nothing(house, client, page):
    found = Complaint.objects.get()
    verifying.start_verification(actor=house.viewer("kokom"), complaint=found, version=found.version)
    known = mark(client, page)
    verifying.note_privately(actor=house.viewer("kokom"), complaint=Complaint.objects.get(), text="Periksa kabelnya.")
    assert look(client, page, known).status_code == 304


def test_another_language_is_another_page(client, page):
    known = mark(client, page)
    client.cookies["django_language"] = "en"
    assert look(client, page, known).status_code == 200


def test_a_look_with_a_wrong_key_is_told_and_counted_as_any_other_try(client, page):
    wrong = reverse("complaints:follow", args=["A" * 40])
    assert look(client, wrong, "x").status_code == 404
    for _ in range(limits.WRONG_SECRETS.most):
        look(client, wrong, "x")
    assert look(client, wrong, "x").status_code == 429
    assert client.get(page).status_code == 200  # whoever shares the address and holds a key is not shut out


def test_looks_are_counted_by_address_and_the_page_itself_stays_open(client, page, rf):
    known = mark(client, page)
    for _ in range(LOOKS.most):
        LOOKS.count(rf.get("/"))
    assert look(client, page, known).status_code == 429
    assert client.get(page).status_code == 200


def test_a_look_needs_few_queries(client, page, django_assert_max_num_queries):
    known = mark(client, page)
    with django_assert_max_num_queries(4):
        look(client, page, known)


def test_an_answer_shows_what_was_done_without_place_and_device(house, client, page):
    found = Complaint.objects.get()
    _to_the_desk_of_budi(house, found)
    staff = client.__class__()
    staff.force_login(house.people["budi"].user)
    told = {"version": Complaint.objects.get().version, "text": "Lampu diganti.", "form_key": str(uuid4())}
    address = reverse("complaints:act", args=[found.tracking_code, "jawab"])
    assert staff.post(address, told | {"photos": photo()}).status_code == 303
    kept = ComplaintPhoto.objects.get()
    assert (kept.message.text, kept.number, kept.is_published) == ("Lampu diganti.", 1, False)
    assert b"Ponsel-Wati" not in path_of(kept.file.sha256).read_bytes()
    key = page.split("/")[3]
    shown = reverse("complaints:follow_photo", args=[key, 1])
    assert shown in client.get(page).content.decode()
    assert b"Ponsel-Wati" not in b"".join(client.get(shown).streaming_content)
    assert staff.post(address, told | {"photos": photo()}).status_code == 303  # sent twice, kept once
    assert ComplaintPhoto.objects.count() == 1


def test_what_is_no_photo_is_refused_beside_the_answer_and_nothing_is_answered(house, client, page):
    found = Complaint.objects.get()
    _to_the_desk_of_budi(house, found)
    current = Complaint.objects.get()
    bad = SimpleUploadedFile("foto.jpg", b"bukan foto", "image/jpeg")
    with pytest.raises(RejectedFileError):
        working.answer_complaint(
            actor=house.viewer("budi"), complaint=current, version=current.version, text="Selesai.", form_key=uuid4(),
            photos=[bad],
        )  # fmt: skip
    staff = client.__class__()
    staff.force_login(house.people["budi"].user)
    bad.seek(0)
    told = {"version": current.version, "text": "Selesai.", "form_key": str(uuid4()), "photos": bad}
    refused = staff.post(reverse("complaints:act", args=[found.tracking_code, "jawab"]), told)
    assert refused.status_code == 422
    assert "Selesai." in refused.content.decode()
    assert Complaint.objects.get().answered_on is None


def _to_the_desk_of_budi(house, found):
    found = verifying.start_verification(actor=house.viewer("kokom"), complaint=found, version=found.version)
    finding = verifying.Finding(found.complaint_class, found.category, house.units["service"])
    found = verifying.route_complaint(
        actor=house.viewer("kokom"), complaint=found, version=found.version, finding=finding
    )
    working.assign_complaint(
        actor=house.viewer("head"), complaint=found, version=found.version, handler=house.people["budi"]
    )
