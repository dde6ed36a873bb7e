"""What custody takes, what it refuses, and what others get to see."""

import io
import os
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from terang.custody.models import StoredFile
from terang.custody.services import RejectedFileError, clean_name, store_upload
from terang.custody.serving import file_response
from terang.custody.vault import keep, path_of

ACTOR = SimpleNamespace(employee=SimpleNamespace(pk=7))
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
GPS_TAG = 0x8825


@pytest.fixture(autouse=True)
def vault(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    return tmp_path


def upload(content, name):
    return store_upload(SimpleUploadedFile(name, content), actor=ACTOR)


def package(parts, mimetype=None, packing=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as package:
        if mimetype:
            package.writestr("mimetype", mimetype)
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def photo(format_="JPEG", size=(40, 20)):
    image = Image.new("RGB", size, "teal")
    exif = image.getexif()
    exif[0x0112] = 6  # turned by the camera
    exif[0x010F] = "Ponsel Uji"
    exif.get_ifd(GPS_TAG).update({1: "S", 2: (5.0, 8.0, 24.0), 3: "E", 4: (119.0, 25.0, 12.0)})
    out = io.BytesIO()
    image.save(out, format_, exif=exif)
    return out.getvalue()


def files_in(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("bukti.PDF", PDF, "application/pdf"),
        ("foto.jpeg", photo(), "image/jpeg"),
        ("foto.png", photo("PNG"), "image/png"),
        ("foto.webp", photo("WEBP"), "image/webp"),
        (
            "a.docx",
            package({"word/document.xml": "<w/>"}),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            "a.xlsx",
            package({"xl/workbook.xml": "<w/>"}),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("a.odt", package({}, "application/vnd.oasis.opendocument.text"), "application/vnd.oasis.opendocument.text"),
    ],
)
def test_accepted_files_lie_under_their_hash(vault, name, content, media_type):
    stored = upload(content, name)
    assert (stored.media_type, stored.name, stored.size_bytes, stored.uploaded_by_id) == (
        media_type,
        name,
        len(content),
        7,
    )
    assert path_of(stored.sha256).read_bytes() == content
    assert path_of(stored.sha256).is_relative_to(vault)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("foto.jpg", b"<html><script>alert(1)</script></html>", "type"),
        ("gambar.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "type"),
        ("alat.pdf", b"MZ\x90\x00" + b"\x00" * 60, "type"),
        ("bukti.jpg", PDF, "mismatch"),
        ("bukti.exe", PDF, "mismatch"),
        ("bukti", PDF, "mismatch"),
        ("kosong.pdf", b"", "empty"),
        ("besar.pdf", PDF + b"0" * (11 * 1024 * 1024), "size"),
        ("foto.jpg", b"\xff\xd8\xff\xe0" + b"rusak" * 20, "image"),
        ("arsip.zip", package({"catatan.txt": "isi"}), "type"),
        ("rusak.docx", b"PK\x03\x04rusak", "type"),
        ("aneh.docx", package({"word/document.xml": "<w/>"}, packing=zipfile.ZIP_BZIP2), "type"),
        ("aneh.xlsx", package({"xl/workbook.xml": "<w/>"}, packing=zipfile.ZIP_LZMA), "type"),
        ("foto.jpg", photo().replace(b"Exif\0\0MM", b"Exif\0\0M"), "image"),
        ("bom.docx", package({"word/document.xml": "<w/>", "word/media/a": b"\0" * 30_000_000}), "bomb"),
        ("banyak.docx", package({f"word/{n}.xml": "" for n in range(2_100)}), "bomb"),
        ("makro.xlsx", package({"xl/workbook.xml": "<w/>", "xl/vbaProject.bin": "x"}), "macros"),
    ],
)
def test_refused_files_leave_nothing_behind(vault, name, content, code):
    with pytest.raises(RejectedFileError) as refused:
        upload(content, name)
    assert refused.value.code == code
    assert not StoredFile.objects.exists()
    assert files_in(vault) == []


@pytest.mark.django_db
def test_a_lie_about_the_unpacked_size_does_not_help(vault):
    content = bytearray(package({"word/document.xml": "<w/>", "word/media/a": b"\0" * 30_000_000}))
    real, lie = (30_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little")
    with pytest.raises(RejectedFileError) as refused:
        upload(bytes(content.replace(real, lie)), "bom.docx")
    assert refused.value.code in {"bomb", "type"}
    assert files_in(vault) == []


@pytest.mark.django_db
@pytest.mark.parametrize("format_", ["JPEG", "WEBP", "PNG"])
def test_others_see_the_photo_upright_and_without_place_or_device(format_):
    content = photo(format_)
    stored = upload(content, f"foto.{format_.lower()}")
    shown = Image.open(io.BytesIO(b"".join(file_response(stored).streaming_content)))
    assert dict(shown.getexif()) == {}
    assert b"Ponsel Uji" not in path_of(stored.shown_sha256).read_bytes()
    assert shown.size == (20, 40)
    kept = b"".join(file_response(stored, original=True).streaming_content)
    assert kept == content


@pytest.mark.django_db
def test_two_uploads_of_the_same_bytes_share_them(vault):
    first, second = upload(PDF, "a.pdf"), upload(PDF, "b.pdf")
    assert first.pk != second.pk
    assert first.sha256 == second.sha256
    assert len(files_in(vault)) == 1


def test_an_interrupted_upload_leaves_no_half_file(vault):
    def broken():
        yield b"awal"
        raise OSError("putus")

    with pytest.raises(OSError, match="putus"):
        keep(broken())
    assert files_in(vault) == []


def test_a_full_disk_at_the_last_moment_leaves_no_half_file(vault, monkeypatch):
    def fail(*_):
        raise OSError("penuh")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="penuh"):
        keep([b"isi"])
    assert files_in(vault) == []


@pytest.mark.django_db
def test_no_browser_runs_what_is_handed_out():
    response = file_response(upload(PDF, 'a"\r\nX: y.pdf'))
    assert response["Content-Disposition"].startswith("attachment")
    assert "\n" not in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")


def test_names_lose_folders_and_keep_their_ending():
    assert clean_name("..\\..\\etc/passwd.pdf") == "passwd.pdf"
    assert clean_name("a" * 300 + ".docx") == "a" * 145 + ".docx"
    assert clean_name("\x00\n") == "berkas"


def test_only_a_hash_names_a_place():
    with pytest.raises(ValueError, match="SHA-256"):
        path_of("../../etc/passwd")
