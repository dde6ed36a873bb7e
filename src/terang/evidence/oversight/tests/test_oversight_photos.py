"""Photos of points: in custody without the camera's notes, shown with the point and by no other address."""

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from terang.custody.models import StoredFile, UseKind
from terang.custody.services import ask_about
from terang.custody.uses import Compared, uses_of
from terang.custody.vault import path_of
from terang.evidence.oversight import services
from terang.evidence.oversight.models import CheckPhoto, InspectionCheck
from terang.evidence.oversight.services import Seen
from terang.registry.people.models import Role

PLACE = {1: "S", 2: (5.0, 8.0, 0.0), 3: "E", 4: (119.0, 25.0, 0.0)}
GPS = 0x8825

pytestmark = pytest.mark.usefixtures("vault")


def taken(name="IMG_Budi.jpg"):
    """A photo as a phone takes it, with the place noted."""
    held, notes = io.BytesIO(), Image.Exif()
    notes.get_ifd(GPS).update(PLACE)
    Image.effect_noise((64, 48), 80).convert("RGB").save(held, "JPEG", exif=notes)
    return SimpleUploadedFile(name, held.getvalue(), content_type="image/jpeg")


@pytest.fixture
def write(office, agus, visit):
    def write(*photos, **seen):
        told = {"criterion": "Loket terisi", "met": False, "note": "Kosong pukul 10.15"} | seen
        sent = {"seen": Seen(**told), "form_key": uuid4(), "photos": photos}
        return services.add_check(actor=office.viewer(agus), inspection=visit, **sent)

    return write


def gps(data):
    return dict(Image.open(io.BytesIO(data)).getexif().get_ifd(GPS))


def test_a_photo_is_kept_without_place_or_name_with_its_digest_and_a_small_copy(write, budi):
    photo = taken()
    assert gps(photo.read()), "the phone noted where"
    photo.seek(0)
    point = write(photo, taken(), employee=budi)
    assert list(point.photos.values_list("number", "file__name")) == [(1, "foto-1.jpg"), (2, "foto-2.jpg")]
    stored = point.photos.first().file
    kept = path_of(stored.sha256).read_bytes()
    assert (gps(kept), stored.latitude_micro, stored.uploaded_by_id) == ({}, None, None)
    assert stored.small_sha256


def test_what_is_no_photo_and_too_many_are_refused_at_the_field_and_leave_nothing(client, agus, visit):
    client.force_login(agus.user)
    address = reverse("oversight:check_new", args=[visit.pk])
    told = {"criterion": "Loket", "met": "ya", "employee": "", "note": ""}
    for photos in ([SimpleUploadedFile("a.jpg", b"bukan foto")], [taken() for _ in range(6)]):
        page = client.post(address, told | {"form_key": str(uuid4()), "photos": photos})
        assert page.status_code == 422
        assert 'id="id_photos_error"' in page.content.decode()
    assert not InspectionCheck.objects.exists()
    assert not StoredFile.objects.exists()
    assert client.post(address, told | {"form_key": str(uuid4()), "photos": [taken()]}).status_code == 302
    assert CheckPhoto.objects.get().added_by == agus


def test_the_same_form_sent_twice_keeps_its_photos_once(office, agus, visit):
    key, seen = uuid4(), Seen(criterion="Loket", met=True)
    for _ in range(2):
        services.add_check(actor=office.viewer(agus), inspection=visit, seen=seen, form_key=key, photos=[taken()])
    assert CheckPhoto.objects.count() == 1


def test_who_reads_the_point_sees_its_photo_and_nobody_else_by_any_address(client, office, write, agus, budi):
    sari, below = office.employee("Sari"), office.employee("Atas", unit=office.root)
    point = write(taken(), employee=budi)
    write(taken(), employee=sari, criterion="Papan nama")
    stored = point.photos.get().file
    page = point.inspection.get_absolute_url()
    addresses = [reverse("oversight:photo", args=[point.pk, 1]), reverse("custody:small", args=[stored.pk])]

    def opened(person):
        client.force_login(person.user)
        answers = [client.get(address) for address in addresses]
        shown = client.get(page)
        return *[each.status_code for each in answers], addresses[0] in shown.content.decode()

    for reader in (budi, agus, office.head):
        assert opened(reader) == (200, 200, True)
    assert opened(sari) == (403, 404, False), "her own visit, not her point"
    assert opened(below) == (403, 404, False)
    office.grant(sari, Role.AUDITOR)
    assert opened(sari) == (200, 200, True)
    agus.role_grants.all().delete()
    assert opened(agus) == (403, 404, False), "who took it keeps no way of their own"
    assert client.get(reverse("oversight:photo", args=[point.pk, 2])).status_code == 403
    client.force_login(budi.user)
    assert client.get(reverse("oversight:photo", args=[point.pk, 2])).status_code == 404


def test_custody_knows_what_a_photo_proves_and_keeps_it_while_the_point_is_open(office, write, agus, budi):
    met, finding = write(taken(), met=True), write(taken(), employee=budi)
    told = {point.pk: uses_of([point.photos.get().file_id]) for point in (met, finding)}
    [[open_use], [done_use]] = (next(iter(told[point.pk].values())) for point in (finding, met))
    assert (open_use.kind, open_use.compared, open_use.is_open) == (UseKind.OVERSIGHT, Compared.SAME, True)
    assert (done_use.is_open, done_use.employee_id) == (False, agus.pk)
    heard = services.reply_check(actor=office.viewer(budi), check=finding, text="Istirahat", version=0)
    services.withdraw_check(actor=office.viewer(agus), check=heard, reason="Ada jadwal", version=1)
    assert not uses_of([finding.photos.get().file_id])[open_use.file_id][0].is_open


def test_a_photo_of_another_visit_used_again_is_asked_about_and_within_one_visit_it_is_not(office, write, agus, today):
    photo = taken()
    picture = photo.read()

    def again():
        return SimpleUploadedFile("lagi.jpg", picture)

    first, second = write(again(), met=True), write(again(), met=True, criterion="Papan nama")
    assert [ask_about(file_id=point.photos.get().file_id) for point in (first, second)] == [None, None]
    told = {"unit": office.unit, "day": today, "purpose": "Lagi", "letter": "2", "reply_days": 3}
    other = services.open_inspection(actor=office.viewer(agus), form_key=uuid4(), **told)
    seen = {"seen": Seen(criterion="Loket", met=True), "form_key": uuid4(), "photos": [again()]}
    third = services.add_check(actor=office.viewer(agus), inspection=other, **seen)
    asked = ask_about(file_id=third.photos.get().file_id)
    assert (asked.employee, asked.earlier_id) == (agus, first.photos.get().file_id)


def test_photos_cost_a_constant_number_of_queries(client, write, budi, visit, django_assert_num_queries):
    client.force_login(budi.user)
    write(taken(), employee=budi)
    client.get(visit.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        client.get(visit.get_absolute_url())
    for _ in range(4):
        write(taken(), taken(), employee=budi)
    with django_assert_num_queries(len(asked)):
        client.get(visit.get_absolute_url())
