"""A proof in a page: a picture for everybody who may see it, time and place only for its keeper and its judge."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from PIL import Image

from terang.custody.models import Scan, StoredFile
from terang.custody.services import store_upload
from terang.custody.serving import file_response
from terang.custody.vault import path_of

MAKASSAR = {1: "S", 2: (5.0, 8.0, 24.0), 3: "E", 4: (119.0, 25.0, 12.0)}


@pytest.fixture(autouse=True)
def vault(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }


@pytest.fixture
def photo(cast):
    image, out = Image.new("RGB", (900, 600), "teal"), io.BytesIO()
    notes = image.getexif()
    notes.get_ifd(0x8769)[0x9003] = "2026:11:24 09:30:15"
    notes.get_ifd(0x8769)[0x9011] = "+08:00"
    notes.get_ifd(0x8825).update(MAKASSAR)
    image.save(out, "JPEG", exif=notes)
    return store_upload(SimpleUploadedFile("foto <b>.jpg", out.getvalue()), actor=cast.viewer("siti"))


def drawn(file, viewer, place=False):
    template = Template('{% load custody %}{% proof file "/buka/" place %}')
    return template.render(Context({"file": file, "viewer": viewer, "place": place}))


def test_time_and_place_are_for_the_keeper_and_for_who_judges(photo, cast):
    keeper, judge, other = (
        drawn(photo, cast.viewer("siti")),
        drawn(photo, cast.viewer("dewi"), place=True),
        drawn(photo, cast.viewer("dewi")),
    )
    for page in (keeper, judge):
        assert "5,14000° LS, 119,42000° BT" in page
        assert "24 November 2026 pukul 09.30 (UTC+08:00)" in page
        assert "geo:-5.140000,119.420000" in page
    assert "119" not in other
    assert "09.30" not in other
    for page in (keeper, judge, other):
        assert "foto &lt;b&gt;.jpg" in page
        assert f"/berkas/{photo.pk}/kecil/" in page


def test_a_public_page_without_a_viewer_tells_neither(photo):
    assert "119" not in drawn(photo, None)


def test_the_small_copy_is_small_and_an_old_row_without_one_shows_the_shown_one(photo):
    small = file_response(photo, small=True)
    assert small["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(b"".join(small.streaming_content))).size == (320, 213)
    photo.small_sha256 = ""
    shown = file_response(photo, small=True)
    assert shown["Content-Type"] == "image/jpeg"
    assert b"".join(shown.streaming_content) == path_of(photo.shown_sha256).read_bytes()


def test_a_destroyed_proof_says_so_and_links_to_nothing(photo, cast):
    photo.destroyed_on = cast.today
    page = drawn(photo, cast.viewer("siti"))
    assert "Berkas dimusnahkan 24 November 2026 sesuai jadwal retensi." in page
    assert "/buka/" not in page
    assert "<img" not in page


def test_a_letter_is_a_name_with_its_state(cast):
    letter = store_upload(SimpleUploadedFile("surat.pdf", b"%PDF-1.7\n"), actor=cast.viewer("siti"))
    letter.scan = Scan.PENDING
    page = drawn(letter, cast.viewer("siti"))
    assert "surat.pdf" in page
    assert "Belum diperiksa virus" in page
    assert "<img" not in page


def test_the_small_copy_belongs_to_one_government(photo, cast, sign_in):
    StoredFile.objects.filter(pk=photo.pk).update(agency_id=cast.agency.pk + 1)
    assert sign_in("siti").get(f"/berkas/{photo.pk}/kecil/").status_code == 404
